//! Who may do what to a key. The only place where such rules are decided: surfaces and the store ask here.

mod change;
mod create;
mod door;
mod lockout;
mod meter;
mod presented;
mod reach;
mod rotate;
mod tenant;
mod verify;

pub use change::{change, limit, may_change, may_see_secret, replace, revoke, rolled};
pub use create::{NewKey, create};
pub use door::let_in;
pub use lockout::weakens_root;
pub use meter::{Charge, Cost, LimitState, Meter};
pub use presented::{GoodWhile, good_while};
pub use reach::{reach, reach_anywhere};
pub use rotate::{is_live, may_retire, retirement, rotated};
pub use tenant::{first_key, may_grant, may_reach, may_switch};
pub use verify::{Facts, Verdict, verify};

#[cfg(test)]
mod tests;
