//! Single changes of a document, made by code.

use serde_json::Value;

/// A document to make changes of: small, with one of everything that the rules know.
pub(super) const FIXTURE: &str = include_str!("fixture.json");

/// One change.
#[derive(Clone, Copy)]
pub(super) enum Edit {
    /// Puts a value where there was another, or none.
    Set(&'static str, &'static str),
    /// Takes a value away.
    Remove(&'static str),
    /// Adds an item to a list.
    Push(&'static str, &'static str),
    /// Gives a member another name.
    Rename(&'static str, &'static str),
    /// Turns a text into another wherever it stands.
    Replace(&'static str, &'static str),
}

/// The fixture with one change, as text.
pub(super) fn mutant(edit: Edit) -> String {
    let text = match edit {
        Edit::Replace(from, to) => FIXTURE.replace(from, to),
        _ => FIXTURE.to_owned(),
    };
    let mut document: Value = serde_json::from_str(&text).unwrap();
    match edit {
        Edit::Replace(..) => assert_ne!(text, FIXTURE),
        Edit::Set(at, value) => {
            let (owner, key) = owner(&mut document, at);
            let value = serde_json::from_str(value).unwrap();
            match owner {
                Value::Object(members) => {
                    members.insert(key, value);
                }
                Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
                _ => panic!("{at} is in no object or list"),
            }
        }
        Edit::Remove(at) => remove(&mut document, at),
        Edit::Push(at, value) => {
            let list = document
                .pointer_mut(at)
                .unwrap_or_else(|| panic!("there is no {at}"));
            list.as_array_mut()
                .unwrap()
                .push(serde_json::from_str(value).unwrap());
        }
        Edit::Rename(at, name) => {
            let (owner, key) = owner(&mut document, at);
            let members = owner.as_object_mut().unwrap();
            let value = members
                .remove(&key)
                .unwrap_or_else(|| panic!("there is no {at}"));
            members.insert(name.to_owned(), value);
        }
    }
    document.to_string()
}

/// Takes away what is at `at`.
pub(super) fn remove(document: &mut Value, at: &str) {
    let (owner, key) = owner(document, at);
    match owner {
        Value::Object(members) => {
            members
                .remove(&key)
                .unwrap_or_else(|| panic!("there is no {at}"));
        }
        Value::Array(items) => {
            items.remove(key.parse::<usize>().unwrap());
        }
        _ => panic!("{at} is in no object or list"),
    }
}

fn owner<'a>(document: &'a mut Value, at: &str) -> (&'a mut Value, String) {
    let (owner, key) = at.rsplit_once('/').unwrap();
    let owner = document
        .pointer_mut(owner)
        .unwrap_or_else(|| panic!("there is no {owner}"));
    (owner, key.replace("~1", "/").replace("~0", "~"))
}
