#![allow(clippy::unwrap_used)]

use bitting_core::{
    Company, CompanyId, DisplayName, Login, Member, MemberId, Timestamp, secret::Format,
};

use super::*;
use crate::fixtures::{key_id, secret};

fn name(text: &str) -> DisplayName {
    DisplayName::new(text.to_owned()).unwrap()
}

fn acme(id: i64) -> Company {
    Company {
        id: CompanyId::new(id).unwrap(),
        name: name(" Acme \"x\" "),
        enabled: true,
        created: Timestamp::from_seconds(86_399).unwrap(),
    }
}

fn dana(id: i64, login: Option<Login>) -> Member {
    Member {
        id: MemberId::new(id).unwrap(),
        company: CompanyId::new(2).unwrap(),
        name: name("Dana"),
        login,
        enabled: false,
        created: Timestamp::from_seconds(0).unwrap(),
    }
}

fn a_key() -> types::FirstKey {
    let plain = secret(&Format::default());
    first_key(key_id(), Role::Admin, &plain)
}

fn json(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).unwrap()
}

const ACME: &str =
    r#"{"id":"2","name":" Acme \"x\" ","enabled":true,"created_at":"1970-01-01T23:59:59Z"}"#;
const DANA: &str = r#"{"id":"3","company_id":"2","name":"Dana","login":null,"enabled":false,"created_at":"1970-01-01T00:00:00Z"}"#;

#[test]
fn k31_a_company_to_the_byte() {
    assert_eq!(json(company(&acme(2))), ACME);
}

#[test]
fn k41_a_member_to_the_byte() {
    assert_eq!(json(member(&dana(3, None))), DANA);
    let login = Login {
        issuer: "https://login.example".to_owned(),
        subject: "7f1d2c".to_owned(),
    };
    let text = json(member(&dana(3, Some(login))));
    let shown = r#","login":{"issuer":"https://login.example","subject":"7f1d2c"},"enabled""#;
    assert!(text.contains(shown), "{text}");
}

#[test]
fn k30_what_was_made_has_its_key_or_null() {
    let key = json(a_key());
    assert!(
        key.starts_with(
            r#"{"id":"00000000-0000-7000-8000-000000000000","role":"admin","secret":"bit_"#
        ),
        "{key}"
    );
    assert_eq!(
        json(company_created(
            &acme(2),
            Some(&dana(3, None)),
            Some(a_key())
        )),
        format!(r#"{{"company":{ACME},"member":{DANA},"key":{key}}}"#)
    );
    assert_eq!(
        json(company_created(&acme(2), None, None)),
        format!(r#"{{"company":{ACME},"member":null,"key":null}}"#)
    );
    assert_eq!(
        json(member_created(&dana(3, None), Some(a_key()))),
        format!(r#"{{"member":{DANA},"key":{key}}}"#)
    );
    assert_eq!(
        json(member_created(&dana(3, None), None)),
        format!(r#"{{"member":{DANA},"key":null}}"#)
    );
}

#[test]
fn k20_a_page_has_a_next_one_if_there_is_more() {
    let page = company_page(&[acme(2)], false);
    assert_eq!(
        json(page),
        format!(r#"{{"items":[{ACME}],"next_page":null}}"#)
    );
    let page = company_page(&[acme(2), acme(7)], true);
    let next = List::COMPANIES.token(7);
    assert_eq!(page.next_page, Nullable::Value(next));
    assert_eq!(company_page(&[], true).next_page, Nullable::Null);

    let list = List::members(CompanyId::new(2).unwrap());
    let page = member_page(list, &[dana(3, None)], true);
    assert_eq!(page.next_page, Nullable::Value(list.token(3)));
    let page = member_page(list, &[dana(3, None)], false);
    assert_eq!(
        json(page),
        format!(r#"{{"items":[{DANA}],"next_page":null}}"#)
    );
}

#[test]
fn what_was_made_is_at_its_path() {
    assert_eq!(company_location(&acme(2)), "/v1/companies/2");
    assert_eq!(member_location(&dana(3, None)), "/v1/companies/2/members/3");
}
