//! `POST /v1/imports`: K130, K131, K134.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{ForeignCompany, Refused, Success},
    Request, Seed,
    audited::audited,
    cast,
};
use serde_json::{Value, json};

use super::{IMPORTS, OWN, stranger, text, verdict, viewed, with};

const OP: &str = "key_import";
const SECRET: &str = "old_key_4eC39HqLyjWDarjtT1zdp7dc";

fn bring(token: &str, keys: &Value) -> Request {
    Request::post(IMPORTS)
        .bearer(token)
        .json(json!({ "keys": keys }).to_string())
}

/// What became of each.
fn results(answer: &Answer) -> Vec<Value> {
    let body = answer.json();
    body["results"].as_array().expect("results").clone()
}

fn statuses(answer: &Answer) -> Vec<String> {
    let results = results(answer);
    results
        .iter()
        .map(|result| text(result, "status").to_owned())
        .collect()
}

#[tokio::test]
async fn k130_a_key_has_all_that_was_brought_and_works() {
    let (server, token) = with(Role::Admin).await;
    let full = json!([{
        "secret": SECRET,
        "name": "Customer 4711",
        "description": "from elsewhere",
        "owner_id": "10002",
        "starts_at": "2020-01-01T00:00:00Z",
        "expires_at": "2030-01-01T00:00:00Z",
        "enabled": true,
        "role": "read",
        "scopes": ["b", "a"],
        "metadata": { "z": 1.50, "a": null },
        "allowed_addresses": ["127.0.0.1"],
        "recoverable": true,
        "prefix": "acme",
    }]);
    let answer = server
        .record(OP, Success, "k130_in_full", &bring(&token, &full))
        .await;
    let result = results(&answer.expect(200)).remove(0);
    assert_eq!(text(&result, "status"), "created");
    let (key, _) = viewed(&server, &token, &format!("{OWN}/{}", text(&result, "id"))).await;
    for (member, value) in full[0].as_object().expect("an object") {
        match member.as_str() {
            "secret" => {}
            "scopes" => assert_eq!(key["scopes"], json!(["a", "b"])),
            _ => assert_eq!(key[member], *value, "{member}"),
        }
    }
    assert_eq!(
        (&key["origin"], &key["issuer_id"]),
        (&json!("keys"), &json!("10001"))
    );
    assert_eq!(key["created_at"], "2024-08-09T13:05:50Z");
    assert!(server.accepts(SECRET).await, "it is a credential");
    let ask = json!({ "key": SECRET, "scopes": ["a"], "client_ip": "127.0.0.1" }).to_string();
    let ask = Request::post(super::VERIFY).bearer(&token).json(ask);
    assert_eq!(server.send(&ask).await.expect(200).json()["code"], "valid");
}

#[tokio::test]
async fn k130_what_is_left_out_is_as_of_a_new_key() {
    let (server, token) = with(Role::Admin).await;
    let keys = json!([
        { "name": "x", "secret": SECRET, "digest": null, "digest_form": null, "owner_id": null },
        { "name": "off", "secret": format!("{SECRET}1"), "enabled": false },
        { "name": "ended", "secret": format!("{SECRET}2"), "starts_at": "2020-01-01T00:00:00Z",
          "expires_at": "2021-01-01T00:00:00Z" },
        { "name": "personal", "secret": "4eC39HqLyjWDarjtT1zdp7dc0123456789abcdef", "origin": "ocamba" },
        { "name": "named", "secret": format!("apikey:{}", "aB3dE6gH".repeat(16)), "origin": "feldera" },
    ]);
    let answer = server.send(&bring(&token, &keys)).await.expect(200);
    assert_eq!(statuses(&answer), ["created"; 5]);
    for (secret, code) in [
        (SECRET, "valid"),
        (&format!("{SECRET}1"), "disabled"),
        (&format!("{SECRET}2"), "expired"),
        ("4eC39HqLyjWDarjtT1zdp7dc0123456789abcdef", "valid"),
        (&format!("apikey:{}", "aB3dE6gH".repeat(16)), "valid"),
    ] {
        assert_eq!(verdict(&server, &token, secret).await, code, "{secret}");
    }
    let roles: Vec<_> = {
        let page = Request::get(format!("{OWN}?sort=name&limit=100")).bearer(&token);
        let page = server.send(&page).await.expect(200).json();
        let items = page["items"].as_array().expect("items").clone();
        let of = |key: &Value| (text(key, "name").to_owned(), text(key, "role").to_owned());
        items
            .iter()
            .map(of)
            .filter(|(name, _)| !name.contains("caller"))
            .collect()
    };
    let expected = [
        ("ended", "none"),
        ("named", "write"),
        ("off", "none"),
        ("personal", "write"),
        ("x", "none"),
    ];
    assert_eq!(
        roles,
        expected.map(|(name, role)| (name.to_owned(), role.to_owned()))
    );
    let listed = Request::get(bitting_tests::NAMED_KEYS).bearer(&token);
    assert_eq!(
        server.send(&listed).await.expect(200).json()[0]["name"],
        "named"
    );
}

