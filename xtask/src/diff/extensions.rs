//! Members whose names start with `x-`.

use bitting_api::document::{COPY_OF, ERROR_CODES};
use indexmap::IndexMap;
use serde_json::Value;

use super::{change::Class, direction::Effect, place::Place, walk::Walk, words};

/// A list of words that may grow, or that a list of values may.
const EXTENSIBLE: &str = "x-extensible-enum";

/// The role that an operation needs.
const ROLE: &str = "x-required-role";

/// Roles from the weakest to the strongest. `none` still needs a credential.
const ROLES: [&str; 6] = ["none", "verify", "read", "write", "admin", "root"];

/// Those that say nothing to a program that calls the API.
const FOR_PEOPLE: [&str; 6] = [
    // What clients have a type of is told by the title.
    COPY_OF,
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
            if let (EXTENSIBLE, Some(Value::Array(before)), Some(Value::Array(now))) =
                (name.as_str(), before, now)
            {
                self.open_words(&place, before, now);
                continue;
            }
            let (class, sentence) = if name == ROLE {
                role(before, now)
            } else if name == ERROR_CODES {
                error_codes(before, now)
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

    /// The words of a list that says that it may grow.
    fn open_words(&mut self, place: &Place, old: &[Value], new: &[Value]) {
        let (gone, more) = (words::without(old, new), words::without(new, old));
        if !gone.is_empty() {
            let sentence = format!("{} is no possible value any more", words::some_of(&gone));
            self.note_effect(place, "extension", Effect::Narrower, &sentence);
        }
        if !more.is_empty() {
            let more = words::some_of(&more);
            let sentence =
                format!("{more} is a possible value too: clients were told that the list may grow");
            self.note(place, "extension", Class::Additive, sentence);
        }
        if gone.is_empty() && more.is_empty() {
            let sentence = "the values come in another order".to_owned();
            self.note(place, "extension", Class::Documentation, sentence);
        }
    }
}

/// What other error codes of an operation mean. Clients were told that codes may be added, and one that is not answered any
/// more breaks nobody who still waits for it: a status that is gone is told of its own.
fn error_codes(before: Option<&Value>, now: Option<&Value>) -> (Class, String) {
    let (Some(Value::Array(before)), Some(Value::Array(now))) = (before, now) else {
        return match (before, now) {
            (None, Some(_)) => (
                Class::Documentation,
                "the document tells its error codes".to_owned(),
            ),
            _ => (
                Class::Breaking,
                "the document does not list its error codes any more".to_owned(),
            ),
        };
    };
    let (gone, more) = (words::without(before, now), words::without(now, before));
    match (more.as_slice(), gone.as_slice()) {
        ([], []) => (
            Class::Documentation,
            "its error codes come in another order".to_owned(),
        ),
        ([], gone) => (
            Class::Documentation,
            format!("is not refused with {} any more", words::some_of(gone)),
        ),
        (more, _) => (
            Class::Additive,
            format!(
                "can be refused with {} too: clients were told that codes may be added",
                words::some_of(more)
            ),
        ),
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
