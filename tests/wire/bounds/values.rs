//! Values at a bound of a schema and one past it.

use jsonschema::Draft;
use serde_json::{Map, Value, json};

use super::documented::Documented;

/// A value of an input, and whether it is within the bounds.
#[derive(Debug)]
pub(super) struct Probe {
    /// What it shows.
    pub(super) shows: &'static str,
    /// The value.
    pub(super) value: Value,
    /// Whether the document allows it.
    pub(super) fine: bool,
}

/// The length of a value whose form leaves no choice is tried with one of these.
const FORMED: &[&str] = &[
    "2099-01-01T00:00:00Z",
    "2099-01-01T00:00:00.123456789+00:00",
    "2099-01-01 00:00:00",
    "00000000-0000-7000-8000-000000000000",
    "::",
    "0000:0000:0000:0000:0000:ffff:255.255.255.255",
    "0000:0000:0000:0000:0000:ffff:255.255.255.255/128",
];

/// Every probe of `schema`, which has been resolved.
pub(super) fn probes(documented: &Documented, schema: &Value) -> Vec<Probe> {
    let mut out = Vec::new();
    if schema["nullable"] == true {
        add(&mut out, "null", Value::Null, true);
    } else {
        add(&mut out, "null", Value::Null, false);
    }
    match schema["type"].as_str() {
        Some("integer") => integers(schema, &mut out),
        Some("array") => arrays(documented, schema, &mut out),
        Some("boolean") => add(&mut out, "no boolean", json!("true"), false),
        Some("object") => add(&mut out, "no object", json!([]), false),
        _ if schema["enum"].is_array() => words(schema, &mut out),
        _ => strings(schema, &mut out),
    }
    out
}

fn add(out: &mut Vec<Probe>, shows: &'static str, value: Value, fine: bool) {
    out.push(Probe { shows, value, fine });
}

fn integers(schema: &Value, out: &mut Vec<Probe>) {
    let bound = |name: &str| schema[name].as_i64().expect("every input is bounded");
    let (least, greatest) = (bound("minimum"), bound("maximum"));
    add(out, "the least", json!(least), true);
    add(out, "the greatest", json!(greatest), true);
    add(out, "one less", json!(least - 1), false);
    add(out, "one more", json!(greatest + 1), false);
}

fn words(schema: &Value, out: &mut Vec<Probe>) {
    for word in schema["enum"].as_array().expect("words") {
        if word.is_string() {
            add(out, "a word", word.clone(), true);
        }
    }
    add(out, "another word", json!("bitting"), false);
}

fn strings(schema: &Value, out: &mut Vec<Probe>) {
    let longest = length(schema, "maxLength").expect("every input is bounded");
    let shortest = length(schema, "minLength").unwrap_or(0);
    if let Some(text) = text(schema, longest) {
        add(out, "the longest", json!(text), true);
    }
    // One that is too long and of the right characters, where there is one.
    let too_long = text(schema, longest + 1).unwrap_or_else(|| filler(ALPHANUMERIC, longest + 1));
    add(out, "one longer", json!(too_long), false);
    if shortest > 0 {
        if let Some(text) = text(schema, shortest) {
            add(out, "the shortest", json!(text), true);
        }
        let too_short =
            text(schema, shortest - 1).unwrap_or_else(|| filler(ALPHANUMERIC, shortest - 1));
        add(out, "one shorter", json!(too_short), false);
    }
}

fn arrays(documented: &Documented, schema: &Value, out: &mut Vec<Probe>) {
    let most = length(schema, "maxItems").expect("every input is bounded");
    let least = length(schema, "minItems").unwrap_or(0);
    let item = documented.resolve(&schema["items"]);
    let many = |count: usize| -> Value {
        let items = 0..count;
        items.map(|n| specimen(documented, item, n)).collect()
    };
    add(out, "the most", many(most), true);
    add(out, "one more", many(most + 1), false);
    add(out, "the fewest", many(least), true);
    if least > 0 {
        add(out, "one fewer", many(least - 1), false);
    }
    if item["type"] != "object" {
        for probe in probes(documented, item) {
            add(out, probe.shows, json!([probe.value]), probe.fine);
        }
    }
}

/// A good value, the `n`th of several.
pub(super) fn specimen(documented: &Documented, schema: &Value, n: usize) -> Value {
    match schema["type"].as_str() {
        Some("boolean") => json!(true),
        Some("integer") => schema["minimum"].clone(),
        Some("array") => json!([]),
        Some("object") => object(documented, schema, n),
        _ if schema["enum"].is_array() => schema["enum"][0].clone(),
        _ => {
            let longest = length(schema, "maxLength").unwrap_or(1);
            let shortest = length(schema, "minLength").unwrap_or(0);
            let fits =
                |text: &&&str| (shortest..=longest).contains(&text.len()) && matches(schema, text);
            let formed = FORMED.iter().find(fits).map(ToString::to_string);
            let some = || text(schema, shortest.max(8).min(longest));
            json!(formed.or_else(some).unwrap_or_default())
        }
    }
}

fn object(documented: &Documented, schema: &Value, n: usize) -> Value {
    let required = schema["required"].as_array().into_iter().flatten();
    let mut out = Map::new();
    for name in required.filter_map(Value::as_str) {
        let member = documented.resolve(&schema["properties"][name]);
        out.insert(name.to_owned(), specimen(documented, member, n));
    }
    // Names that must differ, and what must be there together or by one of two.
    if schema["properties"]["window_seconds"].is_object() {
        out.insert("name".to_owned(), json!(format!("limit{n}")));
    }
    for name in ["refill_amount", "refill_interval_seconds"] {
        let member = &schema["properties"][name];
        if member.is_object() {
            out.insert(name.to_owned(), member["minimum"].clone());
        }
    }
    if schema["properties"]["digest_form"].is_object() {
        out.insert(
            "secret".to_owned(),
            json!(format!("{}{n:08}", filler(ALPHANUMERIC, 32))),
        );
    }
    out.into()
}

/// Text of this length that `schema` allows, if there is any.
fn text(schema: &Value, length: usize) -> Option<String> {
    let list = "a,".repeat(length / 2);
    let candidates = [
        filler(VISIBLE, length),
        filler(ALPHANUMERIC, length),
        "a".repeat(length),
        "1".repeat(length),
        format!("{list}{}", "a".repeat(length % 2)),
    ];
    let right = |text: &String| text.chars().count() == length && matches(schema, text);
    let formed = FORMED.iter().map(ToString::to_string);
    formed.chain(candidates).find(right)
}

const ALPHANUMERIC: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const VISIBLE: &str = "ab!cd#ef$gh%ij&klMNO(PQR)STU*VWX+YZ,0123-45.67/89:;<=>?@[]^_{|}~";

/// Characters that are no word, so that they pass for a secret too.
fn filler(alphabet: &str, length: usize) -> String {
    let alphabet: Vec<char> = alphabet.chars().collect();
    let at = |n: usize| alphabet[(n * n * 7 + n * 13 + n / 62) % alphabet.len()];
    (0..length).map(at).collect()
}

/// Whether `text` has the schema's pattern.
fn matches(schema: &Value, text: &str) -> bool {
    let pattern = json!({ "pattern": schema["pattern"] });
    let validator = jsonschema::options()
        .with_draft(Draft::Draft4)
        .build(&pattern)
        .expect("a pattern");
    validator.is_valid(&json!(text))
}

fn length(schema: &Value, name: &str) -> Option<usize> {
    usize::try_from(schema[name].as_u64()?).ok()
}
