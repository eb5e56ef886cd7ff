//! K10: bodies that are refused.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::{BadInput, Refused},
    Request, Server,
};

use super::{MEMBERS, blamed, counts, with};

const CREATES: [(&str, &str); 2] = [("company_create", COMPANIES), ("member_create", MEMBERS)];

/// Sends each body to one operation and compares what is blamed.
async fn invalid<B: AsRef<[u8]>>(operation: &str, path: &str, cases: &[(&str, B, &[&str])]) {
    let (server, token) = with(Role::Root).await;
    let before = counts(&server);
    for (outcome, body, wrong) in cases {
        let request = Request::post(path).bearer(&token).json(body.as_ref());
        let answer = server.record(operation, BadInput, outcome, &request).await;
        let blamed = blamed(&answer.expect(400));
        assert_eq!(blamed.len(), wrong.len(), "{outcome}: {blamed:?}");
        for (blamed, begins) in blamed.iter().zip(*wrong) {
            assert!(blamed.starts_with(begins), "{outcome}: {blamed}");
        }
    }
    assert_eq!(counts(&server), before, "something was made");
}

#[tokio::test]
async fn k10_a_body_must_be_one_json_object() {
    let object: &[&str] = &["body must be a JSON object"];
    let json: &[&str] = &["body must be valid JSON; it is not at line "];
    for (operation, path) in CREATES {
        invalid(
            operation,
            path,
            &[
                ("k10_nothing", "", json),
                ("k10_cut_off", r#"{"name":"#, json),
                ("k10_two_values", r#"{"name":"x"}{}"#, json),
                ("k10_trailing_garbage", r#"{"name":"x"} x"#, json),
                ("k10_trailing_comma", r#"{"name":"x",}"#, json),
                ("k10_single_quotes", "{'name':'x'}", json),
                ("k10_comment", r#"{"name":"x"/**/}"#, json),
                ("k10_form", "name=x", json),
                ("k10_byte_order_mark", "\u{feff}{\"name\":\"x\"}", json),
                ("k10_array", r#"[{"name":"x"}]"#, object),
                ("k10_array_of_members", r#"["x"]"#, object),
                ("k10_string", r#""x""#, object),
                ("k10_null", "null", object),
                ("k10_number", "1", object),
            ],
        )
        .await;
    }
}

#[tokio::test]
async fn k10_a_body_must_be_utf8_without_lone_surrogates_and_without_nul() {
    let json: &[&str] = &["body must be valid JSON; it is not at line "];
    let nul: &[&str] = &["body must not contain U+0000"];
    for (operation, path) in CREATES {
        invalid(
            operation,
            path,
            &[
                ("k10_no_utf8", &b"{\"name\":\"\xff\"}"[..], json),
                (
                    "k10_no_utf8_elsewhere",
                    b"{\"name\":\"x\",\"y\":\"\xc3\"}",
                    json,
                ),
                ("k10_lone_surrogate", br#"{"name":"\ud83d"}"#, json),
                ("k10_lone_low_surrogate", br#"{"name":"\udddd"}"#, json),
                (
                    "k10_lone_surrogate_elsewhere",
                    br#"{"name":"x","y":["\ud83d"]}"#,
                    json,
                ),
                ("k10_nul", br#"{"name":"a\u0000b"}"#, nul),
                (
                    "k10_nul_elsewhere",
                    br#"{"name":"x","y":{"z":["\u0000"]}}"#,
                    nul,
                ),
                ("k10_nul_in_a_name", br#"{"name":"x","\u0000":1}"#, nul),
                ("k10_raw_nul", b"{\"name\":\"a\0b\"}", json),
            ],
        )
        .await;
    }
}

#[tokio::test]
async fn k10_a_member_given_twice_is_400() {
    let twice: &[&str] = &["body must not name a member twice"];
    for (operation, path) in CREATES {
        invalid(
            operation,
            path,
            &[
                ("k10_name_twice", r#"{"name":"a","name":"a"}"#, twice),
                (
                    "k10_name_twice_by_an_escape",
                    r#"{"name":"a","n\u0061me":"b"}"#,
                    twice,
                ),
                ("k10_unknown_twice", r#"{"name":"a","x":1,"x":1}"#, twice),
            ],
        )
        .await;
    }
}

#[tokio::test]
async fn k10_a_member_that_the_operation_does_not_know_is_named() {
    let long = format!(r#"{{"name":"x","{}":1}}"#, "é".repeat(1_000));
    invalid(
        "company_create",
        COMPANIES,
        &[
            (
                "k10_misspelt",
                r#"{"name":"x","first_kye":false}"#,
                &["body must not have the member `first_kye`: there are name, member_name, first_key"],
            ),
            (
                "k10_role",
                r#"{"name":"x","role":"admin"}"#,
                &["body must not have the member `role`"],
            ),
            (
                "k10_other_case",
                r#"{"name":"x","Name":"y"}"#,
                &["body must not have the member `Name`"],
            ),
            (
                "k10_id",
                r#"{"id":"7","name":"x"}"#,
                &["body must not have the member `id`"],
            ),
            (
                "k10_no_name",
                r#"{"":1,"name":"x"}"#,
                &["body must not have the member ``"],
            ),
            (
                "k10_unknown_null",
                r#"{"name":"x","y":null}"#,
                &["body must not have the member `y`"],
            ),
            (
                "k10_long_member",
                &*long,
                &["body must not have the member `éééééééééé"],
            ),
        ],
    )
    .await;
    invalid(
        "member_create",
        MEMBERS,
        &[
            (
                "k10_misspelt",
                r#"{"name":"x","rol":"read"}"#,
                &["body must not have the member `rol`: there are name, role, first_key"],
            ),
            (
                "k10_member_name",
                r#"{"name":"x","member_name":"y"}"#,
                &["body must not have the member `member_name`"],
            ),
            (
                "k10_company_id",
                r#"{"name":"x","company_id":"7000001"}"#,
                &["body must not have the member `company_id`"],
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn k10_everything_that_is_wrong_is_named_in_the_order_of_the_rule() {
    invalid(
        "company_create",
        COMPANIES,
        &[
            ("k10_empty", "{}", &["name is required"][..]),
            (
                "k10_three_errors",
                r#"{"first_key":"yes","member_name":"","name":7}"#,
                &[
                    "name must be a string",
                    "member_name must not be empty",
                    "first_key must be true or false",
                ],
            ),
            (
                "k10_four_errors",
                r#"{"first_key":0,"x":1,"member_name":[]}"#,
                &[
                    "body must not have the member `x`",
                    "name is required",
                    "member_name must be a string",
                    "first_key must be true or false",
                ],
            ),
        ],
    )
    .await;
    invalid(
        "member_create",
        MEMBERS,
        &[
            ("k10_empty", "{}", &["name is required"][..]),
            (
                "k10_three_errors",
                r#"{"first_key":"no","role":"owner","name":" "}"#,
                &[
                    "name must not be empty",
                    "role must be one of none, verify, read, write, admin, root",
                    "first_key must be true or false",
                ],
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn k40_what_is_no_role_is_400() {
    let wrong: &[&str] = &["role must be one of none, verify, read, write, admin, root"];
    let text: &[&str] = &["role must be a string"];
    let body = |role: &str| format!(r#"{{"name":"x","role":{role}}}"#);
    invalid(
        "member_create",
        MEMBERS,
        &[
            ("k40_owner", body(r#""owner""#), wrong),
            ("k40_capital", body(r#""Admin""#), wrong),
            ("k40_padded", body(r#"" read""#), wrong),
            ("k40_empty", body(r#""""#), wrong),
            ("k40_number", body("1"), text),
            ("k40_array", body(r#"["read"]"#), text),
            ("k40_boolean", body("false"), text),
        ],
    )
    .await;
}

/// `member_name` has no effect without a first key, and is looked at all the same: so is `role`.
#[tokio::test]
async fn k10_what_has_no_effect_must_be_right_as_well() {
    invalid(
        "company_create",
        COMPANIES,
        &[(
            "k10_no_effect",
            r#"{"name":"x","first_key":false,"member_name":7}"#,
            &["member_name must be a string"][..],
        )],
    )
    .await;
    invalid(
        "member_create",
        MEMBERS,
        &[(
            "k10_no_effect",
            r#"{"name":"x","first_key":false,"role":"owner"}"#,
            &["role must be one of"][..],
        )],
    )
    .await;
}

#[tokio::test]
async fn k10_a_deep_body_is_refused() {
    let deep = |levels: usize| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        format!(r#"{{"name":{open}{close}}}"#)
    };
    let json: &[&str] = &["body must be valid JSON; it is not at line "];
    for (operation, path) in CREATES {
        invalid(
            operation,
            path,
            &[
                ("k10_deep", deep(128), json),
                ("k10_deeper", deep(30_000), json),
                ("k10_deep_and_open", r#"{"x":"#.repeat(10_000), json),
            ],
        )
        .await;
    }
}

#[tokio::test]
async fn k10_another_type_or_none_is_415() {
    let (server, token) = with(Role::Root).await;
    let before = counts(&server);
    let body = r#"{"name":"x"}"#;
    for (operation, path) in CREATES {
        let typed = |kind: &str| {
            Request::post(path)
                .bearer(&token)
                .header("content-type", kind)
                .body(body)
        };
        for (outcome, request) in [
            ("k10_no_type", Request::post(path).bearer(&token).body(body)),
            (
                "k10_no_type_and_no_body",
                Request::post(path).bearer(&token),
            ),
            ("k10_text", typed("text/plain")),
            ("k10_form_type", typed("application/x-www-form-urlencoded")),
            ("k10_other_json", typed("application/merge-patch+json")),
            (
                "k10_two_types",
                typed("application/json").header("content-type", "text/plain"),
            ),
        ] {
            let answer = server.record(operation, Refused, outcome, &request).await;
            let body = answer.expect(415).json();
            assert_eq!(body["error_code"], "unsupported_media_type");
        }
    }
    assert_eq!(counts(&server), before, "something was made");
}

#[tokio::test]
async fn k10_the_type_may_have_any_parameters() {
    let (server, token): (Server, _) = with(Role::Root).await;
    for (operation, path) in CREATES {
        let request = Request::post(path)
            .bearer(&token)
            .header("content-type", "Application/JSON; charset=utf-8; x=\"y\"")
            .body(r#"{"name":"x"}"#);
        let answer = server
            .record(
                operation,
                bitting_tests::Class::Success,
                "k10_charset",
                &request,
            )
            .await;
        answer.expect(201);
    }
}
