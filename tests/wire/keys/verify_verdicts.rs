//! K71: which code is given when several hold, and what cannot be a key.

use bitting_core::Role;
use bitting_tests::{Class::Success, Request, Seed};
use serde_json::json;

use super::{BATCH, VERIFY, blamed, item, plain, text, with, with_members};

const OP: &str = "key_verify";

/// Each key is all that its code says and all that comes after it in the list.
#[tokio::test]
async fn k71_the_first_code_that_holds_is_given() {
    let (server, token) = with(Role::Verify).await;
    let all = || {
        Seed::own("x")
            .scopes(&["a"])
            .addresses(&["192.0.2.7"])
            .end("2024-08-09 13:05:50")
            .metadata(r#"{"k":1}"#)
    };
    let pending = || {
        Seed::own("x")
            .addresses(&["192.0.2.7"])
            .start("2024-08-09 13:05:51")
    };
    for (outcome, seed, code) in [
        ("k71_revoked", all().revoked().disabled(), "revoked"),
        ("k71_disabled", all().disabled(), "disabled"),
        ("k71_expired", all(), "expired"),
        ("k71_pending", pending(), "pending"),
        (
            "k71_address_not_allowed",
            Seed::own("x").addresses(&["192.0.2.7"]),
            "address_not_allowed",
        ),
        (
            "k71_insufficient_scope",
            Seed::own("x").scopes(&["a"]),
            "insufficient_scope",
        ),
    ] {
        let key = server.plant(seed).await;
        let body = json!({ "key": key.secret, "scopes": ["a", "b"], "client_ip": "198.51.100.7" });
        let request = Request::post(VERIFY).bearer(&token).json(body.to_string());
        let answer = server.record(OP, Success, outcome, &request).await;
        let body = answer.expect(200).json();
        assert_eq!(
            (&body["valid"], &body["code"]),
            (&json!(false), &json!(code))
        );
        assert_eq!(body["key"]["id"], key.id.to_string(), "{outcome}");
    }
}

/// One key, changed step by step: the same order, now that the server remembers the key.
#[tokio::test]
async fn k71_the_order_is_the_same_of_a_key_that_is_remembered() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let mut settings = plain("x");
    for (member, value, code) in [
        ("scopes", json!(null), "insufficient_scope"),
        (
            "allowed_addresses",
            json!(["192.0.2.7"]),
            "address_not_allowed",
        ),
        ("starts_at", json!("2024-08-09T13:05:51Z"), "pending"),
        ("expires_at", json!("2024-08-09T13:05:52Z"), "pending"),
        ("enabled", json!(false), "disabled"),
    ] {
        settings = with_members(settings, &[(member, value)]);
        let put = Request::put(item(&key))
            .bearer(&token)
            .json(settings.to_string());
        server.send(&put).await.expect(200);
        let body = json!({ "key": key.secret, "scopes": ["b"] }).to_string();
        let ask = Request::post(VERIFY).bearer(&token).json(body);
        let found = server.send(&ask).await.expect(200).json();
        assert_eq!(text(&found, "code"), code);
    }
    // The clock alone: pending, not yet expired, expired; but disabled is before all of them.
    let put = with_members(
        settings,
        &[("enabled", json!(true)), ("allowed_addresses", json!([]))],
    );
    server
        .send(
            &Request::put(item(&key))
                .bearer(&token)
                .json(put.to_string()),
        )
        .await
        .expect(200);
    for (now, code) in [
        ("2024-08-09 13:05:50", "pending"),
        ("2024-08-09 13:05:51", "valid"),
        ("2024-08-09 13:05:52", "expired"),
    ] {
        server.clock.set(now);
        assert_eq!(
            super::verdict(&server, &token, &key.secret).await,
            code,
            "{now}"
        );
    }
}

/// Nothing is looked up for these: a store that fails is not asked.
#[tokio::test]
async fn k71_what_cannot_be_a_key_is_malformed() {
    let (server, token) = with(Role::Verify).await;
    let key = server.plant(Seed::own("x")).await.secret;
    assert_eq!(super::verdict(&server, &token, &key).await, "valid");
    let other = if key.ends_with('0') { '1' } else { '0' };
    let mistyped = format!("{}{other}", &key[..key.len() - 1]);
    let swapped = format!("bit_{}{}{}", &key[5..6], &key[4..5], &key[6..]);
    let long = "k".repeat(1_025);
    server.probe.fail(
        bitting_tests::probe::Step::Credential,
        bitting_tests::probe::Fault::Corrupt,
    );
    for (outcome, presented) in [
        ("k71_empty", ""),
        ("k71_mistyped", &mistyped),
        ("k71_swapped", &swapped),
        ("k71_of_1025", &long),
        ("k71_nul", "\0"),
        ("k71_nuls", "\0\0\0\0\0\0\0\0"),
        ("k71_nul_after", &format!("{key}\0")),
        ("k71_padded", &format!(" {key}")),
        ("k71_newline", &format!("{key}\n")),
        ("k71_emoji", "🗝🗝🗝"),
        ("k71_no_ascii", "kéy"),
        (
            "k71_login_token",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln",
        ),
        ("k71_two_dots", ".."),
    ] {
        let body = json!({ "key": presented }).to_string();
        let request = Request::post(VERIFY).bearer(&token).json(body);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(
            answer.expect(200).text(),
            r#"{"valid":false,"code":"malformed","key":null,"limits":[],"quota":null,"retry_after_seconds":null}"#,
            "{outcome}"
        );
    }
}

#[tokio::test]
async fn k71_what_may_be_a_key_and_is_none_is_not_found() {
    let (server, token) = with(Role::Verify).await;
    let longest = "k".repeat(1_024);
    let alphanumeric = format!("apikey:{}", "a".repeat(128));
    for (outcome, presented) in [
        ("k71_unknown", "0123456789abcdef0123456789abcdef01234567"),
        ("k71_unknown_alphanumeric", &alphanumeric),
        ("k71_of_1", "k"),
        ("k71_of_1024", &longest),
        // Another's key of before: any form without a blank.
        ("k71_signs", r#""'\;--"#),
        ("k71_prefix_alone", "bit_"),
        ("k71_one_dot", "a.b"),
        ("k71_three_dots", "a.b.c.d"),
    ] {
        let body = json!({ "key": presented }).to_string();
        let request = Request::post(VERIFY).bearer(&token).json(body);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(
            answer.expect(200).text(),
            r#"{"valid":false,"code":"not_found","key":null,"limits":[],"quota":null,"retry_after_seconds":null}"#,
            "{outcome}"
        );
    }
}

/// What is not a question is 400, in a batch as well, however its key looks.
#[tokio::test]
async fn k70_a_key_is_any_string_and_nothing_else() {
    let (server, token) = with(Role::Verify).await;
    for value in ["7", "null", "true", "[]", "{}"] {
        let question = format!(r#"{{"key":{value}}}"#);
        let reason = if value == "null" {
            "is required"
        } else {
            "must be a string"
        };
        let one = Request::post(VERIFY).bearer(&token).json(question.clone());
        let several = Request::post(BATCH)
            .bearer(&token)
            .json(format!(r#"{{"keys":[{question}]}}"#));
        assert!(blamed(&server.send(&one).await.expect(400))[0].ends_with(reason));
        assert!(blamed(&server.send(&several).await.expect(400))[0].ends_with(reason));
    }
}
