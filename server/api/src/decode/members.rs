//! A JSON object's members, read strictly.
//!
//! What a typed `Deserialize` would let pass is refused here: members named twice, U+0000 anywhere, in
//! members that nobody knows too (O20). Lone surrogates, bytes that are no UTF-8 and nesting deeper than 127
//! levels are refused by the JSON reader itself.

use std::{collections::HashSet, fmt};

use bitting_core::{Field, Violation};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

/// What a body gives for a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A string.
    Text(String),
    /// Anything else, which no member of any surface may be.
    Other,
}

/// The members of a body that are wanted.
#[derive(Debug, Default)]
pub(super) struct Members {
    known: Vec<(&'static str, Given)>,
    unknown: Option<String>,
}

impl Members {
    /// Reads `bytes`, keeping the members that `wanted` names. Any others are looked through and dropped, but for
    /// the name of the first.
    pub(super) fn read(bytes: &[u8], wanted: &'static [&'static str]) -> Result<Self, Violation> {
        let mut found = Found::default();
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let read = Object {
            wanted,
            found: &mut found,
        }
        .deserialize(&mut reader)
        .and_then(|()| reader.end());
        let wrong = |reason: String| Err(Violation::new(Field::Body, reason));
        match read {
            Ok(()) if found.nul => wrong("must not contain U+0000".to_owned()),
            Ok(()) => Ok(found.members),
            Err(_) if found.twice => wrong("must not name a member twice".to_owned()),
            Err(error) => Err(unreadable(&error)),
        }
    }

    /// Takes the member called `name`.
    pub(super) fn take(&mut self, name: &str) -> Option<Given> {
        let place = self.known.iter().position(|(member, _)| *member == name)?;
        Some(self.known.swap_remove(place).1)
    }

    /// Whether none of the wanted members was given.
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The first member that is not wanted.
    pub(super) fn unknown(&self) -> Option<&str> {
        self.unknown.as_deref()
    }
}

/// What is wrong with a body that was to be an object.
pub(crate) fn unreadable(error: &serde_json::Error) -> Violation {
    let reason = if error.classify() == Category::Data {
        "must be a JSON object".to_owned()
    } else {
        // Not the reader's own words: they could repeat a piece of the body.
        format!(
            "must be valid JSON; it is not at line {} column {}",
            error.line(),
            error.column()
        )
    };
    Violation::new(Field::Body, reason)
}

#[derive(Default)]
struct Found {
    members: Members,
    nul: bool,
    twice: bool,
}

/// Reads the body itself.
struct Object<'a> {
    wanted: &'static [&'static str],
    found: &'a mut Found,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { wanted, found } = self;
        let mut names = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            found.nul |= name.contains('\0');
            let known = wanted.iter().copied().find(|known| *known == name);
            let given = map.next_value_seed(Walk {
                nul: &mut found.nul,
                keep: known.is_some(),
            })?;
            match known {
                Some(known) => found.members.known.push((known, given)),
                None if found.members.unknown.is_none() => {
                    found.members.unknown = Some(name.clone());
                }
                None => {}
            }
            if !names.insert(name) {
                found.twice = true;
                return Err(A::Error::custom("twice"));
            }
        }
        Ok(())
    }
}

/// Reads any value, noting whether U+0000 is in it.
struct Walk<'a> {
    nul: &'a mut bool,
    keep: bool,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = Given;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Given, E> {
        Ok(Given::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Given, E> {
        Ok(Given::Bool(flag))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Given, E> {
        Ok(Given::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Given, E> {
        Ok(Given::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Given, E> {
        Ok(Given::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Given, E> {
        *self.nul |= text.contains('\0');
        Ok(if self.keep {
            Given::Text(text.to_owned())
        } else {
            Given::Other
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Given, A::Error> {
        let nul = self.nul;
        while seq.next_element_seed(Walk { nul, keep: false })?.is_some() {}
        Ok(Given::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        let nul = self.nul;
        while map.next_key_seed(Walk { nul, keep: false })?.is_some() {
            map.next_value_seed(Walk { nul, keep: false })?;
        }
        Ok(Given::Other)
    }
}
