#![allow(clippy::unwrap_used)]

use bitting_core::{CompanyDraft, DisplayName, Field, MemberDraft, Role};

use super::*;
use crate::keys::List;

mod keys;
mod list;
mod settings;
mod verify;

/// What is wrong, each as the field and the reason.
fn blamed<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Vec<String> {
    let Err(Refusal::Invalid(violations)) = result else {
        panic!("expected Invalid, got {result:?}");
    };
    violations
        .iter()
        .map(|violation| {
            let field = match violation.field {
                Field::Parameter(name) => name.to_owned(),
                field => format!("{field:?}"),
            };
            format!("{field} {}", violation.reason)
        })
        .collect()
}

fn name(text: &str) -> DisplayName {
    DisplayName::new(text.to_owned()).unwrap()
}

fn company(body: &str) -> CompanyDraft {
    company_create(body.as_bytes()).unwrap()
}

fn member(body: &str) -> MemberDraft {
    member_create(body.as_bytes()).unwrap()
}

#[test]
fn k5_only_a_canonical_id_is_the_id_of_anything() {
    assert_eq!(company_id("7").map(CompanyId::get), Ok(7));
    assert_eq!(member_id("7").map(MemberId::get), Ok(7));
    for segment in ["", "007", "+7", "0", "x", "7 ", "9223372036854775808"] {
        assert_eq!(company_id(segment), Err(Refusal::NotFound), "{segment}");
        assert_eq!(member_id(segment), Err(Refusal::NotFound), "{segment}");
    }
}

#[test]
fn k5_only_a_uuid_as_it_is_written_is_the_id_of_a_key() {
    let id = "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17";
    assert_eq!(key_id(id).map(|id| id.to_string()).as_deref(), Ok(id));
    for segment in [
        "",
        "7",
        "01913F2E-7a6c-7b4e-9d21-5c0f8e3a6b17",
        "01913f2e7a6c7b4e9d215c0f8e3a6b17",
        "{01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17}",
        "urn:uuid:01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17",
        "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17 ",
        "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b1",
    ] {
        assert_eq!(key_id(segment), Err(Refusal::NotFound), "{segment}");
    }
}

