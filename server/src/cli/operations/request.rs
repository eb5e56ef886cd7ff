//! What is sent, from what was said.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, IsTerminal as _, Read as _},
    path::{Path, PathBuf},
};

use clap::ArgMatches;
use reqwest::Url;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::{
    document::{Document, Input, Operation, Place, Schema},
    flags::{self, BODY, CLEAR, KEY_FILE},
    names::kebab,
};
use crate::cli::{Failure, tell};

/// No body is larger; of what is, the server says so.
const INPUT_MAX: u64 = 4 << 20;
const FORM: &str = "application/x-www-form-urlencoded";

/// A request, all but where it goes.
pub(super) struct Said {
    /// The segments of the path.
    pub(super) path: Vec<String>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Body>,
}

/// The body, as far as it was said.
pub(super) enum Body {
    /// All of it.
    Whole(Zeroizing<String>),
    /// Some members, each with the text of its value.
    Members(Vec<(String, Zeroizing<String>)>),
}

/// Reads the arguments, and what they name.
pub(super) fn said(
    document: &Document,
    operation: Operation<'_>,
    matches: &ArgMatches,
) -> Result<Said, Failure> {
    let inputs = document.inputs(operation);
    let given = |place| {
        let inputs = inputs.iter().filter(move |input| input.place == place);
        inputs.flat_map(|input| {
            let values = values(matches, &flags::id(input)).into_iter();
            values.map(|value| (input.name.to_owned(), value))
        })
    };
    let path = operation
        .path
        .split('/')
        .filter(|segment| !segment.is_empty());
    let path = path.map(|segment| {
        let name = segment
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        let Some(name) = name else {
            return Ok(segment.to_owned());
        };
        let value = given(Place::Path).find(|(known, _)| known == name);
        match value {
            // It would name another path.
            Some((_, value)) if matches!(value.as_str(), "" | "." | "..") => {
                Err(Failure(format!("{value:?} is no {name}; see --help")))
            }
            Some((_, value)) => Ok(value),
            None => Err(Failure(format!("{name} is missing; see --help"))),
        }
    });
    let body = document
        .body(operation)
        .map(|_| body(operation, &inputs, matches));
    Ok(Said {
        path: path.collect::<Result<_, _>>()?,
        query: given(Place::Query).collect(),
        headers: given(Place::Header).collect(),
        body: body.transpose()?,
    })
}

fn body(
    operation: Operation<'_>,
    inputs: &[Input<'_>],
    matches: &ArgMatches,
) -> Result<Body, Failure> {
    if let Some(path) = matches.get_one::<PathBuf>(BODY) {
        return Ok(Body::Whole(read(path)?));
    }
    let cleared = values(matches, CLEAR);
    let secret = flags::secret(operation.id());
    let mut members = Vec::new();
    for input in inputs.iter().filter(|input| input.place == Place::Body) {
        let mut values = values(matches, &flags::id(input));
        if Some(input.name) == secret && values.is_empty() {
            let file = matches.get_one::<PathBuf>(KEY_FILE);
            values.push(one_line(
                &read(file.map_or(Path::new("-"), |file| file))?,
                input.name,
            )?);
        }
        if cleared.contains(&kebab(input.name)) {
            members.push((input.name.to_owned(), Zeroizing::new("null".to_owned())));
        } else if let Some(text) = json(input.schema, &values)? {
            members.push((input.name.to_owned(), text));
        }
    }
    Ok(Body::Members(members))
}

/// The values of an argument, as they were written.
fn values(matches: &ArgMatches, id: &str) -> Vec<String> {
    // An argument that the command does not have is one that nobody gave.
    let raw = matches.try_get_raw(id).ok().flatten();
    let values = raw.into_iter().flatten();
    values
        .map(|value| value.to_string_lossy().into_owned())
        .collect()
}

/// The values as JSON; `None` where there are none.
fn json(schema: Schema<'_>, values: &[String]) -> Result<Option<Zeroizing<String>>, Failure> {
    let one = |schema: Schema<'_>, value: &String| match schema.kind() {
        "string" => serde_json::to_string(value),
        // As a number is written in JSON, and not everywhere else.
        "integer" => Ok(value
            .parse::<i64>()
            .map_or(value.clone(), |n| n.to_string())),
        _ => Ok(value.clone()),
    };
    let items = schema.items().filter(|items| items.is_scalar());
    let text = match (items, values) {
        (_, []) => return Ok(None),
        (Some(items), values) => {
            let values = values.iter().map(|value| one(items, value));
            format!("[{}]", values.collect::<Result<Vec<_>, _>>()?.join(","))
        }
        (None, [value, ..]) => one(schema, value)?,
    };
    Ok(Some(Zeroizing::new(text)))
}

