//! What the document shows first: a company, its members and one of their keys, from the first request to the last, as
//! a product would use them. The examples of the document are taken from here (`cargo xtask generate`).

use bitting_core::Role;
use bitting_tests::{Answer, COMPANIES, Class::Success, Request, Server};
use serde_json::{Value, json};

use super::{BATCH, IMPORTS, INTROSPECT, OWN, SELF_REVOKE, VERIFY, WHOAMI, text};

const STORY: &str = "k1_story";

/// The server, and who is asking.
struct Story {
    server: Server,
    token: String,
}

impl Story {
    /// Sends and keeps a request that succeeds.
    async fn tell(&self, operation: &str, request: Request) -> Answer {
        let request = request.bearer(&self.token);
        let answer = self
            .server
            .record(operation, Success, STORY, &request)
            .await;
        assert!(answer.status < 300, "{operation}\n{answer:?}");
        answer
    }

    async fn with_body(&self, operation: &str, request: Request, body: Value) -> Value {
        let answer = self.tell(operation, request.json(body.to_string())).await;
        answer.json()
    }
}

/// The settings of the key, as its maker wants them.
fn settings() -> Value {
    json!({
        "name": "nightly-export",
        "description": "Exports invoices to the data warehouse every night",
        "expires_at": "2030-01-01T00:00:00Z",
        "role": "read",
        "scopes": ["exports:write", "invoices:read"],
        "metadata": { "environment": "production", "plan": "business" },
        "allowed_addresses": ["192.0.2.0/24", "2001:db8::/32"],
    })
}

#[tokio::test]
async fn k1_the_life_of_a_key_as_the_document_shows_it() {
    let server = Server::start().await;
    let token = server.caller(Role::Root).await;
    let mut story = Story { server, token };
    let company = tenants(&mut story).await;
    let key = made(&story).await;
    used(&story, &key).await;
    // What was used is written by then, and told from here on.
    story.server.restart().await;
    rotated(&story, &key).await;
    moved_in(&story).await;
    let path = format!("{COMPANIES}/{company}/usage?interval=hour");
    story.tell("company_usage", Request::get(path)).await;
    story.tell("whoami", Request::get(WHOAMI)).await;
    let reason = json!({ "reason": "found in a repository" });
    story
        .with_body("self_revoke", Request::post(SELF_REVOKE), reason)
        .await;
}

/// Root makes a company and its first member, who goes on: the id of the company.
async fn tenants(story: &mut Story) -> String {
    let body = json!({ "name": "Lindgren Logistics", "member_name": "Maja Lindgren" });
    let company = story
        .with_body("company_create", Request::post(COMPANIES), body)
        .await;
    let secret = text(&company["key"], "secret").to_owned();
    let company = text(&company["company"], "id").to_owned();
    let path = format!("{COMPANIES}/{company}");
    story.tell("company_view", Request::get(&path)).await;
    let body = json!({ "name": "Lindgren Logistics AB", "enabled": true });
    story
        .with_body("company_update", Request::put(&path), body)
        .await;

    story.server.remember(secret.clone());
    story.token = secret;
    let members = format!("{path}/members");
    let body = json!({ "name": "Billing", "role": "write" });
    let member = story
        .with_body("member_create", Request::post(&members), body)
        .await;
    let member = format!("{members}/{}", text(&member["member"], "id"));
    story.tell("member_list", Request::get(&members)).await;
    story.tell("member_view", Request::get(&member)).await;
    let body = json!({ "name": "Billing and invoices", "enabled": true });
    story
        .with_body("member_update", Request::put(&member), body)
        .await;
    company
}

/// A key is made and changed.
async fn made(story: &Story) -> Value {
    let made = story
        .with_body("key_create", Request::post(OWN), settings())
        .await;
    story.server.remember(text(&made, "secret").to_owned());
    let path = path(&made);
    story.tell("key_view", Request::get(&path)).await;
    story
        .tell("key_list", Request::get(format!("{OWN}?q=export")))
        .await;
    let mut body = settings();
    body["starts_at"] = Value::Null;
    body["enabled"] = true.into();
    body["scopes"] = json!(["exports:write", "invoices:list", "invoices:read"]);
    story
        .with_body("key_update", Request::put(&path), body)
        .await;
    let limits = json!({
        "limits": [
            { "name": "burst", "limit": 20, "window_seconds": 1 },
            { "name": "requests", "limit": 1_000, "window_seconds": 3_600 },
        ],
        "quota": { "remaining": 50_000, "refill_amount": 50_000, "refill_interval_seconds": 2_592_000 },
    });
    story
        .with_body(
            "key_limits_update",
            Request::put(format!("{path}/limits")),
            limits,
        )
        .await;
    made
}

/// Services ask whether it is good.
async fn used(story: &Story, key: &Value) {
    let secret = text(key, "secret");
    let question = json!({
        "key": secret,
        "scopes": ["invoices:read"],
        "client_ip": "192.0.2.7",
        "limits": ["requests"],
    });
    let found = story
        .with_body("key_verify", Request::post(VERIFY), question.clone())
        .await;
    assert_eq!(found["code"], "valid");
    let unknown = format!("bit_{}", "0".repeat(36));
    let batch = json!({ "keys": [question, { "key": unknown }] });
    story
        .with_body("key_verify_batch", Request::post(BATCH), batch)
        .await;
    let form = format!("token={secret}&client_ip=192.0.2.7");
    story
        .tell("introspect", Request::post(INTROSPECT).form(form))
        .await;
}

/// It is looked at; the secret is rotated, and the key revoked in the end.
async fn rotated(story: &Story, key: &Value) {
    let path = path(key);
    let usage = format!("{path}/usage?interval=hour");
    story.tell("key_usage", Request::get(usage)).await;
    let overlap = json!({ "overlap_seconds": 86_400 });
    let rotated = story
        .with_body(
            "key_rotate",
            Request::post(format!("{path}/rotate")),
            overlap,
        )
        .await;
    story.server.remember(text(&rotated, "secret").to_owned());
    story
        .tell("secret_list", Request::get(format!("{path}/secrets")))
        .await;
    let reason = json!({ "reason": "Replaced by the streaming export" });
    let revoked = story
        .with_body(
            "key_revoke",
            Request::post(format!("{path}/revoke")),
            reason,
        )
        .await;
    assert_eq!(revoked["status"], "revoked");
}

/// Keys from elsewhere.
async fn moved_in(story: &Story) {
    let old = |name: &str, rest: &str| json!({ "name": name, "secret": format!("old_live_{rest}"), "role": "read" });
    let keys = json!({ "keys": [
        old("Carrier portal", "q3Zk0dW7yTgB5mXr8NcVhL2p"),
        old("Track and trace", "t9FbJ4sHw1UeQ6aKxMzR7vYd"),
    ] });
    story
        .with_body("key_import", Request::post(IMPORTS), keys)
        .await;
}

fn path(key: &Value) -> String {
    format!("{OWN}/{}", text(&key["key"], "id"))
}
