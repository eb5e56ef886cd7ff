//! The bodies of create and update (O20, O21, O50).

use bitting_core::{
    Description, Field, KeyChange, KeyDraft, KeyName, Refusal, Scopes, TextError, Timestamp,
    Violation,
};

use super::{
    members::{Given, Members},
    time, unless_wrong,
};

/// What a caller may say of a key. Every other member is ignored, whether it is unknown or only the server's
/// to set (O20).
const MEMBERS: &[&str] = &["name", "description", "start_time", "end_time"];

/// The body of a create. Whether a copy of the secret is kept is the server's setting.
pub fn create(body: &[u8], recoverable: bool) -> Result<KeyDraft, Refusal> {
    let mut given = Members::read(body, MEMBERS)?;
    let mut wrong = Vec::new();
    // An explicit null is as good as nothing (O20).
    let mut take = |name| given.take(name).filter(|given| *given != Given::Null);

    let name = match take("name") {
        None => {
            wrong.push(Violation::new(Field::Name, "is required"));
            None
        }
        Some(given) => read(&mut wrong, Field::Name, given, name),
    };
    let description = take("description")
        .and_then(|given| read(&mut wrong, Field::Description, given, description));
    let start = take("start_time").and_then(|given| read(&mut wrong, Field::Start, given, instant));
    let end = take("end_time").and_then(|given| read(&mut wrong, Field::End, given, instant));

    match name {
        Some(name) if wrong.is_empty() => Ok(KeyDraft {
            name,
            description,
            start,
            end,
            role: None,
            scopes: Scopes::default(),
            recoverable,
        }),
        _ => Err(Refusal::Invalid(wrong)),
    }
}

/// The body of an update: at least one member; null takes away what may be missing (O50).
pub fn update(body: &[u8]) -> Result<KeyChange, Refusal> {
    let mut given = Members::read(body, MEMBERS)?;
    if given.is_empty() {
        let reason = "must have at least one of name, description, start_time, end_time";
        return Err(Violation::new(Field::Body, reason).into());
    }
    let mut wrong = Vec::new();
    let change = KeyChange {
        name: given
            .take("name")
            .and_then(|given| read_present(&mut wrong, Field::Name, given, name)),
        description: given
            .take("description")
            .and_then(|given| read_nullable(&mut wrong, Field::Description, given, description)),
        start: given
            .take("start_time")
            .and_then(|given| read_present(&mut wrong, Field::Start, given, instant)),
        end: given
            .take("end_time")
            .and_then(|given| read_nullable(&mut wrong, Field::End, given, instant)),
    };
    unless_wrong(wrong, change)
}

/// Takes the text as it is, so that one that is fine is never copied.
type Reader<T> = fn(String) -> Result<T, String>;

fn name(text: String) -> Result<KeyName, String> {
    KeyName::new(text).map_err(|error: TextError| error.to_string())
}

fn description(text: String) -> Result<Description, String> {
    Description::new(text).map_err(|error| error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "a Reader like the others")]
fn instant(text: String) -> Result<Timestamp, String> {
    time::time(&text).ok_or_else(|| "must be a time as YYYY-MM-DD HH:MM:SS, GMT".to_owned())
}

/// The value of a member that is a string.
fn read<T>(wrong: &mut Vec<Violation>, field: Field, given: Given, reader: Reader<T>) -> Option<T> {
    let read = match given {
        Given::Text(text) => reader(text),
        Given::Null | Given::Other => Err("must be a string".to_owned()),
    };
    read.map_err(|reason| wrong.push(Violation::new(field, reason)))
        .ok()
}

/// The same for one that cannot be taken away.
fn read_present<T>(
    wrong: &mut Vec<Violation>,
    field: Field,
    given: Given,
    reader: Reader<T>,
) -> Option<T> {
    if given == Given::Null {
        wrong.push(Violation::new(field, "must not be null"));
        return None;
    }
    read(wrong, field, given, reader)
}

/// The same for one that null takes away.
#[expect(
    clippy::option_option,
    reason = "as core spells it: the outer is whether it was given"
)]
fn read_nullable<T>(
    wrong: &mut Vec<Violation>,
    field: Field,
    given: Given,
    reader: Reader<T>,
) -> Option<Option<T>> {
    if given == Given::Null {
        return Some(None);
    }
    read(wrong, field, given, reader).map(Some)
}
