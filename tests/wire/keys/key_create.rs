//! `POST /v1/keys`: K50 to K53, K9.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{BadInput, ForeignCompany, Success},
    Request, Seed, Server,
};
use serde_json::{Value, json};

use super::{OWN, stranger, text, verdict, viewed, with};

const OP: &str = "key_create";

/// The members of K50, in order.
const MEMBERS: [&str; 24] = [
    "id",
    "company_id",
    "owner_id",
    "issuer_id",
    "origin",
    "name",
    "description",
    "status",
    "role",
    "scopes",
    "metadata",
    "allowed_addresses",
    "limits",
    "quota",
    "starts_at",
    "expires_at",
    "enabled",
    "recoverable",
    "prefix",
    "created_at",
    "updated_at",
    "revoked_at",
    "revoked_reason",
    "last_used_at",
];

/// Makes a key and keeps the exchange.
async fn made(server: &Server, token: &str, outcome: &str, body: &str) -> Answer {
    let request = Request::post(OWN).bearer(token).json(body);
    let answer = server
        .record(OP, Success, outcome, &request)
        .await
        .expect(201);
    let key = &answer.json()["key"];
    let location = format!("{OWN}/{}", text(key, "id"));
    assert_eq!(answer.header("location"), Some(&*location));
    let (seen, tag) = viewed(server, token, &location).await;
    assert_eq!(seen, *key, "it is kept as it was answered");
    assert_eq!(answer.header("etag"), Some(&*tag));
    answer
}

