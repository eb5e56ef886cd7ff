//! What a program does with `feldera`: it makes a named key, uses it, and deletes it.

/// The life of a key, with a client of version 1.
#[allow(unused_macros, reason = "until there is a release of this version")]
macro_rules! feldera_1 {
    ($client:ident) => {
        mod $client {
            use bitting_core::Role;

            use crate::{refusal, server, text};

            #[tokio::test]
            async fn a_key_is_made_used_and_deleted() {
                let (server, writer) = server(Role::Write).await;
                let bitting = client!($client, server, &writer);
                let name = "nightly-export";

                let made = told!(bitting.key_create().body(body!($client::KeyCreate, {"name": name})));
                let holder = client!($client, server, text(&made, "api_key"));
                let keys = told!(holder.key_list());
                let mut names = keys.as_array().expect("a list").iter().map(|key| text(key, "name"));
                assert!(names.any(|other| other == name), "{keys}");
                assert_eq!(told!(bitting.key_view().name(name))[0]["name"], name);
                let again = body!($client::KeyCreate, {"name": name});
                assert_eq!(refusal(bitting.key_create().body(again).send().await), 409);

                bitting.key_delete().name(name).send().await.expect("it is deleted");
                assert_eq!(refusal(bitting.key_view().name(name).send().await), 404);
                assert_eq!(refusal(holder.key_list().send().await), 401);
                bitting.health_view().send().await.expect("it is well");
            }
        }
    };
}
