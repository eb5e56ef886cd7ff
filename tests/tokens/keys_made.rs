//! F61: what a token makes is its member's, and stays.

use bitting_tests::{KEYS, Request, Switch, cast::COMPANY};
use serde_json::Value;

use super::{
    Scene, signer,
    surfaces::{Door, NAMED, members},
};

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

/// Makes a key on each surface: their secrets.
async fn make_three(scene: &Scene, token: &str) -> [String; 3] {
    let create = Request::post(KEYS).json(r#"{"name":"personal"}"#);
    let personal = scene.send(create, token).await.expect(201).json();
    let create = Request::post(NAMED).json(r#"{"name":"named"}"#);
    let named = scene.send(create, token).await.expect(201).json();
    let create = Request::post(members(COMPANY)).json(r#"{"name":"carol"}"#);
    let granted = scene.send(create, token).await.expect(201).json();
    [
        text(&personal["secret"]),
        text(&named["api_key"]),
        text(&granted["key"]["secret"]),
    ]
}

#[tokio::test]
async fn f61_a_key_that_a_token_makes_is_its_members() {
    let mut scene = Scene::start().await;
    let token = scene.token();
    let create = Request::post(KEYS).json(r#"{"name":"personal"}"#);
    let made = scene.send(create, &token).await.expect(201);
    let member = scene.member("alice").await;
    let key = format!("{KEYS}/{}", text(&made.json()["id"]));
    let shown = scene
        .send(Request::get(&key), &token)
        .await
        .expect(200)
        .json();
    assert_eq!(shown["issuer_id"], member.to_string());
    assert_eq!(shown["member_id"], member.to_string());
    assert_eq!(made.json()["company_id"], COMPANY.to_string());
    // With the key itself it is the same member.
    let secret = text(&made.json()["secret"]);
    let shown = scene.server.send(&Request::get(&key).bearer(&secret)).await;
    assert_eq!(shown.expect(200).json()["member_id"], member.to_string());
    // And another subject's personal keys are its own.
    let other = signer().token(&scene.claims().with("sub", "bob"));
    scene.send(Request::get(&key), &other).await.expect(404);

    scene.server.stop().await;
    let row: (i64, i64, String, String) = scene
        .server
        .database()
        .query_row(
            "SELECT company, actor_member, actor_via, request FROM audit WHERE action = 'key_created'
             AND request <> 'seed'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .expect("one record");
    let via = format!("token {} alice", scene.issuer.url());
    let request = made.request_id().to_owned();
    assert_eq!(row, (COMPANY, member.get(), via, request));
}

#[tokio::test]
async fn o8_a_token_reaches_its_members_personal_keys_and_no_others() {
    let scene = Scene::start().await;
    let token = scene.token();
    let others = scene.server.personal("of a colleague").await;
    let create = Request::post(KEYS).json(r#"{"name":"own"}"#);
    let made = scene.send(create, &token).await.expect(201).json();
    let list = scene
        .send(Request::get(KEYS), &token)
        .await
        .expect(200)
        .json();
    assert_eq!(list["total"], 1);
    assert_eq!(list["items"][0]["id"], made["id"]);
    let (own, foreign) = (
        format!("{KEYS}/{}", text(&made["id"])),
        format!("{KEYS}/{}", others.number),
    );
    for (key, statuses) in [(&foreign, [404; 4]), (&own, [200, 204, 200, 204])] {
        let requests = [
            Request::get(key),
            Request::patch(key).json(r#"{"description":"x"}"#),
            Request::post(format!("{key}/roll")),
            Request::delete(key),
        ];
        for (request, status) in requests.into_iter().zip(statuses) {
            scene.send(request, &token).await.expect(status);
        }
    }
    assert!(scene.server.accepts(&others.secret).await);
}

#[tokio::test]
async fn o33_a_token_that_may_only_read_is_shown_no_secret() {
    let scene = Scene::start().await;
    let create = Request::post(KEYS).json(r#"{"name":"own"}"#);
    let made = scene.send(create, &scene.token()).await.expect(201).json();
    let key = format!("{KEYS}/{}", text(&made["id"]));
    let reading = signer().token(&scene.claims().with("role", "read"));
    for (token, secret) in [(&scene.token(), &made["secret"]), (&reading, &Value::Null)] {
        let shown = scene
            .send(Request::get(&key), token)
            .await
            .expect(200)
            .json();
        assert_eq!(&shown["secret"], secret);
        let list = scene
            .send(Request::get(KEYS), token)
            .await
            .expect(200)
            .json();
        assert_eq!(&list["items"][0]["secret"], secret);
    }
}

#[tokio::test]
async fn f61_a_key_outlives_the_token_and_the_issuer() {
    let mut scene = Scene::start().await;
    let token = scene.token();
    let secrets = make_three(&scene, &token).await;
    scene.issuer.disappear().await;
    scene.server.clock.advance(1_000_000);
    assert_eq!(scene.status(&token).await, 401);
    for secret in &secrets {
        assert!(scene.server.accepts(secret).await);
    }
    let list = Request::get(NAMED).bearer(&secrets[1]);
    let list = scene.server.send(&list).await.expect(200).json();
    assert_eq!(list[0]["name"], "named");
}

#[tokio::test]
async fn k41_a_key_ends_and_comes_back_with_its_member() {
    let scene = Scene::start().await;
    let [personal, named, granted] = make_three(&scene, &scene.token()).await;
    let member = scene.member("alice").await;
    for (change, works) in [
        (Switch::Disable, false),
        (Switch::Enable, true),
        (Switch::Disable, false),
    ] {
        for secret in [&personal, &named] {
            scene.server.accepts(secret).await;
        }
        scene.change(member, change).await;
        for secret in [&personal, &named] {
            assert_eq!(scene.server.accepts(secret).await, works, "{change:?}");
        }
        assert!(scene.server.accepts(&granted).await, "another member's");
    }
}

#[tokio::test]
async fn f61_the_log_says_who_it_was_and_not_with_what() {
    let scene = Scene::start().await;
    let answer = scene.at(Door::Ocamba, &scene.token()).await.expect(200);
    let line = scene
        .server
        .log
        .request(answer.request_id())
        .expect("a line");
    assert_eq!(line["company"], COMPANY);
    assert_eq!(line["member"], scene.member("alice").await.get());
    assert_eq!(line["via"], format!("token {} alice", scene.issuer.url()));
    // Why one was refused is told to whoever runs the server, and to nobody else.
    let expired = signer().token(&scene.claims().with("exp", 0));
    let answer = scene.at(Door::Ocamba, &expired).await.expect(401);
    let id = answer.request_id();
    let lines = scene.server.log.lines();
    let causes: Vec<_> = lines
        .iter()
        .filter(|line| line["request_id"] == id && !line["cause"].is_null())
        .collect();
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert_eq!(causes[0]["cause"], "expired");
    let line = scene.server.log.request(id).expect("a line");
    assert!(line["member"].is_null() && line["via"].is_null(), "{line}");
}
