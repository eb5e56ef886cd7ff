//! K9, O8a, F15: no key makes, or changes, a key above itself, on whichever surface.

use bitting_core::Role;
use bitting_tests::{Answer, KEYS as PERSONAL, NAMED_KEYS, Request, Seed, Server};
use serde_json::json;

use super::{OWN, item, plain, rotated, text, with_members};

/// The code of a refusal of this surface.
fn code(answer: &Answer) -> String {
    text(&answer.json(), "error_code").to_owned()
}

/// Every pair of roles: whoever asks, and the role that it would grant.
#[tokio::test]
async fn k9_nobody_grants_a_role_above_its_own() {
    let server = Server::start().await;
    for caller in Role::ALL {
        let token = server.caller(caller).await;
        let key = server.plant(Seed::own("x")).await;
        for role in Role::ALL {
            let create = json!({ "name": "x", "role": role.name() }).to_string();
            let settings = with_members(plain("x"), &[("role", json!(role.name()))]).to_string();
            for (request, done) in [
                (Request::post(OWN).json(create), 201),
                (Request::put(item(&key)).json(settings), 200),
            ] {
                let answer = server.send(&request.bearer(&token)).await;
                let shown = format!("{caller} grants {role}\n{answer:?}");
                if caller < Role::Write {
                    assert_eq!(
                        (answer.status, &*code(&answer)),
                        (403, "insufficient_role"),
                        "{shown}"
                    );
                } else if role > caller {
                    assert_eq!(
                        (answer.status, &*code(&answer)),
                        (403, "role_exceeds_creator"),
                        "{shown}"
                    );
                    let details = json!({ "requested": role.name(), "creator": caller.name() });
                    assert_eq!(answer.json()["details"], details);
                } else {
                    assert_eq!(answer.status, done, "{shown}");
                }
            }
            // Back to where it was, so that the next may be granted.
            let root = server.caller(Role::Root).await;
            let back = Request::put(item(&key))
                .bearer(root)
                .json(plain("x").to_string());
            server.send(&back).await.expect(200);
        }
    }
}

