//! Few distinct values, so that edges and coincidences are common.

use std::collections::BTreeSet;

use bitting_tests::entropy::Seeded;
use serde_json::{Value, json};

use crate::{
    metered::Cost,
    model::{Model, Question, Settings},
};

const SCOPES: [&str; 4] = ["read:a", "read:b", "write", "*"];
const BLOCKS: [&str; 4] = [
    "192.0.2.0/24",
    "198.51.100.7",
    "2001:db8::/32",
    "2001:db8:1::9",
];
const CLIENTS: [&str; 6] = [
    "192.0.2.200",
    "198.51.100.7",
    "198.51.100.8",
    "2001:db8::1",
    "2001:db9::1",
    "::ffff:192.0.2.1",
];
const ROLES: [&str; 4] = ["none", "verify", "read", "write"];

/// One in so many times.
pub(crate) fn one_in(random: &Seeded, times: usize) -> bool {
    random.below(times) == 0
}

fn some(random: &Seeded, of: &[&'static str]) -> Vec<&'static str> {
    let keep = |_: &&&str| one_in(random, 2);
    of.iter().filter(keep).copied().collect()
}

/// So many seconds, one way or the other.
pub(crate) fn seconds(random: &Seeded, most: usize) -> i64 {
    let most = i64::try_from(most).expect("it is small");
    let drawn = random.below(usize::try_from(2 * most + 1).expect("it is small"));
    i64::try_from(drawn).expect("it is small") - most
}

/// Settings of a key that starts when it is made, or near now.
pub(crate) fn settings(random: &Seeded, now: i64, made: i64, step: usize) -> Settings {
    let start = if one_in(random, 4) {
        now + seconds(random, 5)
    } else {
        made
    };
    let end = match random.below(4) {
        0 => Some(now + seconds(random, 5)),
        1 => Some(now + seconds(random, 5_000)),
        _ => None,
    };
    let metadata: Value = match random.below(4) {
        0 => json!({"step": step}),
        _ => json!({}),
    };
    let addresses = if one_in(random, 3) {
        some(random, &BLOCKS)
    } else {
        Vec::new()
    };
    Settings {
        name: format!("key of step {step}"),
        start,
        // No key ends before it starts.
        end: end.filter(|end| *end > start),
        enabled: !one_in(random, 4),
        role: ROLES[random.below(ROLES.len())],
        scopes: BTreeSet::from_iter(some(random, &SCOPES)),
        addresses,
        metadata,
    }
}

/// A question about one of the keys there are or were, or about what is none.
pub(crate) fn question(
    random: &Seeded,
    model: &Model,
    companies: [i64; 2],
    place: usize,
) -> Question {
    let key = &model.keys[place];
    let secret = match (random.below(16), &key.secret) {
        (0, _) => "no key".to_owned(),
        (1, _) => format!("{:040x}", random.next()),
        (3..=6, _) if !key.old.is_empty() => random.pick(&key.old).0.clone(),
        (2, Some(secret)) if key.gone.is_empty() => format!("{secret}x"),
        (_, Some(secret)) if key.gone.is_empty() || !one_in(random, 3) => secret.clone(),
        _ => random.pick(&key.gone).clone(),
    };
    let scopes = match random.below(3) {
        0 => some(random, &SCOPES),
        1 => some(random, &SCOPES[..2]),
        _ => Vec::new(),
    };
    let client = (!one_in(random, 3)).then(|| *random.pick(&CLIENTS));
    // Mostly by its own company.
    let company = if one_in(random, 6) {
        *random.pick(&companies)
    } else {
        key.company
    };
    Question {
        company,
        secret,
        scopes,
        client,
        cost: Cost::draw(random, &key.allowance),
    }
}
