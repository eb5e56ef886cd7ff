//! Keys that are brought from elsewhere (K130 to K133).

use bitting_core::{
    Field, KeyDraft, MemberId, Origin, Refusal, Timestamp, Violation, bounds,
    secret::{Brought, DigestForm},
};
use serde_json::value::RawValue;

use super::{
    key,
    object::{Form, Object},
    values,
};

/// A key to import.
#[derive(Debug)]
pub struct KeyImport {
    /// The key. Its owner is not in here, because an id alone does not tell the company.
    pub draft: KeyDraft,
    /// The member whose key it is to be; `None` for the caller's own.
    pub owner: Option<MemberId>,
    /// The surface whose key it is to be.
    pub origin: Origin,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Its secret.
    pub secret: Brought,
}

/// The body of an import (K130): what each key is, or what is wrong with it. `now` is what lifetimes are counted from.
pub fn key_import(
    body: &[u8],
    now: Timestamp,
) -> Result<Vec<Result<KeyImport, Vec<Violation>>>, Refusal> {
    const KEYS: Field = Field::Parameter("keys");
    let mut body = Object::read(body, Form::Partial, &["keys"])?;
    let keys = body.required("keys", KEYS, |raw| {
        if !raw.starts_with('[') {
            return Err("must be an array".into());
        }
        // The reader has passed the text: it is one of an array.
        let keys: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
        if (1..=bounds::IMPORT_MAX).contains(&keys.len()) {
            Ok(keys)
        } else {
            Err(format!("must have 1 to {} keys", bounds::IMPORT_MAX).into())
        }
    });
    match (keys, body.wrong()) {
        (Some(keys), wrong) if wrong.is_empty() => {
            let read = |key: &RawValue| import_key(key.get().as_bytes(), now);
            Ok(keys.into_iter().map(read).collect())
        }
        (_, wrong) => Err(Refusal::Invalid(wrong)),
    }
}

/// One key of an import, which is also a line of a file of them (K135).
pub fn import_key(text: &[u8], now: Timestamp) -> Result<KeyImport, Vec<Violation>> {
    const MEMBERS: &[&str] = &[
        "secret",
        "digest",
        "digest_form",
        "origin",
        "name",
        "description",
        "owner_id",
        "starts_at",
        "expires_at",
        "expires_in_seconds",
        "enabled",
        "role",
        "scopes",
        "metadata",
        "allowed_addresses",
        "limits",
        "quota",
        "recoverable",
        "prefix",
    ];
    let mut object = Object::read(text, Form::Partial, MEMBERS).map_err(violations)?;
    let secret = secret(&mut object);
    let origin = object.optional("origin", Field::Parameter("origin"), values::origin);
    let made = key::members(&mut object, now);
    let enabled = object.optional("enabled", Field::Parameter("enabled"), values::flag);
    match (made, secret, object.wrong()) {
        (Some(made), Some(secret), wrong) if wrong.is_empty() => Ok(KeyImport {
            draft: made.draft,
            owner: made.owner,
            origin: origin.unwrap_or(Origin::Keys),
            enabled: enabled.unwrap_or(true),
            secret,
        }),
        (.., wrong) => Err(wrong),
    }
}

/// The secret or the digest of one, of which there must be one.
fn secret(object: &mut Object<'_>) -> Option<Brought> {
    const SECRET: Field = Field::Parameter("secret");
    const DIGEST: Field = Field::Parameter("digest");
    const FORM: Field = Field::Parameter("digest_form");
    let (plain, digest) = (object.has("secret"), object.has("digest"));
    let form = object.optional("digest_form", FORM, values::digest_form);
    match (plain, digest) {
        (true, true) => object.blame(DIGEST, "must not be given beside secret"),
        (true, false) if object.has("digest_form") => {
            object.blame(FORM, "must not be given without digest")
        }
        (true, false) => object.required("secret", SECRET, values::secret),
        (false, true) if !object.has("digest_form") => {
            let names = DigestForm::ALL.map(DigestForm::name).join(", ");
            object.blame(FORM, format!("is required beside digest: one of {names}"))
        }
        (false, true) => {
            let form = form?;
            object.required("digest", DIGEST, |raw| values::digest(form, raw))
        }
        (false, false) => object.blame(SECRET, "is required, or digest and digest_form"),
    }
}

fn violations(refusal: Refusal) -> Vec<Violation> {
    match refusal {
        Refusal::Invalid(wrong) => wrong,
        // Nothing else is made of an object.
        _ => vec![Violation::new(Field::Body, "must be a JSON object")],
    }
}
