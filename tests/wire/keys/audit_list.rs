//! `GET /v1/audit`: K110, K111.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{ForeignCompany, Success},
    Planted, Request, Seed, Server, cast,
};
use serde_json::{Value, json};

use super::{AUDIT, COLLEAGUE, OWN, SETTINGS, item, plain, stranger, text, with};

const OP: &str = "audit_list";

pub(super) fn list(token: &str, query: &str) -> Request {
    Request::get(format!("{AUDIT}{query}")).bearer(token)
}

/// The records on a page, but for those of keys that the test put into the store.
pub(super) fn records(answer: &Answer) -> Vec<Value> {
    let page = answer.json();
    let items = page["items"].as_array().expect("items").iter();
    let ours = items.filter(|item| item["request_id"] != "seed");
    ours.cloned().collect()
}

/// The actions on a page.
pub(super) fn actions(answer: &Answer) -> Vec<String> {
    let records = records(answer);
    let action = |record: &Value| text(record, "action").to_owned();
    records.iter().map(action).collect()
}

/// Something of each kind, done by an admin: to keys, to a member, to a secret.
pub(super) async fn done(server: &Server, admin: &Planted) -> (Planted, Vec<Answer>) {
    let key = server.plant(Seed::own("x").recoverable()).await;
    let mut answers = Vec::new();
    for request in [
        Request::post(OWN).json(r#"{"name":"y"}"#),
        Request::put(item(&key)).json(plain("z").to_string()),
        Request::put(COLLEAGUE).json(SETTINGS),
        Request::post(format!("{}/revoke", item(&key))).json("{}"),
    ] {
        server.clock.advance(60);
        let answer = server.send(&request.bearer(&admin.secret)).await;
        assert!(answer.status < 300, "{answer:?}");
        answers.push(answer);
    }
    (key, answers)
}

/// A plain account of who did what, when, from where and to what.
#[tokio::test]
async fn k110_k111_the_latest_come_first() {
    let (server, _) = with(Role::Root).await;
    let admin = server.plant(Seed::caller(Role::Admin)).await;
    let (key, answers) = done(&server, &admin).await;
    let answer = server.send(&list(&admin.secret, "")).await.expect(200);
    let records = records(&answer);
    assert_eq!(
        actions(&answer),
        [
            "key_revoked",
            "member_updated",
            "key_updated",
            "key_created"
        ]
    );
    let made = answers[0].json()["key"]["id"].clone();
    let ids = [
        json!(key.id.to_string()),
        Value::Null,
        json!(key.id.to_string()),
        made,
    ];
    let minutes = ["13:09:50", "13:08:50", "13:07:50", "13:06:50"];
    let expected = ids.into_iter().zip(minutes).zip(answers.iter().rev());
    for (record, ((key, minute), answer)) in records.iter().zip(expected) {
        assert_eq!(record["at"], format!("2024-08-09T{minute}.000Z"));
        assert_eq!(record["company_id"], "6197120");
        let via = format!("key {}", admin.id);
        assert_eq!(record["actor"], json!({ "member_id": "10001", "via": via }));
        assert_eq!(record["request_id"], answer.request_id());
        assert_eq!(record["remote"], "127.0.0.1");
        let is_member = record["action"] == "member_updated";
        let member = if is_member {
            json!("10002")
        } else {
            Value::Null
        };
        assert_eq!(record["member_id"], member);
        let keys = if is_member { json!([]) } else { json!([key]) };
        assert_eq!(record["key_ids"], keys);
    }
    let members = Answer::members(&records[0].to_string());
    assert_eq!(members.len(), 9);
}

/// Ids of requests differ from run to run: kept without any that was made over the API.
#[tokio::test]
async fn k111_a_record_of_whoever_sat_at_the_machine() {
    let (server, root) = with(Role::Root).await;
    let answer = server
        .record(OP, Success, "k111_planted", &list(&root, "?limit=1"))
        .await;
    let page = answer.expect(200).json();
    assert_eq!(page["items"][0]["actor"], Value::Null);
    assert_eq!(page["items"][0]["remote"], Value::Null);
    let answer = server
        .record(
            OP,
            Success,
            "k110_none",
            &list(&root, "?key=00000000-0000-7000-8000-000000000000"),
        )
        .await;
    assert_eq!(
        answer.expect(200).text(),
        r#"{"items":[],"next_page":null}"#
    );
}

/// Where a secret is shown again, whoever sees it, the record is the company's of the key.
#[tokio::test]
async fn k7_k110_an_admin_sees_its_own_company_and_root_every_one() {
    let (server, admin) = with(Role::Admin).await;
    let theirs = stranger(&server, Role::Admin).await;
    let root = stranger(&server, Role::Root).await;
    let key = server.plant(Seed::own("x").recoverable()).await;
    let reveal = Request::post(format!("{}/reveal", item(&key))).bearer(&root);
    server.send(&reveal).await.expect(200);
    let body = r#"{"name":"by root","owner_id":"10002"}"#;
    let create = Request::post(OWN).bearer(&root).json(body);
    server.send(&create).await.expect(201);
    for (token, query, seen) in [
        (&admin, "", true),
        (&admin, "?company=6197120", true),
        (&admin, "?company=7000001", false),
        (&theirs, "", false),
        (&theirs, "?company=6197120", false),
        (&root, "", true),
        (&root, "?company=6197120", true),
        (&root, "?company=7000001", false),
    ] {
        let found = async || {
            let answer = server.send(&list(token, query)).await.expect(200);
            let mut actions = actions(&answer);
            actions.sort();
            actions
        };
        let wanted: &[&str] = if seen {
            &["key_created", "secrets_shown"]
        } else {
            &[]
        };
        // What is shown is written behind the request.
        for _ in 0..200 {
            if found().await.len() >= wanted.len() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(found().await, wanted, "{query}");
    }
    let query = "?company=6197120&member=10002";
    let answer = server
        .record(OP, ForeignCompany, "k7_admin", &list(&theirs, query))
        .await;
    assert_eq!(
        answer.expect(200).text(),
        r#"{"items":[],"next_page":null}"#
    );
    let nobody = server
        .plant(Seed::caller(Role::Write).of(cast::COLLEAGUE))
        .await;
    server.send(&list(&nobody.secret, "")).await.expect(403);
}
