//! K112, K20, K21: which audit records, and page by page.

use bitting_core::Role;
use bitting_tests::{Class::BadInput, Request, Seed, Server, cast};

use super::{
    COLLEAGUE, OWN, SETTINGS,
    audit_list::{actions, done, list, records},
    blamed, item, text, with,
};

const OP: &str = "audit_list";

#[tokio::test]
async fn k112_all_filters_that_are_given_hold() {
    let (server, root) = with(Role::Root).await;
    let admin = server.plant(Seed::caller(Role::Admin)).await;
    let (key, _) = done(&server, &admin).await;
    let of = |filter: &str| format!("?key={}&{filter}", key.id);
    for (query, found) in [
        (of(""), &["key_revoked", "key_updated"][..]),
        (of("action=key_updated"), &["key_updated"]),
        (of("action=key_created&from=2024-08-09T13:06:00Z"), &[]),
        (
            of("member=10001&from=2024-08-09T13:06:00Z"),
            &["key_revoked", "key_updated"],
        ),
        (of("member=10002"), &[]),
        (of("company=7000001"), &[]),
        (
            of("to=2024-08-09T13:09:50Z&from=2024-08-09T13:06:00Z"),
            &["key_updated"],
        ),
        ("?member=10002".to_owned(), &["member_updated"]),
        (
            "?member=10001".to_owned(),
            &[
                "key_revoked",
                "member_updated",
                "key_updated",
                "key_created",
            ],
        ),
        (
            "?member=10001&action=key_updated".to_owned(),
            &["key_updated"],
        ),
        ("?member=20001".to_owned(), &[]),
        ("?action=key_revoked".to_owned(), &["key_revoked"]),
        (
            "?action=key_revoked&company=6197120".to_owned(),
            &["key_revoked"],
        ),
        ("?action=key_revoked&company=7000001".to_owned(), &[]),
        (
            "?from=2024-08-09T13:07:50Z&to=2024-08-09T13:08:51Z".to_owned(),
            &["member_updated", "key_updated"],
        ),
        // An offset, and a time at which nothing was done.
        (
            "?from=2024-08-09T15:09:50%2B02:00".to_owned(),
            &["key_revoked"],
        ),
        ("?from=2030-01-01T00:00:00Z".to_owned(), &[]),
        ("?to=2024-08-09T13:06:50Z".to_owned(), &[]),
    ] {
        for token in [&root, &admin.secret] {
            let answer = server.send(&list(token, &query)).await.expect(200);
            assert_eq!(actions(&answer), found, "{query}");
        }
    }
}

/// A member that did something to itself did it once.
#[tokio::test]
async fn k112_what_a_member_did_to_itself_is_listed_once() {
    let (server, _) = with(Role::Root).await;
    let own = server
        .plant(Seed::caller(Role::Admin).of(cast::COLLEAGUE))
        .await;
    let rename = Request::put(COLLEAGUE).bearer(&own.secret).json(SETTINGS);
    server.send(&rename).await.expect(200);
    let answer = server.send(&list(&own.secret, "?member=10002")).await;
    assert_eq!(actions(&answer.expect(200)), ["member_updated"]);
}

