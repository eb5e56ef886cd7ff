//! O2: which refusal is given when several apply. 405, 401, 403, 413 or 415, 400, 404.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, NoCredential, Refused, WeakRole},
    Connection, KEYS, Request, Seed, Server, cast,
};

use super::{NOBODY, item, writer};

#[tokio::test]
async fn o2_405_before_401() {
    let server = Server::start().await;
    let request = Request::new("PUT", NOBODY).json("{");
    let answer = server
        .record("methods", Refused, "o2_405_before_401", &request)
        .await;
    answer.expect(405);
}

#[tokio::test]
async fn o2_401_before_403_413_415_and_400() {
    let server = Server::start().await;
    for (operation, outcome, request) in [
        ("key_create", "o2_before_400", Request::post(KEYS).json("{")),
        ("key_create", "o2_before_415", Request::post(KEYS).body("{")),
        (
            "key_create",
            "o2_before_413",
            Request::post(KEYS).header("content-length", "65537"),
        ),
        (
            "key_update",
            "o2_before_400",
            Request::patch(NOBODY).json("{"),
        ),
        (
            "key_list",
            "o2_before_400",
            Request::get(format!("{KEYS}?page=0")),
        ),
        (
            "key_view",
            "o2_before_400",
            Request::get(format!("{NOBODY}?view=x")),
        ),
        (
            "key_view",
            "o2_before_404",
            Request::get(format!("{KEYS}/abc")),
        ),
    ] {
        let answer = server
            .record(operation, NoCredential, outcome, &request)
            .await;
        answer.expect(401);
    }
}

#[tokio::test]
async fn o2_403_before_413_415_400_and_404() {
    let server = Server::start().await;
    let reader = server.caller(Role::Read).await;
    let none = server.caller(Role::None).await;
    let length = |request: Request| request.header("content-length", "65537");
    for (operation, outcome, request) in [
        (
            "key_create",
            "o2_before_400",
            Request::post(KEYS).json("{").bearer(&reader),
        ),
        (
            "key_create",
            "o2_before_415",
            Request::post(KEYS).body("{").bearer(&reader),
        ),
        (
            "key_create",
            "o2_before_413",
            length(Request::post(KEYS)).bearer(&reader),
        ),
        (
            "key_update",
            "o2_before_400",
            Request::patch(NOBODY).json("{").bearer(&reader),
        ),
        (
            "key_update",
            "o2_before_404",
            Request::patch(NOBODY)
                .json(r#"{"name":"x"}"#)
                .bearer(&reader),
        ),
        (
            "key_delete",
            "o2_before_404",
            Request::delete(NOBODY).bearer(&reader),
        ),
        (
            "key_roll",
            "o2_before_404",
            Request::post(format!("{NOBODY}/roll")).bearer(&reader),
        ),
        (
            "key_list",
            "o2_before_400",
            Request::get(format!("{KEYS}?page=0")).bearer(&none),
        ),
        (
            "key_view",
            "o2_before_400",
            Request::get(format!("{NOBODY}?view=x")).bearer(&none),
        ),
        (
            "key_view",
            "o2_before_404",
            Request::get(NOBODY).bearer(&none),
        ),
    ] {
        let answer = server.record(operation, WeakRole, outcome, &request).await;
        answer.expect(403);
    }
}

#[tokio::test]
async fn o2_413_and_415_before_400_and_404() {
    let (server, token) = writer().await;
    let large = "{".repeat(64 * 1024 + 1);
    let head = Request::patch(NOBODY)
        .bearer(&token)
        .header("content-type", "application/json")
        .header("content-length", large.len().to_string());
    let mut connection = Connection::open(server.address).await;
    connection.send(&head.head_bytes()).await;
    let answer = connection.answer("PATCH").await.expect("an answer");
    server
        .keep("key_update", Refused, "o2_413_before_400", &head, answer)
        .expect(413);

    let request = Request::patch(NOBODY).bearer(&token).body("{");
    let answer = server
        .record("key_update", Refused, "o2_415_before_400", &request)
        .await;
    answer.expect(415);
}

#[tokio::test]
async fn o2_400_before_404() {
    let (server, token) = writer().await;
    let theirs = server.plant(Seed::personal("x").of(cast::STRANGER)).await;
    for (operation, outcome, request) in [
        (
            "key_update",
            "o2_before_404_unknown",
            Request::patch(NOBODY).json("{"),
        ),
        (
            "key_update",
            "o2_before_404_foreign",
            Request::patch(item(theirs.number)).json("{}"),
        ),
        (
            "key_update",
            "o2_before_404_no_id",
            Request::patch(format!("{KEYS}/abc")).json("[]"),
        ),
        (
            "key_view",
            "o2_before_404_no_id",
            Request::get(format!("{KEYS}/abc?fields=,")),
        ),
    ] {
        let request = request.bearer(&token);
        let answer = server.record(operation, BadInput, outcome, &request).await;
        answer.expect(400);
    }
}
