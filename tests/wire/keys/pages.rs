//! K20: pages of lists.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::{BadInput, Success},
    Request, Server, Switch, cast,
};

use super::{MEMBERS, blamed, ids, text, with};

/// Adds members so that the company of the cast has so many.
fn people(server: &Server, many: i64) {
    let database = server.database();
    let add = "INSERT INTO member (id, company, name, created_at) VALUES (?1, 6197120, ?2, 0)";
    for id in 0..many - 2 {
        let name = format!("member {id}");
        database
            .execute(add, (30_000 + id, name))
            .expect("a member is added");
    }
}

fn list(token: &str, query: &str) -> Request {
    Request::get(format!("{MEMBERS}{query}")).bearer(token)
}

/// Every page of a list, from the first to the last, each with as many items as it has.
async fn walk(server: &Server, token: &str, path: &str, limit: usize) -> Vec<Vec<i64>> {
    let (mut pages, mut query) = (Vec::new(), format!("?limit={limit}"));
    loop {
        let request = Request::get(format!("{path}{query}")).bearer(token);
        let answer = server.send(&request).await.expect(200);
        pages.push(ids(&answer));
        assert!(pages.len() < 100, "the list does not end: {pages:?}");
        let page = answer.json();
        if page["next_page"].is_null() {
            return pages;
        }
        query = format!("?page_token={}&limit={limit}", text(&page, "next_page"));
    }
}

#[tokio::test]
async fn k20_a_page_holds_twenty_items_unless_the_request_says_otherwise() {
    let (server, token) = with(Role::Admin).await;
    people(&server, 23);
    for (outcome, query, many, more) in [
        ("k20_default", "", 20, true),
        ("k20_limit_1", "?limit=1", 1, true),
        ("k20_limit_22", "?limit=22", 22, true),
        ("k20_limit_23", "?limit=23", 23, false),
        ("k20_limit_1000", "?limit=1000", 23, false),
        ("k20_limit_encoded", "?%6cimit=%35", 5, true),
        ("k20_limit_zeros", "?limit=005", 5, true),
    ] {
        let request = list(&token, query);
        let answer = server
            .record("member_list", Success, outcome, &request)
            .await
            .expect(200);
        assert_eq!(ids(&answer).len(), many, "{query}");
        assert_eq!(answer.json()["next_page"].is_string(), more, "{query}");
    }
}

#[tokio::test]
async fn k20_the_pages_of_a_list_are_the_list() {
    let (server, token) = with(Role::Root).await;
    people(&server, 23);
    let all = walk(&server, &token, MEMBERS, 1_000).await.concat();
    assert_eq!(all.len(), 23);
    assert!(all.is_sorted());
    for limit in [1, 2, 3, 7, 11, 20, 22, 23, 24] {
        let pages = walk(&server, &token, MEMBERS, limit).await;
        assert_eq!(pages.concat(), all, "{limit}");
        // Every page but the last is full, and the last is not empty.
        let (last, full) = pages.split_last().expect("a page");
        assert!(full.iter().all(|page| page.len() == limit), "{limit}");
        assert!((1..=limit).contains(&last.len()), "{limit}");
    }
    let companies = walk(&server, &token, COMPANIES, 1).await;
    assert_eq!(companies, [[6_197_120], [7_000_001]]);
}

#[tokio::test]
async fn k20_a_second_page_begins_where_the_first_ended() {
    let (server, token) = with(Role::Root).await;
    let request = Request::get(format!("{COMPANIES}?limit=1")).bearer(&token);
    let answer = server
        .record("company_list", Success, "k20_first_page", &request)
        .await;
    let page = answer.expect(200).json();
    let next = text(&page, "next_page");
    let request = Request::get(format!("{COMPANIES}?limit=1&page_token={next}")).bearer(&token);
    let answer = server
        .record("company_list", Success, "k20_second_page", &request)
        .await;
    let page = answer.expect(200).json();
    assert_eq!(page["items"][0]["id"], "7000001");
    assert!(page["next_page"].is_null());
}

