//! The generated client, driven against a live server through every operation.

use bitting_client::{Error, KeyUpdate, Ocamba, Token, ocamba::types::KeyCreate};
use bitting_core::Role;
use bitting_tests::{Server, Setup};
use serde_json::to_value;

fn client(server: &Server, secret: &str) -> Ocamba {
    let token = Token::new(secret.to_owned()).expect("a token");
    Ocamba::new(&format!("http://{}", server.address), &token).expect("a client")
}

#[tokio::test]
async fn o20_to_o80_the_client_does_every_operation() {
    let server = Server::start().await;
    let ours = client(&server, &server.caller(Role::Write).await);

    let new = KeyCreate::builder()
        .name("My API key")
        .description(Some("API key used for ...".to_owned()));
    let made = ours.key_create().body(new).send().await.expect("made");
    assert_eq!(made.status().as_u16(), 201);
    let (id, secret) = (made.id.clone(), made.secret.expose().to_owned());
    assert!(server.accepts(&secret).await);
    let made = to_value(made.into_inner()).expect("JSON");
    assert_eq!(made["name"], "My API key");
    assert_eq!(made["status"], "active");

    let listed = ours
        .key_list()
        .name("\"My API key\"")
        .status("in:active,pending")
        .sort("-create_time,+name")
        .q("api K")
        .page("1,10")
        .fields("id,name,secret")
        .send()
        .await
        .expect("listed");
    assert_eq!((listed.total, listed.items.len()), (1, 1));
    let shown = to_value(&listed.items[0]).expect("JSON");
    assert_eq!(shown["id"], made["id"]);
    assert_eq!(shown["secret"], secret.as_str());
    assert_eq!(shown.as_object().map(serde_json::Map::len), Some(3));

    let update = KeyUpdate::new().name("renamed").clear_description();
    ours.key_update()
        .id(id.clone())
        .body(update)
        .send()
        .await
        .expect("updated");
    let viewed = ours.key_view().id(id.clone()).send().await.expect("viewed");
    let viewed = to_value(viewed.into_inner()).expect("JSON");
    assert_eq!(viewed["name"], "renamed");
    assert!(viewed["description"].is_null());

    let rolled = ours.key_roll().id(id.clone()).send().await.expect("rolled");
    let theirs = client(&server, rolled.secret.expose());
    theirs
        .key_validate()
        .send()
        .await
        .expect("the new secret is good");
    let old = client(&server, &secret);
    old.key_validate().send().await.expect_err("the old is not");

    ours.key_delete()
        .id(id.clone())
        .send()
        .await
        .expect("deleted");
    let gone = ours.key_view().id(id).send().await.map_err(Error::from);
    assert!(gone.expect_err("it is gone").is_not_found());
}

#[tokio::test]
async fn o4_the_client_tells_what_a_refusal_said() {
    let server = Setup::default().rates("3/60s").start().await;
    let ours = client(&server, &server.caller(Role::Write).await);
    let bad = KeyCreate::builder()
        .name("x")
        .end_time(Some("2000-01-01 00:00:00".into()));
    let error = ours
        .key_create()
        .body(bad)
        .send()
        .await
        .map_err(Error::from);
    let error = error.expect_err("the end is before the start");
    let refused = error.refused().expect("a refusal");
    assert_eq!(refused.status.as_u16(), 400);
    assert_eq!(refused.message, "The request body is not valid.");
    assert_eq!(refused.fields[0].field, "end_time");
    assert!(refused.request_id.is_some());

    let error = ours.key_view().id("999").send().await.map_err(Error::from);
    assert!(error.expect_err("there is none").is_not_found());
    let nobody = client(&server, "nobody");
    let error = nobody.key_list().send().await.map_err(Error::from);
    let error = error.expect_err("nobody is let in");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));

    ours.key_list().send().await.expect("the third");
    let error = ours.key_list().send().await.map_err(Error::from);
    let error = error.expect_err("the fourth is too many");
    let refused = error.refused().expect("a refusal");
    assert_eq!(refused.status.as_u16(), 429);
    assert_eq!(refused.retry_after.map(|wait| wait.as_secs()), Some(10));
    assert!(error.is_retryable());
}
