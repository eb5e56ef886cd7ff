//! Verification, in as few steps as there can be: services ask about every request that they get.

use bitting_api::{
    keys::{
        decode,
        encode::{Results, Verified, verification},
        types::{KeyVerify, KeyVerifyBatch, Verification, VerificationBatch},
    },
    wire::{JsonBody, Reply},
};
use bitting_core::{Cost, Refusal, bounds};
use dropshot::{Body, HttpResponseOk};
use http::{HeaderValue, Response, header};

use crate::{
    engine::{Answer, Caller, Question, Remembered},
    http::App,
};

const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// What the answer about a key with a short name, without scopes or metadata, fits in.
const ANSWER: usize = 256;

pub(super) async fn one(
    app: &App,
    caller: &Caller<'_>,
    body: JsonBody<KeyVerify>,
) -> Result<Reply<HttpResponseOk<Verification>>, Refusal> {
    let body = body.read().await?;
    let asked = decode::verify(&body)?;
    let answer = app.engine.verify(caller, question(&asked)).await?;
    let mut out = Vec::with_capacity(ANSWER);
    verification(
        &mut out,
        answer.verdict,
        told(&answer).as_ref(),
        answer.charge.as_ref(),
    );
    Ok(json(out))
}

pub(super) async fn batch(
    app: &App,
    caller: &Caller<'_>,
    body: JsonBody<KeyVerifyBatch>,
) -> Result<Reply<HttpResponseOk<VerificationBatch>>, Refusal> {
    let body = body.read_within(bounds::BATCH_BODY_MAX).await?;
    let asked = decode::verify_batch(&body)?;
    let mut out = Vec::with_capacity(ANSWER * asked.len());
    let mut results = Results::new(&mut out);
    for asked in &asked {
        let answer = app.engine.verify(caller, question(asked)).await?;
        results.push(
            answer.verdict,
            told(&answer).as_ref(),
            answer.charge.as_ref(),
        );
    }
    results.finish();
    Ok(json(out))
}

pub(super) fn question<'q>(asked: &'q decode::Question<'_>) -> Question<'q> {
    Question {
        key: &asked.key,
        scopes: &asked.scopes,
        client: asked.client,
        cost: Cost {
            limits: asked.limits.as_deref(),
            cost: asked.cost,
        },
    }
}

fn told(answer: &Answer) -> Option<Verified<'_>> {
    let told = |key| {
        let key: &Remembered = key;
        Verified {
            id: key.id(),
            company: key.company(),
            member: key.member(),
            name: key.name(),
            scopes: key.scopes(),
            metadata: key.metadata(),
            end: key.end(),
        }
    };
    answer.key.as_ref().map(told)
}

pub(super) fn json<T>(bytes: Vec<u8>) -> Reply<T> {
    let mut answer = Response::new(Body::from(bytes));
    answer.headers_mut().insert(header::CONTENT_TYPE, JSON);
    Reply::raw(answer)
}