#[tokio::test]
async fn k20_what_is_made_or_removed_in_between_shifts_no_page() {
    let (server, token) = with(Role::Admin).await;
    people(&server, 12);
    let all = walk(&server, &token, MEMBERS, 1_000).await.concat();
    let first = server.send(&list(&token, "?limit=5")).await.expect(200);
    assert_eq!(ids(&first), all[..5]);
    let page = first.json();
    let rest = format!("?limit=5&page_token={}", text(&page, "next_page"));
    // One before the second page, the one that it begins after, and the one that it would begin with.
    server
        .switch_any(cast::COMPANY, all[1], Switch::Remove)
        .await;
    server
        .switch_any(cast::COMPANY, all[4], Switch::Remove)
        .await;
    server
        .switch_any(cast::COMPANY, all[5], Switch::Remove)
        .await;
    let create = Request::post(MEMBERS)
        .bearer(&token)
        .json(r#"{"name":"new"}"#);
    let made = server.send(&create).await.expect(201).json();
    let new: i64 = text(&made["member"], "id").parse().expect("digits");
    let second = server.send(&list(&token, &rest)).await.expect(200);
    assert_eq!(ids(&second), all[6..11]);
    let page = second.json();
    let rest = format!("?limit=5&page_token={}", text(&page, "next_page"));
    let third = server.send(&list(&token, &rest)).await.expect(200);
    assert_eq!(ids(&third), [all[11], new], "what is new comes last");
}

#[tokio::test]
async fn k20_what_is_no_limit_is_400_and_named() {
    let (server, token) = with(Role::Admin).await;
    for (outcome, query) in [
        ("k20_limit_0", "?limit=0"),
        ("k20_limit_1001", "?limit=1001"),
        ("k20_limit_negative", "?limit=-1"),
        ("k20_limit_signed", "?limit=%2B5"),
        ("k20_limit_fraction", "?limit=5.0"),
        ("k20_limit_word", "?limit=all"),
        ("k20_limit_empty", "?limit="),
        ("k20_limit_no_value", "?limit"),
        ("k20_limit_beyond_64_bits", "?limit=18446744073709551617"),
        ("k20_limit_padded", "?limit=%205"),
        ("k20_limit_other_digits", "?limit=%D9%A5"),
    ] {
        let answer = server
            .record("member_list", BadInput, outcome, &list(&token, query))
            .await;
        assert_eq!(
            blamed(&answer.expect(400)),
            ["limit must be a number from 1 to 1000"],
            "{query}"
        );
    }
}

#[tokio::test]
async fn k20_a_parameter_that_is_unknown_or_given_twice_is_400_and_named() {
    let (server, token) = with(Role::Root).await;
    for (outcome, query, named) in [
        ("k20_unknown", "?limt=5", "`limt`"),
        ("k20_unknown_without_value", "?all", "`all`"),
        ("k20_other_case", "?Limit=5", "`Limit`"),
        ("k20_no_name", "?=5", "``"),
        ("k20_page", "?page=2", "`page`"),
        (
            "k20_limit_twice",
            "?limit=5&limit=5",
            "limit must be given only once",
        ),
        (
            "k20_token_twice",
            "?page_token=x&page_token=x",
            "page_token must be given only once",
        ),
        ("k20_limit_no_utf8", "?limit=%FF", "limit must be"),
    ] {
        let request = Request::get(format!("{COMPANIES}{query}")).bearer(&token);
        let answer = server
            .record("company_list", BadInput, outcome, &request)
            .await;
        let blamed = blamed(&answer.expect(400));
        assert!(blamed.iter().any(|b| b.contains(named)), "{blamed:?}");
    }
    // The whole query is one field.
    let request = Request::get(format!("{COMPANIES}?limt=5")).bearer(&token);
    let blamed = blamed(&server.send(&request).await.expect(400));
    assert!(blamed[0].starts_with("query "), "{blamed:?}");
}

#[tokio::test]
async fn k20_everything_that_is_wrong_with_a_query_is_said_at_once() {
    let (server, token) = with(Role::Root).await;
    let request = Request::get(format!("{COMPANIES}?page_token=x&limit=0&a=1&b=2")).bearer(&token);
    let answer = server
        .record("company_list", BadInput, "k20_three_errors", &request)
        .await;
    let fields: Vec<_> = blamed(&answer.expect(400))
        .iter()
        .map(|blamed| blamed.split(' ').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(fields, ["query", "limit", "page_token"]);
}

#[tokio::test]
async fn k20_empty_parameters_are_none() {
    let (server, token) = with(Role::Root).await;
    for (outcome, query) in [("k20_question_mark", "?"), ("k20_ampersands", "?&&")] {
        let request = Request::get(format!("{COMPANIES}{query}")).bearer(&token);
        let answer = server
            .record("company_list", Success, outcome, &request)
            .await;
        answer.expect(200);
    }
}
