//! K20, K21 and K57: pages of the list of keys.

use bitting_core::Role;
use bitting_tests::{Class::BadInput, Request, Seed, Server, cast};

use super::{MEMBERS, OWN, blamed, item, names, stranger, text, with};

fn list(token: &str, query: &str) -> Request {
    Request::get(format!("{OWN}?{query}")).bearer(token)
}

/// Keys of which many are alike in whatever they are sorted by, and the secret of an admin's key.
async fn ties() -> (Server, String) {
    let (server, token) = with(Role::Admin).await;
    for place in 0..3 {
        for (name, end) in [
            ("a", Some("2025-01-01 00:00:00")),
            ("b", None),
            ("a", None),
            ("é", Some("2024-01-02 00:00:00")),
        ] {
            let mut seed = Seed::own(name).created(
                [
                    "2024-01-01 00:00:00",
                    "2024-01-02 00:00:00",
                    "2024-01-01 00:00:00",
                ][place],
            );
            if place == 1 {
                seed = seed.of(cast::COLLEAGUE);
            }
            server
                .plant(match end {
                    Some(end) => seed.end(end),
                    None => seed,
                })
                .await;
        }
    }
    (server, token)
}

fn ids(answer: &bitting_tests::Answer) -> Vec<String> {
    let page = answer.json();
    let items = page["items"].as_array().expect("items").iter();
    items.map(|item| text(item, "id").to_owned()).collect()
}

/// The ids of every page after the one that `answer` is, and its own.
async fn rest(
    server: &Server,
    token: &str,
    query: &str,
    mut answer: bitting_tests::Answer,
) -> Vec<String> {
    let mut all = ids(&answer);
    for _ in 0..100 {
        let page = answer.json();
        if page["next_page"].is_null() {
            return all;
        }
        let next = format!("{query}&page_token={}", text(&page, "next_page"));
        answer = server.send(&list(token, &next)).await.expect(200);
        assert!(
            !ids(&answer).is_empty(),
            "a page that is not the first has items"
        );
        all.extend(ids(&answer));
    }
    panic!("the list does not end");
}

const SORTS: [&str; 8] = [
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
    "name",
    "-name",
    "expires_at",
    "-expires_at",
];

#[tokio::test]
async fn k20_k57_pages_of_one_over_ties_are_the_list() {
    let (server, token) = ties().await;
    for sort in SORTS {
        let whole = server
            .send(&list(&token, &format!("sort={sort}&limit=1000")))
            .await
            .expect(200);
        let whole = ids(&whole);
        assert_eq!(whole.len(), 13, "{sort}");
        for limit in [1, 2, 5, 12, 13] {
            let query = format!("sort={sort}&limit={limit}");
            let first = server.send(&list(&token, &query)).await.expect(200);
            assert_eq!(rest(&server, &token, &query, first).await, whole, "{query}");
        }
        let query = format!("sort={sort}&limit=1&status=active&q=a");
        let first = server.send(&list(&token, &query)).await.expect(200);
        let found = rest(&server, &token, &query, first).await;
        let kept: Vec<_> = whole.into_iter().filter(|id| found.contains(id)).collect();
        // Six that are called a, and the one that asks.
        assert_eq!((found.len(), &found), (7, &kept), "{query}");
    }
}

/// What was made or removed in between neither repeats nor hides a key.
#[tokio::test]
async fn k20_k57_a_page_begins_after_the_last_item_of_the_one_before() {
    for sort in SORTS {
        let (server, token) = ties().await;
        let query = format!("sort={sort}&limit=4");
        let whole = server
            .send(&list(&token, &format!("sort={sort}&limit=1000")))
            .await
            .expect(200);
        let whole = ids(&whole);
        let first = server.send(&list(&token, &query)).await.expect(200);
        // The one that the next page begins after, the one that it would begin with, and one before.
        for gone in [1, 3, 4] {
            let path = format!("{OWN}/{}", whole[gone]);
            let delete = Request::delete(path).bearer(&token);
            // The one that asks is among them.
            if server
                .send(&Request::get(super::WHOAMI).bearer(&token))
                .await
                .json()["id"]
                != whole[gone]
            {
                server.send(&delete).await.expect(204);
            }
        }
        let new = [
            item(&server.plant(Seed::own("a")).await),
            item(
                &server
                    .plant(
                        Seed::own("zz")
                            .end("2020-01-01 00:00:00")
                            .start("2019-01-01 00:00:00"),
                    )
                    .await,
            ),
        ];
        let later = rest(&server, &token, &query, first).await;
        let mut seen = later.clone();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), later.len(), "{sort}: none comes twice");
        for id in &whole[5..] {
            assert!(later.contains(id), "{sort}: {id} is not hidden");
        }
        let old: Vec<_> = later
            .iter()
            .filter(|id| !new.contains(&format!("{OWN}/{id}")))
            .collect();
        assert!(
            whole
                .iter()
                .filter(|id| old.contains(id))
                .eq(old.iter().copied()),
            "{sort}: in order"
        );
    }
}

