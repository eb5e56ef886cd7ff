//! Puts something that is plainly made up in the place of what looks like a secret.
//!
//! What the tests' server draws is constant and secures nothing, but it has the form of secrets, and scanners for secrets
//! look into documents too.

use std::sync::LazyLock;

use regress::Regex;
use serde_json::Value;

/// The request id of every example, where a snapshot has a placeholder.
const REQUEST_ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";
const PLACEHOLDER: &str = "[trace]";

/// Members that hold a secret, or the end of one.
const SECRETS: [&str; 5] = ["secret", "api_key", "key", "token", "hint"];

/// What was drawn, wherever it is: the secrets of the three surfaces.
const DRAWN: &str = r"apikey:[0-9A-Za-z]{128}|[a-z][a-z0-9]{1,9}_[0-9A-Za-z]{36}|\b[0-9a-f]{40}\b";
/// The drawn part of an id, a UUID of version 7.
const ID: &str = r"\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b";
/// How much of an id is its time.
const TIME: usize = "01913f2e-7a6c".len();

/// Where the tests have things, and where examples have them.
const PLACES: [(&str, &str); 2] = [
    ("http://127.0.0.1:9", "https://login.example"),
    ("127.0.0.1", "192.0.2.7"),
];

/// What a snapshot's ids are called in examples: they keep their time and are numbered.
#[derive(Default)]
pub(in crate::generate) struct Fake {
    ids: Vec<String>,
}

impl Fake {
    /// `value` with nothing in it that looks like a secret.
    pub(in crate::generate) fn value(&mut self, value: Value) -> Value {
        match value {
            Value::String(text) => self.text(&text).into(),
            Value::Array(items) => items.into_iter().map(|item| self.value(item)).collect(),
            Value::Object(members) => {
                let fake = |(name, value): (String, Value)| {
                    let value = match value {
                        Value::String(text) if SECRETS.contains(&name.as_str()) => {
                            zeros(&text).into()
                        }
                        value => self.value(value),
                    };
                    (name, value)
                };
                Value::Object(members.into_iter().map(fake).collect())
            }
            other => other,
        }
    }

    fn text(&mut self, text: &str) -> String {
        static DRAWN_IN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(DRAWN).ok());
        static ID_IN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ID).ok());
        let mut text = text.replace(PLACEHOLDER, REQUEST_ID);
        for (test, example) in PLACES {
            text = text.replace(test, example);
        }
        let text = replaced(DRAWN_IN.as_ref(), &text, zeros);
        replaced(ID_IN.as_ref(), &text, |id| self.id(id))
    }

    fn id(&mut self, id: &str) -> String {
        let place = self.ids.iter().position(|known| known == id);
        let number = place.unwrap_or_else(|| {
            self.ids.push(id.to_owned());
            self.ids.len() - 1
        });
        format!("{}-7000-8000-{:012}", &id[..TIME], number + 1)
    }
}

/// `text` with zeros for the letters and digits after its prefix.
fn zeros(text: &str) -> String {
    let prefix = text.rfind(['_', ':']).map_or(0, |end| end + 1);
    let (prefix, random) = text.split_at(prefix);
    let zero = |c: char| if c.is_ascii_alphanumeric() { '0' } else { c };
    prefix.chars().chain(random.chars().map(zero)).collect()
}

/// `text` with everything that `regex` finds replaced.
fn replaced(regex: Option<&Regex>, text: &str, mut by: impl FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut end = 0;
    for found in regex.iter().flat_map(|regex| regex.find_iter(text)) {
        let range = found.range();
        out.push_str(&text[end..range.start]);
        out.push_str(&by(&text[range.clone()]));
        end = range.end;
    }
    out.push_str(&text[end..]);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_drawn_is_zeros_wherever_it_is() {
        let drawn = ["bit_fysTkoTct9dIF1j9", "iz2raONBQfZsIU3WscDp"].concat();
        let zeros = format!("bit_{}", "0".repeat(36));
        let fake =
            Fake::default().value(json!({ "secret": drawn, "reason": format!("it is {drawn}") }));
        assert_eq!(
            fake,
            json!({ "secret": zeros, "reason": format!("it is {zeros}") })
        );
        let digits = ["ee89af30963784ae0865", "ef73371863e24687e965"].concat();
        let fake = Fake::default().value(json!([digits]));
        assert_eq!(fake, json!(["0".repeat(40)]));
        let drawn = format!("apikey:{}", "x1".repeat(64));
        let fake = Fake::default().value(json!({ "api_key": drawn }));
        assert_eq!(
            fake,
            json!({ "api_key": format!("apikey:{}", "0".repeat(128)) })
        );
    }

    #[test]
    fn ids_keep_their_time_and_are_numbered() {
        let (a, b) = (
            "0191373e-d3b0-730b-bdb7-a6a634a5f1aa",
            "0191373e-d3b0-75e0-8b5e-44022e8bc153",
        );
        let fake = Fake::default().value(json!([a, format!("key {b}"), a]));
        let first = "0191373e-d3b0-7000-8000-000000000001";
        let second = "key 0191373e-d3b0-7000-8000-000000000002";
        assert_eq!(fake, json!([first, second, first]));
    }

    #[test]
    fn a_placeholder_becomes_an_id() {
        let fake = Fake::default().value(json!({ "request_id": PLACEHOLDER }));
        assert_eq!(fake, json!({ "request_id": REQUEST_ID }));
    }
}
