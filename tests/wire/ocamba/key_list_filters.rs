//! Filters (O44), done.

use bitting_tests::{Class::Success, KEYS, Request};

use super::{
    list,
    shelf::{letters, letters_of, shelf},
};

async fn finds(cases: &[(&str, &str, &str)]) {
    let (server, token) = shelf().await;
    for (name, value, order) in cases {
        let found = letters(&server, &token, &[(name, value)]).await;
        assert_eq!(found, *order, "{name}={value}");
    }
}

#[tokio::test]
async fn o44_ids_are_compared_as_numbers() {
    finds(&[
        ("id", "3", "b"),
        ("id", "eq:3", "b"),
        ("id", "neq:3", "AGdÄi"),
        ("id", "in:3,5", "bd"),
        ("id", "in:5,3,3,99", "bd"),
        ("id", "nin:3,5", "AGÄi"),
        ("id", "gt:5", "Äi"),
        ("id", "gte:5", "dÄi"),
        ("id", "lt:4", "Ab"),
        ("id", "lte:4", "AbG"),
        ("id", "is:", "AbGdÄi"),
        ("id", "isn:", ""),
        ("id", "99", ""),
        ("id", "0", ""),
        ("id", "gt:0", "AbGdÄi"),
    ])
    .await;
}

#[tokio::test]
async fn o44_ranges_have_open_and_closed_ends() {
    finds(&[
        ("id", "r:3,6", "Gd"),
        ("id", "rf:3,6", "bGdÄ"),
        ("id", "rl:3,6", "bGd"),
        ("id", "rr:3,6", "GdÄ"),
        ("id", "r:3,3", ""),
        ("id", "rf:3,3", "b"),
        ("id", "rl:3,3", ""),
        ("id", "rr:3,3", ""),
        ("id", "r:3,4", ""),
        ("start_time", "r:2024-01-01,2025-01-01", "b"),
        ("start_time", "rf:2024-01-01,2025-01-01", "AbGdÄi"),
        ("start_time", "rl:2024-01-01,2025-01-01", "AbGÄi"),
        ("start_time", "rr:2024-01-01,2025-01-01", "bd"),
    ])
    .await;
}

#[tokio::test]
async fn o44_reversed_range_matches_nothing() {
    finds(&[
        ("id", "r:6,3", ""),
        ("id", "rf:6,3", ""),
        ("id", "rl:6,3", ""),
        ("id", "rr:6,3", ""),
        ("create_time", "rf:2025-01-01,2024-01-01", ""),
    ])
    .await;
}

#[tokio::test]
async fn o44_an_id_that_is_too_large_is_only_large() {
    finds(&[
        ("id", "99999999999999999999999999", ""),
        ("id", "neq:99999999999999999999999999", "AbGdÄi"),
        ("id", "lt:9223372036854775808", "AbGdÄi"),
        ("id", "gt:9223372036854775807", ""),
        ("id", "rf:1,18446744073709551616", "AbGdÄi"),
        ("id", "nin:3,18446744073709551616", "AGdÄi"),
    ])
    .await;
}

#[tokio::test]
async fn o44_a_date_is_a_whole_day_where_things_are_equal() {
    finds(&[
        ("create_time", "2024-01-01", "AbG"),
        ("create_time", "eq:2024-01-01", "AbG"),
        ("create_time", "neq:2024-01-01", "dÄi"),
        ("create_time", "in:2024-01-01,2024-01-02", "AbGd"),
        ("create_time", "nin:2024-01-01,2024-01-02", "Äi"),
        ("create_time", "in:2024-01-01 12:00:00,2024-03-01", "bÄi"),
        ("create_time", "2024-01-01 12:00:00", "b"),
        ("create_time", "neq:2024-01-01 12:00:00", "AGdÄi"),
        ("end_time", "2024-06-30", "G"),
    ])
    .await;
}

