//! K21: the tokens that continue a list.

use bitting_core::Role;
use bitting_tests::{COMPANIES, Class::BadInput, Request, Server};

use super::{MEMBERS, THEIR_MEMBERS, blamed, ids, stranger, text, with};

/// The token of the second page of a list whose first page has one item.
async fn token_of(server: &Server, secret: &str, path: &str) -> String {
    let request = Request::get(format!("{path}?limit=1")).bearer(secret);
    let page = server.send(&request).await.expect(200).json();
    text(&page, "next_page").to_owned()
}

fn next(secret: &str, path: &str, token: &str) -> Request {
    Request::get(format!("{path}?page_token={token}")).bearer(secret)
}

/// A server on which every list has a second page, and the secret of a root key.
async fn lists() -> (Server, String) {
    let (server, root) = with(Role::Root).await;
    let create = Request::post(THEIR_MEMBERS)
        .bearer(&root)
        .json(r#"{"name":"x"}"#);
    server.send(&create).await.expect(201);
    (server, root)
}

#[tokio::test]
async fn k21_a_token_is_of_letters_and_digits_and_continues_its_list() {
    let (server, root) = lists().await;
    for (path, second) in [
        (COMPANIES, 7_000_001),
        (MEMBERS, 10_002),
        (THEIR_MEMBERS, 20_002),
    ] {
        let token = token_of(&server, &root, path).await;
        assert!(token.bytes().all(|b| b.is_ascii_alphanumeric()), "{token}");
        for _ in 0..2 {
            let answer = server.send(&next(&root, path, &token)).await.expect(200);
            assert_eq!(ids(&answer), [second], "{path}: as often as one likes");
        }
    }
}

#[tokio::test]
async fn k21_it_continues_no_other_list() {
    let (server, root) = lists().await;
    for (operation, outcome, from, to) in [
        ("member_list", "k21_of_companies", COMPANIES, MEMBERS),
        ("company_list", "k21_of_members", MEMBERS, COMPANIES),
        (
            "member_list",
            "k21_of_another_companys_members",
            THEIR_MEMBERS,
            MEMBERS,
        ),
    ] {
        let token = token_of(&server, &root, from).await;
        let request = next(&root, to, &token);
        let answer = server.record(operation, BadInput, outcome, &request).await;
        let blamed = blamed(&answer.expect(400));
        assert!(blamed[0].starts_with("page_token "), "{blamed:?}");
        assert_eq!(blamed.len(), 1);
    }
}

#[tokio::test]
async fn k21_one_that_was_changed_in_any_place_is_400() {
    let (server, root) = lists().await;
    let token = token_of(&server, &root, MEMBERS).await;
    for place in 0..token.len() {
        for digit in ["0", "1", "7", "f", "z", "A"] {
            let mut changed = token.clone();
            changed.replace_range(place..=place, digit);
            if changed != token {
                let request = next(&root, MEMBERS, &changed);
                server.send(&request).await.expect(400);
            }
        }
    }
    for (outcome, bad) in [
        ("k21_empty", String::new()),
        ("k21_nonsense", "x".to_owned()),
        ("k21_cut_short", token[..token.len() - 2].to_owned()),
        ("k21_longer", format!("{token}00")),
        ("k21_capitals", token.to_uppercase()),
        ("k21_padded", format!("%20{token}")),
        ("k21_number", "10001".to_owned()),
        // The version is its first byte.
        ("k21_other_version", format!("02{}", &token[2..])),
        ("k21_no_utf8", "%FF".to_owned()),
        ("k21_nul", format!("{token}%00")),
    ] {
        let request = next(&root, MEMBERS, &bad);
        let answer = server
            .record("member_list", BadInput, outcome, &request)
            .await;
        let blamed = blamed(&answer.expect(400));
        assert!(blamed[0].starts_with("page_token "), "{blamed:?}");
    }
}

#[tokio::test]
async fn k21_it_grants_nothing() {
    let (server, root) = lists().await;
    let token = token_of(&server, &root, MEMBERS).await;
    let reader = server.caller(Role::Write).await;
    server
        .send(&next(&reader, MEMBERS, &token))
        .await
        .expect(403);
    let other = stranger(&server, Role::Admin).await;
    server
        .send(&next(&other, MEMBERS, &token))
        .await
        .expect(404);
    server
        .send(&Request::get(format!("{MEMBERS}?page_token={token}")))
        .await
        .expect(401);
    // An admin of the company may use what root was given, and the other way round.
    let admin = server.caller(Role::Admin).await;
    let answer = server.send(&next(&admin, MEMBERS, &token)).await;
    assert_eq!(ids(&answer.expect(200)), [10_002]);
}

/// Neither a restart nor another key of the server matters: a token says where a page begins and nothing else.
#[tokio::test]
async fn k21_it_is_the_same_on_another_server() {
    let (one, first) = lists().await;
    let token = token_of(&one, &first, MEMBERS).await;
    let (two, second) = lists().await;
    let answer = two.send(&next(&second, MEMBERS, &token)).await;
    assert_eq!(ids(&answer.expect(200)), [10_002]);
}
