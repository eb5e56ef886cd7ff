//! The records that changes leave.

use bitting_core::Role;
use bitting_tests::{
    Answer, COMPANIES, Planted, Request, Seed, Server,
    audited::{Row, audited},
    cast,
    probe::{Fault, Step},
};
use serde_json::{Value, json};

use super::{
    COLLEAGUE, MEMBER, MEMBERS, NO_KEY, OFF, OURS, OWN, SELF_REVOKE, SETTINGS, VERIFY, WHOAMI,
    item, plain, secrets, text, with,
};

fn id(value: &Value) -> i64 {
    text(value, "id").parse().expect("digits")
}

/// The record of what `answer` tells that was made, in the company where it was made.
fn row(action: &str, via: &str, company: i64, answer: &Answer) -> Row {
    let body = answer.json();
    let key = body["key"]["id"].as_str();
    let keys = key.map(|key| {
        uuid::Uuid::parse_str(key)
            .expect("a UUID")
            .as_bytes()
            .to_vec()
    });
    Row {
        action: action.to_owned(),
        company,
        actor: Some(10_001),
        via: Some(via.to_owned()),
        request: answer.request_id().to_owned(),
        remote: "127.0.0.1".to_owned(),
        member: Some(&body["member"]).filter(|m| !m.is_null()).map(id),
        keys: keys.unwrap_or_default(),
    }
}

