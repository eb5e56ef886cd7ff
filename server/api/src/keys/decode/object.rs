//! The body of a request about keys: an object whose members are read as what they are to be, with everything that
//! is wrong (K10).

use std::{borrow::Cow, collections::HashSet, fmt};

use bitting_core::{Field, Refusal, Violation};
use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::decode::{excerpt, unreadable};

/// What is wrong with a value, as an instruction.
pub(super) type Reason = Cow<'static, str>;

/// Whether members may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// They may, and null is the same.
    Partial,
    /// None may: null takes away what can be taken away.
    Complete,
}

/// A body that is being read.
#[derive(Debug)]
pub(super) struct Object<'b> {
    form: Form,
    given: Vec<(&'static str, &'b str)>,
    wrong: Vec<Violation>,
}

impl<'b> Object<'b> {
    /// Reads the object in `body`. A member that `wanted` does not name is wrong.
    pub(super) fn read(
        body: &'b [u8],
        form: Form,
        wanted: &'static [&'static str],
    ) -> Result<Self, Refusal> {
        let mut members = Members {
            wanted,
            given: Vec::new(),
            unknown: None,
            twice: false,
        };
        let mut reader = serde_json::Deserializer::from_slice(body);
        let read = reader
            .deserialize_map(&mut members)
            .and_then(|()| reader.end());
        let mut wrong = Vec::new();
        if members.twice {
            wrong.push(Violation::new(Field::Body, "must not name a member twice"));
            return Err(Refusal::Invalid(wrong));
        }
        read.map_err(|error| unreadable(&error))?;
        if let Some(name) = members.unknown {
            let (name, known) = (excerpt(&name), wanted.join(", "));
            let reason = format!("must not have the member `{name}`: there are {known}");
            wrong.push(Violation::new(Field::Body, reason));
        }
        let given = members.given;
        Ok(Self { form, given, wrong })
    }

    /// A member that must have a value.
    pub(super) fn required<T>(
        &mut self,
        name: &str,
        field: Field,
        reader: impl FnOnce(&'b str) -> Result<T, Reason>,
    ) -> Option<T> {
        match self.raw(name) {
            Some("null") if self.form == Form::Complete => self.blame(field, "must not be null"),
            None | Some("null") => self.blame(field, "is required"),
            Some(raw) => self.value(field, raw, reader),
        }
    }

    /// A member that may be without a value.
    pub(super) fn optional<T>(
        &mut self,
        name: &str,
        field: Field,
        reader: impl FnOnce(&'b str) -> Result<T, Reason>,
    ) -> Option<T> {
        match self.raw(name) {
            None if self.form == Form::Complete => self.blame(field, "is required: null clears it"),
            None | Some("null") => None,
            Some(raw) => self.value(field, raw, reader),
        }
    }

    /// Whether a member has a value.
    pub(super) fn has(&self, name: &str) -> bool {
        self.raw(name).is_some_and(|raw| raw != "null")
    }

    /// Notes what is wrong with a member.
    pub(super) fn blame<T>(&mut self, field: Field, reason: impl Into<Reason>) -> Option<T> {
        self.wrong.push(Violation::new(field, reason));
        None
    }

    /// Whether nothing was wrong so far.
    pub(super) fn is_right(&self) -> bool {
        self.wrong.is_empty()
    }

    /// What is wrong with what was read so far.
    pub(super) fn wrong(self) -> Vec<Violation> {
        self.wrong
    }

    fn raw(&self, name: &str) -> Option<&'b str> {
        let (_, raw) = self.given.iter().find(|(member, _)| *member == name)?;
        Some(raw)
    }

    fn value<T>(
        &mut self,
        field: Field,
        raw: &'b str,
        reader: impl FnOnce(&'b str) -> Result<T, Reason>,
    ) -> Option<T> {
        match reader(raw) {
            Ok(value) => Some(value),
            Err(reason) => self.blame(field, reason),
        }
    }
}

/// The members of an object, each as its text.
struct Members<'b> {
    wanted: &'static [&'static str],
    given: Vec<(&'static str, &'b str)>,
    unknown: Option<String>,
    twice: bool,
}

impl<'b> Visitor<'b> for &mut Members<'b> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut map: A) -> Result<(), A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            let value: &RawValue = map.next_value()?;
            match self.wanted.iter().find(|wanted| **wanted == name) {
                Some(wanted) => self.given.push((wanted, value.get())),
                None => drop(self.unknown.get_or_insert_with(|| name.clone())),
            }
            if !names.insert(name) {
                self.twice = true;
                return Err(A::Error::custom("twice"));
            }
        }
        Ok(())
    }
}
