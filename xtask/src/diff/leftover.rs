//! What no rule accounted for: a look at the bare JSON of both documents.
//!
//! The rules compare what `openapiv3` reads. It drops what it does not know, and a rule can have a fault. So
//! every place where the two documents differ must be at or below one that a change tells of; any other is
//! told as it is, and counts as breaking.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    change::{Change, Class},
    place::pointer,
};

/// Members that map names of the author's to things. What they hold is not a keyword, whatever it is called.
const NAMES: [&str; 15] = [
    "callbacks",
    "content",
    "encoding",
    "examples",
    "headers",
    "links",
    "mapping",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
];

/// Lists of things that have a name.
const LISTS: [&str; 3] = ["parameters", "servers", "tags"];

/// Keywords that say the same when they are false and when they are left out.
const FALSE: [&str; 9] = [
    "allowReserved",
    "deprecated",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "nullable",
    "readOnly",
    "required",
    "uniqueItems",
    "writeOnly",
];

/// Keywords whose values are compared as a whole.
const WHOLE: [&str; 5] = ["default", "enum", "example", "security", "value"];

/// The differences that none of `changes` tells of.
pub(super) fn unaccounted(old: &Value, new: &Value, changes: &[Change]) -> Vec<Change> {
    let mut places = Vec::new();
    object(&mut places, "", false, old, new);
    let told: BTreeSet<&str> = changes
        .iter()
        .flat_map(|change| &change.pointers)
        .map(String::as_str)
        .collect();
    let is_told = |place: &str| {
        told.contains(place)
            || place
                .match_indices('/')
                .any(|(at, _)| told.contains(&place[..at]))
    };
    places
        .into_iter()
        .filter(|place| !is_told(place))
        .map(|place| Change {
            class: Class::Breaking,
            rule: "unclassified",
            place: format!("at {place}"),
            uses: Vec::new(),
            sentence: "changed in a way that no rule knows, and so counts as breaking".to_owned(),
            pointers: vec![place],
        })
        .collect()
}

/// Compares two values; `are_names` tells that the members are named by the author.
fn object(places: &mut Vec<String>, at: &str, are_names: bool, old: &Value, new: &Value) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let (old, new) = (plain(old, are_names), plain(new, are_names));
            let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
            for key in keys {
                let place = pointer(at, &[key]);
                let keyword = if are_names { "" } else { key.as_str() };
                member(places, &place, keyword, old.get(key), new.get(key));
            }
        }
        (Value::Array(old), Value::Array(new)) => list(places, at, old, new),
        _ => places.push(at.to_owned()),
    }
}

/// Compares what is under a keyword, or under a name (then `keyword` is empty).
fn member(
    places: &mut Vec<String>,
    place: &str,
    keyword: &str,
    old: Option<&Value>,
    new: Option<&Value>,
) {
    if old == new {
        return;
    }
    let is_false = |value: Option<&Value>| value.is_none_or(|value| *value == false);
    if FALSE.contains(&keyword) && is_false(old) && is_false(new) {
        return;
    }
    // Each is the default where it is possible at all.
    let is_usual =
        |style: Option<&Value>| style.is_none_or(|style| style == "simple" || style == "form");
    if keyword == "style" && (old.is_none() || new.is_none()) && is_usual(old) && is_usual(new) {
        return;
    }
    let is_list = [old, new].into_iter().flatten().any(Value::is_array);
    let (nothing, no_items) = (Value::Object(Map::new()), Value::Array(Vec::new()));
    let absent = if is_list { &no_items } else { &nothing };
    let holds_things = keyword == "components"
        || keyword == "required" && is_list
        || NAMES.contains(&keyword) && !is_list
        || LISTS.contains(&keyword) && is_list;
    match (old, new) {
        (Some(Value::Array(old)), Some(Value::Array(new)))
            if keyword == "enum" && is_same_set(old, new) => {}
        (Some(_), Some(_)) if WHOLE.contains(&keyword) || keyword.starts_with("x-") => {
            places.push(place.to_owned());
        }
        (Some(old), Some(new)) => object(places, place, NAMES.contains(&keyword), old, new),
        (old, new) if holds_things => {
            let (old, new) = (old.unwrap_or(absent), new.unwrap_or(absent));
            object(places, place, NAMES.contains(&keyword), old, new);
        }
        _ => places.push(place.to_owned()),
    }
}

/// A reference is the same whether it stands alone or, to have something beside it, alone in an `allOf`.
fn plain(object: &Map<String, Value>, are_names: bool) -> Map<String, Value> {
    let mut object = object.clone();
    if !are_names
        && let Some([only]) = object
            .get("allOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        && let Some(reference) = only.get("$ref").cloned()
    {
        object.remove("allOf");
        object.insert("$ref".to_owned(), reference);
    }
    object
}

/// Compares lists: by what their items are called where they are called anything, whatever the order.
fn list(places: &mut Vec<String>, at: &str, old: &[Value], new: &[Value]) {
    let (old, new) = (identified(old), identified(new));
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let place = pointer(at, &[key]);
        match (old.get(key), new.get(key)) {
            (Some(old), Some(new)) => object(places, &place, false, old, new),
            _ => places.push(place),
        }
    }
}

fn identified(items: &[Value]) -> BTreeMap<String, &Value> {
    let named: BTreeMap<_, _> = items
        .iter()
        .filter_map(|item| Some((identity(item)?, item)))
        .collect();
    if named.len() == items.len() {
        return named;
    }
    let numbered = items.iter().enumerate();
    numbered
        .map(|(at, item)| (identity_or_place(item, at, items), item))
        .collect()
}

/// A form with a name is known by it also among others that have none.
fn identity_or_place(item: &Value, at: usize, items: &[Value]) -> String {
    let reference = item.get("$ref").and_then(Value::as_str);
    let is_alone = items
        .iter()
        .filter(|other| other.get("$ref") == item.get("$ref"))
        .count()
        == 1;
    match reference {
        Some(reference) if is_alone => reference.to_owned(),
        _ => at.to_string(),
    }
}

/// What tells an item from the others of its list.
fn identity(item: &Value) -> Option<String> {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    match item {
        Value::String(text) => Some(text.clone()),
        _ => match (text("in"), text("name"), text("$ref"), text("url")) {
            (Some(location), Some(name), ..) => Some(format!("{location}:{name}")),
            (_, _, Some(reference), _) => Some(reference.to_owned()),
            (None, Some(name), ..) => Some(name.to_owned()),
            (.., Some(url)) => Some(url.to_owned()),
            _ => None,
        },
    }
}

fn is_same_set(old: &[Value], new: &[Value]) -> bool {
    old.len() == new.len() && old.iter().all(|value| new.contains(value))
}