#[tokio::test]
async fn k30_k40_a_record_says_what_who_from_where_and_in_which_request() {
    let mut server = Server::start().await;
    let root = server.plant(Seed::caller(Role::Root)).await;
    let via = format!("key {}", root.id);
    let mut made = Vec::new();
    for (path, action, body) in [
        (COMPANIES, "company_created", r#"{"name":"Acme"}"#),
        (
            COMPANIES,
            "company_created",
            r#"{"name":"Acme","first_key":false}"#,
        ),
        (MEMBERS, "member_created", r#"{"name":"Dana"}"#),
        (
            MEMBERS,
            "member_created",
            r#"{"name":"Dana","first_key":false}"#,
        ),
    ] {
        let request = Request::post(path).bearer(&root.secret).json(body);
        let answer = server.send(&request).await.expect(201);
        let company = match action {
            "company_created" => id(&answer.json()["company"]),
            _ => 6_197_120,
        };
        made.push(row(action, &via, company, &answer));
    }
    assert_eq!(audited(&mut server).await, made);
}

#[tokio::test]
async fn k32_k42_reading_leaves_none_and_nor_does_what_is_refused() {
    let (mut server, root) = with(Role::Root).await;
    let admin = server.caller(Role::Admin).await;
    for (request, status) in [
        (Request::get(COMPANIES).bearer(&root), 200),
        (Request::get(OURS).bearer(&root), 200),
        (Request::get(MEMBERS).bearer(&root), 200),
        (Request::get(MEMBER).bearer(&root), 200),
        (Request::post(COMPANIES).bearer(&root).json("{}"), 400),
        (
            Request::post(COMPANIES)
                .bearer(&admin)
                .json(r#"{"name":"x"}"#),
            403,
        ),
        (
            Request::post(MEMBERS)
                .bearer(&admin)
                .json(r#"{"name":"x","role":"root"}"#),
            403,
        ),
        (
            Request::post("/v1/companies/999/members")
                .bearer(&root)
                .json(r#"{"name":"x"}"#),
            404,
        ),
    ] {
        server.send(&request).await.expect(status);
    }
    assert_eq!(audited(&mut server).await, []);
}

/// The record of what was done to a key.
fn key_row(action: &str, by: &Planted, key: &str, answer: &Answer) -> Row {
    let key = uuid::Uuid::parse_str(key).expect("a UUID");
    Row {
        action: action.to_owned(),
        company: 6_197_120,
        actor: Some(10_001),
        via: Some(format!("key {}", by.id)),
        request: answer.request_id().to_owned(),
        remote: "127.0.0.1".to_owned(),
        member: None,
        keys: key.as_bytes().to_vec(),
    }
}

/// K58: the records of a key stay when it is gone.
#[tokio::test]
async fn k51_k55_k56_k58_k81_what_is_done_to_keys_is_recorded() {
    let mut server = Server::start().await;
    let by = server.plant(Seed::caller(Role::Admin)).await;
    let send = async |request: Request| server.send(&request.bearer(&by.secret)).await;
    let create = json!({ "name": "x", "owner_id": "10002" }).to_string();
    let made = send(Request::post(OWN).json(create)).await.expect(201);
    let id = text(&made.json()["key"], "id").to_owned();
    let path = format!("{OWN}/{id}");
    let update = Request::put(&path).json(plain("y").to_string());
    let updated = send(update).await.expect(200);
    let revoke = || Request::post(format!("{path}/revoke")).json(r#"{"reason":"r"}"#);
    let revoked = send(revoke()).await.expect(200);
    // What changes nothing leaves none.
    send(revoke()).await.expect(200);
    let deleted = send(Request::delete(&path)).await.expect(204);
    let gone = send(Request::post(SELF_REVOKE).json("{}"))
        .await
        .expect(200);
    let own = by.id.to_string();
    let rows = [
        key_row("key_created", &by, &id, &made),
        key_row("key_updated", &by, &id, &updated),
        key_row("key_revoked", &by, &id, &revoked),
        key_row("key_deleted", &by, &id, &deleted),
        key_row("key_revoked", &by, &own, &gone),
    ];
    assert_eq!(audited(&mut server).await, rows);
}

#[tokio::test]
async fn k54_k57_k71_k80_verifying_and_reading_keys_leaves_no_record_and_nor_does_what_is_refused()
{
    let (mut server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let above = server.plant(Seed::own("above").role(Role::Root)).await;
    for (request, status) in [
        (Request::get(OWN), 200),
        (Request::get(item(&key)), 200),
        (Request::get(WHOAMI), 200),
        (
            Request::post(VERIFY).json(json!({ "key": key.secret }).to_string()),
            200,
        ),
        (
            Request::post(OWN).json(r#"{"name":"x","role":"root"}"#),
            403,
        ),
        (Request::put(item(&key)).json("{}"), 400),
        (
            Request::put(item(&key))
                .json(plain("y").to_string())
                .header("if-match", "\"x\""),
            412,
        ),
        (
            Request::post(format!("{}/revoke", item(&above))).json("{}"),
            403,
        ),
        (Request::delete(item(&above)), 403),
        (Request::delete(NO_KEY), 404),
    ] {
        server.send(&request.bearer(&token)).await.expect(status);
    }
    assert_eq!(audited(&mut server).await, []);
}

/// A secret that was revealed leaves a record in the company of the key, whoever it was shown to.
#[tokio::test]
async fn k90_k92_k93_what_is_done_to_secrets_leaves_a_record() {
    let mut server = Server::start().await;
    let by = server
        .plant(Seed::caller(Role::Root).of(cast::STRANGER))
        .await;
    let key = server.plant(Seed::own("x").recoverable()).await;
    let path = item(&key);
    let before = secrets(&server, &by.secret, &key).await;
    let send = async |request: Request| server.send(&request.bearer(&by.secret)).await;
    let rotate = Request::post(format!("{path}/rotate")).json(r#"{"overlap_seconds":60}"#);
    let turned = send(rotate).await.expect(200);
    server.remember(text(&turned.json(), "secret").to_owned());
    let old = format!("{path}/secrets/{}", text(&before[0], "id"));
    let retired = send(Request::delete(&old)).await.expect(204);
    let revealed = send(Request::post(format!("{path}/reveal")))
        .await
        .expect(200);
    // What is refused and what is only looked at leave none.
    send(Request::delete(&old)).await.expect(404);
    send(Request::get(format!("{path}/secrets")))
        .await
        .expect(200);
    let id = key.id.to_string();
    let mut rows = [
        key_row("key_rotated", &by, &id, &turned),
        key_row("secret_retired", &by, &id, &retired),
        key_row("secrets_shown", &by, &id, &revealed),
    ];
    for row in &mut rows {
        row.actor = Some(cast::STRANGER);
    }
    assert_eq!(audited(&mut server).await, rows);
}

#[tokio::test]
async fn k34_k35_k44_k45_what_is_done_to_companies_and_members_leaves_a_record() {
    let mut server = Server::start().await;
    let by = server.plant(Seed::caller(Role::Root)).await;
    let key = server.plant(Seed::own("x").of(cast::COLLEAGUE)).await;
    let bare = r#"{"name":"bare","first_key":false}"#;
    let create = Request::post(COMPANIES).bearer(&by.secret).json(bare);
    let created = server.send(&create).await.expect(201);
    let company = id(&created.json()["company"]);
    let path = format!("{COMPANIES}/{company}");
    let heir = format!("{COLLEAGUE}?new_owner=10001");
    let mut rows = vec![row(
        "company_created",
        &format!("key {}", by.id),
        company,
        &created,
    )];
    for (action, request, company, member, keys) in [
        (
            "company_updated",
            Request::put(&path).json(SETTINGS),
            company,
            None,
            None,
        ),
        (
            "company_disabled",
            Request::put(&path).json(OFF),
            company,
            None,
            None,
        ),
        (
            "company_enabled",
            Request::put(&path).json(SETTINGS),
            company,
            None,
            None,
        ),
        (
            "company_removed",
            Request::delete(&path),
            company,
            None,
            None,
        ),
        (
            "member_updated",
            Request::put(COLLEAGUE).json(SETTINGS),
            cast::COMPANY,
            Some(cast::COLLEAGUE),
            None,
        ),
        (
            "member_disabled",
            Request::put(COLLEAGUE).json(OFF),
            cast::COMPANY,
            Some(cast::COLLEAGUE),
            None,
        ),
        (
            "member_removed",
            Request::delete(heir),
            cast::COMPANY,
            Some(cast::COLLEAGUE),
            Some(key.id),
        ),
    ] {
        let answer = server.send(&request.bearer(&by.secret)).await;
        assert!(answer.status < 300, "{action}\n{answer:?}");
        rows.push(Row {
            action: action.to_owned(),
            company,
            actor: Some(cast::MEMBER),
            via: Some(format!("key {}", by.id)),
            request: answer.request_id().to_owned(),
            remote: "127.0.0.1".to_owned(),
            member,
            keys: keys.map(|id| id.0.as_bytes().to_vec()).unwrap_or_default(),
        });
    }
    assert_eq!(audited(&mut server).await, rows);
}

/// Whoever sends a request again is told the secret again.
#[tokio::test]
async fn k101_a_secret_that_is_told_again_leaves_a_record() {
    let mut server = Server::start().await;
    let by = server.plant(Seed::caller(Role::Write)).await;
    let create = Request::post(OWN)
        .bearer(&by.secret)
        .header("idempotency-key", "n")
        .json(r#"{"name":"x"}"#);
    let made = server.send(&create).await.expect(201);
    let again = server.send(&create).await.expect(201);
    server.probe.fail(Step::Shown, Fault::NotDurable);
    let withheld = server.send(&create).await.expect(503);
    let body = made.json();
    assert!(!withheld.text().contains(text(&body, "secret")));
    let id = text(&body["key"], "id");
    let rows = [
        key_row("key_created", &by, id, &made),
        key_row("secrets_shown", &by, id, &again),
    ];
    assert_eq!(audited(&mut server).await, rows);
}
