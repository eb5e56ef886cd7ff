//! No secret is written anywhere but where it belongs.

use std::{fs, path::Path};

use bitting_tests::{KEYS, Request, binary::Process};
use tempfile::tempdir;

use super::{accepts, create, root_key, text};

#[tokio::test]
async fn no_secret_is_in_the_output_of_a_whole_session() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &["--log-level", "info"]);
    let root = root_key(data.path());
    let mut secrets = vec![
        root.clone(),
        fs::read_to_string(data.path().join("master.key"))
            .expect("the master key")
            .trim()
            .to_owned(),
    ];
    let made = create(&server, &root, "x").await;
    let secret = text(&made, "secret").to_owned();
    let item = format!("{KEYS}/{}", text(&made, "id"));
    let rolled = server
        .send(&Request::post(format!("{item}/roll")).bearer(&root))
        .await;
    let rolled = text(&rolled.expect(200).json(), "secret").to_owned();
    assert!(accepts(&server, &rolled).await && !accepts(&server, &secret).await);
    // Secrets where people put them by mistake.
    for (request, status) in [
        (
            Request::get(format!("{KEYS}?q={rolled}")).bearer(&root),
            200,
        ),
        (Request::get(format!("{KEYS}?access_token={rolled}")), 401),
        (Request::get(format!("{KEYS}/{rolled}")).bearer(&root), 404),
        (Request::get(format!("/{rolled}")).bearer(&root), 404),
        (Request::new("PUT", format!("{KEYS}/{rolled}")), 405),
        (
            Request::post(KEYS)
                .bearer(&root)
                .json(format!(r#"{{"name":"{rolled}""#)),
            400,
        ),
        (
            Request::post(KEYS)
                .bearer(&root)
                .json(format!(r#"{{"{rolled}":"{rolled}"}}"#)),
            400,
        ),
        (
            Request::get(KEYS).header("authorization", format!("Basic {rolled}")),
            401,
        ),
        (
            Request::get(KEYS)
                .header("x-request-id", &rolled)
                .bearer(&root),
            200,
        ),
        (
            Request::get(KEYS)
                .header("user-agent", &rolled)
                .bearer(&root),
            200,
        ),
    ] {
        server.send(&request).await.expect(status);
    }
    secrets.extend([secret, rolled]);
    let ended = server.stop();
    assert!(ended.status.success());
    assert!(
        ended.errors.contains("\"operation\":\"key_roll\""),
        "the log tells of the session"
    );
    for secret in &secrets {
        assert!(
            !ended.errors.contains(secret.as_str()),
            "a secret is in the log"
        );
        assert!(!ended.output.concat().contains(secret.as_str()));
    }
    assert!(
        ended.errors.contains("root.key"),
        "but where the first one is, is said"
    );
    no_file_holds(data.path(), &secrets);
}

/// Asserts that no file but those two that are made for it holds a secret in the clear.
fn no_file_holds(data: &Path, secrets: &[String]) {
    for entry in fs::read_dir(data).expect("the directory") {
        let path = entry.expect("an entry").path();
        if path.ends_with("root.key") || path.ends_with("master.key") {
            continue;
        }
        let bytes = fs::read(&path).expect("a file");
        for secret in secrets {
            let secret = secret.as_bytes();
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{} holds a secret", path.display());
        }
    }
}