/// Every pair of roles: whoever asks, and that of the key in question, made on each surface.
#[tokio::test]
async fn k9_nobody_changes_a_key_above_its_own() {
    for caller in Role::ALL {
        let server = Server::start().await;
        let token = server.caller(caller).await;
        // One more, so that none is the last.
        server.caller(Role::Root).await;
        for role in Role::ALL {
            for seed in [Seed::own("x"), Seed::personal("x"), Seed::named("x")] {
                let key = server.plant(seed.role(role)).await;
                let path = item(&key);
                let (view, settings) = (
                    Request::get(&path),
                    with_members(plain("x"), &[("role", json!("read"))]),
                );
                let refused = if caller < Role::Write {
                    Some("insufficient_role")
                } else {
                    (role > caller).then_some("key_above_own_role")
                };
                let seen = server.send(&view.bearer(&token)).await;
                assert_eq!(seen.status, if caller < Role::Read { 403 } else { 200 });
                // A key has two secrets, so that one can be retired.
                let root = server.caller(Role::Root).await;
                let old = rotated(&server, &root, &key, 60).await.1;
                for request in [
                    Request::post(format!("{path}/rotate")).json(r#"{"overlap_seconds":60}"#),
                    Request::delete(format!("{path}/secrets/{old}")),
                    Request::put(&path).json(settings.to_string()),
                    Request::post(format!("{path}/revoke")).json("{}"),
                    Request::delete(&path),
                ] {
                    let answer = server.send(&request.clone().bearer(&token)).await;
                    let shown =
                        format!("{caller} {} a key of {role}\n{answer:?}", request.method());
                    match refused {
                        Some(refused) => {
                            assert_eq!((answer.status, &*code(&answer)), (403, refused), "{shown}");
                        }
                        None => assert!(answer.status < 300, "{shown}"),
                    }
                }
                if refused.is_some() {
                    assert!(server.accepts(&key.secret).await, "nothing was done to it");
                    let root = server.caller(Role::Root).await;
                    server
                        .send(&Request::delete(&path).bearer(root))
                        .await
                        .expect(204);
                }
            }
        }
    }
}

/// Every pair of roles, once more: what is brought from elsewhere gets no role above whoever brings it, of any origin.
#[tokio::test]
async fn k9_k134_nobody_imports_a_role_above_its_own() {
    for caller in Role::ALL {
        let server = Server::start().await;
        let token = server.caller(caller).await;
        for role in Role::ALL {
            for origin in ["keys", "ocamba", "feldera"] {
                let secret = format!("{caller}-{role}-{origin}-4eC39HqLyjWDarjtT1zdp7dc");
                let name = format!("{role}-{origin}");
                let key = json!({ "name": name, "role": role.name(), "origin": origin, "secret": secret });
                let body = json!({ "keys": [key] }).to_string();
                let request = Request::post(super::IMPORTS).bearer(&token).json(body);
                let answer = server.send(&request).await;
                let shown = format!("{caller} imports {role} of {origin}\n{answer:?}");
                if caller < Role::Admin {
                    assert_eq!(
                        (answer.status, &*code(&answer)),
                        (403, "insufficient_role"),
                        "{shown}"
                    );
                    continue;
                }
                let result = answer.expect(200).json()["results"][0].clone();
                let mintable = origin != "feldera" || [Role::Read, Role::Write].contains(&role);
                if role > caller || !mintable {
                    assert_eq!(text(&result, "status"), "invalid", "{shown}");
                    assert_eq!(result["errors"][0]["field"], "role", "{shown}");
                    assert!(!server.accepts(&secret).await, "{shown}");
                } else {
                    assert_eq!(text(&result, "status"), "created", "{shown}");
                    assert!(server.accepts(&secret).await, "{shown}");
                }
            }
        }
    }
}

/// Every pair of roles again: who is shown the secret of a key.
#[tokio::test]
async fn k9_k93_nobody_is_shown_the_secret_of_a_key_above_its_own() {
    let server = Server::start().await;
    for caller in Role::ALL {
        let token = server.caller(caller).await;
        for role in Role::ALL {
            for seed in [Seed::own("x"), Seed::personal("x")] {
                let key = server.plant(seed.role(role).recoverable()).await;
                let request = Request::post(format!("{}/reveal", item(&key))).bearer(&token);
                let answer = server.send(&request).await;
                let shown = format!("{caller} reveals a key of {role}\n{answer:?}");
                if caller < Role::Write {
                    assert_eq!(code(&answer.expect(403)), "insufficient_role", "{shown}");
                } else if role > caller {
                    assert_eq!(code(&answer.expect(403)), "key_above_own_role", "{shown}");
                } else {
                    assert_eq!(text(&answer.expect(200).json(), "secret"), key.secret);
                }
            }
        }
    }
}

/// The other surfaces: what they make is never above their caller, and what is above it they do not touch.
#[tokio::test]
async fn k9_the_other_surfaces_are_no_way_round() {
    for caller in Role::ALL {
        let server = Server::start().await;
        let (token, root) = (server.caller(caller).await, server.caller(Role::Root).await);
        for (path, body) in [
            (PERSONAL, json!({ "name": "p" })),
            (NAMED_KEYS, json!({ "name": "n" })),
            (NAMED_KEYS, json!({ "name": "r", "role": "read" })),
        ] {
            let answer = server
                .send(&Request::post(path).bearer(&token).json(body.to_string()))
                .await;
            assert_eq!(
                answer.status,
                if caller < Role::Write { 403 } else { 201 },
                "{caller} {path}"
            );
        }
        let page = Request::get(format!("{OWN}?owner=10001&limit=1000")).bearer(&root);
        let page = server.send(&page).await.expect(200).json();
        for key in page["items"].as_array().expect("items") {
            let made: Role = text(key, "role").parse().expect("a role");
            assert!(key["origin"] == "keys" || made <= caller, "{caller}: {key}");
        }
        for role in Role::ALL {
            let personal = server.plant(Seed::personal("x").role(role)).await;
            let named = server
                .plant(Seed::named(&format!("x-{role}")).role(role))
                .await;
            let number = personal.number;
            for request in [
                Request::patch(format!("{PERSONAL}/{number}")).json(r#"{"name":"y"}"#),
                Request::post(format!("{PERSONAL}/{number}/roll")),
                Request::delete(format!("{PERSONAL}/{number}")),
                Request::delete(format!("{NAMED_KEYS}/x-{role}")),
            ] {
                let answer = server.send(&request.clone().bearer(&token)).await;
                let refused = caller < Role::Write || role > caller;
                assert_eq!(
                    answer.status == 403,
                    refused,
                    "{caller} {} {role}\n{answer:?}",
                    request.method()
                );
                assert!(
                    refused || answer.status < 300,
                    "{caller} {role}\n{answer:?}"
                );
            }
            if caller < Role::Write || role > caller {
                assert!(
                    server.accepts(&personal.secret).await && server.accepts(&named.secret).await
                );
            }
        }
    }
}