/// With every filter, page by page, also where many were done at one moment, and while more is done.
#[tokio::test]
async fn k20_k112_pages_neither_repeat_nor_leave_out() {
    let (server, root) = with(Role::Root).await;
    let admin = server.plant(Seed::caller(Role::Admin)).await;
    let key = server.plant(Seed::own("x")).await;
    for round in 0..12 {
        server.clock.advance(i64::from(round % 4 == 0));
        let rotate = Request::post(format!("{}/rotate", item(&key)));
        let rotate = rotate.bearer(&admin.secret).json("{}");
        server.send(&rotate).await.expect(200);
        let rename = Request::put(COLLEAGUE).bearer(&admin.secret);
        server.send(&rename.json(SETTINGS)).await.expect(200);
    }
    for query in [
        "?limit=5".to_owned(),
        "?limit=5&company=6197120".to_owned(),
        "?limit=5&action=key_rotated".to_owned(),
        "?limit=5&action=key_rotated&company=6197120".to_owned(),
        "?limit=5&member=10002".to_owned(),
        "?limit=5&member=10001".to_owned(),
        format!("?limit=5&key={}", key.id),
        "?limit=5&from=2024-08-09T13:05:51Z&to=2024-08-09T13:05:53Z".to_owned(),
    ] {
        let whole = query.replace("limit=5", "limit=1000");
        let whole = records(&server.send(&list(&root, &whole)).await.expect(200));
        assert!(whole.len() > 10, "{query} {}", whole.len());
        let (mut walked, mut next) = (Vec::new(), String::new());
        loop {
            let page = format!("{query}{next}");
            let answer = server.send(&list(&root, &page)).await.expect(200);
            walked.extend(records(&answer));
            let page = answer.json();
            if page["next_page"].is_null() {
                break;
            }
            next = format!("&page_token={}", text(&page, "next_page"));
            // What comes meanwhile is before the first page.
            server.clock.advance(60);
            let create = Request::post(OWN).bearer(&admin.secret);
            let create = create.json(r#"{"name":"meanwhile"}"#);
            server.send(&create).await.expect(201);
        }
        assert_eq!(walked, whole, "{query}");
    }
}

#[tokio::test]
async fn k20_k21_k112_what_is_no_filter_is_400() {
    let (server, admin) = with(Role::Admin).await;
    for _ in 0..3 {
        let rename = Request::put(COLLEAGUE).bearer(&admin).json(SETTINGS);
        server.send(&rename).await.expect(200);
    }
    let page = server.send(&list(&admin, "?limit=1&member=10002")).await;
    let token = text(&page.expect(200).json(), "next_page").to_owned();
    let id = "must be an id: decimal digits without a leading zero";
    let time = "must be a time by RFC 3339, as 2026-01-01T08:30:00Z";
    for (outcome, query, wrong) in [
        ("k20_limit", "?limit=1001", "limit must be a number from 1 to 1000".to_owned()),
        (
            "k112_key",
            "?key=x",
            "key must be the id of a key: a UUID in lower case".to_owned(),
        ),
        ("k112_member", "?member=007", format!("member {id}")),
        ("k112_company", "?company=", format!("company {id}")),
        ("k112_from", "?from=2024-08-09", format!("from {time}")),
        ("k112_to", "?to=now", format!("to {time}")),
        (
            "k112_twice",
            "?member=1&member=1",
            "member must be given only once".to_owned(),
        ),
        (
            "k112_misspelt",
            "?keys=1",
            "query must not have the parameter `keys`: there are limit, page_token, key, member, company, action, from, to"
                .to_owned(),
        ),
        (
            "k21_other_list",
            "?page_token=010100000000000000000000000000000002e1e1d3c3",
            "page_token must be the next_page of a page of this list, with the same filters"
                .to_owned(),
        ),
    ] {
        let answer = server
            .record(OP, BadInput, outcome, &list(&admin, query))
            .await;
        assert_eq!(blamed(&answer.expect(400)), [wrong], "{outcome}");
    }
    let action = server
        .record(
            OP,
            BadInput,
            "k112_action",
            &list(&admin, "?action=revoked"),
        )
        .await;
    let wrong = blamed(&action.expect(400));
    assert!(
        wrong[0].starts_with("action must be one of store_initialised, "),
        "{wrong:?}"
    );
    // With another filter, the token of a page is none; with another limit it is.
    let page = |query: &str| list(&admin, &format!("{query}&page_token={token}"));
    server.send(&page("?member=10001")).await.expect(400);
    server
        .send(&page("?limit=7&member=10002"))
        .await
        .expect(200);
}

/// Records from before there was a list of them are found by the keys that they name.
#[tokio::test]
async fn k112_a_record_that_names_many_keys_is_found_by_each() {
    let (server, root): (Server, _) = with(Role::Root).await;
    let keys = [
        server.plant(Seed::own("a").of(cast::COLLEAGUE)).await,
        server.plant(Seed::own("b").of(cast::COLLEAGUE)).await,
    ];
    let delete = Request::delete(format!("{COLLEAGUE}?new_owner=10001")).bearer(&root);
    server.send(&delete).await.expect(204);
    for key in &keys {
        let answer = server.send(&list(&root, &format!("?key={}", key.id))).await;
        let found = records(&answer.expect(200));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["action"], "member_removed");
        assert_eq!(found[0]["key_ids"].as_array().map(Vec::len), Some(2));
    }
}
