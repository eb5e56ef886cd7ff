//! A key's several secrets: from what the engine tells of them to what is answered.

use bitting_api::{
    keys::{
        encode::{self, Shown},
        types::{KeyRotated, KeySecrets},
    },
    wire::Reply,
};
use bitting_core::{Refusal, Timestamp};
use dropshot::HttpResponseOk;
use http::header;

use super::{super::NO_STORE, tagged};
use crate::engine::{LiveSecret, Rotated};

pub(super) fn rotated(
    rotated: &Rotated,
    now: Timestamp,
) -> Result<Reply<HttpResponseOk<KeyRotated>>, Refusal> {
    let Rotated {
        key,
        last_used,
        id,
        secret,
    } = rotated;
    let answer = encode::key_rotated(key, *last_used, *id, secret, now);
    tagged(key, unkept(Reply::typed(HttpResponseOk(answer))))
}

pub(super) fn list(secrets: &[LiveSecret]) -> Reply<HttpResponseOk<KeySecrets>> {
    let shown = secrets.iter().map(|secret| Shown {
        id: secret.id,
        hint: &secret.hint,
        created: secret.created,
        retires: secret.retires,
        last_used: secret.last_used,
    });
    Reply::typed(HttpResponseOk(encode::key_secrets(shown)))
}

/// An answer with a secret in it, which nobody on the way may keep.
pub(super) fn unkept<T>(reply: Reply<T>) -> Reply<T> {
    reply.with_header(header::CACHE_CONTROL, NO_STORE)
}
