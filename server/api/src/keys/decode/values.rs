//! The values of a key's members, each read from its JSON text.

use std::fmt::Display;

use bitting_core::{
    AddressBlock, AllowedAddresses, Description, KeyName, MemberId, Metadata, Origin,
    Reason as Why, Role, Scope, Scopes, Timestamp, bounds,
    secret::{Brought, DigestForm, Prefix},
};
use serde_json::value::RawValue;

use super::{compact::compact, object::Reason, time::time};
use crate::keys::types::LIFETIME_MAX;

/// How many elements of one list are named when they are wrong.
pub(super) const NAMED_MAX: usize = 3;

pub(super) fn name(raw: &str) -> Result<KeyName, Reason> {
    KeyName::new(text(raw)?).map_err(|error| in_words(&error))
}

pub(super) fn description(raw: &str) -> Result<Description, Reason> {
    Description::new(text(raw)?).map_err(|error| in_words(&error))
}

pub(super) fn why(raw: &str) -> Result<Why, Reason> {
    Why::new(text(raw)?).map_err(|error| in_words(&error))
}

pub(super) fn instant(raw: &str) -> Result<Timestamp, Reason> {
    time(&text(raw)?).map_err(Reason::from)
}

pub(super) fn owner(raw: &str) -> Result<MemberId, Reason> {
    let id = text(raw)?.parse();
    id.map_err(|_| "must be the id of a member: a string of decimal digits".into())
}

pub(super) fn role(raw: &str) -> Result<Role, Reason> {
    let role = text(raw)?.parse();
    role.map_err(|_: String| {
        format!("must be one of {}", Role::ALL.map(Role::name).join(", ")).into()
    })
}

pub(super) fn prefix(raw: &str) -> Result<Prefix, Reason> {
    let prefix = Prefix::new(&text(raw)?);
    prefix.map_err(|_| {
        "must be a lower-case letter and 1 to 9 lower-case letters or digits, and not apikey".into()
    })
}

pub(super) fn origin(raw: &str) -> Result<Origin, Reason> {
    let name = text(raw)?;
    let found = Origin::ALL.into_iter().find(|origin| origin.name() == name);
    found.ok_or_else(|| {
        format!(
            "must be one of {}",
            Origin::ALL.map(Origin::name).join(", ")
        )
        .into()
    })
}

/// A secret that was issued elsewhere (K131).
pub(super) fn secret(raw: &str) -> Result<Brought, Reason> {
    Brought::plain(text(raw)?).map_err(|error| in_words(&error))
}

pub(super) fn digest_form(raw: &str) -> Result<DigestForm, Reason> {
    let name = text(raw)?;
    let found = DigestForm::ALL.into_iter().find(|form| form.name() == name);
    found.ok_or_else(|| {
        let names = DigestForm::ALL.map(DigestForm::name).join(", ");
        format!("must be one of {names}").into()
    })
}

/// A digest of such a secret (K132).
pub(super) fn digest(form: DigestForm, raw: &str) -> Result<Brought, Reason> {
    Brought::digest(form, &text(raw)?).map_err(|error| in_words(&error))
}

pub(super) fn flag(raw: &str) -> Result<bool, Reason> {
    match raw {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("must be true or false".into()),
    }
}

/// So many seconds as a new key may last.
pub(super) fn lifetime(raw: &str) -> Result<u32, Reason> {
    let seconds = raw.parse().ok();
    seconds
        .filter(|seconds| (1..=LIFETIME_MAX).contains(seconds))
        .ok_or_else(|| format!("must be a whole number from 1 to {LIFETIME_MAX}").into())
}

/// So many seconds as old secrets may go on working.
pub(super) fn overlap(raw: &str) -> Result<u32, Reason> {
    let seconds = raw.parse().ok();
    seconds
        .filter(|seconds| *seconds <= bounds::OVERLAP_MAX)
        .ok_or_else(|| format!("must be a whole number from 0 to {}", bounds::OVERLAP_MAX).into())
}

/// An object, kept as its compact text (K52).
pub(super) fn metadata(raw: &str) -> Result<Metadata, Reason> {
    if !raw.starts_with('{') {
        return Err("must be an object".into());
    }
    let compact = compact(raw).map_err(|fault| in_words(&fault))?;
    Metadata::new(compact).map_err(|error| in_words(&error))
}

pub(super) fn scopes(raw: &str) -> Result<Scopes, Reason> {
    let scopes = list("scopes", raw, bounds::SCOPES_MAX, |raw| {
        Scope::new(text(raw)?).map_err(|_| Reason::Borrowed(SCOPE_FORM))
    })?;
    Scopes::new(scopes).map_err(|error| in_words(&error))
}

/// What a scope is to be.
pub(super) const SCOPE_FORM: &str = "must have 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -";

pub(super) fn addresses(raw: &str) -> Result<AllowedAddresses, Reason> {
    let blocks = list("allowed_addresses", raw, bounds::ADDRESSES_MAX, |raw| {
        let block = text(raw)?.parse::<AddressBlock>();
        block.map_err(|error| in_words(&error))
    })?;
    AllowedAddresses::new(blocks).map_err(|error| in_words(&error))
}

/// The elements of a list that has at most `max`, or the first that are wrong by their places.
pub(super) fn list<T>(
    name: &str,
    raw: &str,
    max: usize,
    read: impl Fn(&str) -> Result<T, Reason>,
) -> Result<Vec<T>, Reason> {
    if !raw.starts_with('[') {
        return Err("must be an array".into());
    }
    // The reader has passed the text: it is one of an array.
    let elements: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
    if elements.len() > max {
        return Err(format!("must have at most {max} elements").into());
    }
    let mut values = Vec::with_capacity(elements.len());
    let mut wrong = Vec::new();
    for (place, element) in elements.into_iter().enumerate() {
        match read(element.get()) {
            Ok(value) => values.push(value),
            Err(reason) if wrong.len() < NAMED_MAX => {
                // What is wrong with a member of an element begins with a dot.
                let space = if reason.starts_with('.') { "" } else { " " };
                wrong.push(format!("{name}[{place}]{space}{reason}"));
            }
            Err(_) => break,
        }
    }
    if wrong.is_empty() {
        Ok(values)
    } else {
        Err(wrong.join("; ").into())
    }
}

pub(super) fn text(raw: &str) -> Result<String, Reason> {
    if !raw.starts_with('"') {
        return Err("must be a string".into());
    }
    // The reader has passed all else about it.
    serde_json::from_str(raw).map_err(|_| "must not have one half of a surrogate pair".into())
}

fn in_words(error: &dyn Display) -> Reason {
    error.to_string().into()
}
