//! `sort` (O42).

use bitting_core::Role;
use bitting_tests::{Class::Success, KEYS, Request, Seed, Server};

use super::{
    list,
    shelf::{letters, letters_of, shelf},
};

const OP: &str = "key_list";

#[tokio::test]
async fn o42_a_list_is_sorted_by_each_field_both_ways() {
    let (server, token) = shelf().await;
    for (sort, order) in [
        ("", "AbGdÄi"),
        ("id", "AbGdÄi"),
        ("-id", "iÄdGbA"),
        ("name", "AGbdiÄ"),
        ("-name", "ÄidbGA"),
        ("status", "AbGÄid"),
        ("-status", "dGÄiAb"),
        ("start_time", "AGÄibd"),
        ("-start_time", "dbAGÄi"),
        ("end_time", "GbdiAÄ"),
        ("-end_time", "AÄidbG"),
        ("create_time", "AbGdÄi"),
        ("-create_time", "ÄidGbA"),
        ("update_time", "AbGdÄi"),
        ("-update_time", "ÄidGbA"),
    ] {
        assert_eq!(
            letters(&server, &token, &[("sort", sort)]).await,
            order,
            "{sort}"
        );
    }
}

#[tokio::test]
async fn o42_later_fields_break_the_ties_of_earlier_ones() {
    let (server, token) = shelf().await;
    for (sort, order) in [
        ("status,-name", "bAÄiGd"),
        ("-status,name", "dGiÄAb"),
        ("start_time,-end_time", "AÄiGbd"),
        ("start_time,end_time,-id", "GiÄAbd"),
        ("id,-name", "AbGdÄi"),
        ("status,status", "AbGÄid"),
        ("status,-status", "AbGÄid"),
        ("create_time,-id", "AbGdiÄ"),
    ] {
        assert_eq!(
            letters(&server, &token, &[("sort", sort)]).await,
            order,
            "{sort}"
        );
    }
}

#[tokio::test]
async fn o42_plus_and_space_are_ascending() {
    let (server, token) = shelf().await;
    for sort in ["+name", "%2Bname", "%20name", "+status,+name,%20id"] {
        let request = Request::get(format!("{KEYS}?sort={sort}")).bearer(&token);
        let order = if sort.contains("status") {
            "AbGiÄd"
        } else {
            "AGbdiÄ"
        };
        assert_eq!(letters_of(&server, &request).await, order, "{sort}");
    }
}

#[tokio::test]
async fn o42_the_sorts_of_the_page_are_recorded() {
    let (server, token) = shelf().await;
    for (outcome, sort) in [
        ("o42_name", "name"),
        ("o42_minus_id", "-id"),
        ("o42_id_then_name", "id,-name"),
        ("o42_null_end_is_greatest", "-end_time"),
        ("o42_status", "status"),
        ("o42_empty", ""),
    ] {
        let request = list(
            &token,
            &[("sort", sort), ("fields", "id,name,status,end_time")],
        );
        server
            .record(OP, Success, outcome, &request)
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn o42_names_are_sorted_by_code_point() {
    let server = Server::start().await;
    let token = server.caller(Role::Read).await;
    // In order; UTF-16 would put U+FF5E after U+1F5DD.
    let names = [
        "\t", " ", "!", "A", "B", "Z", "a", "a ", "aa", "b", "e\u{301}", "é", "\u{ff5e}", "🗝",
    ];
    for name in names.iter().rev() {
        let name = format!("{name}.");
        server.plant(Seed::personal(&name)).await;
    }
    let answer = server
        .send(&list(&token, &[("sort", "name")]))
        .await
        .expect(200);
    let sorted: Vec<_> = super::found(&answer).1;
    let mut expected: Vec<_> = names.iter().map(|name| format!("{name}.")).collect();
    expected.sort_by(|a, b| a.chars().cmp(b.chars()));
    assert_eq!(sorted, expected);
}
