//! Answers that are given again to the byte when their requests are sent again (K100). They are kept as three parts with a
//! line feed after each of the first two, which have none: the entity tag, the path for `Location`, and the body.

use bitting_api::{
    keys::{
        decode, encode,
        operations::{KEY_CREATE, KEY_ROTATE},
    },
    wire::Reply,
};
use bitting_core::{IdempotencyKey, Refusal};
use dropshot::Body;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use zeroize::Zeroizing;

use super::secrets::unkept;
use crate::{
    engine::{Answered, Caller, Encode},
    http::App,
};

/// What the client calls the request, if it is to be done once.
pub(super) fn asked(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Refusal> {
    decode::idempotency_key(headers)
}

/// Makes a key, once.
pub(super) async fn create<T>(
    app: &App,
    caller: &Caller<'_>,
    key: &IdempotencyKey,
    body: &[u8],
) -> Result<Reply<T>, Refusal> {
    let id = app.engine.once(caller, KEY_CREATE.id, key, "", body)?;
    // Before the body is looked at: what was fine when it was done may not be now, such as when the key ends.
    let mut kept = app.engine.answered(caller, id).await?;
    if kept.is_none() {
        let asked = decode::key_create(body, caller.now)?;
        let once = (id, created as Encode);
        let made = app
            .engine
            .own_create_once(caller, asked.draft, asked.owner, once);
        kept = Some(made.await?);
    }
    given(&kept.unwrap_or_default(), StatusCode::CREATED)
}

/// Rotates a key, once.
pub(super) async fn rotate<T>(
    app: &App,
    caller: &Caller<'_>,
    key: &IdempotencyKey,
    (path, body): (&str, &[u8]),
) -> Result<Reply<T>, Refusal> {
    let id = app.engine.once(caller, KEY_ROTATE.id, key, path, body)?;
    let mut kept = app.engine.answered(caller, id).await?;
    if kept.is_none() {
        let overlap = decode::rotate(body)?;
        let key = decode::key_id(path)?;
        let once = (id, rotated as Encode);
        kept = Some(
            app.engine
                .own_rotate_once(caller, key, overlap, once)
                .await?,
        );
    }
    given(&kept.unwrap_or_default(), StatusCode::OK)
}

/// The answer to a create.
pub(super) fn created(done: Answered<'_>) -> Zeroizing<Vec<u8>> {
    let created = encode::key_created(done.key, done.secret, done.now);
    kept(&done, &encode::key_location(done.key), &created)
}

/// The answer to a rotation.
pub(super) fn rotated(done: Answered<'_>) -> Zeroizing<Vec<u8>> {
    let rotated = encode::key_rotated(done.key, done.last_used, done.id, done.secret, done.now);
    kept(&done, "", &rotated)
}

fn kept(done: &Answered<'_>, location: &str, body: &impl Serialize) -> Zeroizing<Vec<u8>> {
    /// More than an answer has, so that it never moves and leaves a copy behind.
    const ROOM: usize = 64 * 1_024;
    let mut whole = Zeroizing::new(Vec::with_capacity(ROOM));
    whole.extend(encode::entity_tag(done.key).bytes());
    whole.push(b'\n');
    whole.extend(location.bytes());
    whole.push(b'\n');
    // What is written to a vector does not fail, and what is half written is not given again.
    if serde_json::to_writer(&mut *whole, body).is_err() {
        whole.clear();
    }
    whole
}

/// A kept answer, given for the first time or again.
pub(super) fn given<T>(kept: &[u8], status: StatusCode) -> Result<Reply<T>, Refusal> {
    let mut parts = kept.splitn(3, |byte| *byte == b'\n');
    let (Some(tag), Some(location), Some(body)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Refusal::Internal);
    };
    let value = |bytes| HeaderValue::from_bytes(bytes).map_err(|_| Refusal::Internal);
    let mut answer = Response::new(Body::from(body.to_vec()));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::ETAG, value(tag)?);
    if !location.is_empty() {
        headers.insert(header::LOCATION, value(location)?);
    }
    Ok(unkept(Reply::raw(answer)))
}
