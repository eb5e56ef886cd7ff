#![allow(clippy::unwrap_used)]

use bitting_core::{
    AllowedAddresses, CompanyId, Description, Key, KeyName, MemberId, Metadata, Origin, Reason,
    Revoked, Role, Scope, Scopes, secret::Prefix,
};

use super::*;
use crate::{
    fixtures::{key_id, secret},
    keys::decode,
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).unwrap()
}

fn shortest() -> Key {
    Key {
        id: key_id(),
        company: CompanyId::new(2).unwrap(),
        owner: MemberId::new(3).unwrap(),
        issuer: MemberId::new(4).unwrap(),
        origin: Origin::Keys,
        name: KeyName::new(" \"n\" ".into()).unwrap(),
        description: None,
        role: Role::None,
        scopes: Scopes::default(),
        start: at(0),
        end: None,
        created: at(1),
        updated: at(2),
        enabled: true,
        revoked: None,
        recoverable: false,
        metadata: Metadata::default(),
        addresses: AllowedAddresses::default(),
        limits: bitting_core::Limits::default(),
        quota: None,
        prefix: None,
    }
}

fn longest() -> Key {
    let scopes = ["b", "a"].map(|text| Scope::new(text.to_owned()).unwrap());
    let blocks = ["192.0.2.7/32", "2001:DB8::/32"].map(|text| text.parse().unwrap());
    Key {
        description: Some(Description::new("d".into()).unwrap()),
        role: Role::Admin,
        scopes: Scopes::new(scopes).unwrap(),
        end: Some(at(86_399)),
        enabled: false,
        revoked: Some(Revoked {
            at: at(3),
            reason: Some(Reason::new("leaked".into()).unwrap()),
        }),
        recoverable: true,
        metadata: Metadata::new(r#"{"n":1.10,"e":1E400,"b":{}}"#.to_owned()).unwrap(),
        addresses: AllowedAddresses::new(blocks).unwrap(),
        prefix: Some(Prefix::new("acme").unwrap()),
        ..shortest()
    }
}

fn shown(key: &Key, last_used: Option<Timestamp>) -> String {
    serde_json::to_string(&super::key(key, last_used, at(10))).unwrap()
}

#[test]
fn k50_a_key_to_the_byte() {
    assert_eq!(
        shown(&shortest(), None),
        r#"{"id":"00000000-0000-7000-8000-000000000000","company_id":"2","owner_id":"3","issuer_id":"4","origin":"keys","name":" \"n\" ","description":null,"status":"active","role":"none","scopes":[],"metadata":{},"allowed_addresses":[],"limits":[],"quota":null,"starts_at":"1970-01-01T00:00:00Z","expires_at":null,"enabled":true,"recoverable":false,"prefix":"bit","created_at":"1970-01-01T00:00:01Z","updated_at":"1970-01-01T00:00:02Z","revoked_at":null,"revoked_reason":null,"last_used_at":null}"#
    );
    assert_eq!(
        shown(&longest(), Some(at(9))),
        r#"{"id":"00000000-0000-7000-8000-000000000000","company_id":"2","owner_id":"3","issuer_id":"4","origin":"keys","name":" \"n\" ","description":"d","status":"revoked","role":"admin","scopes":["a","b"],"metadata":{"n":1.10,"e":1E400,"b":{}},"allowed_addresses":["192.0.2.7","2001:db8::/32"],"limits":[],"quota":null,"starts_at":"1970-01-01T00:00:00Z","expires_at":"1970-01-01T23:59:59Z","enabled":false,"recoverable":true,"prefix":"acme","created_at":"1970-01-01T00:00:01Z","updated_at":"1970-01-01T00:00:02Z","revoked_at":"1970-01-01T00:00:03Z","revoked_reason":"leaked","last_used_at":"1970-01-01T00:00:09Z"}"#
    );
}

#[test]
fn k50_a_key_of_another_surface_has_no_prefix() {
    for (origin, name) in [(Origin::Ocamba, "ocamba"), (Origin::Feldera, "feldera")] {
        let key = Key {
            origin,
            ..shortest()
        };
        let shown = shown(&key, None);
        assert!(shown.contains(&format!(r#""origin":"{name}""#)), "{shown}");
        assert!(shown.contains(r#""prefix":null"#), "{shown}");
    }
}

#[test]
fn k50_a_status_is_that_of_the_clock() {
    let status = |key: Key| serde_json::to_value(super::key(&key, None, at(10)).status).unwrap();
    let pending = Key {
        start: at(11),
        ..shortest()
    };
    let expired = Key {
        end: Some(at(10)),
        ..shortest()
    };
    let disabled = Key {
        enabled: false,
        ..shortest()
    };
    assert_eq!(status(pending), "pending");
    assert_eq!(status(expired), "expired");
    assert_eq!(status(disabled), "disabled");
}

#[test]
fn k51_what_was_made_is_shown_with_its_secret_and_has_a_path() {
    let key = shortest();
    let plain = secret(&key.format());
    let created = serde_json::to_string(&key_created(&key, &plain, at(10))).unwrap();
    let (begins, ends) = (shown(&key, None), plain.expose());
    assert_eq!(created, format!(r#"{{"key":{begins},"secret":"{ends}"}}"#));
    assert_eq!(
        key_location(&key),
        "/v1/keys/00000000-0000-7000-8000-000000000000"
    );
}

#[test]
fn k54_the_tag_of_an_answer_is_a_version_that_an_update_takes() {
    let tag = entity_tag(&longest());
    assert_ne!(tag, entity_tag(&shortest()));
    let mut headers = http::HeaderMap::new();
    headers.insert(http::header::IF_MATCH, tag.parse().unwrap());
    let wanted = decode::if_match(&headers).unwrap();
    assert_eq!(wanted, Some(vec![longest().version()]));
}

#[test]
fn k57_a_page_continues_after_the_place_of_its_last_key() {
    let key = longest();
    for sort in ["created_at", "-updated_at", "name", "expires_at"] {
        let query = decode::key_list(&format!("sort={sort}")).unwrap();
        for key in [&key, &shortest()] {
            let last = query.position(key, 7);
            let page = key_page(&query, Vec::new(), Some(&last));
            let token = serde_json::to_value(page).unwrap()["next_page"].clone();
            let next = format!("sort={sort}&page_token={}", token.as_str().unwrap());
            assert_eq!(decode::key_list(&next).unwrap().after, Some(last), "{sort}");
        }
    }
    let page = key_page(&decode::key_list("").unwrap(), Vec::new(), None);
    let page = serde_json::to_string(&page).unwrap();
    assert_eq!(page, r#"{"items":[],"next_page":null}"#);
}
