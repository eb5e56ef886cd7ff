//! Who may do what to a key. The only place where such rules are decided: surfaces and the store ask here.

mod change;
mod create;
mod lockout;

pub use change::{change, may_change, may_see_secret, rolled};
pub use create::{NewKey, create};
pub use lockout::weakens_root;

#[cfg(test)]
mod tests;
