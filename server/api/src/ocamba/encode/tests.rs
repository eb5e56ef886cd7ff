#![allow(clippy::unwrap_used)]

use bitting_core::{
    AllowedAddresses, CompanyId, Description, KeyName, MemberId, Metadata, Origin, Revoked, Role,
    Scopes, secret::Format,
};

use super::*;
use crate::fixtures::{key_id, secret};

fn plain() -> PlainSecret {
    secret(&Format::Hex)
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).unwrap()
}

fn sample() -> Key {
    Key {
        id: key_id(),
        company: CompanyId::new(6_197_120).unwrap(),
        owner: MemberId::new(10_001).unwrap(),
        issuer: MemberId::new(10_002).unwrap(),
        origin: Origin::Ocamba,
        name: KeyName::new(" Deploy \"x\" ".into()).unwrap(),
        description: Some(Description::new("d".into()).unwrap()),
        role: Role::Write,
        scopes: Scopes::default(),
        start: at(0),
        end: Some(at(86_400)),
        created: at(1),
        updated: at(2),
        enabled: true,
        revoked: None,
        recoverable: true,
        metadata: Metadata::default(),
        addresses: AllowedAddresses::default(),
        limits: bitting_core::Limits::default(),
        quota: None,
        prefix: None,
    }
}

fn shown(key: &Key, secret: Option<&PlainSecret>, projection: Projection) -> String {
    let number = KeyNumber::new(1001).unwrap();
    serde_json::to_string(&super::key(key, number, secret, at(10), projection)).unwrap()
}

#[test]
fn o30_the_default_view_to_the_byte() {
    assert_eq!(
        shown(&sample(), Some(&plain()), Projection::DEFAULT),
        concat!(
            r#"{"id":"1001","issuer_id":"10002","member_id":"10001","name":" Deploy \"x\" ","#,
            r#""description":"d","status":"active","secret":"0000000000000000000000000000000000000000","#,
            r#""end_time":"1970-01-02 00:00:00","start_time":"1970-01-01 00:00:00","#,
            r#""create_time":"1970-01-01 00:00:01","update_time":"1970-01-01 00:00:02"}"#
        )
    );
}

#[test]
fn o30_the_full_view_has_the_company_after_the_id_and_null_is_written() {
    let bare = Key {
        description: None,
        end: None,
        ..sample()
    };
    let text = shown(&bare, None, Projection::FULL);
    assert!(
        text.starts_with(r#"{"id":"1001","company_id":"6197120","issuer_id":"10002","#),
        "{text}"
    );
    for null in [
        r#""description":null"#,
        r#""secret":null"#,
        r#""end_time":null"#,
    ] {
        assert!(text.contains(null), "{text}");
    }
}

#[test]
fn o31_a_selection_has_its_members_in_canonical_order_and_no_others() {
    let some = Projection::of([Member::Name, Member::Id, Member::EndTime]);
    let bare = Key {
        end: None,
        ..sample()
    };
    assert_eq!(
        shown(&bare, Some(&plain()), some),
        r#"{"id":"1001","name":" Deploy \"x\" ","end_time":null}"#
    );
}

#[test]
fn o7_the_status_is_what_the_clock_says() {
    let status = Projection::of([Member::Status]);
    let of = |key: Key| shown(&key, None, status);
    let pending = Key {
        start: at(11),
        ..sample()
    };
    let ended = Key {
        end: Some(at(10)),
        ..sample()
    };
    let revoked = Key {
        revoked: Some(Revoked {
            at: at(3),
            reason: None,
        }),
        ..sample()
    };
    let disabled = Key {
        enabled: false,
        ..sample()
    };
    assert_eq!(of(pending), r#"{"status":"pending"}"#);
    for key in [ended, revoked, disabled] {
        assert_eq!(of(key), r#"{"status":"expired"}"#);
    }
}

#[test]
fn o23_a_created_key_to_the_byte() {
    let bare = Key {
        description: None,
        end: None,
        ..sample()
    };
    let made = created(&bare, KeyNumber::new(1001).unwrap(), &plain(), at(10));
    assert_eq!(
        serde_json::to_string(&made).unwrap(),
        concat!(
            r#"{"id":"1001","company_id":"6197120","name":" Deploy \"x\" ","description":null,"#,
            r#""status":"active","secret":"0000000000000000000000000000000000000000","#,
            r#""start_time":"1970-01-01 00:00:00","end_time":null,"#,
            r#""create_time":"1970-01-01 00:00:01","update_time":"1970-01-01 00:00:02"}"#
        )
    );
}