/// What a file says, or standard input.
fn read(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    if path == Path::new("-") {
        if io::stdin().is_terminal() {
            tell(format_args!(
                "bitting: reading standard input, to its end (Ctrl-D)"
            ));
        }
        let read = io::stdin().lock().take(INPUT_MAX).read_to_string(&mut text);
        read.map_err(|cause| Failure(format!("cannot read standard input: {cause}")))?;
    } else {
        let file = fs::File::open(path);
        let read = file.and_then(|file| file.take(INPUT_MAX).read_to_string(&mut text));
        read.map_err(|cause| {
            let path = path.display();
            Failure(format!(
                "cannot read {path}: {cause}; name a file with text, or - for standard input"
            ))
        })?;
    }
    Ok(text)
}

/// What a file says without the end of its line.
fn one_line(text: &str, name: &str) -> Result<String, Failure> {
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        return Err(Failure(format!(
            "no {name} was given; write it to standard input, or name a file with --{KEY_FILE}"
        )));
    }
    Ok(line.to_owned())
}

impl Body {
    /// Adds the members that were not said and that `there` has: those of an object, as they are written there.
    pub(super) fn complete(&mut self, names: &[&str], there: &str) -> Result<(), Failure> {
        let Self::Members(said) = self else {
            return Ok(());
        };
        // The very text of each value: numbers are spelt in many ways, and what is not said is not to be changed.
        let there: BTreeMap<String, &RawValue> = serde_json::from_str(there)?;
        for (name, value) in there {
            let is_said = said.iter().any(|(known, _)| *known == name);
            if names.contains(&name.as_str()) && !is_said {
                said.push((name, Zeroizing::new(value.get().to_owned())));
            }
        }
        Ok(())
    }

    /// The text that is sent as `media`.
    pub(super) fn text(self, media: &str) -> Result<Zeroizing<String>, Failure> {
        let members = match self {
            Self::Whole(text) => return Ok(text),
            Self::Members(members) => members,
        };
        if media == FORM {
            let mut form = Url::parse("form:")?;
            for (name, value) in &members {
                let value = Zeroizing::new(serde_json::from_str::<String>(value)?);
                form.query_pairs_mut().append_pair(name, &value);
            }
            return Ok(Zeroizing::new(form.query().unwrap_or_default().to_owned()));
        }
        let mut text = Zeroizing::new(String::from("{"));
        for (place, (name, value)) in members.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            text.push_str(comma);
            text.push_str(&serde_json::to_string(name)?);
            text.push(':');
            text.push_str(value);
        }
        text.push('}');
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_was_not_said_stays_as_it_is_written() {
        let there = r#" {"id" : 1, "metadata":{"n":1.50e2,"big":123456789012345678901},"x":null,"name":"a"} "#;
        let name = ("name".to_owned(), Zeroizing::new(r#""b""#.to_owned()));
        let mut body = Body::Members(vec![name]);
        body.complete(&["name", "metadata", "x"], there).unwrap();
        assert_eq!(
            *body.text("application/json").unwrap(),
            r#"{"name":"b","metadata":{"n":1.50e2,"big":123456789012345678901},"x":null}"#
        );
    }

    #[test]
    fn a_form_is_escaped() {
        let token = (
            "token".to_owned(),
            Zeroizing::new(r#""a&b=c d""#.to_owned()),
        );
        let body = Body::Members(vec![token]);
        assert_eq!(*body.text(FORM).unwrap(), "token=a%26b%3Dc+d");
    }

    #[test]
    fn a_secret_is_a_line_without_its_end() {
        let line = |text: &str| one_line(text, "key");
        assert_eq!(line("a b\r\n").unwrap(), "a b");
        assert_eq!(line("a\n\n").unwrap(), "a\n");
        let said = line("\n").unwrap_err().to_string();
        assert!(said.contains("--key-file"), "{said}");
    }
}
