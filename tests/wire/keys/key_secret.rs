//! K8: who is shown the secret of a key of this surface.

use bitting_core::Role;
use bitting_tests::{KEYS as PERSONAL, NAMED_KEYS, Request, Seed};
use serde_json::{Value, json};

use super::{BATCH, OWN, SELF_REVOKE, VERIFY, WHOAMI, plain, text, with};

#[tokio::test]
async fn k8_the_secret_of_a_key_is_in_the_answer_that_made_it_and_in_no_other() {
    let (server, root) = with(Role::Root).await;
    for recoverable in [false, true] {
        let body = json!({ "name": "x", "role": "admin", "recoverable": recoverable }).to_string();
        let create = Request::post(OWN).bearer(&root).json(body);
        let made = server.send(&create).await.expect(201);
        assert_eq!(made.header("cache-control"), Some("no-store"));
        let secret = text(&made.json(), "secret").to_owned();
        server.remember(secret.clone());
        let path = made.header("location").expect("a location").to_owned();
        let asked = json!({ "key": secret });
        for request in [
            Request::get(OWN),
            Request::get(format!("{OWN}?q=x&sort=name")),
            Request::get(&path),
            Request::put(&path)
                .json(super::with_members(plain("x"), &[("role", json!("admin"))]).to_string()),
            Request::post(VERIFY).json(asked.to_string()),
            Request::post(BATCH).json(json!({ "keys": [asked] }).to_string()),
            Request::get(WHOAMI),
            Request::get(format!("{PERSONAL}?view=full")),
            Request::get(NAMED_KEYS),
            Request::post(format!("{path}/revoke")).json(r#"{"reason":"leaked"}"#),
            Request::delete(&path),
        ] {
            let (method, target) = (request.method().to_owned(), request.target().to_owned());
            // With itself, too, while it works.
            if server.accepts(&secret).await && method == "GET" {
                let own = server
                    .send(&request.clone().bearer(&secret))
                    .await
                    .expect(200);
                assert!(!own.text().contains(&secret[4..]), "{target}");
            }
            let answer = server.send(&request.bearer(&root)).await;
            assert!(answer.status < 300, "{method} {target}\n{answer:?}");
            assert!(!answer.text().contains(&secret[4..]), "{method} {target}");
        }
    }
    server.assert_log_tells_no_secret();
}

/// What was sent to be verified may be somebody's secret, whatever else is wrong with the request.
#[tokio::test]
async fn k8_what_is_verified_or_refused_is_in_no_answer_and_no_log_line() {
    let (server, token) = with(Role::Write).await;
    let good = server.plant(Seed::own("x")).await.secret;
    let leaked = "sk_live_4242424242424242";
    server.remember(leaked.to_owned());
    let mistyped = format!("{}_", &good[..39]);
    server.remember(mistyped.clone());
    for key in [leaked, &mistyped, &good] {
        for body in [
            json!({ "key": key }),
            json!({ "key": key, "scopes": [key, ""] }),
            json!({ "key": { "k": key } }),
            json!({ "key": 7, "client_ip": key }),
            json!([key]),
            json!(key),
        ] {
            for (path, body) in [
                (VERIFY, body.clone()),
                (BATCH, json!({ "keys": [body.clone()] })),
                (BATCH, json!({ "keys": body.clone() })),
                (
                    OWN,
                    json!({ "name": [key], "owner_id": key, "starts_at": key, "prefix": key }),
                ),
                (SELF_REVOKE, json!({ "reason": [key] })),
            ] {
                let answer = server
                    .send(&Request::post(path).bearer(&token).json(body.to_string()))
                    .await;
                assert!(!answer.text().contains(key), "{path} {}", answer.text());
            }
        }
        // Cut off in the middle: what the reader saw of it is not repeated.
        let cut = format!(r#"{{"key":"{key}"#);
        let answer = server
            .send(&Request::post(VERIFY).bearer(&token).json(cut))
            .await;
        assert!(!answer.expect(400).text().contains(key));
    }
    let log = server.log.text();
    assert!(!log.contains("sk_live"), "what was presented is not logged");
    assert!(serde_json::from_str::<Value>(log.lines().next().expect("a line")).is_ok());
}
