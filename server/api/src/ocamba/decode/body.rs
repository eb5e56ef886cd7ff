//! The bodies of create and update (O20, O21, O50).

use bitting_core::{
    Description, Field, KeyChange, KeyDraft, KeyName, Refusal, TextError, Timestamp, Violation,
};

use super::{time, unless_wrong};
use crate::decode::Fields;

/// What a caller may say of a key. Every other member is ignored, whether it is unknown or only the server's
/// to set (O20).
const MEMBERS: &[&str] = &["name", "description", "start_time", "end_time"];

/// The body of a create. Whether a copy of the secret is kept is the server's setting.
pub fn create(body: &[u8], recoverable: bool) -> Result<KeyDraft, Refusal> {
    let mut fields = Fields::read(body, MEMBERS)?;
    let name = fields.required("name", Field::Name, name);
    let description = fields.optional("description", Field::Description, description);
    let start = fields.optional("start_time", Field::Start, instant);
    let end = fields.optional("end_time", Field::End, instant);
    match (name, fields.wrong()) {
        (Some(name), wrong) if wrong.is_empty() => Ok(KeyDraft {
            description,
            start,
            end,
            recoverable,
            ..KeyDraft::new(name)
        }),
        (_, wrong) => Err(Refusal::Invalid(wrong)),
    }
}

/// The body of an update: at least one member; null takes away what may be missing (O50).
pub fn update(body: &[u8]) -> Result<KeyChange, Refusal> {
    let mut fields = Fields::read(body, MEMBERS)?;
    if fields.is_empty() {
        let reason = "must have at least one of name, description, start_time, end_time";
        return Err(Violation::new(Field::Body, reason).into());
    }
    let change = KeyChange {
        name: fields.present("name", Field::Name, name),
        description: fields.nullable("description", Field::Description, description),
        start: fields.present("start_time", Field::Start, instant),
        end: fields.nullable("end_time", Field::End, instant),
    };
    unless_wrong(fields.wrong(), change)
}

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
