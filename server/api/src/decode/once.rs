//! Parameters that may be given once.

use std::borrow::Cow;

use bitting_core::Violation;

use super::wrong;
use crate::wire::Parameter;

/// A parameter that may be given once: a second one is refused, even with the same value (O41).
#[derive(Debug)]
pub(crate) struct Once<'q> {
    name: &'static str,
    count: usize,
    value: Option<Cow<'q, str>>,
}

impl<'q> Once<'q> {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            count: 0,
            value: None,
        }
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Takes `parameter` if it is this one.
    pub(crate) fn take(&mut self, parameter: &Parameter<'q>, found: &mut Vec<Violation>) -> bool {
        if parameter.name != self.name {
            return false;
        }
        self.count += 1;
        match self.count {
            1 => match parameter.value() {
                Ok(value) => self.value = Some(value),
                Err(error) => found.push(wrong(self.name, error.to_string())),
            },
            2 => found.push(wrong(self.name, "must be given only once")),
            // Said already.
            _ => {}
        }
        true
    }

    /// The value; an empty one is as none.
    pub(crate) fn value(&self) -> Option<&str> {
        self.raw().filter(|value| !value.is_empty())
    }

    /// The value itself, even if it is empty.
    pub(crate) fn into_value(self) -> Option<Cow<'q, str>> {
        self.value
    }

    /// The value, even if it is empty.
    pub(crate) fn raw(&self) -> Option<&str> {
        self.value.as_deref()
    }
}
