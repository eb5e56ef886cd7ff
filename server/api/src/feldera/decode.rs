//! From bytes and paths to core's types, or to what is wrong with them, in the order of F3.

use std::fmt;

use bitting_core::{Denial, Field, KeyDraft, KeyName, KeyRef, Refusal, Role, Violation};
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor, value::MapAccessDeserializer},
};

/// The body of a create: first it must be one (F14), then its role one that a key can have (F15), then its
/// name (F12).
pub fn create(body: &[u8]) -> Result<KeyDraft, Refusal> {
    let Object(Create { name, role }) = serde_json::from_slice(body)
        // The JSON reader's own words (F14).
        .map_err(|error| Violation::new(Field::Body, error.to_string()))?;
    // The reader does not look into the members that it skips, and JSON is UTF-8 throughout.
    if std::str::from_utf8(body).is_err() {
        return Err(Violation::new(Field::Body, "invalid unicode code point").into());
    }
    let role = match role {
        None => None,
        Some(Requested::Role(role)) => Some(role),
        Some(Requested::NotMintable) => return Err(Refusal::Forbidden(Denial::RoleNotMintable)),
    };
    Ok(KeyDraft {
        role,
        // No copy of a secret of this surface is kept, whatever the server's setting (F11).
        recoverable: false,
        ..KeyDraft::new(KeyName::plain(name).map_err(Refusal::InvalidName)?)
    })
}

/// The name in a path. One that no key can have is the name of none (F30).
pub fn key_ref(name: String) -> Result<KeyRef, Refusal> {
    match KeyName::plain(name.clone()) {
        Ok(_) => Ok(KeyRef::Name(name)),
        Err(_) => Err(Refusal::UnknownName(name)),
    }
}

#[derive(Deserialize)]
struct Create {
    name: String,
    // Null is as nothing (F15).
    #[serde(default)]
    role: Option<Requested>,
}

/// A role that somebody asks for.
enum Requested {
    Role(Role),
    /// One of the original's that no key can have.
    NotMintable,
}

impl<'de> Deserialize<'de> for Requested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;

        impl Visitor<'_> for Word {
            type Value = Requested;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`read` or `write`")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Requested, E> {
                match word {
                    "read" => Ok(Requested::Role(Role::Read)),
                    "write" => Ok(Requested::Role(Role::Write)),
                    "owner" | "admin" => Ok(Requested::NotMintable),
                    _ => Err(E::unknown_variant(word, &["read", "write"])),
                }
            }
        }

        deserializer.deserialize_str(Word)
    }
}

/// What is read from an object and from nothing else: serde reads structures from arrays as well.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        deserializer.deserialize_map(Members(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests;
