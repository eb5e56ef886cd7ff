//! Bitting's own API (`server/api/contracts/keys.md`). Tests are named after its rules.

mod audit;
mod audit_list;
mod audit_list_filters;
mod body;
mod client;
mod company_create;
mod company_delete;
mod company_list;
mod company_update;
mod company_view;
mod cors;
mod credentials;
mod escalation;
mod faults;
mod first_key;
mod form;
mod forward_auth;
mod ids;
mod if_match;
mod import;
mod import_digests;
mod import_invalid;
mod introspect;
mod introspect_invalid;
mod invalid;
mod key_bodies;
mod key_create;
mod key_create_invalid;
mod key_create_values;
mod key_delete;
mod key_limits;
mod key_limits_invalid;
mod key_list;
mod key_list_invalid;
mod key_list_pages;
mod key_list_used;
mod key_reach;
mod key_reveal;
mod key_revoke;
mod key_rotate;
mod key_rotate_overlap;
mod key_secret;
mod key_update;
mod key_update_origins;
mod key_view;
mod lockout;
mod member_create;
mod member_delete;
mod member_list;
mod member_update;
mod member_view;
mod metadata;
mod methods;
mod names;
mod once;
mod once_again;
mod once_erased;
mod order;
mod own_order;
mod page_tokens;
mod pages;
mod reach;
mod roles;
mod rotation_reach;
mod secret;
mod secret_list;
mod secret_retire;
mod story;
mod unrouted;
mod usage;
mod usage_invalid;
mod verify;
mod verify_batch;
mod verify_invalid;
mod verify_limits;
mod verify_verdicts;
mod whoami;

use bitting_core::Role;
use bitting_tests::{Answer, COMPANIES, Planted, Request, Seed, Server, cast};
use serde_json::{Value, json};

/// The company of the cast, its members and one of them.
const OURS: &str = "/v1/companies/6197120";
const MEMBERS: &str = "/v1/companies/6197120/members";
const MEMBER: &str = "/v1/companies/6197120/members/10001";
const COLLEAGUE: &str = "/v1/companies/6197120/members/10002";
/// The other company of the cast.
const THEIRS: &str = "/v1/companies/7000001";
const THEIR_MEMBERS: &str = "/v1/companies/7000001/members";
/// What there is not.
const NO_COMPANY: &str = "/v1/companies/999";
const NO_COMPANYS_MEMBERS: &str = "/v1/companies/999/members";
const NO_MEMBER: &str = "/v1/companies/6197120/members/999";

/// The keys, whichever surface they were made on, and what is asked about them.
const OWN: &str = "/v1/keys";
const NO_KEY: &str = "/v1/keys/00000000-0000-7000-8000-000000000000";
const VERIFY: &str = "/v1/verify";
const BATCH: &str = "/v1/verify/batch";
const IMPORTS: &str = "/v1/imports";
const INTROSPECT: &str = "/v1/introspect";
const FORWARD_AUTH: &str = "/v1/forward-auth";
/// The same, as a gateway of the company of the cast asks.
const GATEWAY: &str = "/v1/forward-auth?company=6197120";
const AUDIT: &str = "/v1/audit";
const WHOAMI: &str = "/v1/whoami";
const SELF_REVOKE: &str = "/v1/whoami/revoke";

/// A server, and the secret of a key with this role.
async fn with(role: Role) -> (Server, String) {
    let server = Server::start().await;
    let token = server.caller(role).await;
    (server, token)
}

/// The secret of a key of the other company.
async fn stranger(server: &Server, role: Role) -> String {
    let seed = Seed::caller(role).of(cast::STRANGER);
    server.plant(seed).await.secret
}

