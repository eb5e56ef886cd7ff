//! The rules for a key's several secrets (K90 to K93).
//!
//! A key has exactly one secret that stays, the current one. Every other is on its way out: a rotation gave it an end.
//! So a key that is active can always be used, whichever of its secrets are retired.

use super::change::{may_change, touched};
use crate::{Conflict, Key, Principal, Refusal, Status, Timestamp, bounds};

/// The key after it was given a new secret beside those that it has, of which `live` work: the same settings, a new
/// time of change. With an `overlap` of 0 the old ones end, however many they are.
pub fn rotated(
    by: &Principal,
    key: &Key,
    live: usize,
    overlap: u32,
    now: Timestamp,
) -> Result<Key, Refusal> {
    may_change(by, key)?;
    if key.status(now) != Status::Active {
        return Err(Refusal::Conflict(Conflict::KeyInactive));
    }
    if overlap > 0 && live >= bounds::SECRETS_MAX {
        return Err(Refusal::Conflict(Conflict::TooManySecrets));
    }
    Ok(touched(key, now))
}

/// When a secret that is to stop working at `retires` (`None`: that stays) stops working after a rotation of its key
/// at `now`: never later than before, nor than its key. `None`: at once.
pub fn retirement(
    key: &Key,
    retires: Option<Timestamp>,
    overlap: u32,
    now: Timestamp,
) -> Option<Timestamp> {
    if overlap == 0 || !is_live(retires, now) {
        return None;
    }
    let after = now.seconds().saturating_add(overlap.into());
    let after = Timestamp::from_seconds(after).unwrap_or(Timestamp::MAX);
    let ends = [Some(after), key.end, retires].into_iter().flatten().min();
    ends.filter(|end| *end > now)
}

/// Whether a secret that stops working at `retires` (`None`: that stays) still works.
pub fn is_live(retires: Option<Timestamp>, now: Timestamp) -> bool {
    retires.is_none_or(|retires| now < retires)
}

/// The key after a secret of it was ended that would have stopped working at `retires`. The one that stays cannot be:
/// the key would have none, at once or when the last of the others ends.
pub fn may_retire(
    by: &Principal,
    key: &Key,
    retires: Option<Timestamp>,
    now: Timestamp,
) -> Result<Key, Refusal> {
    may_change(by, key)?;
    if retires.is_none() {
        return Err(Refusal::Conflict(Conflict::CurrentSecret));
    }
    Ok(touched(key, now))
}
