//! The bodies of verifications.

use std::borrow::Cow;

use super::*;

fn asked(body: &str) -> Question<'_> {
    verify(body.as_bytes()).unwrap()
}

fn wrong(body: &str) -> Vec<String> {
    blamed(verify(body.as_bytes()))
}

fn batch(body: &str) -> Vec<String> {
    blamed(verify_batch(body.as_bytes()))
}

#[test]
fn k70_a_key_is_any_text_and_is_borrowed() {
    let question = asked(r#"{"key":"bit_x"}"#);
    assert!(matches!(question.key, Cow::Borrowed("bit_x")));
    assert_eq!((question.scopes.capacity(), question.client), (0, None));
    let big = "x".repeat(60_000);
    for (json, text) in [
        ("", ""),
        (" ", " "),
        ("🗝🗝", "🗝🗝"),
        (r"\u0000\u0000", "\0\0"),
        (r#"\"\\\ud83d\udddd"#, "\"\\🗝"),
        (&big, &big),
    ] {
        assert_eq!(asked(&format!(r#"{{"key":"{json}"}}"#)).key, text);
    }
}

#[test]
fn k70_scopes_and_an_address_may_be_asked_for() {
    let body = r#"{"client_ip":"2001:db8::1","scopes":["b","a"],"key":"k"}"#;
    let question = asked(body);
    let scopes: Vec<_> = question.scopes.iter().map(ToString::to_string).collect();
    assert_eq!(scopes, ["b", "a"]);
    assert_eq!(question.client, "2001:db8::1".parse().ok());
    let plain = asked(r#"{"key":"k"}"#);
    assert_eq!(
        asked(r#"{"key":"k","scopes":null,"client_ip":null}"#),
        plain
    );
    assert_eq!(asked(r#"{"key":"k","scopes":[]}"#), plain);
}

#[test]
fn k70_an_ill_formed_question_is_told_why() {
    const SCOPE: &str = "must have 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -";
    for (body, reason) in [
        ("{}", "key is required".to_owned()),
        (r#"{"key":null}"#, "key is required".to_owned()),
        (r#"{"key":1}"#, "key must be a string".to_owned()),
        (r#"{"key":["k"]}"#, "key must be a string".to_owned()),
        (r#"{"key":{"k":1}}"#, "key must be a string".to_owned()),
        (
            r#"{"key":"k","scopes":"a"}"#,
            "scopes must be an array".to_owned(),
        ),
        (
            r#"{"key":"k","scopes":["a",1]}"#,
            format!("scopes must be scopes: scopes[1] {SCOPE}"),
        ),
        (
            r#"{"key":"k","scopes":["é"]}"#,
            format!("scopes must be scopes: scopes[0] {SCOPE}"),
        ),
        (
            r#"{"key":"k","client_ip":7}"#,
            "client_ip must be a string".to_owned(),
        ),
        (
            r#"{"key":"k","client_ip":"10.0.0.0/8"}"#,
            "client_ip must be an IPv4 or IPv6 address".to_owned(),
        ),
        (
            r#"{"key":"k","client_ip":""}"#,
            "client_ip must be an IPv4 or IPv6 address".to_owned(),
        ),
        (
            r#"{"key":"k","scope":"a"}"#,
            "Body must not have the member `scope`: there are key, scopes, client_ip, limits, cost"
                .to_owned(),
        ),
        (
            r#"{"key":"k","key":"k"}"#,
            "Body must not name a member twice".to_owned(),
        ),
        (
            r#"{"key":"k","scopes":null,"scopes":null}"#,
            "Body must not name a member twice".to_owned(),
        ),
        ("[]", "Body must be a JSON object".to_owned()),
        ("null", "Body must be a JSON object".to_owned()),
    ] {
        assert_eq!(wrong(body), [reason], "{body}");
    }
    let many = vec![r#""a""#; 101].join(",");
    assert_eq!(
        wrong(&format!(r#"{{"key":"k","scopes":[{many}]}}"#)),
        ["scopes must have at most 100 elements"]
    );
    assert_eq!(wrong(r#"{"scopes":1,"client_ip":1,"x":1}"#).len(), 4);
}

#[test]
fn k70_what_is_no_json_is_no_question() {
    let deep = format!(r#"{{"key":{}"#, "[".repeat(60_000));
    for body in [
        b"".as_slice(),
        b"{",
        br#"{"key":"k"} x"#,
        b"{\"key\":\"\xff\"}",
        deep.as_bytes(),
    ] {
        let blamed = blamed(verify(body));
        assert!(
            blamed[0].starts_with("Body must be valid JSON"),
            "{blamed:?}"
        );
    }
    assert_eq!(wrong(r#"{"key":"\ud800"}"#).len(), 1);
}

#[test]
fn k72_a_batch_has_1_to_100_questions_in_order() {
    let body = |count: usize| {
        let questions: Vec<_> = (0..count).map(|n| format!(r#"{{"key":"k{n}"}}"#)).collect();
        format!(r#"{{"keys":[{}]}}"#, questions.join(","))
    };
    for count in [1, 100] {
        let body = body(count);
        let questions = verify_batch(body.as_bytes()).unwrap();
        assert_eq!(questions.len(), count);
        assert_eq!(questions[count - 1].key, format!("k{}", count - 1));
    }
    for count in [0, 101, 2_000] {
        assert_eq!(
            batch(&body(count)),
            ["keys must have 1 to 100 questions"],
            "{count}"
        );
    }
}

#[test]
fn k72_an_ill_formed_question_is_named_by_its_place() {
    for (body, reason) in [
        ("{}", "keys is required"),
        (r#"{"keys":null}"#, "keys is required"),
        (r#"{"keys":{}}"#, "keys must be an array"),
        (
            r#"{"keys":[{"key":"k"},{"key":"k","scopes":1}]}"#,
            "keys keys[1].scopes must be an array",
        ),
        (r#"{"keys":[{}]}"#, "keys keys[0].key is required"),
        (r#"{"keys":["k"]}"#, "keys keys[0] must be a JSON object"),
        (
            r#"{"keys":[{"key":"k","x":1}]}"#,
            "keys keys[0] must not have the member `x`: there are key, scopes, client_ip, limits, cost",
        ),
        (
            r#"{"keys":[{"key":"k"}],"x":1}"#,
            "Body must not have the member `x`: there are keys",
        ),
        (
            r#"{"keys":[{"key":"k"}],"keys":[{"key":"k"}]}"#,
            "Body must not name a member twice",
        ),
        ("[]", "Body must be a JSON object"),
    ] {
        assert_eq!(batch(body), [reason], "{body}");
    }
    let all_wrong = format!(r#"{{"keys":[{}]}}"#, vec!["1"; 100].join(","));
    assert_eq!(batch(&all_wrong).len(), 3, "only the first few are named");
}
