//! What costs a look-up: keys that are in memory and keys that surely are none cost nothing, and the walk that
//! fills memory brings nothing back that was changed meanwhile.

use bitting_core::{
    Origin, Role,
    secret::{Format, Minted},
};
use bitting_tests::{
    KEYS, Planted, Request, Seed, Server, Switch, cast,
    probe::{Held, Moment::After, Step},
};
use serde_json::json;

use super::{text, verified::code};

/// A key of each form that was never issued here.
fn unknown(server: &Server) -> [String; 3] {
    let formats: [Format; 3] = Origin::ALL.map(Origin::format);
    formats.map(|format| {
        let minted = Minted::new(&format, &*server.clock, &*server.entropy, None);
        minted.plain.expose().to_owned()
    })
}

fn look_ups(server: &Server) -> usize {
    server.probe.count(Step::Credential)
}

/// Whoever presents a key that is none is refused.
async fn assert_refused(server: &Server, secret: &str) {
    let request = Request::get("/v1/whoami").bearer(secret);
    server.send(&request).await.expect(401);
}

#[tokio::test]
async fn a_flood_of_unknown_keys_costs_no_look_up_once_memory_was_filled() {
    let server = Server::start().await;
    server.filled().await;
    let admin = server.caller(Role::Admin).await;
    let key = server.personal("x").await;
    assert_eq!(code(&server, &key.secret, &admin).await, "valid");
    let before = look_ups(&server);
    for _ in 0..100 {
        let keys = unknown(&server);
        for secret in &keys {
            assert_eq!(code(&server, secret, &admin).await, "not_found");
            assert_refused(&server, secret).await;
        }
        let keys: Vec<_> = keys.iter().map(|key| json!({"key": key})).collect();
        let request = Request::post("/v1/verify/batch").json(json!({"keys": keys}).to_string());
        let answer = server.send(&request.bearer(&admin)).await.expect(200);
        let results = answer.json()["results"].take();
        for result in results.as_array().expect("results") {
            assert_eq!(result["code"], "not_found");
        }
        // A key that there is costs none either, once it was asked about.
        assert_eq!(code(&server, &key.secret, &admin).await, "valid");
    }
    assert_eq!(look_ups(&server), before);
}

