//! `GET /v2/ocamba/personal-api-keys/{id}`

use bitting_tests::{
    Answer,
    Class::{BadInput, Success, UnknownId},
    KEYS, Request, Seed, Server,
};

use super::{NOBODY, item, writer};

const OP: &str = "key_view";
const FULL: &str = "id company_id issuer_id member_id name description status secret end_time start_time create_time update_time";

async fn planted() -> (Server, String, String) {
    let (server, token) = writer().await;
    let seed = Seed::personal("My API Key")
        .description("My API Key")
        .start("2021-11-25 13:45:03")
        .end("2024-11-25 13:45:03")
        .created("2021-11-25 13:45:03");
    let key = server.plant(seed).await;
    (server, token, item(key.number))
}

/// Views a key with each query, keeps the exchange, and compares the members.
async fn shows(cases: &[(&str, &str, &str)]) {
    let (server, token, path) = planted().await;
    for (outcome, query, members) in cases {
        let request = Request::get(format!("{path}{query}")).bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        let answer = answer.expect(200);
        let members: Vec<_> = members.split(' ').filter(|m| !m.is_empty()).collect();
        assert_eq!(Answer::members(answer.text()), members, "{query}");
    }
}

#[tokio::test]
async fn o30_o9_the_default_view_leaves_the_company_out() {
    let default = &*FULL.replace("company_id ", "");
    shows(&[
        ("o30_no_view", "", default),
        ("o30_view_default", "?view=default", default),
        ("o30_view_empty", "?view=", default),
        ("o30_view_without_value", "?view", default),
        (
            "o45_unknown_parameters",
            "?color=red&page=0&sort=x&description=y",
            default,
        ),
    ])
    .await;
}

#[tokio::test]
async fn o30_the_full_view_shows_every_member() {
    shows(&[("o30_view_full", "?view=full", FULL)]).await;
}

#[tokio::test]
async fn o31_fields_select_members_in_the_order_of_the_view() {
    shows(&[
        ("o31_one", "?fields=name", "name"),
        (
            "o31_order",
            "?fields=update_time,secret,company_id,id",
            "id company_id secret update_time",
        ),
        ("o31_duplicates", "?fields=name,name,name", "name"),
        ("o31_spaces", "?fields=%20name%20,+status+", "name status"),
        (
            "o31_all",
            &format!("?fields={}", FULL.replace(' ', ",")),
            FULL,
        ),
        ("o31_encoded", "?fields=n%61me%2Cstatus", "name status"),
    ])
    .await;
}

#[tokio::test]
async fn o31_fields_beat_the_view() {
    shows(&[
        ("o31_beats_full", "?view=full&fields=id", "id"),
        ("o31_beats_a_bad_view", "?fields=id&view=nonsense", "id"),
        ("o31_empty_is_absent", "?fields=&view=full", FULL),
    ])
    .await;
}

#[tokio::test]
async fn o30_o31_what_is_no_view_and_no_field_is_400() {
    let (server, token, path) = planted().await;
    for (outcome, query) in [
        ("o30_bad_view", "?view=summary"),
        ("o30_view_in_capitals", "?view=FULL"),
        ("o31_empty_element", "?fields=name,,status"),
        ("o31_comma_at_the_end", "?fields=name,"),
        ("o31_comma", "?fields=,"),
        ("o31_space", "?fields=%20"),
        ("o31_unknown_field", "?fields=name,role"),
        ("o31_field_in_capitals", "?fields=NAME"),
        ("o31_empty_fields_and_bad_view", "?fields=&view=x"),
        ("o41_fields_twice", "?fields=id&fields=id"),
        ("o41_view_twice", "?view=full&view=full"),
        ("o31_no_utf8", "?fields=%FF"),
        ("o31_nul", "?fields=id%00"),
    ] {
        let request = Request::get(format!("{path}{query}")).bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(400);
    }
}

#[tokio::test]
async fn o32_what_is_no_id_of_a_key_is_404() {
    let (server, token, path) = planted().await;
    let number = path.rsplit('/').next().expect("a number");
    for (outcome, id) in [
        ("o32_unknown", "999"),
        ("o32_not_canonical", &*format!("00{number}")),
        ("o32_signed", &format!("+{number}")),
        ("o32_negative", &format!("-{number}")),
        ("o32_padded", &format!("%20{number}")),
        ("o32_fraction", &format!("{number}.0")),
        ("o32_word", "abc"),
        ("o32_zero", "0"),
        ("o32_other_digits", "%D9%A2"),
        ("o32_beyond_63_bits", "9223372036854775808"),
        ("o32_beyond_64_bits", "18446744073709551618"),
        ("o32_nul", &format!("{number}%00")),
        ("o32_slash", &format!("{number}%2F")),
        ("o80_get_validate", "validate"),
    ] {
        let request = Request::get(format!("{KEYS}/{id}")).bearer(&token);
        let answer = server.record(OP, UnknownId, outcome, &request).await;
        answer.expect(404);
    }
}

#[tokio::test]
async fn o1_a_trailing_slash_is_tolerated() {
    let (server, token, path) = planted().await;
    let request = Request::get(format!("{path}/?fields=id")).bearer(&token);
    let answer = server
        .record(OP, Success, "o1_trailing_slash", &request)
        .await;
    answer.expect(200);
}

#[tokio::test]
async fn o33_the_secret_that_is_shown_is_the_one_that_works() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    let request = Request::get(item(key.number)).bearer(&token);
    let shown = server.send(&request).await.expect(200).json();
    assert_eq!(shown["secret"], key.secret);
    assert!(server.accepts(&key.secret).await);
}

#[tokio::test]
async fn o34_reading_changes_nothing() {
    let (server, token, path) = planted().await;
    let request = Request::get(path).bearer(&token);
    let first = server.send(&request).await.expect(200);
    server.clock.advance(1_000);
    server.send(&super::list(&token, &[])).await.expect(200);
    let again = server.send(&request).await.expect(200);
    assert_eq!(first.body, again.body);
}

#[tokio::test]
async fn o32_o2_a_bad_query_on_an_unknown_id_is_400() {
    let (server, token) = writer().await;
    let request = Request::get(format!("{NOBODY}?view=x")).bearer(&token);
    let answer = server
        .record(OP, BadInput, "o2_unknown_id_too", &request)
        .await;
    answer.expect(400);
}
