//! The query of the list of keys.

use bitting_core::{Origin, Status, Timestamp};

use super::*;
use crate::keys::{KeyListQuery, KeyOrder, KeySort, Position, PositionValue, encode};

fn asked(query: &str) -> KeyListQuery {
    key_list(query).unwrap()
}

fn wrong(query: &str) -> Vec<String> {
    blamed(key_list(query))
}

fn token(query: &str, value: PositionValue, number: i64) -> String {
    let last = Position { value, number };
    let page = encode::key_page(&asked(query), Vec::new(), Some(&last));
    serde_json::to_value(page).unwrap()["next_page"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn k57_the_newest_twenty_come_first() {
    let query = asked("");
    assert_eq!((query.limit, query.after), (20, None));
    let newest = KeyOrder {
        by: KeySort::CreatedAt,
        descending: true,
    };
    assert_eq!(query.order, newest);
    assert_eq!(query.filters, crate::keys::KeyFilters::default());
}

#[test]
fn k57_every_filter_is_read() {
    let query = asked(
        "limit=7&sort=name&q=De%20x&status=pending&owner=3&company=2&scope=a:b&origin=ocamba\
         &expires_before=1970-01-01T00:00:01Z&last_used_before=1970-01-01T01:00:02%2B01:00",
    );
    assert_eq!(query.limit, 7);
    assert_eq!(
        query.order,
        KeyOrder {
            by: KeySort::Name,
            descending: false
        }
    );
    let filters = query.filters;
    assert_eq!(filters.search.as_deref(), Some("De x"));
    assert_eq!(filters.status, Some(Status::Pending));
    assert_eq!(filters.owner.map(MemberId::get), Some(3));
    assert_eq!(filters.company.map(CompanyId::get), Some(2));
    assert_eq!(filters.scope.unwrap().as_str(), "a:b");
    assert_eq!(filters.origin, Some(Origin::Ocamba));
    assert_eq!(filters.expires_before.map(Timestamp::seconds), Some(1));
    assert_eq!(filters.last_used_before.map(Timestamp::seconds), Some(2));
}

#[test]
fn k57_what_no_list_is_asked_for_with_is_named() {
    let long = format!("q={}", "x".repeat(3_001));
    for (query, parameter) in [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("sort=", "sort"),
        ("sort=%2Bname", "sort"),
        ("sort=--name", "sort"),
        ("sort=name,created_at", "sort"),
        ("sort=id", "sort"),
        ("q=", "q"),
        ("q=%00", "q"),
        (&long, "q"),
        ("status=Active", "status"),
        ("owner=0", "owner"),
        ("owner=x", "owner"),
        ("company=007", "company"),
        ("scope=a%20b", "scope"),
        ("scope=", "scope"),
        ("origin=x", "origin"),
        ("expires_before=2026", "expires_before"),
        ("last_used_before=2026-01-01T00:00:00.Z", "last_used_before"),
        ("page_token=", "page_token"),
        ("page_token=x", "page_token"),
        ("owner=1&owner=1", "owner"),
        ("ownr=1", "query"),
    ] {
        let blamed = wrong(query);
        assert_eq!(blamed.len(), 1, "{query}: {blamed:?}");
        assert!(
            blamed[0].starts_with(&format!("{parameter} must ")),
            "{blamed:?}"
        );
    }
    assert_eq!(wrong("limit=0&sort=x&status=x&x=1").len(), 4);
}

#[test]
fn k21_a_token_continues_the_list_of_keys_that_it_came_from() {
    let name = || PositionValue::Text("é\u{10ffff} n".to_owned());
    for (query, value) in [
        ("", PositionValue::Int(0)),
        ("sort=updated_at&q=x", PositionValue::Int(-62_135_596_800)),
        ("sort=-expires_at", PositionValue::Int(i64::MAX)),
        ("sort=name&owner=3", name()),
    ] {
        let token = token(query, value.clone(), 7);
        assert!(token.bytes().all(|b| b.is_ascii_alphanumeric()), "{token}");
        let next = asked(&format!("{query}&page_token={token}&limit=3"));
        assert_eq!(next.after, Some(Position { value, number: 7 }));
        assert_eq!(next.limit, 3, "the size of a page may change");
    }
    let longest = token("sort=name", PositionValue::Text("🗝".repeat(255)), i64::MAX);
    assert_eq!(longest.len(), crate::keys::list::KEY_TOKEN_MAX);
    assert!(key_list(&format!("sort=name&page_token={longest}")).is_ok());
}

#[test]
fn k21_it_continues_no_other_list_of_keys() {
    let queries = [
        "",
        "sort=created_at",
        "sort=-updated_at",
        "q=x",
        "q=y",
        "status=active",
        "owner=3",
        "company=3",
        "scope=a",
        "scope=x",
        "origin=keys",
        "expires_before=2026-01-01T00:00:00Z",
        "expires_before=2026-01-01T00:00:01Z",
        "last_used_before=2026-01-01T00:00:00Z",
        "q=x&owner=3",
    ];
    for query in queries {
        let token = token(query, PositionValue::Int(1), 7);
        for other in queries.into_iter().filter(|other| *other != query) {
            let blamed = wrong(&format!("{other}&page_token={token}"));
            assert!(
                blamed[0].starts_with("page_token must be the next_page"),
                "{query} {other}"
            );
        }
    }
    let same = token("sort=-created_at&owner=3", PositionValue::Int(1), 7);
    assert!(key_list(&format!("page_token={same}&owner=3")).is_ok());
    let members = List::members_at("1").token(7);
    assert_eq!(wrong(&format!("page_token={members}")).len(), 1);
}

#[test]
fn k21_a_token_that_was_changed_or_made_up_is_none() {
    let token_of = |value, number| token("", value, number);
    let good = token_of(PositionValue::Int(1), 7);
    for place in 0..good.len() {
        let mut mangled = good.clone();
        let digit = if &good[place..=place] == "0" {
            "1"
        } else {
            "0"
        };
        mangled.replace_range(place..=place, digit);
        assert_eq!(
            wrong(&format!("page_token={mangled}")).len(),
            1,
            "{mangled}"
        );
    }
    // Whole by its check value, and yet of no key.
    for (value, number) in [
        (PositionValue::Int(1), 0),
        (PositionValue::Int(1), -1),
        (PositionValue::Int(i64::MAX), 1),
        (PositionValue::Int(i64::MIN), 1),
        (PositionValue::Text("n".to_owned()), 1),
    ] {
        let token = token_of(value, number);
        assert_eq!(wrong(&format!("page_token={token}")).len(), 1, "{token}");
    }
    for value in [PositionValue::Text("\0".to_owned()), PositionValue::Int(1)] {
        let token = token("sort=name", value, 1);
        assert_eq!(
            wrong(&format!("sort=name&page_token={token}")).len(),
            1,
            "{token}"
        );
    }
}
