//! The members of a body, each read as what it is to be, with everything that is wrong.

use bitting_core::{Field, Refusal, Violation};

use super::{
    excerpt,
    members::{Given, Members},
};

/// Takes the text as it is, so that one that is fine is never copied.
pub(crate) type Reader<T> = fn(String) -> Result<T, String>;

/// A body that is being read.
#[derive(Debug)]
pub(crate) struct Fields {
    given: Members,
    wrong: Vec<Violation>,
}

impl Fields {
    /// Reads the object in `bytes`. Members that `wanted` does not name are ignored.
    pub(crate) fn read(bytes: &[u8], wanted: &'static [&'static str]) -> Result<Self, Refusal> {
        let given = Members::read(bytes, wanted)?;
        let wrong = Vec::new();
        Ok(Self { given, wrong })
    }

    /// The same, except that a member that `wanted` does not name is wrong.
    pub(crate) fn read_strict(
        bytes: &[u8],
        wanted: &'static [&'static str],
    ) -> Result<Self, Refusal> {
        let mut fields = Self::read(bytes, wanted)?;
        if let Some(name) = fields.given.unknown() {
            let reason = format!(
                "must not have the member `{}`: there are {}",
                excerpt(name),
                wanted.join(", ")
            );
            fields.wrong.push(Violation::new(Field::Body, reason));
        }
        Ok(fields)
    }

    /// Whether none of the wanted members was given.
    pub(crate) fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// What is wrong with what was read so far.
    pub(crate) fn wrong(self) -> Vec<Violation> {
        self.wrong
    }

    /// A text that must be there; null is as nothing.
    pub(crate) fn required<T>(&mut self, name: &str, field: Field, reader: Reader<T>) -> Option<T> {
        match self.take(name) {
            None => self.blame(field, "is required"),
            Some(given) => self.text(field, given, reader),
        }
    }

    /// A text that may be left out; null is as nothing.
    pub(crate) fn optional<T>(&mut self, name: &str, field: Field, reader: Reader<T>) -> Option<T> {
        let given = self.take(name)?;
        self.text(field, given, reader)
    }

    /// A text that may be left out but not taken away: null is wrong.
    pub(crate) fn present<T>(&mut self, name: &str, field: Field, reader: Reader<T>) -> Option<T> {
        match self.given.take(name)? {
            Given::Null => self.blame(field, "must not be null"),
            given => self.text(field, given, reader),
        }
    }

    /// A text that null takes away.
    #[expect(
        clippy::option_option,
        reason = "as core spells it: the outer is whether it was given"
    )]
    pub(crate) fn nullable<T>(
        &mut self,
        name: &str,
        field: Field,
        reader: Reader<T>,
    ) -> Option<Option<T>> {
        match self.given.take(name)? {
            Given::Null => Some(None),
            given => self.text(field, given, reader).map(Some),
        }
    }

    /// A yes or no that may be left out; null is as nothing.
    pub(crate) fn flag(&mut self, name: &str, field: Field) -> Option<bool> {
        match self.take(name)? {
            Given::Bool(flag) => Some(flag),
            Given::Null | Given::Text(_) | Given::Other => {
                self.blame(field, "must be true or false")
            }
        }
    }

    /// A yes or no that must be there; null is as nothing.
    pub(crate) fn required_flag(&mut self, name: &str, field: Field) -> Option<bool> {
        match self.take(name) {
            None => self.blame(field, "is required"),
            Some(Given::Bool(flag)) => Some(flag),
            Some(_) => self.blame(field, "must be true or false"),
        }
    }

    /// A member that is not null.
    fn take(&mut self, name: &str) -> Option<Given> {
        self.given.take(name).filter(|given| *given != Given::Null)
    }

    fn text<T>(&mut self, field: Field, given: Given, reader: Reader<T>) -> Option<T> {
        let read = match given {
            Given::Text(text) => reader(text),
            Given::Null | Given::Bool(_) | Given::Other => Err("must be a string".to_owned()),
        };
        read.map_err(|reason| self.wrong.push(Violation::new(field, reason)))
            .ok()
    }

    fn blame<T>(&mut self, field: Field, reason: &'static str) -> Option<T> {
        self.wrong.push(Violation::new(field, reason));
        None
    }
}
