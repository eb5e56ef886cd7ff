//! K7: whose keys are rotated, revealed, and looked at for their secrets.

use bitting_core::Role;
use bitting_tests::{
    Class::{ForeignCompany, Refused},
    Request, Seed, Server, cast,
};

use super::{NO_KEY, item, rotated, secrets, stranger, with};

/// A request for each operation on the secrets of the key at `path`, of which `old` can be retired.
fn on_secrets(path: &str, old: &str) -> [(&'static str, Request); 4] {
    [
        ("secret_list", Request::get(format!("{path}/secrets"))),
        ("key_reveal", Request::post(format!("{path}/reveal"))),
        (
            "secret_retire",
            Request::delete(format!("{path}/secrets/{old}")),
        ),
        (
            "key_rotate",
            Request::post(format!("{path}/rotate")).json("{}"),
        ),
    ]
}

#[tokio::test]
async fn k7_an_admin_of_another_company_finds_no_secrets_and_root_does() {
    let (server, own) = with(Role::Admin).await;
    let key = server.plant(Seed::own("x").recoverable()).await;
    let (_, old) = rotated(&server, &own, &key, 600).await;
    for (outcome, role, found) in [
        ("k7_admin", Role::Admin, false),
        ("k7_root", Role::Root, true),
    ] {
        let token = stranger(&server, role).await;
        for (operation, request) in on_secrets(&item(&key), &old) {
            let request = request.bearer(&token);
            let answer = server
                .record(operation, ForeignCompany, outcome, &request)
                .await;
            if found {
                assert!(answer.status < 300, "{operation}\n{answer:?}");
            } else {
                answer.expect(404);
            }
        }
    }
}

/// Byte for byte but for the id of the request.
#[tokio::test]
async fn k7_the_secrets_of_a_colleagues_key_are_as_those_of_none() {
    let server = Server::start().await;
    let (write, admin) = (
        server.caller(Role::Write).await,
        server.caller(Role::Admin).await,
    );
    let key = server
        .plant(Seed::own("x").recoverable().of(cast::COLLEAGUE))
        .await;
    let (new, old) = rotated(&server, &admin, &key, 600).await;
    let pairs = on_secrets(&item(&key), &old)
        .into_iter()
        .zip(on_secrets(NO_KEY, &old));
    for ((operation, theirs), (_, none)) in pairs {
        let answer = async |request: Request| {
            let answer = server.send(&request.bearer(&write)).await.expect(404);
            answer.text().replace(answer.request_id(), "")
        };
        assert_eq!(answer(theirs).await, answer(none).await, "{operation}");
    }
    assert_eq!(secrets(&server, &admin, &key).await.len(), 2);
    assert!(server.accepts(&new).await && server.accepts(&key.secret).await);
    for (operation, request) in on_secrets(&item(&key), &old) {
        let answer = server.send(&request.bearer(&admin)).await;
        assert!(answer.status < 300, "{operation}\n{answer:?}");
    }
}

#[tokio::test]
async fn k9_the_secrets_of_a_key_above_its_own_are_neither_shown_nor_changed() {
    let server = Server::start().await;
    let (write, admin) = (
        server.caller(Role::Write).await,
        server.caller(Role::Admin).await,
    );
    let key = server
        .plant(Seed::own("x").recoverable().role(Role::Admin))
        .await;
    let (new, old) = rotated(&server, &admin, &key, 600).await;
    for (operation, request) in on_secrets(&item(&key), &old) {
        let request = request.bearer(&write);
        if operation == "secret_list" {
            server.send(&request).await.expect(200);
            continue;
        }
        let answer = server
            .record(operation, Refused, "k9_above", &request)
            .await;
        assert_eq!(
            answer.expect(403).json()["error_code"],
            "key_above_own_role"
        );
    }
    assert_eq!(secrets(&server, &admin, &key).await.len(), 2);
    assert!(server.accepts(&new).await && server.accepts(&key.secret).await);
}
