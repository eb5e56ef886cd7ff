//! Requests, as the model's words for them.

use bitting_tests::{Answer, Connection, Request};
use serde_json::{Value, json};

use crate::model::{Question, Settings, rfc3339};

/// The path of a key.
pub(crate) fn item(id: &str) -> String {
    format!("/v1/keys/{id}")
}

/// The request for a new key; the surface takes no word of whether it is enabled.
pub(crate) fn create(settings: &Settings, owner: i64) -> Request {
    let mut body = json!({
        "name": settings.name,
        "owner_id": owner.to_string(),
        "starts_at": rfc3339(settings.start),
        "role": settings.role,
        "scopes": settings.scopes,
        "allowed_addresses": settings.addresses,
        "metadata": settings.metadata,
    });
    if let Some(end) = settings.end {
        body["expires_at"] = rfc3339(end).into();
    }
    Request::post("/v1/keys").json(body.to_string())
}

/// The request that puts settings in place of a key's.
pub(crate) fn replace(id: &str, settings: &Settings) -> Request {
    let body = json!({
        "name": settings.name,
        "description": null,
        "starts_at": rfc3339(settings.start),
        "expires_at": settings.end.map(rfc3339),
        "enabled": settings.enabled,
        "role": settings.role,
        "scopes": settings.scopes,
        "metadata": settings.metadata,
        "allowed_addresses": settings.addresses,
    });
    Request::put(item(id)).json(body.to_string())
}

fn body(question: &Question) -> Value {
    let mut body = json!({"key": question.secret});
    if !question.scopes.is_empty() {
        body["scopes"] = json!(question.scopes);
    }
    if let Some(client) = question.client {
        body["client_ip"] = client.into();
    }
    question.cost.put_into(&mut body);
    body
}

pub(crate) fn verify(question: &Question) -> Request {
    Request::post("/v1/verify").json(body(question).to_string())
}

pub(crate) fn batch(questions: &[Question]) -> Request {
    let keys: Vec<_> = questions.iter().map(body).collect();
    Request::post("/v1/verify/batch").json(json!({"keys": keys}).to_string())
}

/// Asks on a connection that is kept.
pub(crate) async fn ask(connection: &mut Connection, request: Request, token: &str) -> Answer {
    let request = request.bearer(token);
    connection.send(&request.bytes()).await;
    let answer = connection.answer(request.method()).await;
    answer.expect("the server answers")
}
