//! `q` and `q_fields` (O43).

use bitting_tests::Class::Success;

use super::{
    list,
    shelf::{letters, shelf},
};

#[tokio::test]
async fn o43_a_search_finds_substrings_without_regard_to_case() {
    let (server, token) = shelf().await;
    for (q, order) in [
        ("a", "AbGd"),
        ("alpha", "A"),
        ("ALPHA", "A"),
        ("lph", "A"),
        ("ET", "b"),
        ("ä", "Ä"),
        ("ÄRG", "Ä"),
        ("a 1", "G"),
        ("%", "G"),
        ("100%", "G"),
        ("_", "d"),
        ("lta_", "d"),
        ("lt__", ""),
        ("\"", "i"),
        ("in:box", "i"),
        ("*", ""),
        ("\\", ""),
        (" ", "Gi"),
        ("", "AbGdÄi"),
        ("first", ""),
        ("nobody", ""),
    ] {
        assert_eq!(letters(&server, &token, &[("q", q)]).await, order, "{q}");
    }
}

#[tokio::test]
async fn o43_both_sides_are_folded_by_the_same_rule() {
    let (server, token) = shelf().await;
    let both = |q| [("q", q), ("q_fields", "description")];
    assert_eq!(letters(&server, &token, &both("STRAßE")).await, "Ä");
    // `str::to_lowercase` leaves the sharp s alone.
    assert_eq!(letters(&server, &token, &both("strasse")).await, "");
}

#[tokio::test]
async fn o43_q_fields_say_where_to_search() {
    let (server, token) = shelf().await;
    for (fields, order) in [
        ("", "A"),
        ("name", "A"),
        ("description", "G"),
        ("name,description", "AG"),
        ("description, name", "AG"),
        ("name,name", "A"),
    ] {
        let query = [("q", "alpha"), ("q_fields", fields)];
        assert_eq!(letters(&server, &token, &query).await, order, "{fields}");
    }
}

#[tokio::test]
async fn o43_without_q_the_fields_are_not_looked_at() {
    let (server, token) = shelf().await;
    for query in [
        &[("q_fields", "secret,,")][..],
        &[("q", ""), ("q_fields", "x")],
    ] {
        assert_eq!(letters(&server, &token, query).await, "AbGdÄi", "{query:?}");
    }
}

#[tokio::test]
async fn o43_searches_are_recorded() {
    let (server, token) = shelf().await;
    for (outcome, query) in [
        ("o43_name", &[("q", "ALPHA")][..]),
        (
            "o43_any_of_both",
            &[("q", "alpha"), ("q_fields", "name,description")],
        ),
        ("o43_percent_is_literal", &[("q", "%")]),
        ("o43_underscore_is_literal", &[("q", "a_")]),
        ("o43_empty", &[("q", "")]),
        ("o43_fields_without_q", &[("q_fields", "secret")]),
    ] {
        let mut query = query.to_vec();
        query.push(("fields", "name,description"));
        let request = list(&token, &query);
        server
            .record("key_list", Success, outcome, &request)
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn o46_a_search_and_filters_must_all_hold() {
    let (server, token) = shelf().await;
    let query = [("q", "a"), ("status", "active"), ("name", "neq:beta")];
    assert_eq!(letters(&server, &token, &query).await, "A");
}
