//! `GET /v2/ocamba/personal-api-keys`, refused for its query.

use bitting_tests::{Class::BadInput, KEYS, Request};

use super::{encoded, list, writer};

const OP: &str = "key_list";

async fn invalid<'a>(cases: impl IntoIterator<Item = (&'a str, &'a [(&'a str, &'a str)])>) {
    let (server, token) = writer().await;
    for (outcome, query) in cases {
        let answer = server
            .record(OP, BadInput, outcome, &list(&token, query))
            .await;
        answer.expect(400);
    }
}

#[tokio::test]
async fn o41_what_is_no_page_is_400() {
    invalid([
        ("o41_page_0", &[("page", "0")][..]),
        ("o41_page_0_of_10", &[("page", "0,10")]),
        ("o41_size_0", &[("page", "1,0")]),
        ("o41_size_above_maximum", &[("page", "1,1001")]),
        ("o41_empty", &[("page", "")]),
        ("o41_no_size", &[("page", "1,")]),
        ("o41_no_number", &[("page", ",10")]),
        ("o41_three_parts", &[("page", "1,10,1")]),
        ("o41_word", &[("page", "one")]),
        ("o41_signed", &[("page", "+1")]),
        ("o41_negative", &[("page", "-1")]),
        ("o41_space", &[("page", "1, 10")]),
        ("o41_fraction", &[("page", "1.5")]),
        ("o41_hexadecimal", &[("page", "0x1")]),
        ("o41_other_digits", &[("page", "١")]),
        ("o41_too_far", &[("page", "9223372036854775807,2")]),
        (
            "o41_too_far_with_the_default_size",
            &[("page", "9223372036854775807")],
        ),
        (
            "o41_beyond_64_bits",
            &[("page", "99999999999999999999999,1")],
        ),
    ])
    .await;
}

#[tokio::test]
async fn o41_what_may_be_given_once_may_not_be_given_twice() {
    invalid([
        ("o41_page_twice", &[("page", "1"), ("page", "1")][..]),
        ("o41_sort_twice", &[("sort", "id"), ("sort", "name")]),
        ("o41_fields_twice", &[("fields", "id"), ("fields", "id")]),
        ("o41_view_twice", &[("view", ""), ("view", "")]),
        ("o41_q_twice", &[("q", "a"), ("q", "a")]),
        (
            "o41_q_fields_twice",
            &[("q_fields", "name"), ("q_fields", "name")],
        ),
    ])
    .await;
}

#[tokio::test]
async fn o42_what_cannot_be_sorted_by_is_400() {
    invalid([
        ("o42_unknown", &[("sort", "role")][..]),
        ("o42_description", &[("sort", "description")]),
        ("o42_secret", &[("sort", "secret")]),
        ("o42_capitals", &[("sort", "Name")]),
        ("o42_empty_element", &[("sort", "id,,name")]),
        ("o42_comma_at_the_end", &[("sort", "id,")]),
        ("o42_minus_only", &[("sort", "-")]),
        ("o42_two_signs", &[("sort", "--id")]),
        ("o42_direction", &[("sort", "id:desc")]),
    ])
    .await;
}

#[tokio::test]
async fn o43_what_cannot_be_searched_is_400() {
    invalid([
        ("o43_secret", &[("q", "a"), ("q_fields", "secret")][..]),
        ("o43_one_unknown", &[("q", "a"), ("q_fields", "name,id")]),
        (
            "o43_empty_element",
            &[("q", "a"), ("q_fields", "name,,description")],
        ),
        ("o43_long_q", &[("q", &"a".repeat(3_001))]),
        ("o43_nul", &[("q", "a\0")]),
    ])
    .await;
}

#[tokio::test]
async fn o30_o31_what_is_no_view_and_no_field_is_400() {
    invalid([
        ("o30_bad_view", &[("view", "summary")][..]),
        ("o31_unknown_field", &[("fields", "id,role")]),
        ("o31_empty_element", &[("fields", "id,,name")]),
    ])
    .await;
}

#[tokio::test]
async fn o44_an_operator_that_is_not_for_the_field_is_400() {
    invalid([
        ("o44_gt_name", &[("name", "gt:a")][..]),
        ("o44_gte_name", &[("name", "gte:a")]),
        ("o44_lt_name", &[("name", "lt:a")]),
        ("o44_lte_name", &[("name", "lte:a")]),
        ("o44_r_name", &[("name", "r:a,b")]),
        ("o44_rf_name", &[("name", "rf:a,b")]),
        ("o44_rl_name", &[("name", "rl:a,b")]),
        ("o44_rr_name", &[("name", "rr:a,b")]),
        ("o44_gt_status", &[("status", "gt:active")]),
        ("o44_lte_status", &[("status", "lte:active")]),
        ("o44_r_status", &[("status", "r:active,pending")]),
    ])
    .await;
}

