//! Gateways that guard a page, as `server/recipes/gateways.md` has them: the configuration is taken from its text.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod guard;
mod page;
mod recipe;

use bitting_core::Role;
use bitting_tests::{Request, Seed, Server, Setup, cast};

use guard::{Gateway, Guard, KINDS};
use page::Page;

/// The scope that the recipes ask for.
const SCOPE: &str = "reports:read";

/// A server behind a gateway of each kind that is there, with the page that it guards.
async fn guarded(test: &str, check: impl AsyncFn(&Server, &Guard, &Page)) {
    for kind in KINDS {
        if !kind.tool().is_there(&format!("{test}, {kind:?}")) {
            continue;
        }
        let server = Setup::default().proxies(&["127.0.0.1"]).start().await;
        let page = Page::open();
        let guard = Guard::start(kind, server.address, page.address).await;
        check(&server, &guard, &page).await;
    }
}

/// A key that the recipes let in.
fn good() -> Seed {
    Seed::own("x").of(cast::COLLEAGUE).scopes(&[SCOPE, "a"])
}

fn get() -> Request {
    Request::get("/report?company=7000001")
}

#[tokio::test]
async fn k125_a_good_key_is_let_in_and_the_page_is_told_whose_it_is() {
    guarded("a_good_key_is_let_in", async |server, guard, page| {
        let key = server.plant(good()).await;
        for request in [
            get().bearer(&key.secret),
            get().header("X-API-Key", &key.secret),
        ] {
            let answer = guard.send(&request).await;
            assert_eq!(answer.status, 200, "{:?} {answer:?}", guard.kind);
            let seen = page.last();
            assert_eq!(seen.line, "GET /report?company=7000001");
            for (name, expected) in [
                ("x-bitting-key-id", key.id.to_string()),
                ("x-bitting-company-id", "6197120".to_owned()),
                ("x-bitting-member-id", "10002".to_owned()),
                ("x-bitting-scopes", format!("a,{SCOPE}")),
            ] {
                assert_eq!(seen.values(name), [expected], "{:?} {name}", guard.kind);
            }
            for name in ["authorization", "x-api-key"] {
                assert!(
                    seen.values(name).is_empty(),
                    "{:?}: the key ends at the gateway",
                    guard.kind
                );
            }
        }
        let body = Request::post("/report")
            .bearer(&key.secret)
            .body("all of it");
        assert_eq!(guard.send(&body).await.status, 200);
        assert_eq!(page.last().body, "all of it");
    })
    .await;
}

