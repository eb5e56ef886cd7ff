//! The life of a key: made, verified, updated, rotated, revoked. `client/recipes/rust.md` shows and explains it.

use std::{env, time::UNIX_EPOCH};

use bitting_client::{
    Error, Keys, Token,
    keys::types::{KeyCreate, KeyRevoke, KeyRotate, KeySettings, KeyVerify},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = env::var("BITTING_URL").unwrap_or_else(|_| "http://127.0.0.1:8080".to_owned());
    let bitting = Keys::new(&url, &Token::from_env("BITTING_TOKEN")?)?;

    // The client sends again what has an idempotency key, after a time-out say: by the same one it is done once. Another
    // request takes another one.
    let now = UNIX_EPOCH.elapsed()?.as_nanos();
    let create = KeyCreate::builder()
        .name("nightly-export")
        .scopes(vec!["reports:read".to_owned()]);
    let create = bitting
        .key_create()
        .body(create)
        .idempotency_key(format!("create-nightly-export-{now}"));
    let made = create.send().await.map_err(Error::from)?.into_inner();
    println!("created {}", made.key.name);
    println!(
        "verified: {}",
        verify(&bitting, made.secret.expose()).await?
    );

    // An update replaces all settings: read them, change them, and send them back. If somebody else changed the key in
    // between, the answer is 412 `changed`: read it again.
    let view = bitting.key_view().id(made.key.id);
    let read = view.send().await.map_err(Error::from)?;
    let version = read.headers()["etag"].to_str()?.to_owned();
    let key = read.into_inner();
    let settings = KeySettings {
        name: key.name,
        description: Some("reads the reports every night".to_owned()),
        starts_at: Some(key.starts_at),
        expires_at: key.expires_at,
        enabled: key.enabled,
        role: key.role,
        scopes: Some(key.scopes),
        metadata: Some(key.metadata),
        allowed_addresses: Some(key.allowed_addresses),
    };
    let update = bitting.key_update().id(key.id).if_match(version);
    let updated = update.body(settings).send().await.map_err(Error::from)?;
    println!("updated: {}", updated.description.as_deref().unwrap_or("-"));

    // For a minute both secrets work.
    let rotate = KeyRotate::builder().overlap_seconds(60);
    let rotate = bitting
        .key_rotate()
        .id(key.id)
        .body(rotate)
        .idempotency_key(format!("rotate-nightly-export-{now}"));
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
    let revoke = bitting.key_revoke().id(key.id).body(revoke);
    revoke.send().await.map_err(Error::from)?;
    println!(
        "revoked: {}",
        verify(&bitting, rotated.secret.expose()).await?
    );

    // A refusal has a status, a code, the fields that are wrong and the id of the request.
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