#[tokio::test]
async fn o44_a_date_is_its_first_second_where_things_are_compared() {
    finds(&[
        ("create_time", "gt:2024-01-01", "bGdÄi"),
        ("create_time", "gte:2024-01-01", "AbGdÄi"),
        ("create_time", "lt:2024-01-01", ""),
        ("create_time", "lte:2024-01-01", "A"),
        ("create_time", "gt:2024-01-01 12:00:00", "GdÄi"),
        ("create_time", "lte:2024-01-01 12:00:00", "Ab"),
        ("create_time", "rf:2024-01-01,2024-01-02", "AbGd"),
        ("create_time", "rl:2024-01-01,2024-01-02", "AbG"),
        ("create_time", "r:2024-01-01,2024-01-02", "bG"),
        (
            "update_time",
            "rr:2024-01-01 12:00:00,2024-01-02 00:00:00",
            "Gd",
        ),
    ])
    .await;
}

#[tokio::test]
async fn o44_a_key_without_an_end_matches_neq_nin_and_isn_only() {
    finds(&[
        ("end_time", "isn:", "AÄ"),
        ("end_time", "is:", "bGdi"),
        ("end_time", "neq:2024-12-31 23:59:59", "AGdÄi"),
        ("end_time", "neq:2024-12-31", "AGdÄi"),
        ("end_time", "nin:2024-12-31,2026-01-01", "AGÄi"),
        ("end_time", "gt:2024-01-01", "bGdi"),
        ("end_time", "gte:0001-01-01", "bGdi"),
        ("end_time", "lt:9999-12-31 23:59:59", "bGdi"),
        ("end_time", "lte:9999-12-31 23:59:59", "bGdi"),
        ("end_time", "rf:0001-01-01,9999-12-31 23:59:59", "bGdi"),
        ("end_time", "9999-12-31", ""),
        ("end_time", "gt:9999-12-31 23:59:59", ""),
        ("end_time", "gte:9999-12-31 23:59:59", ""),
        ("start_time", "is:", "AbGdÄi"),
        ("start_time", "isn:", ""),
    ])
    .await;
}

#[tokio::test]
async fn o44_names_are_compared_to_the_letter() {
    finds(&[
        ("name", "Alpha", "A"),
        ("name", "alpha", ""),
        ("name", "Alph", ""),
        ("name", " Alpha", ""),
        ("name", "neq:Alpha", "bGdÄi"),
        ("name", "in:Alpha,beta", "Ab"),
        ("name", "nin:Alpha,beta", "GdÄi"),
        ("name", "Gamma 100%", "G"),
        ("name", "Gamma%", ""),
        ("name", "Ärger", "Ä"),
        ("name", "A\u{308}rger", ""),
        ("name", "is:", "AbGdÄi"),
        ("name", "isn:", ""),
    ])
    .await;
}

#[tokio::test]
async fn o44_an_empty_value_is_a_value() {
    finds(&[
        ("name", "", ""),
        ("name", "eq:", ""),
        ("name", "neq:", "AbGdÄi"),
        ("name", "in:", ""),
        ("name", "in:,Alpha", "A"),
        ("name", "nin:", "AbGdÄi"),
        ("name", "\"\"", ""),
    ])
    .await;
}

#[tokio::test]
async fn o44_one_pair_of_quotes_is_stripped() {
    finds(&[
        ("name", "\"Alpha\"", "A"),
        ("name", "eq:\"Alpha\"", "A"),
        ("name", "\"\"Alpha\"\"", ""),
        ("name", "\"Alpha", ""),
        ("name", "in:\"Alpha\",\"beta\"", "Ab"),
        ("name", "in:\"Alpha\",beta", "Ab"),
        ("id", "\"3\"", "b"),
        ("id", "in:\"3\",\"5\"", "bd"),
        ("id", "rf:\"3\",\"5\"", "bGd"),
        ("status", "\"pending\"", "d"),
        ("status", "in:\"pending\",\"active\"", "Abd"),
        ("create_time", "\"2024-01-01 12:00:00\"", "b"),
        ("create_time", "gt:\"2024-01-02\"", "Äi"),
    ])
    .await;
}

#[tokio::test]
async fn o44_a_name_may_hold_colons_commas_and_quotes() {
    finds(&[
        ("name", "\"in:box, \"x\"\"", "i"),
        ("name", "eq:in:box, \"x\"", "i"),
        ("name", "in:\"in:box, \"x\"\"", "i"),
        ("name", "foo:bar", ""),
        ("name", "IN:Alpha", ""),
        ("name", "like:Alpha", ""),
        ("name", ":", ""),
    ])
    .await;
    let (server, token) = shelf().await;
    server.personal("foo:bar").await;
    assert_eq!(letters(&server, &token, &[("name", "foo:bar")]).await, "f");
    assert_eq!(
        letters(&server, &token, &[("name", "in:foo:bar,beta")]).await,
        "bf"
    );
}

