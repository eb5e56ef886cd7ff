#![allow(clippy::unwrap_used)]

use bitting_core::{NameFault, Scopes};

use super::*;

/// What a body is refused with, if it is the body that is refused.
fn words(body: impl AsRef<[u8]>) -> String {
    match create(body.as_ref()) {
        Err(Refusal::Invalid(violations)) => {
            let [violation] = violations.as_slice() else {
                panic!("{violations:?}");
            };
            assert_eq!(violation.field, Field::Body);
            violation.reason.to_string()
        }
        other => panic!("{}: {other:?}", String::from_utf8_lossy(body.as_ref())),
    }
}

#[test]
fn f11_no_copy_of_the_secret_is_kept_and_nothing_else_is_set() {
    let draft = create(br#"{"name":"nightly-export"}"#).unwrap();
    assert_eq!(draft.name.as_str(), "nightly-export");
    assert!(!draft.recoverable);
    assert_eq!((draft.start, draft.end), (None, None));
    assert_eq!((draft.role, draft.description), (None, None));
    assert_eq!(draft.scopes, Scopes::default());
}

#[test]
fn f14_the_words_are_those_of_the_reader() {
    assert_eq!(words("{}"), "missing field `name` at line 1 column 2");
    for (body, begins) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{", "EOF while parsing an object"),
        ("[]", "invalid type: sequence, expected an object"),
        (r#"["n"]"#, "invalid type: sequence, expected an object"),
        (r#""n""#, r#"invalid type: string "n", expected an object"#),
        ("null", "invalid type: null, expected an object"),
        (
            r#"{"name":7}"#,
            "invalid type: integer `7`, expected a string",
        ),
        (r#"{"name":null}"#, "invalid type: null, expected a string"),
        (
            r#"{"name":"n"} x"#,
            "trailing characters at line 1 column 14",
        ),
        (r#"{"name":"n"}{}"#, "trailing characters"),
        (r#"{"name":"n","name":"n"}"#, "duplicate field `name`"),
        (
            r#"{"name":"n","role":null,"role":null}"#,
            "duplicate field `role`",
        ),
        (r#"{"name":"\ud800"}"#, "unexpected end of hex escape"),
        ("{'name':'n'}", "key must be a string"),
    ] {
        assert!(words(body).starts_with(begins), "{body}: {}", words(body));
    }
}

#[test]
fn f14_no_body_is_too_odd_to_be_refused() {
    for body in [
        &b"\xFF"[..],
        b"{\"name\":\"\xFF\"}",
        b"{\"name\":\"n\",\"x\":\"\xFF\"}",
        b"{\"name\":\"n\",\"\xFF\":1}",
        b"\xEF\xBB\xBF{\"name\":\"n\"}",
        b"\0",
    ] {
        assert!(!words(body).is_empty());
    }
    for levels in [200, 60_000] {
        let (open, close) = ("[".repeat(levels / 2), "]".repeat(levels / 2));
        let deep = format!(r#"{{"name":"n","x":{open}{close}}}"#);
        assert!(create(deep.as_bytes()).is_ok() || words(&deep).starts_with("recursion limit"));
    }
}

#[test]
fn f14_unknown_members_are_ignored_whatever_they_hold() {
    let body = br#"{"id":"7","name":"n","scopes":["Write"],"x":{"name":1},"x":2}"#;
    assert_eq!(create(body), create(br#"{"name":"n"}"#));
}

#[test]
fn f15_the_role_is_read_or_write_and_null_is_none() {
    let role = |text: &str| {
        let body = format!(r#"{{"name":"n","role":{text}}}"#);
        create(body.as_bytes()).map(|draft| draft.role)
    };
    assert_eq!(role("null"), Ok(None));
    assert_eq!(role(r#""read""#), Ok(Some(Role::Read)));
    assert_eq!(role(r#""write""#), Ok(Some(Role::Write)));
    for word in ["owner", "admin"] {
        let refused = role(&format!("\"{word}\""));
        let denial = Denial::RoleNotMintable;
        assert_eq!(refused, Err(Refusal::Forbidden(denial)), "{word}");
    }
    for (odd, begins) in [
        (
            r#""root""#,
            "unknown variant `root`, expected `read` or `write`",
        ),
        (r#""Write""#, "unknown variant `Write`"),
        (r#""""#, "unknown variant ``"),
        ("1", "invalid type: integer `1`, expected `read` or `write`"),
        (
            r#"{"read":null}"#,
            "invalid type: map, expected `read` or `write`",
        ),
        (
            r#"["read"]"#,
            "invalid type: sequence, expected `read` or `write`",
        ),
    ] {
        let body = format!(r#"{{"name":"n","role":{odd}}}"#);
        assert!(words(&body).starts_with(begins), "{odd}: {}", words(&body));
    }
}

#[test]
fn f3_the_body_comes_before_the_role_and_the_role_before_the_name() {
    assert_eq!(
        words(r#"{"role":"owner"}"#),
        "missing field `name` at line 1 column 16"
    );
    assert_eq!(
        create(br#"{"name":"","role":"owner"}"#),
        Err(Refusal::Forbidden(Denial::RoleNotMintable))
    );
    assert_eq!(
        create(br#"{"name":"","role":"read"}"#),
        Err(Refusal::InvalidName(NameFault::Empty))
    );
}

#[test]
fn f12_a_name_is_checked_as_it_was_sent() {
    for (body, name) in [(r#"{"name":" n"}"#, " n"), (r#"{"name":"\u0000"}"#, "\0")] {
        let name = name.to_owned();
        let fault = NameFault::Pattern { name };
        assert_eq!(create(body.as_bytes()), Err(Refusal::InvalidName(fault)));
    }
}

#[test]
fn f30_a_name_that_no_key_can_have_is_unknown() {
    assert_eq!(key_ref("n".to_owned()), Ok(KeyRef::Name("n".to_owned())));
    for name in ["", " ", "n\0", "é", &"n".repeat(101)] {
        let name = name.to_owned();
        assert_eq!(key_ref(name.clone()), Err(Refusal::UnknownName(name)));
    }
}