#[tokio::test]
async fn k51_a_name_is_enough() {
    let (server, token) = with(Role::Write).await;
    let answer = made(&server, &token, "k51_name_only", r#"{"name":"x"}"#).await;
    assert_eq!(Answer::members(answer.text()), ["key", "secret"]);
    let body = answer.json();
    let begins = answer
        .text()
        .strip_prefix(r#"{"key":"#)
        .expect("K51: the key first");
    assert_eq!(
        Answer::members(begins.split_once(r#","secret":"#).expect("a secret").0),
        MEMBERS
    );
    let now = "2024-08-09T13:05:50Z";
    assert_eq!(
        body["key"],
        json!({
            "id": text(&body["key"], "id"),
            "company_id": "6197120",
            "owner_id": "10001",
            "issuer_id": "10001",
            "origin": "keys",
            "name": "x",
            "description": null,
            "status": "active",
            "role": "none",
            "scopes": [],
            "metadata": {},
            "allowed_addresses": [],
            "limits": [],
            "quota": null,
            "starts_at": now,
            "expires_at": null,
            "enabled": true,
            "recoverable": false,
            "prefix": "bit",
            "created_at": now,
            "updated_at": now,
            "revoked_at": null,
            "revoked_reason": null,
            "last_used_at": null,
        })
    );
    let secret = text(&body, "secret");
    assert!(secret.starts_with("bit_") && secret.len() == 40, "K8");
    assert!(server.accepts(secret).await);
}

#[tokio::test]
async fn k51_everything_at_once_is_kept() {
    let (server, token) = with(Role::Admin).await;
    let body = r#"{"name":" Customer \"4711\" é🗝 ","description":"what\nfor","owner_id":"10002","starts_at":"2024-08-09t15:05:50+02:00","expires_at":"2030-01-01T00:00:00z","role":"read","scopes":["b","a:*","b"],"metadata":{"z":1,"a":[true]},"allowed_addresses":["2001:db8::/32","192.0.2.0/24","::ffff:192.0.2.7","192.0.2.7/32"],"recoverable":true,"prefix":"acme"}"#;
    let answer = made(&server, &token, "k51_everything", body).await;
    let body = answer.json();
    let key = &body["key"];
    for (member, value) in [
        ("name", json!(" Customer \"4711\" é🗝 ")),
        ("description", json!("what\nfor")),
        ("owner_id", json!("10002")),
        ("issuer_id", json!("10001")),
        ("starts_at", json!("2024-08-09T13:05:50Z")),
        ("expires_at", json!("2030-01-01T00:00:00Z")),
        ("role", json!("read")),
        ("scopes", json!(["a:*", "b"])),
        ("recoverable", json!(true)),
        ("prefix", json!("acme")),
    ] {
        assert_eq!(key[member], value, "{member}");
    }
    assert!(
        answer.text().contains(r#""metadata":{"z":1,"a":[true]},"#),
        "K52: in the order sent"
    );
    let addresses = r#""allowed_addresses":["192.0.2.0/24","192.0.2.7","2001:db8::/32"]"#;
    assert!(answer.text().contains(addresses), "K53: {}", answer.text());
    let secret = text(&body, "secret");
    assert!(secret.starts_with("acme_") && secret.len() == 41, "K8");
    assert!(
        server.accepts(secret).await,
        "K53: addresses are for verification"
    );
}

#[tokio::test]
async fn k51_null_is_as_good_as_leaving_out() {
    let (server, token) = with(Role::Write).await;
    let body = r#"{"name":"x","description":null,"owner_id":null,"starts_at":null,"expires_at":null,"expires_in_seconds":null,"role":null,"scopes":null,"metadata":null,"allowed_addresses":null,"recoverable":null,"prefix":null}"#;
    // Not what the document offers.
    let request = Request::post(OWN).bearer(&token).json(body);
    let answer = server.record(OP, BadInput, "k51_nulls", &request).await;
    let key = answer.expect(201).json()["key"].clone();
    assert_eq!(
        (&key["role"], &key["prefix"]),
        (&json!("none"), &json!("bit"))
    );
}

#[tokio::test]
async fn k51_a_lifetime_is_counted_from_now() {
    let (server, token) = with(Role::Write).await;
    for (outcome, seconds, end) in [
        ("k51_one_second", 1_u32, "2024-08-09T13:05:51Z"),
        ("k51_hundred_years", 3_153_600_000, "2124-07-16T13:05:50Z"),
    ] {
        let body = format!(r#"{{"name":"x","expires_in_seconds":{seconds}}}"#);
        let key = made(&server, &token, outcome, &body).await.json()["key"].clone();
        assert_eq!(key["expires_at"], end);
    }
    // A start later than now does not move the end.
    let body = r#"{"name":"x","starts_at":"2024-08-09T14:00:00Z","expires_in_seconds":7200}"#;
    let answer = made(&server, &token, "k51_lifetime_and_start", body)
        .await
        .json();
    assert_eq!(answer["key"]["expires_at"], "2024-08-09T15:05:50Z");
    assert_eq!(answer["key"]["status"], "pending");
    assert!(!server.accepts(text(&answer, "secret")).await);
}

/// As large as they may be, all at once.
#[tokio::test]
async fn k51_k52_k53_the_bounds_are_within_them() {
    let (server, token) = with(Role::Admin).await;
    let scopes: Vec<_> = (0..100).map(|n| format!("{n:0>100}")).collect();
    let addresses: Vec<_> = (0..50).map(|n| format!("2001:db8::{n:x}")).collect();
    let metadata = json!({ "m": "x".repeat(10_240 - r#"{"m":""}"#.len()) });
    assert_eq!(metadata.to_string().len(), 10_240);
    let body = json!({
        "name": "🗝".repeat(255),
        "description": "é".repeat(1_000),
        "scopes": scopes,
        "metadata": metadata,
        "allowed_addresses": addresses,
        "prefix": "a123456789",
    });
    let answer = made(&server, &token, "k51_bounds", &body.to_string())
        .await
        .json();
    assert_eq!(answer["key"]["metadata"], metadata);
    assert_eq!(answer["key"]["scopes"].as_array().map(Vec::len), Some(100));
    assert_eq!(
        answer["key"]["allowed_addresses"].as_array().map(Vec::len),
        Some(50)
    );
    assert_eq!(
        verdict(&server, &token, text(&answer, "secret")).await,
        "address_not_allowed"
    );
}

/// K7, K9: the owner is a member of a company within reach.
#[tokio::test]
async fn k51_an_admin_makes_keys_for_its_company_and_root_for_any() {
    let server = Server::start().await;
    let (admin, root) = (
        server.caller(Role::Admin).await,
        server.caller(Role::Root).await,
    );
    for (outcome, token, owner, company) in [
        ("k51_for_a_colleague", &admin, "10002", "6197120"),
        ("k51_for_a_stranger", &root, "20001", "7000001"),
    ] {
        let body = format!(r#"{{"name":"x","owner_id":"{owner}"}}"#);
        let key: Value = made(&server, token, outcome, &body).await.json()["key"].clone();
        assert_eq!(
            (text(&key, "owner_id"), text(&key, "company_id")),
            (owner, company)
        );
        assert_eq!(key["issuer_id"], "10001");
    }
}

#[tokio::test]
async fn k51_a_key_belongs_to_the_company_of_its_maker() {
    let server = Server::start().await;
    let token = stranger(&server, Role::Write).await;
    let request = Request::post(OWN).bearer(&token).json(r#"{"name":"x"}"#);
    let answer = server
        .record(OP, ForeignCompany, "k51_theirs", &request)
        .await;
    let key = answer.expect(201).json()["key"].clone();
    assert_eq!(
        (&key["company_id"], &key["owner_id"]),
        (&json!("7000001"), &json!("20001"))
    );
    let location = format!("{OWN}/{}", text(&key, "id"));
    let admin = server.caller(Role::Admin).await;
    server
        .send(&Request::get(location).bearer(admin))
        .await
        .expect(404);
}

#[tokio::test]
async fn k9_scopes_of_the_own_key_can_be_given_on() {
    let server = Server::start().await;
    let seed = Seed::caller(Role::Write).scopes(&["a", "b", "c"]);
    let token = server.plant(seed).await.secret;
    let body = r#"{"name":"x","scopes":["c","a"]}"#;
    let key = made(&server, &token, "k9_own_scopes", body).await.json()["key"].clone();
    assert_eq!(key["scopes"], json!(["a", "c"]));
}