#[tokio::test]
async fn k134_duplicates_are_told_one_by_one_and_change_nothing() {
    let (server, token) = with(Role::Admin).await;
    let here = server.plant(Seed::own("here")).await;
    let theirs = server.plant(Seed::own("theirs").of(cast::STRANGER)).await;
    let keys = json!([
        { "name": "new", "secret": SECRET },
        { "name": "again", "secret": SECRET },
        { "name": "planted", "secret": here.secret },
        { "name": "foreign", "secret": theirs.secret },
        { "name": "other", "secret": format!("{SECRET}2") },
    ]);
    let answer = server
        .record(OP, Success, "k134_duplicates", &bring(&token, &keys))
        .await;
    let answer = answer.expect(200);
    let found = results(&answer);
    assert_eq!(
        statuses(&answer),
        ["created", "duplicate", "duplicate", "duplicate", "created"]
    );
    assert_eq!(found[1]["id"], found[0]["id"]);
    assert_eq!(found[2]["id"], here.id.to_string());
    assert_eq!(found[3]["id"], Value::Null, "another company's is not told");
    // As often as it is sent.
    let answer = server.send(&bring(&token, &keys)).await.expect(200);
    assert_eq!(statuses(&answer), ["duplicate"; 5]);
    let (key, _) = viewed(&server, &token, &format!("{OWN}/{}", text(&found[0], "id"))).await;
    assert_eq!(text(&key, "name"), "new");
}

#[tokio::test]
async fn k130_what_is_wrong_with_one_keeps_no_other_from_being_added() {
    let (mut server, token) = with(Role::Admin).await;
    let named = server.named("taken").await;
    let secret = |n: u8| format!("{SECRET}{n}");
    let keys = json!([
        { "name": "first", "secret": secret(0) },
        { "name": "", "secret": secret(1) },
        { "name": "x", "secret": "short" },
        { "name": "x", "secret": secret(3), "owner_id": "20001" },
        { "name": "x", "secret": secret(4), "owner_id": "999" },
        { "name": "x", "secret": secret(5), "role": "root" },
        { "name": "taken", "secret": secret(6), "origin": "feldera" },
        { "name": "new", "secret": secret(7), "origin": "feldera" },
        { "name": "new", "secret": secret(8), "origin": "feldera" },
        { "name": "no spaces", "secret": secret(9), "origin": "feldera" },
        7,
        { "name": "last", "secret": format!("{SECRET}-last") },
    ]);
    let answer = server
        .record(OP, Refused, "k130_some_invalid", &bring(&token, &keys))
        .await;
    let answer = answer.expect(200);
    let fields: Vec<_> = results(&answer)
        .iter()
        .map(|result| match result["errors"].as_array() {
            Some(errors) => text(&errors[0], "field").to_owned(),
            None => text(result, "status").to_owned(),
        })
        .collect();
    let expected = [
        "created", "name", "secret", "owner_id", "owner_id", "role", "name", "created", "name",
        "name", "body", "created",
    ];
    assert_eq!(fields, expected);
    for n in [1, 3, 4, 5, 6, 8, 9] {
        assert!(!server.accepts(&secret(n)).await, "{n} was added");
    }
    assert!(server.accepts(&named.secret).await && server.accepts(&secret(7)).await);
    let records = audited(&mut server).await;
    assert_eq!(records.len(), 1, "{records:?}");
    assert_eq!(
        (&*records[0].action, records[0].actor),
        ("keys_imported", Some(10_001))
    );
    assert_eq!(records[0].keys.len(), 3 * 16);
}

/// Root brings keys to any company; an admin to its own, whoever else may be there.
#[tokio::test]
async fn k134_root_brings_keys_to_every_company_and_each_has_its_record() {
    let (mut server, root) = with(Role::Root).await;
    let keys = json!([
        { "name": "ours", "secret": SECRET },
        { "name": "theirs", "secret": format!("{SECRET}2"), "owner_id": "20001" },
    ]);
    let answer = server.send(&bring(&root, &keys)).await.expect(200);
    assert_eq!(statuses(&answer), ["created", "created"]);
    let admin = stranger(&server, Role::Admin).await;
    assert_eq!(
        verdict(&server, &admin, &format!("{SECRET}2")).await,
        "valid"
    );
    let ours = json!([{ "name": "x", "secret": format!("{SECRET}3"), "owner_id": "10001" }]);
    let request = bring(&admin, &ours);
    let answer = server
        .record(OP, ForeignCompany, "k134_their_owner", &request)
        .await;
    let result = results(&answer.expect(200)).remove(0);
    assert_eq!(result["errors"][0]["field"], "owner_id");
    let companies: Vec<_> = audited(&mut server)
        .await
        .iter()
        .map(|row| row.company)
        .collect();
    assert_eq!(companies, [6_197_120, 7_000_001]);
}

/// Nothing is half-done: neither where the store fails, nor where the request is sent once more.
#[tokio::test]
async fn k130_a_thousand_keys_go_in_at_once() {
    let (server, token) = with(Role::Admin).await;
    let key = |n: usize| json!({ "name": format!("k{n}"), "secret": format!("{SECRET}-{n:04}"), "metadata": { "n": n } });
    let keys: Value = (0..1_000).map(key).collect();
    let answer = server.send(&bring(&token, &keys)).await.expect(200);
    assert!(statuses(&answer).iter().all(|status| status == "created"));
    assert!(server.accepts(&format!("{SECRET}-0999")).await);
    let answer = server.send(&bring(&token, &keys)).await.expect(200);
    assert!(statuses(&answer).iter().all(|status| status == "duplicate"));
}

/// A secret that was brought is no more in the log than one that was made here.
#[tokio::test]
async fn k8_k130_the_log_and_the_files_have_no_secret() {
    let (mut server, token) = with(Role::Admin).await;
    server.remember(SECRET.to_owned());
    let keys = json!([{ "name": "x", "secret": SECRET }]);
    server.send(&bring(&token, &keys)).await.expect(200);
    assert!(server.accepts(SECRET).await);
    server.assert_log_tells_no_secret();
    server.stop().await;
    let held = |file: &Vec<u8>| {
        file.windows(SECRET.len())
            .any(|window| window == SECRET.as_bytes())
    };
    assert!(!server.files().iter().any(held), "the secret is in a file");
}
