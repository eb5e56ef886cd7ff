//! What a program does with `keys`: it makes, verifies, rotates and revokes a key, and reads lists page by page.

/// The same with a client of version 2, whose types of whole numbers are others, which is nothing to a life like this.
#[allow(unused_macros, reason = "until there is a release of this version")]
macro_rules! keys_2 {
    ($client:ident) => {
        keys_1!($client);
    };
}

/// The life of a key, with a client of version 1.
#[allow(unused_macros, reason = "until there is a release of this version")]
macro_rules! keys_1 {
    ($client:ident) => {
        mod $client {
            use bitting_core::Role;
            use bitting_released::$client::Client;
            use serde_json::Value;

            use crate::{refusal, server, text};

            #[tokio::test]
            async fn a_key_is_made_verified_rotated_and_revoked() {
                let (server, admin) = server(Role::Admin).await;
                let bitting = client!($client, server, &admin);

                let body = body!($client::KeyCreate, {"name": "Acme, production", "scopes": ["reports:read"]});
                let made = told!(bitting.key_create().body(body));
                let (id, secret) = (text(&made["key"], "id").parse::<uuid::Uuid>().unwrap(), text(&made, "secret"));
                let found = verify(&bitting, secret).await;
                assert_eq!(found["valid"], true, "{found}");
                assert_eq!(found["key"]["scopes"], serde_json::json!(["reports:read"]));

                let body = body!($client::KeyRotate, {"overlap_seconds": 60});
                let rotated = told!(bitting.key_rotate().id(id).body(body));
                let new = text(&rotated, "secret");
                assert_ne!(secret, new);
                assert_eq!(verify(&bitting, new).await["valid"], true);
                assert_eq!(verify(&bitting, secret).await["valid"], true, "both work for a minute");
                let secrets = told!(bitting.secret_list().id(id));
                assert_eq!(secrets["items"].as_array().map(Vec::len), Some(2), "{secrets}");

                let body = body!($client::KeyRevoke, {"reason": "found in a repository"});
                told!(bitting.key_revoke().id(id).body(body));
                let found = verify(&bitting, new).await;
                assert_eq!((found["valid"].as_bool(), text(&found, "code")), (Some(false), "revoked"));
                bitting.key_delete().id(id).send().await.expect("it is deleted");
                assert_eq!(refusal(bitting.key_view().id(id).send().await), 404);
            }

            #[tokio::test]
            async fn lists_have_pages_and_strangers_are_refused() {
                let (server, admin) = server(Role::Admin).await;
                let bitting = client!($client, server, &admin);
                for name in ["one", "two", "three"] {
                    told!(bitting.key_create().body(body!($client::KeyCreate, {"name": name})));
                }
                let mut seen = 0;
                let mut page = told!(bitting.key_list().limit(2_u32));
                loop {
                    let items = page["items"].as_array().expect("items");
                    assert!(items.len() <= 2, "{page}");
                    seen += items.len();
                    let Some(next) = page["next_page"].as_str() else {
                        break;
                    };
                    page = told!(bitting.key_list().limit(2_u32).page_token(next));
                }
                assert!(seen >= 3, "{seen}");
                told!(bitting.whoami());
                let stranger = client!($client, server, "bit_unknown");
                assert_eq!(refusal(stranger.whoami().send().await), 401);
            }

            /// What is said of a secret.
            async fn verify(bitting: &Client, secret: &str) -> Value {
                told!(bitting.key_verify().body(body!($client::KeyVerify, {"key": secret})))
            }
        }
    };
}
