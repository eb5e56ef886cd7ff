//! K57: which keys were last used before a time.

use bitting_core::Role;
use bitting_tests::{Request, Seed, Server};

use super::{OWN, names, with};

fn list(token: &str, query: &str) -> Request {
    Request::get(format!("{OWN}{query}")).bearer(token)
}

/// A server on which two keys of three were used, an hour apart, and the secret of a root key.
async fn used() -> (Server, String) {
    let (server, root) = with(Role::Root).await;
    let first = server.plant(Seed::own("used")).await.secret;
    let second = server.plant(Seed::own("later")).await.secret;
    server.plant(Seed::own("never")).await;
    assert!(server.accepts(&first).await);
    server.clock.advance(3_600);
    assert!(server.accepts(&second).await);
    // Uses are written behind the requests.
    for _ in 0..200 {
        let page = server
            .send(&list(&root, "?q=e&sort=name"))
            .await
            .expect(200);
        let page = page.json();
        let is_used = |name: &str| {
            let mut items = page["items"].as_array().expect("items").iter();
            items.any(|item| item["name"] == name && !item["last_used_at"].is_null())
        };
        if is_used("used") && is_used("later") {
            return (server, root);
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("uses are never written");
}

/// The names of the keys that are found by `query`, but for the one that asks, which is used all the while.
async fn found(server: &Server, root: &str, query: &str) -> Vec<String> {
    let answer = server.send(&list(root, query)).await.expect(200);
    let mut found = names(&answer);
    found.retain(|name| name != "root caller");
    found
}

#[tokio::test]
async fn k57_last_used_before_a_time() {
    let (server, root) = used().await;
    for (before, wanted) in [
        ("2024-08-09T13:05:50Z", &[][..]),
        ("2024-08-09T14:05:50Z", &["used"]),
        ("2024-08-09T16:05:51%2B02:00", &["later", "used"]),
    ] {
        let query = format!("?last_used_before={before}&sort=name");
        let mut found = found(&server, &root, &query).await;
        found.retain(|name| name != "never");
        assert_eq!(found, wanted, "{before}");
    }
}

#[tokio::test]
async fn k57_what_was_never_used_is_stale_too() {
    let (server, root) = used().await;
    for (before, wanted) in [
        ("2024-08-09T13:05:50Z", &["never"][..]),
        ("2030-01-01T00:00:00Z", &["later", "never", "used"]),
    ] {
        let query = format!("?last_used_before={before}&sort=name");
        assert_eq!(found(&server, &root, &query).await, wanted, "{before}");
    }
}
