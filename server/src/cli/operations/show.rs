//! Answers for people.

use std::{fmt::Write as _, io};

use serde_json::Value;

use super::document::Schema;

/// Between two columns.
const GAP: &str = "  ";
/// What stands for null, and for an empty list.
const NOTHING: &str = "-";
/// Members of answers that hold what a list is of.
const LISTS: [&str; 2] = ["items", "results"];

/// The columns that are shown of what has many, if nobody names others: by a column that only they have.
const USUAL: &[(&str, &[&str])] = &[
    (
        "origin",
        &[
            "id",
            "name",
            "status",
            "role",
            "owner_id",
            "expires_at",
            "last_used_at",
        ],
    ),
    (
        "key_ids",
        &[
            "at",
            "action",
            "actor.member_id",
            "member_id",
            "key_ids",
            "remote",
        ],
    ),
    (
        "retry_after_seconds",
        &["valid", "code", "key.id", "key.name", "retry_after_seconds"],
    ),
];

/// The columns that the table of a list can have; none where the answer is no list.
pub(super) fn columns(answer: Schema<'_>) -> Vec<String> {
    let mut columns = Vec::new();
    if let Some(item) = listed(answer) {
        collect(item, "", &mut columns);
    }
    columns
}

/// What the answer is a list of.
fn listed(answer: Schema<'_>) -> Option<Schema<'_>> {
    let mut members = answer.properties();
    let (_, list) = members.find(|(name, _)| LISTS.contains(name))?;
    list.items().filter(|items| !items.is_scalar())
}

fn collect(schema: Schema<'_>, before: &str, columns: &mut Vec<String>) {
    for (name, member) in schema.properties() {
        let name = format!("{before}{name}");
        let is_object = member.properties().next().is_some();
        if is_object {
            collect(member, &format!("{name}."), columns);
        } else if member.items().is_none_or(Schema::is_scalar) {
            columns.push(name);
        }
    }
}

/// The columns that are shown of `all` unless others are named.
pub(super) fn usual(all: &[String]) -> Vec<String> {
    let known = USUAL
        .iter()
        .find(|(mark, _)| all.iter().any(|name| name == mark));
    match known {
        Some((_, usual)) => usual.iter().map(ToString::to_string).collect(),
        None => all.to_vec(),
    }
}

/// The members of an answer that are secrets, by their paths.
pub(super) fn secrets(answer: Schema<'_>) -> Vec<String> {
    fn collect(schema: Schema<'_>, before: &str, secrets: &mut Vec<String>) {
        for (name, member) in schema.properties() {
            let name = format!("{before}{name}");
            if member.format() == "secret" {
                secrets.push(name);
            } else {
                collect(member, &format!("{name}."), secrets);
            }
        }
    }
    let mut secrets = Vec::new();
    collect(answer, "", &mut secrets);
    secrets
}

/// The rows of a list.
pub(super) fn rows(answer: &Value) -> &[Value] {
    let lists = LISTS.iter().filter_map(|name| answer[*name].as_array());
    lists.map(Vec::as_slice).next().unwrap_or_default()
}

/// A table, with a line of titles.
pub(super) fn table(columns: &[String], rows: &[Value], titles: bool) -> String {
    let mut lines: Vec<Vec<String>> = Vec::new();
    if titles {
        lines.push(columns.iter().map(|name| name.to_uppercase()).collect());
    }
    let cells = rows
        .iter()
        .map(|row| columns.iter().map(|name| cell(at(row, name))).collect());
    lines.extend(cells);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..columns.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let padded = line.iter().zip(&widths);
        let padded = padded.map(|(cell, width)| format!("{cell:<width$}"));
        text.push_str(padded.collect::<Vec<_>>().join(GAP).trim_end());
        text.push('\n');
    }
    text
}

/// An object, a member a line; without the members at `without`.
pub(super) fn record(value: &Value, without: &[String]) -> String {
    let mut members = Vec::new();
    flatten(value, "", &mut members);
    members.retain(|(name, _)| !without.contains(name));
    let width = members
        .iter()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (name, value) in members {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{name:<width$}{GAP}{}", cell(value));
    }
    text
}

fn flatten<'a>(value: &'a Value, before: &str, members: &mut Vec<(String, &'a Value)>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let path = format!("{before}{name}");
        match value {
            // What an issuer keeps with a key is shown as it is, whatever it is.
            Value::Object(inner) if !inner.is_empty() && name != "metadata" => {
                flatten(value, &format!("{path}."), members);
            }
            _ => members.push((path, value)),
        }
    }
}

/// The member at a path.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, name| &value[name])
}

/// A value in one line.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => NOTHING.to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => NOTHING.to_owned(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let items = items.iter().filter_map(Value::as_str);
            items.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    };
    plain(&text)
}

/// A text that moves no cursor and starts no line, whatever somebody called a key.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        // Those that turn the direction of writing hide what is there as well.
        let hides = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || hides {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Writes to standard output. Nobody listening any more is no failure: `head` has seen enough.
pub(super) fn print(text: &str) -> io::Result<()> {
    use io::Write as _;
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_table_has_its_columns_below_each_other() {
        let rows = [
            json!({ "id": "1", "a": { "b": null }, "s": ["x", "y"] }),
            json!({ "id": "1000", "a": null, "s": [] }),
        ];
        let columns = ["id", "a.b", "s"].map(str::to_owned);
        assert_eq!(
            table(&columns, &rows, true),
            "ID    A.B  S\n1     -    x,y\n1000  -    -\n"
        );
        assert_eq!(table(&columns, &[], true), "ID  A.B  S\n");
        assert_eq!(table(&columns, &[], false), "");
    }

    #[test]
    fn what_somebody_called_a_key_does_nothing_to_a_terminal() {
        let name = json!({ "name": "a\u{1b}[2Jb\nc\u{202e}d" });
        let shown = record(&name, &[]);
        assert_eq!(shown, "name  a\\u{1b}[2Jb\\u{a}c\\u{202e}d\n");
    }

    #[test]
    fn a_record_is_flat_and_leaves_out_what_it_is_told_to() {
        let value =
            json!({ "key": { "id": 1, "metadata": { "plan": "pro" }, "none": {} }, "secret": "s" });
        assert_eq!(
            record(&value, &["secret".to_owned()]),
            "key.id        1\nkey.metadata  {\"plan\":\"pro\"}\nkey.none      {}\n"
        );
    }
}