#[test]
fn k30_a_company_gets_an_administrator_unless_the_body_says_otherwise() {
    let shortest = company(r#"{"name":" Acme "}"#);
    assert_eq!(shortest.name, name(" Acme "));
    assert_eq!(shortest.first_member, Some(name("Administrator")));
    for same in [
        r#"{"name":" Acme ","member_name":null,"first_key":null}"#,
        r#"{"first_key":true,"name":" Acme ","member_name":"Administrator"}"#,
    ] {
        assert_eq!(company(same), shortest, "{same}");
    }
    let named = company(r#"{"name":"Acme","member_name":"Dana"}"#);
    assert_eq!(named.first_member, Some(name("Dana")));
    let none = company(r#"{"name":"Acme","member_name":"Dana","first_key":false}"#);
    assert_eq!(none.first_member, None);
}

#[test]
fn k40_a_member_gets_a_key_that_writes_unless_the_body_says_otherwise() {
    let shortest = member(r#"{"name":"Dana"}"#);
    assert_eq!(shortest.name, name("Dana"));
    assert_eq!(shortest.first_key, Some(Role::Write));
    for same in [
        r#"{"name":"Dana","role":null,"first_key":null}"#,
        r#"{"name":"Dana","role":"write","first_key":true}"#,
    ] {
        assert_eq!(member(same), shortest, "{same}");
    }
    for role in Role::ALL {
        let body = format!(r#"{{"name":"Dana","role":"{role}"}}"#);
        assert_eq!(member(&body).first_key, Some(role));
    }
    let none = member(r#"{"name":"Dana","role":"read","first_key":false}"#);
    assert_eq!(none.first_key, None);
}

#[test]
fn k10_everything_that_is_wrong_is_named() {
    let wrong = |body: &str| blamed(company_create(body.as_bytes()));
    assert_eq!(wrong("{}"), ["Name is required"]);
    assert_eq!(wrong(r#"{"name":null}"#), ["Name is required"]);
    assert_eq!(wrong(r#"{"name":" \t"}"#), ["Name must not be empty"]);
    assert_eq!(
        wrong(r#"{"name":7,"member_name":"","first_key":"yes"}"#),
        [
            "Name must be a string",
            "member_name must not be empty",
            "first_key must be true or false",
        ]
    );
    let long = format!(r#"{{"name":"{}"}}"#, "é".repeat(256));
    assert_eq!(wrong(&long), ["Name must have at most 255 characters"]);
    assert_eq!(
        wrong(r#"{"name":"a\u0000"}"#),
        ["Body must not contain U+0000"]
    );
    assert_eq!(
        blamed(member_create(br#"{"role":"owner"}"#)),
        [
            "Name is required",
            "Role must be one of none, verify, read, write, admin, root",
        ]
    );
}

#[test]
fn k10_a_member_that_nobody_knows_is_refused_by_its_name() {
    assert_eq!(
        blamed(company_create(br#"{"name":"Acme","first_kye":false}"#)),
        ["Body must not have the member `first_kye`: there are name, member_name, first_key"]
    );
    assert_eq!(
        blamed(member_create(br#"{"nmae":"Dana","x":1}"#)),
        [
            "Body must not have the member `nmae`: there are name, role, first_key",
            "Name is required",
        ]
    );
    let long = format!(r#"{{"name":"Dana","{}":1}}"#, "é".repeat(60_000 / 2));
    let blamed = blamed(member_create(long.as_bytes()));
    assert!(blamed[0].len() < 300, "{blamed:?}");
    assert!(blamed[0].contains("é…`"), "{blamed:?}");
}

#[test]
fn k10_what_is_no_object_is_refused() {
    let deep = format!(r#"{{"name":{}"#, "[".repeat(60_000));
    let bodies: &[&[u8]] = &[
        b"",
        b"null",
        b"[]",
        br#"["n"]"#,
        b"{",
        br#"{"name":"n"} x"#,
        br#"{"name":"n","name":"n"}"#,
        br#"{"name":"\ud800"}"#,
        b"{\"name\":\"\xFF\"}",
        deep.as_bytes(),
    ];
    for body in bodies {
        for blamed in [blamed(company_create(body)), blamed(member_create(body))] {
            let text = String::from_utf8_lossy(body);
            assert!(blamed[0].starts_with("Body must "), "{text}: {blamed:?}");
        }
    }
}

#[test]
fn k20_a_page_begins_at_the_first_item_and_holds_twenty() {
    let asked = |query: &str| page(query, List::COMPANIES);
    assert_eq!(asked(""), Ok((0, 20)));
    assert_eq!(asked("limit=1"), Ok((0, 1)));
    assert_eq!(asked("limit=1000"), Ok((0, 1000)));
    let token = List::COMPANIES.token(7);
    assert_eq!(asked(&format!("page_token={token}&limit=5")), Ok((7, 5)));
}

#[test]
fn k20_and_k21_what_no_page_is_asked_for_with() {
    let wrong = |query: &str| blamed(page(query, List::COMPANIES));
    for limit in [
        "",
        "0",
        "1001",
        "-1",
        "+1",
        "1.0",
        "x",
        "99999999999999999999",
    ] {
        assert_eq!(
            wrong(&format!("limit={limit}")),
            ["limit must be a number from 1 to 1000"],
            "{limit}"
        );
    }
    let others = List::members_at("1").token(7);
    for token in ["", "x", &others] {
        assert_eq!(
            wrong(&format!("page_token={token}")),
            ["page_token must be the next_page of a page of this list"],
            "{token}"
        );
    }
    assert_eq!(wrong("limit=1&limit=1"), ["limit must be given only once"]);
    assert_eq!(wrong("limit=%FF"), ["limit must be percent-encoded UTF-8"]);
    for (query, name) in [("limt=1", "limt"), ("a&b=1", "a"), ("%FF=1", "\u{FFFD}")] {
        let reason =
            format!("query must not have the parameter `{name}`: there are limit, page_token");
        assert_eq!(wrong(query), [reason]);
    }
    assert_eq!(wrong("limit=0&page_token=x&z=1").len(), 3);
}