#[tokio::test]
async fn a_key_that_is_made_after_memory_was_filled_is_found_at_once() {
    let server = Server::start().await;
    server.filled().await;
    let admin = server.caller(Role::Admin).await;
    for _ in 0..20 {
        let create = Request::post("/v1/keys")
            .bearer(&admin)
            .json(r#"{"name":"x","role":"none"}"#);
        let made = server.send(&create).await.expect(201).json();
        let secret = text(&made, "secret");
        assert_eq!(code(&server, secret, &admin).await, "valid");
        let request = Request::get("/v1/whoami").bearer(secret);
        server.send(&request).await.expect(200);
    }
    for create in [
        Request::post(KEYS).json(r#"{"name":"x"}"#),
        Request::post("/v0/api_keys").json(r#"{"name":"x"}"#),
    ] {
        let member = server.caller(Role::Write).await;
        let made = server
            .send(&create.bearer(&member))
            .await
            .expect(201)
            .json();
        let member = "secret".to_owned();
        let member = if made.get(&member).is_some() {
            member
        } else {
            "api_key".to_owned()
        };
        assert_eq!(code(&server, text(&made, &member), &admin).await, "valid");
    }
    let key = server.personal("x").await;
    let roll = Request::post(format!("{KEYS}/{}/roll", key.number)).bearer(&key.secret);
    let rolled = server.send(&roll).await.expect(200).json();
    assert_eq!(
        code(&server, text(&rolled, "secret"), &admin).await,
        "valid"
    );
}

/// Starts the server again and holds the walk when it has read the first keys.
async fn restart_held(server: &mut Server) -> Held {
    server.stop().await;
    // The walk counts first. Held when it has counted, so that it is not the count that is held next.
    let count = server.probe.hold(Step::Credentials, After);
    server.restart().await;
    count.reached().await;
    let walk = server.probe.hold(Step::Credentials, After);
    count.release();
    walk.reached().await;
    walk
}

#[tokio::test]
async fn before_memory_is_filled_keys_are_looked_up_and_answered_right() {
    let mut server = Server::start().await;
    let admin = server.caller(Role::Admin).await;
    let key = server.personal("x").await;
    let off = server.plant(Seed::personal("off").disabled()).await;
    let walk = restart_held(&mut server).await;
    assert!(server.accepts(&admin).await);
    let before = look_ups(&server);
    for _ in 0..10 {
        for secret in unknown(&server) {
            assert_eq!(code(&server, &secret, &admin).await, "not_found");
            assert_refused(&server, &secret).await;
        }
        assert_eq!(code(&server, &key.secret, &admin).await, "valid");
        assert_eq!(code(&server, &off.secret, &admin).await, "disabled");
    }
    // Two for each that there is not, and one in all for each that there is.
    assert_eq!(look_ups(&server) - before, 60 + 2);
    walk.release();
    server.filled().await;
    for secret in unknown(&server) {
        assert_eq!(code(&server, &secret, &admin).await, "not_found");
    }
    assert_eq!(look_ups(&server) - before, 60 + 2);
}

async fn own(server: &Server, name: &str) -> Planted {
    server.plant(Seed::personal(name)).await
}

#[tokio::test]
async fn a_walk_that_changes_overtook_brings_nothing_back() {
    let mut server = Server::start().await;
    let admin = server.caller(Role::Admin).await;
    let revoked = own(&server, "revoked").await;
    let deleted = own(&server, "deleted").await;
    let rolled = own(&server, "rolled").await;
    let untouched = own(&server, "untouched").await;
    let colleague = Seed::personal("colleague").of(cast::COLLEAGUE);
    let colleague = server.plant(colleague).await;

    let walk = restart_held(&mut server).await;
    let change = async |request: Request, status| {
        let answer = server.send(&request.bearer(&admin)).await;
        answer.expect(status)
    };
    let item = |key: &Planted| format!("/v1/keys/{}", key.id);
    let revoke = Request::post(item(&revoked) + "/revoke").json("{}");
    change(revoke, 200).await;
    change(Request::delete(item(&deleted)), 204).await;
    let roll = Request::post(format!("{KEYS}/{}/roll", rolled.number));
    let fresh = change(roll, 200).await.json();
    let create = Request::post("/v1/keys").json(r#"{"name":"new"}"#);
    let new = change(create, 201).await.json();
    walk.release();
    server.filled().await;

    let before = look_ups(&server);
    assert_eq!(code(&server, &untouched.secret, &admin).await, "valid");
    assert_eq!(code(&server, &colleague.secret, &admin).await, "valid");
    assert_eq!(look_ups(&server), before, "the walk fills memory");
    for _ in 0..2 {
        for (secret, expected) in [
            (revoked.secret.as_str(), "revoked"),
            (&deleted.secret, "not_found"),
            (&rolled.secret, "not_found"),
            (text(&fresh, "secret"), "valid"),
            (text(&new, "secret"), "valid"),
        ] {
            assert_eq!(code(&server, secret, &admin).await, expected);
        }
    }
}

/// The same for a change that concerns no key by itself, but all of a member's.
#[tokio::test]
async fn a_walk_that_a_change_of_a_member_overtook_brings_nothing_back() {
    let mut server = Server::start().await;
    let admin = server.caller(Role::Admin).await;
    let colleague = Seed::personal("colleague").of(cast::COLLEAGUE);
    let colleague = server.plant(colleague).await;
    let walk = restart_held(&mut server).await;
    server.switch(cast::COLLEAGUE, Switch::Disable).await;
    walk.release();
    server.filled().await;
    assert_eq!(code(&server, &colleague.secret, &admin).await, "disabled");
    server.switch(cast::COLLEAGUE, Switch::Enable).await;
    assert_eq!(code(&server, &colleague.secret, &admin).await, "valid");
}
