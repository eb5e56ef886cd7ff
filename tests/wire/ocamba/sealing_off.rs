//! O33: a server that keeps no sealed copies of secrets.

use bitting_core::Role;
use bitting_tests::{Class::Success, KEYS, Request, Server, Setup};

use super::{item, list, roll};

async fn unsealed() -> (Server, String) {
    let server = Setup::default().unsealed().start().await;
    let token = server.caller(Role::Write).await;
    (server, token)
}

#[tokio::test]
async fn o33_without_sealing_a_secret_is_shown_once() {
    let (server, token) = unsealed().await;
    let create = Request::post(KEYS).bearer(&token).json(r#"{"name":"x"}"#);
    let made = server
        .record("key_create", Success, "o33_unsealed", &create)
        .await;
    let made = made.expect(201).json();
    let secret = made["secret"].as_str().expect("a secret");
    assert!(server.accepts(secret).await);
    let path = format!("{KEYS}/{}", made["id"].as_str().expect("an id"));

    let view = Request::get(&path).bearer(&token);
    let answer = server
        .record("key_view", Success, "o33_unsealed", &view)
        .await;
    assert!(answer.expect(200).json()["secret"].is_null());
    let answer = server
        .record("key_list", Success, "o33_unsealed", &list(&token, &[]))
        .await;
    assert!(answer.expect(200).json()["items"][0]["secret"].is_null());

    let request = Request::post(format!("{path}/roll")).bearer(&token);
    let answer = server
        .record("key_roll", Success, "o33_unsealed", &request)
        .await;
    let rolled = answer.expect(200).json();
    assert!(
        server
            .accepts(rolled["secret"].as_str().expect("a secret"))
            .await
    );
    assert!(server.send(&view).await.expect(200).json()["secret"].is_null());
}

#[tokio::test]
async fn o33_what_was_sealed_before_is_not_shown_either() {
    let (server, token) = unsealed().await;
    let key = server.personal("sealed before").await;
    let view = Request::get(item(key.number)).bearer(&token);
    assert!(server.send(&view).await.expect(200).json()["secret"].is_null());
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn o33_no_copy_is_written() {
    let (server, token) = unsealed().await;
    let key = server.personal("sealed before").await;
    server
        .send(&Request::post(roll(key.number)).bearer(&token))
        .await
        .expect(200);
    let create = Request::post(KEYS).bearer(&token).json(r#"{"name":"x"}"#);
    server.send(&create).await.expect(201);
    let sealed: i64 = server
        .database()
        .query_row(
            "SELECT count(*) FROM secret WHERE sealed IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .expect("a count");
    assert_eq!(sealed, 0);
}

#[tokio::test]
async fn o33_a_sealed_copy_is_not_the_secret() {
    let server = Server::start().await;
    let key = server.personal("x").await;
    let (sealed, digest): (Vec<u8>, Vec<u8>) = server
        .database()
        .query_row(
            "SELECT sealed, digest FROM secret WHERE key = ?1",
            [key.number.get()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("a secret");
    let plain = key.secret.as_bytes();
    for stored in [sealed, digest] {
        assert!(!stored.windows(plain.len()).any(|window| window == plain));
    }
}
