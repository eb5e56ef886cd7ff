//! What every store keeps.
#![allow(clippy::unwrap_used, missing_docs)]

mod changes;
mod fixture;
mod gate;
mod groups;
mod keys;
mod logins;
mod members;
mod names;
mod tenants;
mod untold;
mod watch;
