//! What every store keeps.
#![allow(clippy::unwrap_used, missing_docs)]

mod bulk;
mod changes;
mod credentials;
mod fixture;
mod gate;
mod groups;
mod imports;
mod keys;
mod limits;
mod logins;
mod members;
mod names;
mod page;
mod replace;
mod revoke;
mod rotate;
mod tenants;
mod untold;
mod usage;
mod uses;
mod watch;