#[tokio::test]
async fn o44_a_malformed_value_is_400() {
    invalid([
        ("o44_id_word", &[("id", "abc")][..]),
        ("o44_id_empty", &[("id", "")]),
        ("o44_id_eq_empty", &[("id", "eq:")]),
        ("o44_id_leading_zero", &[("id", "007")]),
        ("o44_id_negative", &[("id", "-5")]),
        ("o44_id_space", &[("id", "3 ")]),
        ("o44_id_list_with_hole", &[("id", "in:3,,5")]),
        ("o44_id_list_without_operator", &[("id", "3,5")]),
        ("o44_id_unknown_operator", &[("id", "foo:3")]),
        ("o44_id_operator_in_capitals", &[("id", "GT:3")]),
        ("o44_id_gt_list", &[("id", "gt:3,5")]),
        ("o44_id_half_a_range", &[("id", "r:3")]),
        ("o44_id_long_range", &[("id", "r:3,5,7")]),
        ("o44_id_empty_range", &[("id", "r:,")]),
        ("o44_id_is_value", &[("id", "is:x")]),
        ("o44_id_isn_value", &[("id", "isn:null")]),
        ("o44_name_is_value", &[("name", "is:x")]),
        ("o44_name_isn_value", &[("name", "isn:x")]),
        ("o44_status_is_value", &[("status", "is:active")]),
        ("o44_end_isn_value", &[("end_time", "isn:2024-01-01")]),
        ("o44_status_unknown", &[("status", "revoked")]),
        ("o44_status_capitals", &[("status", "Active")]),
        ("o44_status_empty", &[("status", "")]),
        ("o44_status_list_with_hole", &[("status", "in:active,")]),
        ("o44_status_unknown_operator", &[("status", "foo:active")]),
        ("o44_time_word", &[("start_time", "yesterday")]),
        ("o44_time_t", &[("start_time", "2024-01-01T00:00:00")]),
        ("o44_time_impossible", &[("end_time", "gt:2023-02-29")]),
        (
            "o44_time_leap_second",
            &[("end_time", "2016-12-31 23:59:60")],
        ),
        ("o44_time_year_0", &[("create_time", "0000-01-01")]),
        ("o44_time_year_10000", &[("create_time", "10000-01-01")]),
        ("o44_time_empty", &[("update_time", "")]),
        (
            "o44_time_unknown_operator",
            &[("update_time", "after:2024-01-01")],
        ),
        ("o44_time_half_a_range", &[("update_time", "rf:2024-01-01")]),
        ("o44_name_nul", &[("name", "a\0")]),
    ])
    .await;
}

#[tokio::test]
async fn o44_o31_what_is_no_utf8_is_400() {
    let (server, token) = writer().await;
    for (outcome, query) in [
        ("o44_name_no_utf8", "name=%FF"),
        ("o43_no_utf8", "q=%C3"),
        ("o42_no_utf8", "sort=%80"),
        ("o41_no_utf8", "page=%FE"),
    ] {
        let request = Request::get(format!("{KEYS}?{query}")).bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(400);
    }
}

#[tokio::test]
async fn o45_a_member_that_cannot_be_filtered_is_400() {
    invalid([
        ("o45_description", &[("description", "x")][..]),
        ("o45_secret", &[("secret", "isn:")]),
        ("o45_company_id", &[("company_id", "6197120")]),
        ("o45_issuer_id", &[("issuer_id", "10001")]),
        ("o45_member_id", &[("member_id", "")]),
    ])
    .await;
}

#[tokio::test]
async fn filters_and_their_lists_have_bounds() {
    let (server, token) = writer().await;
    let many = vec!["id=gt:0"; 101].join("&");
    let long = format!("id=in:{}", vec!["1"; 1_001].join(","));
    for (outcome, query) in [("101_filters", many), ("1001_values", long)] {
        let request = Request::get(format!("{KEYS}?{query}")).bearer(&token);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        answer.expect(400);
    }
    let most = vec!["id=gt:0"; 100].join("&");
    let request = Request::get(format!("{KEYS}?{most}")).bearer(&token);
    server.send(&request).await.expect(200);
    let long = format!("name=in:{}", vec![encoded("a b"); 1_000].join(","));
    let request = Request::get(format!("{KEYS}?{long}")).bearer(&token);
    server.send(&request).await.expect(200);
}

#[tokio::test]
async fn o4_everything_that_is_wrong_is_said_at_once() {
    let query = [
        ("page", "0"),
        ("sort", "x"),
        ("q", "a"),
        ("q_fields", "x"),
        ("fields", "x"),
        ("id", "x"),
        ("secret", "x"),
    ];
    invalid([("o4_many_errors", &query[..])]).await;
}
