//! The rule that keeps an instance administrable: its last active root key stays.

use crate::{Key, Role, Status, Timestamp};

/// Whether the change from `before` to `after` (`None`: deleted) takes something from an active root key:
/// its life, its role, or the time it has left. The store refuses such a change with
/// [`crate::Conflict::LastRootKey`] while there is no other active root key.
///
/// A nearer end counts although the key is still good today: the lock-out would come unannounced.
pub fn weakens_root(before: &Key, after: Option<&Key>, now: Timestamp) -> bool {
    let active_root = |key: &Key| key.role == Role::Root && key.status(now) == Status::Active;
    if !active_root(before) {
        return false;
    }
    let Some(after) = after else { return true };
    let nearer_end = match (before.end, after.end) {
        (None, Some(_)) => true,
        (Some(before), Some(after)) => after < before,
        (_, None) => false,
    };
    !active_root(after) || nearer_end
}
