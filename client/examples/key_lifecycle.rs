//! The life of a key: made, verified, rotated, revoked. `client/recipes/rust.md` shows and explains it.

use std::env;

use bitting_client::{
    Error, Keys, Token,
    keys::types::{KeyCreate, KeyRevoke, KeyRotate, KeyVerify},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = env::var("BITTING_URL").unwrap_or_else(|_| "http://127.0.0.1:8080".to_owned());
    let bitting = Keys::new(&url, &Token::from_env("BITTING_TOKEN")?)?;

    // Sent again by the client where it must be, and done once: the idempotency key says that it is the same request.
    let create = KeyCreate::builder()
        .name("nightly-export")
        .scopes(vec!["reports:read".to_owned()]);
    let create = bitting
        .key_create()
        .body(create)
        .idempotency_key(format!("nightly-export-{}", std::process::id()));
    let made = create.send().await.map_err(Error::from)?.into_inner();
    println!("created {}", made.key.name);
    println!(
        "verified: {}",
        verify(&bitting, made.secret.expose()).await?
    );

    // For a minute both secrets work.
    let rotate = KeyRotate::builder().overlap_seconds(60);
    let rotate = bitting.key_rotate().id(made.key.id).body(rotate);
    let rotated = rotate.send().await.map_err(Error::from)?.into_inner();
    println!(
        "old secret: {}",
        verify(&bitting, made.secret.expose()).await?
    );
    println!(
        "new secret: {}",
        verify(&bitting, rotated.secret.expose()).await?
    );

    let revoke = KeyRevoke::builder().reason("found in a repository".to_owned());
    let revoke = bitting.key_revoke().id(made.key.id).body(revoke);
    revoke.send().await.map_err(Error::from)?;
    println!(
        "revoked: {}",
        verify(&bitting, rotated.secret.expose()).await?
    );

    // A refusal has a status, a code and the id of the request.
    let nobody = bitting.key_view().id(uuid::Uuid::nil()).send().await;
    match nobody.map_err(Error::from) {
        Err(error) if error.is_not_found() => println!("refused: {}", error.code().unwrap_or("?")),
        other => println!("unexpected: {other:?}"),
    }
    Ok(())
}

async fn verify(bitting: &Keys, key: &str) -> Result<String, Error> {
    let question = KeyVerify::builder()
        .key(key)
        .scopes(vec!["reports:read".to_owned()]);
    let found = bitting.key_verify().body(question).send().await?;
    Ok(found.code.to_string())
}
