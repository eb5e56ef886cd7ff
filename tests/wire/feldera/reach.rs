//! F6: which keys this surface reaches.

use bitting_core::{Origin, Role};
use bitting_tests::{
    Class::{ForeignCompany, Refused, Success},
    Request, Seed, Server, cast,
};

use super::{CONFIG, KEYS, create, item, listed, names, writer};

async fn stranger(server: &Server) -> String {
    let seed = Seed::caller(Role::Root).of(cast::STRANGER);
    server.plant(seed).await.secret
}

#[tokio::test]
async fn f6_a_colleagues_keys_are_there_as_well() {
    let (server, token) = writer().await;
    server.named("mine").await;
    let theirs = server
        .plant(Seed::named("theirs").of(cast::COLLEAGUE))
        .await;
    let request = Request::get(KEYS).bearer(&token);
    let answer = server
        .record("key_list", Success, "f6_a_colleagues", &request)
        .await;
    assert_eq!(names(&answer.expect(200)), ["mine", "theirs"]);
    let request = Request::get(item("theirs")).bearer(&token);
    let answer = server
        .record("key_view", Success, "f6_a_colleagues", &request)
        .await;
    assert_eq!(names(&answer.expect(200)), ["theirs"]);
    let answer = server
        .record(
            "key_create",
            Refused,
            "f6_a_colleagues",
            &create(&token, "theirs"),
        )
        .await;
    answer.expect(409);
    let request = Request::delete(item("theirs")).bearer(&token);
    let answer = server
        .record("key_delete", Success, "f6_a_colleagues", &request)
        .await;
    answer.expect(200);
    assert!(!server.accepts(&theirs.secret).await);
}

#[tokio::test]
async fn f6_a_key_of_another_company_is_unknown_even_to_root() {
    let server = Server::start().await;
    let key = server.named("theirs").await;
    let root = stranger(&server).await;
    for (operation, request) in [
        ("key_view", Request::get(item("theirs"))),
        ("key_delete", Request::delete(item("theirs"))),
    ] {
        let request = request.bearer(&root);
        let answer = server
            .record(operation, ForeignCompany, "f6_root", &request)
            .await;
        answer.expect(404);
    }
    let request = Request::get(KEYS).bearer(&root);
    let answer = server
        .record("key_list", ForeignCompany, "f6_root", &request)
        .await;
    assert_eq!(answer.expect(200).text(), "[]");
    let request = Request::get(CONFIG).bearer(&root);
    let answer = server
        .record("config_view", ForeignCompany, "f6_root", &request)
        .await;
    answer.expect(200);
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn f6_f12_two_companies_may_use_one_name() {
    let (server, token) = writer().await;
    let ours = server.named("shared").await;
    let root = stranger(&server).await;
    let answer = server
        .record(
            "key_create",
            ForeignCompany,
            "f6_same_name",
            &create(&root, "shared"),
        )
        .await;
    let theirs = super::text(&answer.expect(201), "api_key");
    let delete = Request::delete(item("shared"));
    server.send(&delete.bearer(&root)).await.expect(200);
    assert!(!server.accepts(&theirs).await);
    assert!(server.accepts(&ours.secret).await, "the other one is gone");
    assert_eq!(listed(&server, &token).await, ["shared"]);
}

#[tokio::test]
async fn f6_what_was_made_on_another_surface_is_neither_seen_nor_in_the_way() {
    for origin in [Origin::Keys, Origin::Ocamba] {
        let (server, token) = writer().await;
        let key = server.plant(Seed::named("x").made_on(origin)).await;
        for request in [Request::get(item("x")), Request::delete(item("x"))] {
            server.send(&request.bearer(&token)).await.expect(404);
        }
        assert_eq!(listed(&server, &token).await, [""; 0], "{origin:?}");
        server.send(&create(&token, "x")).await.expect(201);
        let delete = Request::delete(item("x")).bearer(&token);
        server.send(&delete).await.expect(200);
        assert!(server.accepts(&key.secret).await, "{origin:?}");
    }
}

#[tokio::test]
async fn f6_what_does_not_work_any_more_stays_and_keeps_its_name() {
    let (server, token) = writer().await;
    for seed in [
        Seed::named("disabled").disabled(),
        Seed::named("expired").end("2024-08-01 00:00:00"),
        Seed::named("pending").start("2030-01-01 00:00:00"),
        Seed::named("revoked").revoked(),
    ] {
        server.plant(seed).await;
    }
    let all = ["disabled", "expired", "pending", "revoked"];
    let request = Request::get(KEYS).bearer(&token);
    let answer = server
        .record("key_list", Success, "f6_inactive", &request)
        .await;
    assert_eq!(names(&answer.expect(200)), all);
    for name in all {
        let view = Request::get(item(name)).bearer(&token);
        assert_eq!(names(&server.send(&view).await.expect(200)), [name]);
        server.send(&create(&token, name)).await.expect(409);
        let delete = Request::delete(item(name)).bearer(&token);
        server.send(&delete).await.expect(200);
        let made = server.send(&create(&token, name)).await.expect(201);
        assert!(
            server.accepts(&super::text(&made, "api_key")).await,
            "{name}"
        );
    }
    assert_eq!(listed(&server, &token).await, all);
}
