//! O8: whose keys are whose.

use bitting_core::{Origin, Role};
use bitting_tests::{
    Class::{ForeignCompany, Refused, Success},
    KEYS, Request, Seed, Server, cast,
};

use super::{found, item, list, roll, writer};

/// A request for each operation on the key with this path.
fn on_a_key(path: &str) -> [(&'static str, Request); 4] {
    [
        ("key_view", Request::get(path)),
        (
            "key_update",
            Request::patch(path).json(r#"{"name":"mine"}"#),
        ),
        ("key_roll", Request::post(format!("{path}/roll"))),
        ("key_delete", Request::delete(path)),
    ]
}

#[tokio::test]
async fn o8_a_key_of_another_company_is_404_even_for_root() {
    let server = Server::start().await;
    let key = server.personal("theirs").await;
    let root = server
        .plant(Seed::caller(Role::Root).of(cast::STRANGER))
        .await
        .secret;
    for (operation, request) in on_a_key(&item(key.number)) {
        let request = request.bearer(&root);
        let answer = server
            .record(operation, ForeignCompany, "o8_root", &request)
            .await;
        answer.expect(404);
    }
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn o8_lists_of_two_companies_have_nothing_in_common() {
    let (server, token) = writer().await;
    server.personal("ours").await;
    server
        .plant(Seed::personal("theirs").of(cast::STRANGER))
        .await;
    let stranger = server
        .plant(Seed::caller(Role::Root).of(cast::STRANGER))
        .await
        .secret;
    let request = list(&stranger, &[("view", "full")]);
    let answer = server
        .record("key_list", ForeignCompany, "o8_root", &request)
        .await;
    assert_eq!(found(&answer.expect(200)), (1, vec!["theirs".to_owned()]));
    let ours = server.send(&list(&token, &[])).await;
    assert_eq!(found(&ours), (1, vec!["ours".to_owned()]));
}

#[tokio::test]
async fn o8_a_new_key_belongs_to_the_company_of_its_maker() {
    let (server, token) = writer().await;
    let stranger = server
        .plant(Seed::caller(Role::Write).of(cast::STRANGER))
        .await
        .secret;
    let request = Request::post(KEYS)
        .bearer(&stranger)
        .json(r#"{"name":"x","company_id":"6197120","member_id":"10001"}"#);
    let answer = server
        .record("key_create", ForeignCompany, "o8_made", &request)
        .await;
    let key = answer.expect(201).json();
    assert_eq!(key["company_id"], "7000001");
    let path = format!("{KEYS}/{}", key["id"].as_str().expect("an id"));
    server
        .send(&Request::get(&path).bearer(&token))
        .await
        .expect(404);
    let full = Request::get(format!("{path}?view=full")).bearer(&stranger);
    let seen = server.send(&full).await.expect(200).json();
    assert_eq!(
        (&seen["member_id"], &seen["issuer_id"]),
        (&"20001".into(), &"20001".into())
    );
}

#[tokio::test]
async fn o8_a_colleagues_key_is_404_whatever_the_role() {
    let server = Server::start().await;
    let key = server
        .plant(Seed::personal("theirs").of(cast::COLLEAGUE))
        .await;
    let admin = server.caller(Role::Admin).await;
    for (operation, request) in on_a_key(&item(key.number)) {
        let request = request.bearer(&admin);
        let answer = server
            .record(operation, Refused, "o8_colleague", &request)
            .await;
        answer.expect(404);
    }
    let all = server.send(&list(&admin, &[])).await;
    assert_eq!(found(&all).0, 0);
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn o8_a_key_made_on_another_surface_is_404_for_its_own_member() {
    for origin in [Origin::Keys, Origin::Feldera] {
        let (server, token) = writer().await;
        let key = server
            .plant(Seed::personal("elsewhere").made_on(origin))
            .await;
        for (operation, request) in on_a_key(&item(key.number)) {
            let answer = server.send(&request.bearer(&token)).await;
            assert_eq!(answer.status, 404, "{operation} {origin:?}");
        }
        let all = server.send(&list(&token, &[])).await;
        assert_eq!(found(&all).0, 0, "{origin:?}");
        assert!(server.accepts(&key.secret).await);
    }
}

#[tokio::test]
async fn o8_a_key_made_on_keys_is_not_in_the_list_but_may_ask_for_it() {
    let (server, token) = writer().await;
    let key = server.personal("mine").await;
    let request = Request::get(item(key.number)).bearer(&token);
    let answer = server
        .record("key_view", Success, "o8_same_member", &request)
        .await;
    answer.expect(200);
    server
        .send(&Request::post(roll(key.number)).bearer(&token))
        .await
        .expect(200);
}