#[tokio::test]
async fn o44_statuses_are_what_the_clock_says() {
    finds(&[
        ("status", "active", "Ab"),
        ("status", "expired", "GÄi"),
        ("status", "pending", "d"),
        ("status", "eq:active", "Ab"),
        ("status", "neq:active", "GdÄi"),
        ("status", "in:active,pending", "Abd"),
        ("status", "nin:active,pending", "GÄi"),
        ("status", "in:active,active", "Ab"),
        ("status", "in:active,pending,expired", "AbGdÄi"),
        ("status", "nin:active,pending,expired", ""),
        ("status", "is:", "AbGdÄi"),
        ("status", "isn:", ""),
    ])
    .await;
}

#[tokio::test]
async fn o44_several_filters_must_all_hold_and_repeated_ones_too() {
    let (server, token) = shelf().await;
    for (query, order) in [
        (&[("status", "expired"), ("end_time", "is:")][..], "Gi"),
        (&[("id", "gt:2"), ("id", "lt:5")], "bG"),
        (&[("id", "2"), ("id", "3")], ""),
        (
            &[
                ("name", "neq:Alpha"),
                ("name", "neq:beta"),
                ("name", "neq:delta_x"),
            ],
            "GÄi",
        ),
        (&[("status", "active"), ("status", "expired")], ""),
        (
            &[
                ("create_time", "2024-01-01"),
                ("end_time", "isn:"),
                ("id", "2"),
            ],
            "A",
        ),
    ] {
        assert_eq!(letters(&server, &token, query).await, order, "{query:?}");
    }
}

#[tokio::test]
async fn o44_queries_are_decoded_before_they_are_read() {
    let (server, token) = shelf().await;
    for (query, order) in [
        ("name=Gamma+100%25", "G"),
        ("name=Gamma%20100%", "G"),
        ("n%61me=Alpha", "A"),
        ("id=rf%3A3%2C4", "bG"),
        ("create_time=2024-01-01+12%3A00%3A00", "b"),
        ("name=%22Alpha%22", "A"),
    ] {
        let request = Request::get(format!("{KEYS}?{query}")).bearer(&token);
        assert_eq!(letters_of(&server, &request).await, order, "{query}");
    }
}

#[tokio::test]
async fn o44_filters_are_recorded() {
    let (server, token) = shelf().await;
    for (outcome, name, value) in [
        ("o44_id_quoted", "id", "\"3\""),
        ("o44_name_quoted", "name", "\"Alpha\""),
        ("o44_eq", "name", "eq:beta"),
        ("o44_neq", "end_time", "neq:2024-12-31"),
        ("o44_in", "status", "in:active,pending"),
        ("o44_nin", "name", "nin:Alpha,beta"),
        ("o44_gt", "id", "gt:5"),
        ("o44_gte", "start_time", "gte:2025-01-01 00:00:00"),
        ("o44_lt", "id", "lt:3"),
        ("o44_lte", "end_time", "lte:2024-12-31 23:59:59"),
        ("o44_is", "end_time", "is:"),
        ("o44_isn", "end_time", "isn:"),
        ("o44_r", "id", "r:3,5"),
        ("o44_rf", "id", "rf:3,5"),
        ("o44_rl", "id", "rl:3,5"),
        ("o44_rr", "id", "rr:3,5"),
        ("o44_day", "create_time", "2024-01-01"),
        ("o44_reversed_range", "id", "rf:5,3"),
        ("o44_empty_value", "name", ""),
        ("o44_colon_in_name", "name", "foo:bar"),
        ("o44_huge_id", "id", "99999999999999999999"),
    ] {
        let request = list(
            &token,
            &[
                (name, value),
                ("fields", "id,name,status,end_time,start_time"),
            ],
        );
        let answer = server.record("key_list", Success, outcome, &request).await;
        answer.expect(200);
    }
}