/// A request for each operation, which succeeds for whoever may. The last of them takes the credential that it is sent
/// with away; a root key more sees to it that this is never the last one.
#[expect(clippy::too_many_lines, reason = "a table")]
async fn every_operation(server: &Server) -> Vec<(&'static str, Request, Role)> {
    let root = server.caller(Role::Root).await;
    let key = server.plant(Seed::own("x")).await;
    let doomed = server.plant(Seed::own("doomed")).await;
    let path = item(&key);
    let asked = format!(r#"{{"key":"{}"}}"#, key.secret);
    let several = format!(r#"{{"keys":[{asked}]}}"#);
    let kept = server.plant(Seed::own("kept").recoverable()).await;
    let turned = server.plant(Seed::own("turned")).await;
    let old = rotated(server, &root, &turned, 60).await.1;
    let (kept, turned) = (item(&kept), item(&turned));
    let bare = r#"{"name":"bare","first_key":false}"#;
    let empty = made(server, Request::post(COMPANIES).bearer(&root).json(bare)).await;
    let leaving = made(server, Request::post(MEMBERS).bearer(&root).json(bare)).await;
    vec![
        (
            "company_create",
            Request::post(COMPANIES).json(r#"{"name":"Acme"}"#),
            Role::Root,
        ),
        ("company_list", Request::get(COMPANIES), Role::Root),
        ("company_view", Request::get(OURS), Role::Root),
        (
            "member_create",
            Request::post(MEMBERS).json(r#"{"name":"Dana"}"#),
            Role::Admin,
        ),
        ("member_list", Request::get(MEMBERS), Role::Admin),
        ("member_view", Request::get(MEMBER), Role::Admin),
        (
            "company_update",
            Request::put(THEIRS).json(SETTINGS),
            Role::Root,
        ),
        ("company_delete", Request::delete(empty), Role::Root),
        (
            "member_update",
            Request::put(COLLEAGUE).json(SETTINGS),
            Role::Admin,
        ),
        ("member_delete", Request::delete(leaving), Role::Admin),
        (
            "key_create",
            Request::post(OWN).json(r#"{"name":"new"}"#),
            Role::Write,
        ),
        ("key_list", Request::get(OWN), Role::Read),
        ("key_view", Request::get(&path), Role::Read),
        (
            "key_update",
            Request::put(&path).json(plain("y").to_string()),
            Role::Write,
        ),
        (
            "key_usage",
            Request::get(format!("{path}/usage")),
            Role::Read,
        ),
        (
            "company_usage",
            Request::get(format!("{OURS}/usage")),
            Role::Admin,
        ),
        (
            "key_limits_update",
            Request::put(format!("{path}/limits")).json(r#"{"limits":null,"quota":null}"#),
            Role::Admin,
        ),
        (
            "key_import",
            Request::post(IMPORTS).json(
                r#"{"keys":[{"name":"brought","secret":"old_key_4eC39HqLyjWDarjtT1zdp7dc"}]}"#,
            ),
            Role::Admin,
        ),
        (
            "key_verify",
            Request::post(VERIFY).json(asked),
            Role::Verify,
        ),
        (
            "key_verify_batch",
            Request::post(BATCH).json(several),
            Role::Verify,
        ),
        (
            "introspect",
            Request::post(INTROSPECT).form(format!("token={}", key.secret)),
            Role::Verify,
        ),
        ("forward_auth", Request::get(GATEWAY), Role::None),
        (
            "key_revoke",
            Request::post(format!("{path}/revoke")).json("{}"),
            Role::Write,
        ),
        ("key_delete", Request::delete(item(&doomed)), Role::Write),
        (
            "key_rotate",
            Request::post(format!("{kept}/rotate")).json("{}"),
            Role::Write,
        ),
        (
            "secret_list",
            Request::get(format!("{turned}/secrets")),
            Role::Read,
        ),
        (
            "secret_retire",
            Request::delete(format!("{turned}/secrets/{old}")),
            Role::Write,
        ),
        (
            "key_reveal",
            Request::post(format!("{kept}/reveal")),
            Role::Write,
        ),
        ("audit_list", Request::get(AUDIT), Role::Admin),
        ("whoami", Request::get(WHOAMI), Role::None),
        (
            "self_revoke",
            Request::post(SELF_REVOKE).json("{}"),
            Role::None,
        ),
    ]
}

/// Settings of a company or a member that is switched on.
const SETTINGS: &str = r#"{"name":"renamed","enabled":true}"#;

/// The same, switched off.
const OFF: &str = r#"{"name":"renamed","enabled":false}"#;

/// The path of what a create makes.
async fn made(server: &Server, create: Request) -> String {
    let made = server.send(&create).await.expect(201);
    made.header("location").expect("a location").to_owned()
}

/// Rotates a key: its new secret, and the id of the one that it had.
async fn rotated(server: &Server, token: &str, key: &Planted, overlap: u32) -> (String, String) {
    let body = json!({ "overlap_seconds": overlap }).to_string();
    let request = Request::post(format!("{}/rotate", item(key))).json(body);
    let before = secrets(server, token, key).await;
    let answer = server.send(&request.bearer(token)).await.expect(200);
    let secret = text(&answer.json(), "secret").to_owned();
    server.remember(secret.clone());
    (secret, text(&before[0], "id").to_owned())
}

/// The secrets of a key, as they are listed.
async fn secrets(server: &Server, token: &str, key: &Planted) -> Vec<Value> {
    let request = Request::get(format!("{}/secrets", item(key))).bearer(token);
    let mut page = server.send(&request).await.expect(200).json();
    page["items"].as_array_mut().expect("items").split_off(0)
}

/// The path of a key.
fn item(key: &Planted) -> String {
    format!("{OWN}/{}", key.id)
}

/// The settings of a key that has nothing but a name (K55).
fn plain(name: &str) -> Value {
    json!({
        "name": name,
        "description": null,
        "starts_at": null,
        "expires_at": null,
        "enabled": true,
        "role": "none",
        "scopes": null,
        "metadata": null,
        "allowed_addresses": null,
    })
}

/// What `value` becomes when some of its members are others.
fn with_members(mut value: Value, members: &[(&str, Value)]) -> Value {
    for (member, other) in members {
        value[*member] = other.clone();
    }
    value
}

/// The settings of a key as it was read, to be sent back.
fn sent_back(key: &Value) -> Value {
    let mut settings = plain("");
    for (member, value) in settings.as_object_mut().expect("an object") {
        *value = key[member.as_str()].clone();
    }
    settings
}

/// A key as it is seen with `token`, and the entity tag of it.
async fn viewed(server: &Server, token: &str, path: &str) -> (Value, String) {
    let request = Request::get(path).bearer(token);
    let answer = server.send(&request).await.expect(200);
    let tag = answer.header("etag").expect("K54: an entity tag");
    (answer.json(), tag.to_owned())
}

/// What a verification finds of a key, without more being asked of it.
async fn verdict(server: &Server, token: &str, secret: &str) -> String {
    let body = json!({ "key": secret }).to_string();
    let request = Request::post(VERIFY).bearer(token).json(body);
    let answer = server.send(&request).await.expect(200);
    text(&answer.json(), "code").to_owned()
}

/// The names of the keys on a page.
fn names(answer: &Answer) -> Vec<String> {
    let page = answer.json();
    let items = page["items"].as_array().expect("items").iter();
    items.map(|item| text(item, "name").to_owned()).collect()
}

/// How many companies, members and keys there are.
fn counts(server: &Server) -> (i64, i64, i64) {
    server
        .database()
        .query_row(
            "SELECT (SELECT count(*) FROM company), (SELECT count(*) FROM member),
                    (SELECT count(*) FROM api_key)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .expect("counts")
}

/// The ids of the items of a page.
fn ids(answer: &Answer) -> Vec<i64> {
    let page = answer.json();
    let items = page["items"].as_array().expect("items").iter();
    items
        .map(|item| text(item, "id").parse().expect("digits"))
        .collect()
}

/// A member of a JSON object that is a string.
fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member]
        .as_str()
        .unwrap_or_else(|| panic!("{member} of {value}"))
}

/// What is wrong with a request, each as `field reason`.
fn blamed(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    assert_eq!(body["error_code"], "invalid_request", "{body}");
    let errors = body["details"]["errors"].as_array().expect("errors").iter();
    errors
        .map(|error| format!("{} {}", text(error, "field"), text(error, "reason")))
        .collect()
}