/// The next page of a list with these sort and filters.
async fn token_of(server: &Server, token: &str, query: &str) -> String {
    let answer = server.send(&list(token, query)).await.expect(200);
    text(&answer.json(), "next_page").to_owned()
}

#[tokio::test]
async fn k21_a_token_continues_the_list_with_that_sort_and_those_filters() {
    let (server, token) = ties().await;
    let next = token_of(&server, &token, "sort=name&q=a&limit=1").await;
    assert!(next.bytes().all(|b| b.is_ascii_alphanumeric()), "{next}");
    for query in [
        "sort=name&q=a&limit=3",
        "q=a&sort=name",
        "%71=%61&sort=name&limit=1000",
    ] {
        server
            .send(&list(&token, &format!("{query}&page_token={next}")))
            .await
            .expect(200);
    }
    let of_members = {
        let request = Request::get(format!("{MEMBERS}?limit=1")).bearer(&token);
        text(&server.send(&request).await.expect(200).json(), "next_page").to_owned()
    };
    let changed = format!("{}0{}", &next[..next.len() - 9], &next[next.len() - 8..]);
    let cut = next[..next.len() - 2].to_owned();
    let reason =
        "page_token must be the next_page of a page of this list, with the same sort and filters";
    for (outcome, query, next) in [
        ("k21_other_sort", "sort=expires_at&q=a", &next),
        ("k21_other_direction", "sort=-name&q=a", &next),
        ("k21_default_sort", "q=a", &next),
        ("k21_no_filter", "sort=name", &next),
        ("k21_other_filter", "sort=name&q=b", &next),
        (
            "k21_another_filter_too",
            "sort=name&q=a&status=active",
            &next,
        ),
        ("k21_of_members", "sort=name&q=a", &of_members),
        ("k21_changed", "sort=name&q=a", &changed),
        ("k21_cut_short", "sort=name&q=a", &cut),
        ("k21_empty", "sort=name&q=a", &String::new()),
        ("k21_capitals", "sort=name&q=a", &next.to_uppercase()),
        ("k21_nonsense", "sort=name&q=a", &"x".repeat(5_000)),
    ] {
        let request = list(&token, &format!("{query}&page_token={next}"));
        let answer = server.record("key_list", BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [reason], "{outcome}");
    }
    // Nor does a token of keys continue another list.
    let request = Request::get(format!("{MEMBERS}?page_token={next}")).bearer(&token);
    server.send(&request).await.expect(400);
}

#[tokio::test]
async fn k21_a_token_of_keys_that_was_changed_in_any_place_is_400() {
    let (server, token) = ties().await;
    let next = token_of(&server, &token, "sort=name&limit=1").await;
    for place in 0..next.len() {
        for digit in ["0", "7", "f", "z"] {
            let mut changed = next.clone();
            changed.replace_range(place..=place, digit);
            if changed != next {
                let query = format!("sort=name&page_token={changed}");
                server.send(&list(&token, &query)).await.expect(400);
            }
        }
    }
}

/// It grants nothing: whoever sends it sees what is its own to see, from there on.
#[tokio::test]
async fn k21_a_token_of_keys_grants_nothing() {
    let (server, token) = ties().await;
    let next = token_of(&server, &token, "sort=name&limit=1").await;
    let query = format!("sort=name&page_token={next}");
    server
        .send(&Request::get(format!("{OWN}?{query}")))
        .await
        .expect(401);
    let weak = server.caller(Role::Verify).await;
    server.send(&list(&weak, &query)).await.expect(403);
    let theirs = stranger(&server, Role::Admin).await;
    assert!(
        names(&server.send(&list(&theirs, &query)).await.expect(200))
            .iter()
            .all(|name| name == "admin caller")
    );
    let colleague = server
        .plant(Seed::caller(Role::Read).of(cast::COLLEAGUE))
        .await
        .secret;
    let seen = server
        .send(&list(&colleague, &query))
        .await
        .expect(200)
        .json();
    let items = seen["items"].as_array().expect("items");
    assert!(!items.is_empty() && items.iter().all(|item| item["owner_id"] == "10002"));
}