#[tokio::test]
async fn k125_what_a_client_says_of_itself_does_not_reach_the_page() {
    guarded("forged_headers", async |server, guard, page| {
        let key = server.plant(good()).await;
        let unscoped = Seed::own("y").scopes(&[SCOPE]);
        for (secret, scopes) in [
            (&key.secret, format!("a,{SCOPE}")),
            (&server.plant(unscoped).await.secret, SCOPE.to_owned()),
        ] {
            let forged = get()
                .bearer(secret)
                .header("X-Bitting-Key-Id", "00000000-0000-7000-8000-000000000000")
                .header("x-bitting-company-id", "1")
                .header("X-BITTING-MEMBER-ID", "1")
                .header("X-Bitting-Member-Id", "2")
                .header("X-Bitting-Scopes", "admin")
                .header("X_Bitting_Scopes", "admin");
            let answer = guard.send(&forged).await;
            assert_eq!(answer.status, 200, "{:?} {answer:?}", guard.kind);
            let seen = page.last();
            assert_eq!(seen.values("x-bitting-company-id"), ["6197120"]);
            assert_eq!(seen.values("x-bitting-scopes"), [scopes]);
            assert_eq!(seen.values("x-bitting-member-id").len(), 1);
            assert!(
                !seen.text().contains("00000000-0000-7000"),
                "{}",
                seen.text()
            );
        }
        // And they are nobody's credential.
        let forged = get().header("X-Bitting-Key-Id", key.id.to_string());
        assert_eq!(guard.send(&forged).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn k125_nobody_else_is_let_in() {
    guarded("nobody_else_is_let_in", async |server, guard, page| {
        let foreign = Seed::own("x").of(cast::STRANGER).scopes(&[SCOPE]);
        let foreign = server.plant(foreign).await.secret;
        let revoked = server.plant(good().revoked()).await.secret;
        let unscoped = server.plant(Seed::caller(Role::Root)).await.secret;
        let bound = server.plant(good().addresses(&["192.0.2.7"])).await.secret;
        let here = server.plant(good().addresses(&["127.0.0.1"])).await.secret;
        let both = get().bearer(&here).header("X-API-Key", &revoked);
        for (what, request, status) in [
            ("no key", get(), 401),
            ("a foreign key", get().bearer(&foreign), 401),
            ("a revoked key", get().bearer(&revoked), 401),
            ("garbage", get().header("X-API-Key", "garbage"), 401),
            ("two keys", both, 401),
            ("a key without the scope", get().bearer(&unscoped), 403),
            ("a key that is bound elsewhere", get().bearer(&bound), 403),
            (
                "an address that is claimed",
                get().bearer(&bound).header("X-Forwarded-For", "192.0.2.7"),
                403,
            ),
        ] {
            let before = page.count();
            let answer = guard.send(&request).await;
            assert_eq!(answer.status, status, "{:?} {what} {answer:?}", guard.kind);
            if status == 401 {
                assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
            }
            assert_eq!(
                page.count(),
                before,
                "{:?} {what}: the page was asked",
                guard.kind
            );
        }
        let claims = get().bearer(&here).header("X-Forwarded-For", "192.0.2.7");
        assert_eq!(guard.send(&claims).await.status, 200, "{:?}", guard.kind);
    })
    .await;
}

#[tokio::test]
async fn k125_a_key_that_is_revoked_is_let_in_no_more() {
    guarded("a_revoked_key", async |server, guard, _| {
        let admin = server.caller(Role::Admin).await;
        let key = server.plant(good()).await;
        let request = get().bearer(&key.secret);
        for _ in 0..2 {
            assert_eq!(guard.send(&request).await.status, 200);
        }
        let path = format!("/v1/keys/{}/revoke", key.id);
        server
            .send(&Request::post(path).bearer(&admin).json("{}"))
            .await
            .expect(200);
        assert_eq!(guard.send(&request).await.status, 401);
    })
    .await;
}

/// The longest answer that Bitting gives reaches the page: a hundred scopes of a hundred characters.
#[tokio::test]
async fn k125_a_key_with_the_most_and_longest_scopes_is_let_in() {
    guarded("the_longest_scopes", async |server, guard, page| {
        let mut scopes: Vec<&'static str> =
            (0..99).map(|n| &*format!("{n:0>100}").leak()).collect();
        scopes.push(SCOPE);
        let key = server.plant(Seed::own("x").scopes(&scopes)).await;
        let answer = guard.send(&get().bearer(&key.secret)).await;
        assert_eq!(answer.status, 200, "{:?} {answer:?}", guard.kind);
        assert_eq!(page.last().values("x-bitting-scopes"), [scopes.join(",")]);
    })
    .await;
}

#[tokio::test]
async fn k125_while_bitting_cannot_be_asked_nobody_is_let_in() {
    for kind in KINDS {
        if !kind.tool().is_there(&format!("bitting_is_down, {kind:?}")) {
            continue;
        }
        let mut server = Server::start().await;
        let key = server.plant(good()).await.secret;
        let page = Page::open();
        let guard = Guard::start(kind, server.address, page.address).await;
        let request = get().bearer(&key);
        assert_eq!(guard.send(&request).await.status, 200);
        server.stop().await;
        let answer = guard.send(&request).await;
        assert!((500..600).contains(&answer.status), "{kind:?} {answer:?}");
        assert_eq!(page.count(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn k125_a_limited_key_is_429_with_retry_after() {
    guarded("a_limited_key", async |server, guard, page| {
        let key = server.plant(good()).await;
        let admin = server.caller(Role::Admin).await;
        let limit = r#"{"limits":[{"name":"a","limit":1,"window_seconds":60}],"quota":null}"#;
        let set = Request::put(format!("/v1/keys/{}/limits", key.id)).json(limit);
        server.send(&set.bearer(&admin)).await.expect(200);
        let request = get().bearer(&key.secret);
        assert_eq!(guard.send(&request).await.status, 200, "{:?}", guard.kind);
        let answer = guard.send(&request).await;
        assert_eq!(answer.status, 429, "{:?} {answer:?}", guard.kind);
        assert_eq!(answer.header("retry-after"), Some("60"), "{answer:?}");
        assert_eq!(page.count(), 1, "{:?}", guard.kind);
    })
    .await;
}

/// What is written for a gateway that no test runs is at least what Bitting takes.
#[tokio::test]
async fn k122_every_recipe_asks_what_bitting_answers() {
    let server = Server::start().await;
    let key = server.plant(Seed::own("x").scopes(&[SCOPE])).await.secret;
    for language in [Gateway::Nginx.language(), Gateway::Caddy.language(), "yaml"] {
        let recipe = recipe::of(language);
        let (_, query) = recipe.split_once("/v1/forward-auth").expect("a question");
        let query = query.split([';', '"', '\n']).next().unwrap();
        let path = format!("/v1/forward-auth{query}").replace("company=2", "company=6197120");
        assert_ne!(path, format!("/v1/forward-auth{query}"), "{language}");
        server
            .send(&Request::get(path).bearer(&key))
            .await
            .expect(200);
        for name in ["Key-Id", "Company-Id", "Member-Id", "Scopes"] {
            assert!(
                recipe.contains(&format!("X-Bitting-{name}")),
                "{language} {name}"
            );
        }
    }
}
