//! `POST /v2/ocamba/personal-api-keys/{id}/roll`

use bitting_tests::{
    Answer,
    Class::{BadInput, Success, UnknownId},
    KEYS, Request, Seed,
};

use super::{NOBODY, item, roll, writer};

const OP: &str = "key_roll";

#[tokio::test]
async fn o70_a_rolled_key_has_a_new_secret_and_its_old_settings() {
    let (server, token) = writer().await;
    let seed = Seed::personal("My API key")
        .description("d")
        .created("2024-01-02 03:04:05")
        .end("2025-01-01 00:00:00");
    let key = server.plant(seed).await;
    let view = Request::get(format!("{}?view=full", item(key.number))).bearer(&token);
    let mut expected = server.send(&view).await.expect(200).json();

    let request = Request::post(roll(key.number)).bearer(&token);
    let answer = server.record(OP, Success, "o70_done", &request).await;
    let answer = answer.expect(200);
    let members =
        "id company_id name description status secret start_time end_time create_time update_time";
    let members: Vec<_> = members.split(' ').collect();
    assert_eq!(Answer::members(answer.text()), members);
    let rolled = answer.json();
    let secret = rolled["secret"].as_str().expect("a secret");
    assert_ne!(secret, key.secret);
    assert!(!server.accepts(&key.secret).await, "the old one");
    assert!(server.accepts(secret).await, "the new one");

    expected["secret"] = secret.into();
    expected["update_time"] = "2024-08-09 13:05:50".into();
    assert_eq!(server.send(&view).await.expect(200).json(), expected);
    for member in members {
        assert_eq!(rolled[member], expected[member], "{member}");
    }
}

#[tokio::test]
async fn o70_a_key_may_roll_itself() {
    let (server, _) = writer().await;
    let key = server.personal("x").await;
    let request = Request::post(roll(key.number)).bearer(&key.secret);
    let answer = server.record(OP, Success, "o70_itself", &request).await;
    let rolled = answer.expect(200).json();
    assert!(!server.accepts(&key.secret).await);
    assert!(
        server
            .accepts(rolled["secret"].as_str().expect("a secret"))
            .await
    );
}

#[tokio::test]
async fn o70_an_expired_key_is_rolled_and_stays_expired() {
    let (server, token) = writer().await;
    let key = server
        .plant(Seed::personal("x").end("2024-02-01 00:00:00"))
        .await;
    let request = Request::post(roll(key.number)).bearer(&token);
    let answer = server.record(OP, Success, "o70_expired", &request).await;
    let rolled = answer.expect(200).json();
    assert_eq!(rolled["status"], "expired");
    assert!(
        !server
            .accepts(rolled["secret"].as_str().expect("a secret"))
            .await
    );
}

#[tokio::test]
async fn o70_a_body_is_not_looked_at() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    let request = Request::post(roll(key.number)).bearer(&token).json("{");
    let answer = server.record(OP, BadInput, "o70_body", &request).await;
    answer.expect(200);
}

#[tokio::test]
async fn o32_an_unknown_id_is_404() {
    let (server, token) = writer().await;
    let request = Request::post(format!("{NOBODY}/roll")).bearer(&token);
    let answer = server.record(OP, UnknownId, "o32_unknown", &request).await;
    answer.expect(404);
}

#[tokio::test]
async fn o32_what_is_no_id_is_404() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    for (outcome, id) in [
        ("o32_not_canonical", &*format!("0{}", key.number)),
        ("o32_word", "abc"),
        ("o32_validate", "validate"),
    ] {
        let request = Request::post(format!("{KEYS}/{id}/roll")).bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(404);
    }
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn o1_a_trailing_slash_is_tolerated() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    let request = Request::post(roll(key.number) + "/").bearer(&token);
    let answer = server
        .record(OP, Success, "o1_trailing_slash", &request)
        .await;
    answer.expect(200);
}
