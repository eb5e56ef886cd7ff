//! The page that shows the documents: as it is served, and in a browser.

mod browser;
mod served;
