//! The rule for a secret that somebody presents.

use crate::{Key, Phase, Timestamp};

/// When a presented secret is good, if nobody changes anything: from `from` on, and before `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoodWhile {
    from: Timestamp,
    until: Option<Timestamp>,
}

impl GoodWhile {
    /// Whether it is good at `now`.
    pub fn contains(self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// When a secret of `key` is good; `None` for never. `retires` is when the secret itself stops working, and
/// `enabled` whether the key's company and owner are switched on.
pub fn good_while(key: &Key, retires: Option<Timestamp>, enabled: bool) -> Option<GoodWhile> {
    let span = key.phase_span(key.start);
    if !enabled || span.phase != Phase::Active {
        return None;
    }
    let until = match (key.end, retires) {
        (Some(end), Some(retires)) => Some(end.min(retires)),
        (end, retires) => end.or(retires),
    };
    Some(GoodWhile {
        from: key.start,
        until,
    })
}
