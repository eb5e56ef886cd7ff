//! The generated client, driven against a live server through every operation.

use bitting_client::{
    Error, Feldera, Token,
    feldera::types::{KeyCreate, KeyRole, KeyScope},
};
use bitting_core::Role;
use bitting_tests::Server;

fn client(server: &Server, secret: &str) -> Feldera {
    let token = Token::new(secret.to_owned()).expect("a token");
    Feldera::new(&format!("http://{}", server.address), &token).expect("a client")
}

#[tokio::test]
async fn f10_to_f51_the_client_does_every_operation() {
    let server = Server::start().await;
    let ours = client(&server, &server.caller(Role::Write).await);

    let body = KeyCreate::builder().name("nightly-export");
    let made = ours.key_create().body(body).send().await.expect("made");
    assert_eq!(made.status().as_u16(), 201);
    assert!(server.accepts(made.api_key.expose()).await);
    let body = KeyCreate::builder().name("a").role(KeyRole::Read);
    ours.key_create().body(body).send().await.expect("made");

    let listed = ours.key_list().send().await.expect("listed");
    let names: Vec<_> = listed.iter().map(|key| key.name.as_str()).collect();
    assert_eq!(names, ["a", "nightly-export"]);
    assert_eq!(listed[0].scopes, [KeyScope::Read]);
    assert_eq!(listed[1].scopes, [KeyScope::Read, KeyScope::Write]);
    let viewed = ours.key_view().name("nightly-export").send().await;
    let viewed = viewed.expect("viewed");
    assert_eq!((viewed.len(), viewed[0].id), (1, made.id));

    let config = ours.config_view().send().await.expect("viewed");
    assert_eq!(config.edition, "Open source");
    let health = ours.cluster_health_view().send().await.expect("viewed");
    assert!(health.all_healthy);
    let login = ours.login_config_view().send().await.expect("viewed");
    assert!(login.generic_oidc.is_none());
    ours.health_view().send().await.expect("viewed");

    ours.key_delete().name("a").send().await.expect("deleted");
    let gone = ours.key_view().name("a").send().await.map_err(Error::from);
    assert!(gone.expect_err("it is gone").is_not_found());
}

#[tokio::test]
async fn f2_the_client_tells_what_a_refusal_said() {
    let server = Server::start().await;
    let ours = client(&server, &server.caller(Role::Write).await);
    server.named("taken").await;
    let body = KeyCreate::builder().name("taken");
    let error = ours.key_create().body(body).send().await;
    let error = Error::from(error.expect_err("it is taken"));
    assert_eq!(error.code(), Some("DuplicateName"));
    let refused = error.refused().expect("a refusal");
    assert_eq!(refused.message, "An entity with this name already exists");
    assert_eq!(refused.details, None);
    assert!(refused.request_id.is_some(), "from the header");

    let reader = client(&server, &server.caller(Role::Read).await);
    let error = reader.key_list().send().await.expect_err("too weak");
    let error = Error::from(error);
    assert_eq!(error.code(), Some("InsufficientPermissions"));
    let details = error.refused().and_then(|refused| refused.details.clone());
    let details = details.expect("details");
    assert_eq!(
        (&details["required"], &details["actual"]),
        (&"write".into(), &"read".into())
    );

    let nobody = client(&server, "nobody");
    let error = Error::from(nobody.key_list().send().await.expect_err("nobody"));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    // What needs no credential minds none.
    nobody.cluster_health_view().send().await.expect("healthy");
}
