//! O20, O21 and O50.

use super::*;

fn made(body: &str) -> KeyDraft {
    create(body.as_bytes(), true).unwrap()
}

fn changed(body: &str) -> KeyChange {
    update(body.as_bytes()).unwrap()
}

fn seconds(time: Option<Timestamp>) -> Option<i64> {
    time.map(Timestamp::seconds)
}

#[test]
fn o20_a_create_with_everything() {
    let draft = made(
        r#"{"name":" My key ","description":"d","start_time":"1970-01-01 00:00:01","end_time":"1970-01-02 00:00:00"}"#,
    );
    assert_eq!(draft.name.as_str(), " My key ");
    assert_eq!(draft.description.unwrap().as_str(), "d");
    assert_eq!(seconds(draft.start), Some(1));
    assert_eq!(seconds(draft.end), Some(86_400));
    assert_eq!(draft.role, None);
    assert!(draft.recoverable);
    assert!(!create(br#"{"name":"n"}"#, false).unwrap().recoverable);
}

#[test]
fn o20_null_is_as_good_as_nothing_on_create() {
    let nulls = r#"{"name":"n","description":null,"start_time":null,"end_time":null}"#;
    assert_eq!(made(nulls), made(r#"{"name":"n"}"#));
    let refused = create(br#"{"name":null}"#, true);
    assert_eq!(blamed(refused), ["Name"]);
}

#[test]
fn o20_unknown_and_read_only_members_are_ignored_whatever_they_hold() {
    let body = r#"{"id":"7","secret":[1,{"a":2.5}],"status":"expired","name":"n","role":"root","x":{"name":true}}"#;
    assert_eq!(made(body), made(r#"{"name":"n"}"#));
}

#[test]
fn o20_nul_is_refused_wherever_it_is() {
    for (body, field) in [
        (r#"{"name":"a\u0000"}"#, "Body"),
        (r#"{"name":"n","description":"\u0000"}"#, "Body"),
        (r#"{"name":"n","x":"\u0000"}"#, "Body"),
        (r#"{"name":"n","x":[[{"y":"\u0000"}]]}"#, "Body"),
        (r#"{"name":"n","x":{"\u0000":1}}"#, "Body"),
        (r#"{"name":"n","x":{"a":"\u0000","a":"b"}}"#, "Body"),
        (r#"{"name":"n","\u0000":1}"#, "Body"),
    ] {
        assert_eq!(blamed(create(body.as_bytes(), true)), [field], "{body}");
        assert_eq!(blamed(update(body.as_bytes())), [field], "{body}");
    }
}

#[test]
fn o21_what_is_no_object_is_refused() {
    let deep = |levels: usize| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        format!(r#"{{"name":"n","x":{open}{close}}}"#)
    };
    assert!(create(deep(100).as_bytes(), true).is_ok());
    let bodies: &[&[u8]] = &[
        b"",
        b" ",
        b"not json",
        b"null",
        b"[]",
        b"\"name\"",
        b"7",
        b"{",
        br#"{"name":"n""#,
        br#"{"name":"n"} x"#,
        br#"{"name":"n"}{}"#,
        br#"{"name":"n",}"#,
        br#"{name:"n"}"#,
        br"{'name':'n'}",
        b"\xEF\xBB\xBF{\"name\":\"n\"}",
        b"{\"name\":\"\xFF\"}",
        b"{\"name\":\"n\",\"x\":\"\xC3\"}",
        br#"{"name":"n","name":"n"}"#,
        br#"{"name":"n","x":1,"x":1}"#,
        br#"{"name":"\ud800"}"#,
        br#"{"name":"n","x":"\udc00"}"#,
        br#"{"name":"n","x":["\ud83d"]}"#,
        &deep(200).into_bytes(),
    ];
    for body in bodies {
        let text = String::from_utf8_lossy(body);
        assert_eq!(blamed(create(body, true)), ["Body"], "{text}");
        assert_eq!(blamed(update(body)), ["Body"], "{text}");
    }
}

#[test]
fn o21_a_refusal_repeats_nothing_of_the_body() {
    let Err(Refusal::Invalid(violations)) = create(br#"{"name": hunter2}"#, true) else {
        panic!("not refused");
    };
    assert!(
        !format!("{violations:?}").contains("hunter2"),
        "{violations:?}"
    );
}

#[test]
fn o21_every_wrong_member_is_named() {
    let name = |length: usize| format!(r#"{{"name":"{}"}}"#, "é".repeat(length));
    assert!(create(name(255).as_bytes(), true).is_ok());
    let long = format!(r#"{{"name":"n","description":"{}"}}"#, "x".repeat(1_001));
    let cases: &[(&str, &[&str])] = &[
        ("{}", &["Name"]),
        (r#"{"name":""}"#, &["Name"]),
        (r#"{"name":" \t\u3000"}"#, &["Name"]),
        (r#"{"name":7}"#, &["Name"]),
        (r#"{"name":["n"]}"#, &["Name"]),
        (&name(256), &["Name"]),
        (&long, &["Description"]),
        (r#"{"name":"n","description":false}"#, &["Description"]),
        (r#"{"name":"n","start_time":0}"#, &["Start"]),
        (r#"{"name":"n","start_time":"2024-01-01"}"#, &["Start"]),
        (r#"{"name":"n","end_time":"2024-01-01T00:00:00"}"#, &["End"]),
        (r#"{"name":"n","end_time":"2023-02-29 00:00:00"}"#, &["End"]),
        (
            r#"{"description":1,"start_time":"","end_time":{}}"#,
            &["Name", "Description", "Start", "End"],
        ),
    ];
    for (body, fields) in cases {
        assert_eq!(blamed(create(body.as_bytes(), true)), *fields, "{body}");
    }
}

#[test]
fn o25_any_unicode_is_fine_and_escapes_are_decoded() {
    let draft = made("{\"name\":\"\\u00e9\\ud83d\\udd11 \u{1F511}\u{202E}\"}");
    assert_eq!(draft.name.as_str(), "é🔑 🔑\u{202E}");
}

#[test]
fn o50_absent_null_and_given_are_three_things() {
    assert_eq!(changed(r#"{"name":"n"}"#).name.unwrap().as_str(), "n");
    let nulls = changed(r#"{"description":null,"end_time":null}"#);
    assert_eq!(
        nulls,
        KeyChange {
            description: Some(None),
            end: Some(None),
            ..KeyChange::default()
        }
    );
    let times = changed(r#"{"start_time":"1970-01-01 00:00:01","end_time":"1970-01-01 00:00:02"}"#);
    assert_eq!(seconds(times.start), Some(1));
    assert_eq!(times.end.map(seconds), Some(Some(2)));
    assert_eq!(times.description, None);
}

#[test]
fn o50_what_an_update_may_not_be() {
    let cases: &[(&str, &[&str])] = &[
        ("{}", &["Body"]),
        (r#"{"status":"expired","x":null}"#, &["Body"]),
        (r#"{"name":null}"#, &["Name"]),
        (r#"{"start_time":null}"#, &["Start"]),
        (
            r#"{"name":" ","start_time":null,"end_time":"x","description":0}"#,
            &["Name", "Description", "Start", "End"],
        ),
    ];
    for (body, fields) in cases {
        assert_eq!(blamed(update(body.as_bytes())), *fields, "{body}");
    }
}
