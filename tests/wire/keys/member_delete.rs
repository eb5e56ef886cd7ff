//! `DELETE /v1/companies/{company}/members/{member}`: K45.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, ForeignCompany, Refused, Success, UnknownId},
    KEYS as PERSONAL, Request, Seed, Server, cast,
};

use super::{
    COLLEAGUE, MEMBER, MEMBERS, NO_MEMBER, OFF, OWN, blamed, counts, item, made, names, stranger,
    text, verdict, viewed, with,
};

const OP: &str = "member_delete";

fn delete(token: &str, target: &str) -> Request {
    Request::delete(target).bearer(token)
}

#[tokio::test]
async fn k45_it_is_gone_for_good() {
    let (server, admin) = with(Role::Admin).await;
    let request = delete(&admin, COLLEAGUE);
    let answer = server.record(OP, Success, "k45_keyless", &request).await;
    assert!(answer.expect(204).body.is_empty());
    let answer = server.record(OP, UnknownId, "k45_gone", &request).await;
    answer.expect(404);
    let view = Request::get(COLLEAGUE).bearer(&admin);
    server.send(&view).await.expect(404);
    // Nobody makes a key for it any more.
    let create = Request::post(OWN).bearer(&admin);
    let create = create.json(r#"{"name":"x","owner_id":"10002"}"#);
    server.send(&create).await.expect(400);
}

#[tokio::test]
async fn k45_a_member_who_has_keys_stays_unless_somebody_gets_them() {
    let (server, admin) = with(Role::Admin).await;
    let key = server
        .plant(Seed::own("x").revoked().of(cast::COLLEAGUE))
        .await;
    let request = delete(&admin, COLLEAGUE);
    let answer = server.record(OP, Refused, "k45_keys", &request).await;
    assert_eq!(answer.expect(409).json()["error_code"], "owns_keys");
    server.send(&delete(&admin, &item(&key))).await.expect(204);
    server.send(&request).await.expect(204);
}

/// With everything but whose they are, on every surface, and in every list and count.
#[tokio::test]
async fn k45_its_keys_are_anothers_from_the_answer_on() {
    let (server, admin) = with(Role::Admin).await;
    let heir = made(
        &server,
        Request::post(MEMBERS)
            .bearer(&admin)
            .json(r#"{"name":"heir","role":"write"}"#),
    )
    .await;
    let heir_id = heir.rsplit('/').next().expect("an id").to_owned();
    let keys = [
        server
            .plant(Seed::own("a").recoverable().of(cast::COLLEAGUE))
            .await,
        server.plant(Seed::personal("b").of(cast::COLLEAGUE)).await,
        server.plant(Seed::named("c").of(cast::COLLEAGUE)).await,
        server
            .plant(Seed::own("d").disabled().of(cast::COLLEAGUE))
            .await,
    ];
    let mut before = Vec::new();
    for key in &keys {
        verdict(&server, &admin, &key.secret).await;
        before.push(viewed(&server, &admin, &item(key)).await);
    }
    server.clock.advance(60);
    let request = delete(&admin, &format!("{COLLEAGUE}?new_owner={heir_id}"));
    let answer = server.record(OP, Success, "k45_new_owner", &request).await;
    answer.expect(204);
    for (key, (mut before, tag)) in keys.iter().zip(before) {
        let (after, new_tag) = viewed(&server, &admin, &item(key)).await;
        assert_eq!(after["owner_id"], *heir_id);
        assert_eq!(after["updated_at"], "2024-08-09T13:06:50Z");
        assert_ne!(tag, new_tag, "K54");
        for changed in ["owner_id", "updated_at", "last_used_at"] {
            before[changed] = after[changed].clone();
        }
        assert_eq!(before, after);
    }
    // What is remembered of them says so too.
    let question = serde_json::json!({ "key": keys[0].secret }).to_string();
    let question = Request::post(super::VERIFY).bearer(&admin).json(question);
    let found = server.send(&question).await.expect(200).json();
    assert_eq!(found["key"]["member_id"], *heir_id);
    let page = Request::get(format!("{OWN}?owner={heir_id}&sort=name")).bearer(&admin);
    let page = server.send(&page).await.expect(200);
    assert_eq!(names(&page), ["First key", "a", "b", "c", "d"]);
    // The new owner lists its personal key, of which there is one, and can have it shown.
    let of_heir = server
        .send(
            &Request::post(PERSONAL)
                .bearer(&keys[1].secret)
                .json(r#"{"name":"mine"}"#),
        )
        .await
        .expect(201);
    let own = text(&of_heir.json(), "secret").to_owned();
    server.remember(own.clone());
    let list = server.send(&Request::get(PERSONAL).bearer(&own)).await;
    let list = list.expect(200).json();
    assert_eq!(list["total"], 2);
    let reveal = Request::post(format!("{}/reveal", item(&keys[0]))).bearer(&own);
    let revealed = server.send(&reveal).await.expect(200).json();
    assert_eq!(text(&revealed, "secret"), keys[0].secret);
}

#[tokio::test]
async fn k45_whoever_is_no_other_member_of_the_company_gets_nothing() {
    let (server, root) = with(Role::Root).await;
    let key = server.plant(Seed::own("x").of(cast::COLLEAGUE)).await;
    let before = counts(&server);
    let none = "new_owner is no other member of the company";
    let form = "new_owner must be an id: decimal digits without a leading zero";
    for (outcome, query, wrong) in [
        ("k45_itself", "?new_owner=10002", none),
        ("k45_elsewhere", "?new_owner=20001", none),
        ("k45_nobody", "?new_owner=999", none),
        ("k45_empty", "?new_owner=", form),
        ("k45_word", "?new_owner=x", form),
        (
            "k45_twice",
            "?new_owner=10001&new_owner=10001",
            "new_owner must be given only once",
        ),
        (
            "k45_misspelt",
            "?owner=10001",
            "query must not have the parameter `owner`: there are new_owner",
        ),
    ] {
        let request = delete(&root, &format!("{COLLEAGUE}{query}"));
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [wrong], "{outcome}");
    }
    assert_eq!(counts(&server), before);
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn k9_k45_an_admin_does_not_delete_a_member_with_a_root_key() {
    let (server, admin) = with(Role::Admin).await;
    server.caller(Role::Root).await;
    let key = server
        .plant(Seed::caller(Role::Root).of(cast::COLLEAGUE))
        .await;
    for (outcome, query) in [
        ("k9_root_key", ""),
        ("k9_root_key_moved", "?new_owner=10001"),
    ] {
        let request = delete(&admin, &format!("{COLLEAGUE}{query}"));
        let answer = server.record(OP, Refused, outcome, &request).await;
        assert_eq!(
            answer.expect(403).json()["error_code"],
            "key_above_own_role"
        );
    }
    assert!(server.accepts(&key.secret).await);
}

/// Given to somebody who is on, the last root key goes on working, and the member may go.
#[tokio::test]
async fn k9_k45_the_last_root_key_is_not_left_to_nobody() {
    let (server, root) = with(Role::Root).await;
    server
        .send(&Request::put(COLLEAGUE).bearer(&root).json(OFF))
        .await
        .expect(200);
    let moved = delete(&root, &format!("{MEMBER}?new_owner=10002"));
    for (outcome, request) in [
        ("k9_last", delete(&root, MEMBER)),
        ("k9_last_to_one_who_is_off", moved.clone()),
    ] {
        let answer = server.record(OP, Refused, outcome, &request).await;
        assert_eq!(answer.expect(409).json()["error_code"], "last_root_key");
    }
    server
        .send(&Request::put(COLLEAGUE).bearer(&root).json(super::SETTINGS))
        .await
        .expect(200);
    server.send(&moved).await.expect(204);
    let view = Request::get(COLLEAGUE).bearer(&root);
    server.send(&view).await.expect(200);
}

#[tokio::test]
async fn k7_k45_of_another_company_an_admin_finds_nobody_and_root_everybody() {
    let server = Server::start().await;
    for (outcome, role, status) in [("k7_admin", Role::Admin, 404), ("k7_root", Role::Root, 204)] {
        let token = stranger(&server, role).await;
        let request = delete(&token, COLLEAGUE);
        let answer = server.record(OP, ForeignCompany, outcome, &request).await;
        answer.expect(status);
    }
}

#[tokio::test]
async fn k5_k45_an_unknown_member_is_404() {
    let (server, root) = with(Role::Root).await;
    let word = format!("{MEMBERS}/x");
    for (outcome, path) in [("k5_unknown", NO_MEMBER), ("k5_word", &word)] {
        let request = delete(&root, path);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}
