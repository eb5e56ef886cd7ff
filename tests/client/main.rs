//! The generated client against a live server: every operation, as a program that depends on the client does it.

use bitting_client::{
    Error, KeyUpdate, Ocamba, Token,
    ocamba::types::{KeyCreate, KeyStatus},
};
use bitting_core::Role;
use bitting_tests::Server;

/// A client of `server` that presents `secret`.
fn client(server: &Server, secret: &str) -> Ocamba {
    let token = Token::new(secret).expect("a token");
    Ocamba::new(&format!("http://{}", server.address), &token).expect("a client")
}

#[tokio::test]
async fn a_program_makes_lists_changes_rolls_validates_and_deletes_a_key() -> Result<(), Error> {
    let server = Server::start().await;
    let bitting = client(&server, &server.caller(Role::Write).await);

    let body = KeyCreate::builder()
        .name("Deployment")
        .description("nightly".to_owned());
    let made = bitting.key_create().body(body).send().await?.into_inner();
    let id = made.id.as_str();
    assert_eq!(made.status, KeyStatus::Active);
    assert_eq!(made.secret.expose().len(), 40);
    let shown = format!("{made:?}");
    assert!(!shown.contains(made.secret.expose()), "{shown}");

    let page = bitting
        .key_list()
        .name("Deployment")
        .sort("-create_time")
        .page("1,5")
        .send()
        .await?;
    assert_eq!((page.total, page.items.len()), (1, 1));

    let change = KeyUpdate::new()
        .name("Deployment (old)")
        .clear_description();
    bitting.key_update().id(id).body(change).send().await?;
    let key = bitting.key_view().id(id).view("full").send().await?;
    assert_eq!(key.name.as_deref(), Some("Deployment (old)"));

    let rolled = bitting.key_roll().id(id).send().await?.into_inner();
    let holder = client(&server, rolled.secret.expose());
    holder.key_validate().send().await?;
    let old = client(&server, made.secret.expose());
    let refused = Error::from(old.key_validate().send().await.expect_err("rolled"));
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(401));
    let told = refused.refused().expect("an answer of the server");
    assert!(told.request_id.is_some(), "{refused}");

    bitting.key_delete().id(id).send().await?;
    let gone = Error::from(bitting.key_view().id(id).send().await.expect_err("deleted"));
    assert!(gone.is_not_found(), "{gone}");
    Ok(())
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told_by_field() -> Result<(), Error> {
    let server = Server::start().await;
    let bitting = client(&server, &server.caller(Role::Write).await);
    let asked = bitting.key_list().page("0").send().await;
    let refused = Error::from(asked.expect_err("no such page"));
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(400));
    assert!(format!("{refused}").contains("page"), "{refused}");
    Ok(())
}
