//! K7: who sees which keys.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{ForeignCompany, Success},
    Planted, Request, Seed, Server, cast,
};

use super::{NO_KEY, OWN, item, names, plain, stranger, with};

/// Keys of every surface, of the member of the cast, of a colleague and of another company.
async fn keys(server: &Server) -> Vec<Planted> {
    let mut keys = Vec::new();
    for owner in [cast::MEMBER, cast::COLLEAGUE, cast::STRANGER] {
        for seed in [
            Seed::own("own"),
            Seed::personal("personal"),
            Seed::named(&format!("named-{owner}")),
        ] {
            keys.push(server.plant(seed.of(owner)).await);
        }
    }
    keys
}

/// A request for each operation on the key at `path`.
fn on_a_key(path: &str) -> [(&'static str, Request); 4] {
    [
        ("key_view", Request::get(path)),
        (
            "key_update",
            Request::put(path).json(plain("mine").to_string()),
        ),
        (
            "key_revoke",
            Request::post(format!("{path}/revoke")).json("{}"),
        ),
        ("key_delete", Request::delete(path)),
    ]
}

/// An answer but for the id of its request.
fn comparable(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let id = answer.request_id();
    let hide = |text: &str| text.replace(id, "");
    let headers = answer.headers.iter().filter(|(name, _)| name != "date");
    let headers = headers
        .map(|(name, value)| (name.clone(), hide(value)))
        .collect();
    (answer.status, headers, hide(answer.text()))
}

#[tokio::test]
async fn k7_each_role_sees_what_the_rule_says_and_nothing_else() {
    let server = Server::start().await;
    let keys = keys(&server).await;
    for (role, sees) in [
        (Role::Read, 3),
        (Role::Write, 3),
        (Role::Admin, 6),
        (Role::Root, 9),
    ] {
        let caller = server.plant(Seed::caller(role)).await;
        for (place, key) in keys.iter().enumerate() {
            let answer = server
                .send(&Request::get(item(key)).bearer(&caller.secret))
                .await;
            let wanted = if place < sees { 200 } else { 404 };
            assert_eq!(answer.status, wanted, "{role} {place}");
        }
        let page = Request::get(format!("{OWN}?sort=created_at")).bearer(&caller.secret);
        let mut seen = names(&server.send(&page).await.expect(200));
        seen.retain(|name| !name.ends_with(" caller"));
        assert_eq!(seen.len(), sees, "{role} {seen:?}");
    }
}

/// Byte for byte, whatever is asked of it: nobody learns which keys there are.
#[tokio::test]
async fn k7_a_key_out_of_reach_is_as_one_that_there_is_not() {
    let server = Server::start().await;
    let keys = keys(&server).await;
    for (role, reach) in [(Role::Write, 3), (Role::Admin, 6)] {
        let token = server.caller(role).await;
        for key in &keys[reach..] {
            for ((operation, theirs), (_, none)) in
                on_a_key(&item(key)).into_iter().zip(on_a_key(NO_KEY))
            {
                let theirs = server.send(&theirs.bearer(&token)).await;
                let none = server.send(&none.bearer(&token)).await;
                assert_eq!(comparable(&theirs), comparable(&none), "{role} {operation}");
                assert_eq!(none.status, 404);
            }
            // Conditions and what would be granted do not tell either.
            for settings in [r#""role":"none""#, r#""role":"root""#] {
                let body = plain("x").to_string().replace(r#""role":"none""#, settings);
                let put = |path: &str| {
                    Request::put(path)
                        .bearer(&token)
                        .json(body.clone())
                        .header("if-match", "\"x\"")
                };
                let theirs = server.send(&put(&item(key))).await;
                let none = server.send(&put(NO_KEY)).await;
                assert_eq!(comparable(&theirs), comparable(&none), "{role} {settings}");
            }
        }
    }
    for key in &keys {
        assert!(server.accepts(&key.secret).await, "nothing was done to it");
    }
}

#[tokio::test]
async fn k7_an_admin_of_another_company_finds_nothing_and_root_everything() {
    let server = Server::start().await;
    let admin = stranger(&server, Role::Admin).await;
    let root = stranger(&server, Role::Root).await;
    let key = server.plant(Seed::own("x")).await;
    for (outcome, token, found) in [("k7_admin", &admin, false), ("k7_root", &root, true)] {
        for (operation, request) in on_a_key(&item(&key)) {
            let request = request.bearer(token);
            let answer = server
                .record(operation, ForeignCompany, outcome, &request)
                .await;
            assert_eq!(answer.status < 300, found, "{operation}\n{answer:?}");
        }
    }
}

#[tokio::test]
async fn k7_an_admin_reaches_a_colleagues_keys() {
    let (server, admin) = with(Role::Admin).await;
    for seed in [
        Seed::own("x"),
        Seed::personal("y"),
        Seed::named("z").role(Role::Read),
    ] {
        let key = server.plant(seed.of(cast::COLLEAGUE)).await;
        for (operation, request) in on_a_key(&item(&key)) {
            let request = match operation {
                // As named keys may be.
                "key_update" => Request::put(item(&key)).json(
                    plain("mine")
                        .to_string()
                        .replace(r#""role":"none""#, r#""role":"read""#),
                ),
                _ => request,
            };
            let answer = server.send(&request.bearer(&admin)).await;
            assert!(answer.status < 300, "{operation}\n{answer:?}");
        }
    }
    let key = server.plant(Seed::own("x").of(cast::COLLEAGUE)).await;
    for (operation, request) in on_a_key(&item(&key)) {
        let answer = server
            .record(
                operation,
                Success,
                "k7_a_colleagues",
                &request.bearer(&admin),
            )
            .await;
        assert!(answer.status < 300, "{operation}");
    }
}
