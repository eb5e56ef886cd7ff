//! Members whose names start with `x-`.

use indexmap::IndexMap;
use serde_json::Value;

use super::{change::Class, place::Place, walk::Walk, words};

/// The role that an operation needs.
const ROLE: &str = "x-required-role";

/// Roles from the weakest to the strongest. `none` still needs a credential.
const ROLES: [&str; 6] = ["none", "verify", "read", "write", "admin", "root"];

/// Those that say nothing to a program that calls the API.
const FOR_PEOPLE: [&str; 5] = [
    "x-codeSamples",
    "x-displayName",
    "x-logo",
    "x-tagGroups",
    "x-enumDescriptions",
];

impl Walk<'_> {
    pub(super) fn extensions(
        &mut self,
        place: &Place,
        old: &IndexMap<String, Value>,
        new: &IndexMap<String, Value>,
    ) {
        let names = old
            .keys()
            .chain(new.keys().filter(|name| !old.contains_key(*name)));
        for name in names {
            let (before, now) = (old.get(name), new.get(name));
            if before == now {
                continue;
            }
            let place = place.keyword(&[name]);
            let (class, sentence) = if name == ROLE {
                role(before, now)
            } else if FOR_PEOPLE.contains(&name.as_str()) {
                (Class::Documentation, format!("`{name}` changed"))
            } else {
                let shown =
                    |value: Option<&Value>| value.map_or("nothing".to_owned(), words::value);
                let (before, now) = (shown(before), shown(now));
                let sentence =
                    format!("`{name}` is {now} (was {before}), and no rule knows what that means");
                (Class::Breaking, sentence)
            };
            self.note(&place, "extension", class, sentence);
        }
    }
}

/// What another needed role means. That a credential is needed at all is told of its own (`security`).
fn role(before: Option<&Value>, now: Option<&Value>) -> (Class, String) {
    let rank = |role: Option<&Value>| match role {
        None => Some(0),
        Some(role) => ROLES
            .iter()
            .position(|name| role == name)
            .map(|rank| rank + 1),
    };
    let name = |role: Option<&Value>| {
        role.map_or("no role".to_owned(), |role| {
            format!("the role {}", words::value(role))
        })
    };
    let (told, was) = (name(now), name(before));
    match (rank(before), rank(now)) {
        (Some(before), Some(now)) if now < before => (
            Class::Additive,
            format!("needs {told} (was {was}): whoever could call it still can"),
        ),
        _ => (
            Class::Breaking,
            format!("needs {told} (was {was}): callers may be refused with 403"),
        ),
    }
}
