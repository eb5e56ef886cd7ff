//! The records that changes leave.

use bitting_core::Role;
use bitting_tests::{Answer, COMPANIES, Request, Seed, Server};
use serde_json::Value;

use super::{MEMBER, MEMBERS, OURS, text, with};

/// A record: what, in which company, by whom, in which request, from where, to which member and to which keys.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    action: String,
    company: i64,
    actor: Option<i64>,
    via: Option<String>,
    request: String,
    remote: String,
    member: Option<i64>,
    keys: Vec<u8>,
}

async fn audited(server: &mut Server) -> Vec<Row> {
    server.stop().await;
    let database = server.database();
    let mut statement = database
        .prepare(
            "SELECT action, company, actor_member, actor_via, request, remote, member, keys
             FROM audit WHERE request <> 'seed' ORDER BY id",
        )
        .expect("a statement");
    let rows = statement.query_map([], |row| {
        Ok(Row {
            action: row.get(0)?,
            company: row.get(1)?,
            actor: row.get(2)?,
            via: row.get(3)?,
            request: row.get(4)?,
            remote: row.get(5)?,
            member: row.get(6)?,
            keys: row.get(7)?,
        })
    });
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}

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
