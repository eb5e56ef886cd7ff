//! Changes. Each runs inside the writer's transaction: it reads what it needs, lets the rules decide, and
//! writes, with its audit record. A refusal comes before the first write. A change may be run twice: should
//! its group fail, it is run again alone.

pub(super) mod audit;
pub(super) mod bulk;
pub(super) mod company;
pub(super) mod import;
pub(super) mod init;
pub(super) mod key;
mod lockout;
pub(super) mod login;
pub(super) mod member;
pub(super) mod once;
pub(super) mod phase;
pub(super) mod quota;
pub(super) mod rotate;
mod secret;
pub(super) mod settings;
mod table;
pub(super) mod tally;
pub(super) mod tenant;
mod transaction;
pub(super) mod usage;

pub(super) use transaction::Transaction;
