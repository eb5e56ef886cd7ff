//! What a program does with `ocamba`: it makes, validates, changes, rolls and deletes a personal key.

/// The life of a key, with a client of version 1.
#[allow(unused_macros, reason = "until there is a release of this version")]
macro_rules! ocamba_1 {
    ($client:ident) => {
        mod $client {
            use bitting_core::Role;

            use crate::{refusal, server, text};

            #[tokio::test]
            async fn a_key_is_made_validated_changed_rolled_and_deleted() {
                let (server, writer) = server(Role::Write).await;
                let bitting = client!($client, server, &writer);

                let made = told!(bitting.key_create().body(body!($client::KeyCreate, {"name": "Deployment"})));
                let (id, secret) = (text(&made, "id"), text(&made, "secret"));
                let holder = client!($client, server, secret);
                holder.key_validate().send().await.expect("it is good");

                let page = told!(bitting.key_list().name("Deployment").page("1,5"));
                assert_eq!(page["total"], 1, "{page}");
                let body = body!($client::KeyUpdate, {"name": "Deployment (old)"});
                bitting.key_update().id(id).body(body).send().await.expect("it is changed");
                let key = told!(bitting.key_view().id(id));
                assert_eq!(text(&key, "name"), "Deployment (old)");

                let rolled = told!(bitting.key_roll().id(id));
                let new = client!($client, server, text(&rolled, "secret"));
                new.key_validate().send().await.expect("the new secret is good");
                assert_eq!(refusal(holder.key_validate().send().await), 401);

                bitting.key_delete().id(id).send().await.expect("it is deleted");
                assert_eq!(refusal(bitting.key_view().id(id).send().await), 404);
                assert_eq!(refusal(new.key_validate().send().await), 401);
            }
        }
    };
}
