//! `POST /v1/verify/batch`: K72.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{BadInput, ForeignCompany, Success},
    Request, Seed,
};
use serde_json::{Value, json};

use super::{BATCH, VERIFY, blamed, stranger, text, with};

const OP: &str = "key_verify_batch";

fn batch(token: &str, keys: &Value) -> Request {
    Request::post(BATCH)
        .bearer(token)
        .json(json!({ "keys": keys }).to_string())
}

#[tokio::test]
async fn k72_each_is_answered_as_if_it_were_asked_alone_and_in_order() {
    let (server, token) = with(Role::Verify).await;
    let theirs = stranger(&server, Role::Read).await;
    let good = server
        .plant(Seed::own("good").scopes(&["a"]).metadata(r#"{"n":1}"#))
        .await
        .secret;
    let bound = server
        .plant(Seed::personal("bound").addresses(&["192.0.2.7"]))
        .await
        .secret;
    let revoked = server.plant(Seed::named("revoked").revoked()).await.secret;
    let questions = json!([
        { "key": good },
        { "key": revoked, "scopes": ["a"] },
        { "key": "" },
        { "key": good, "scopes": ["b"], "client_ip": "192.0.2.7" },
        { "key": theirs },
        { "key": bound, "client_ip": "::ffff:192.0.2.7" },
        { "key": bound },
        { "key": good, "scopes": [] },
        { "key": "\0" },
    ]);
    let answer = server
        .record(OP, Success, "k72_nine", &batch(&token, &questions))
        .await;
    let answer = answer.expect(200);
    assert_eq!(Answer::members(answer.text()), ["results"]);
    let mut alone = Vec::new();
    for question in questions.as_array().expect("an array") {
        let request = Request::post(VERIFY)
            .bearer(&token)
            .json(question.to_string());
        alone.push(server.send(&request).await.expect(200).text().to_owned());
    }
    assert_eq!(
        answer.text(),
        format!(r#"{{"results":[{}]}}"#, alone.join(","))
    );
    let body = answer.json();
    let codes: Vec<_> = body["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|r| text(r, "code"))
        .collect();
    assert_eq!(
        codes,
        [
            "valid",
            "revoked",
            "malformed",
            "insufficient_scope",
            "not_found",
            "valid",
            "address_not_allowed",
            "valid",
            "malformed"
        ]
    );
}

#[tokio::test]
async fn k72_another_companys_keys_are_not_found() {
    let (server, _) = with(Role::Verify).await;
    let ours = server.plant(Seed::own("x")).await.secret;
    let root = stranger(&server, Role::Root).await;
    let request = batch(&root, &json!([{ "key": ours }, { "key": root }]));
    let answer = server
        .record(OP, ForeignCompany, "k72_root", &request)
        .await;
    let results = answer.expect(200).json()["results"].clone();
    assert_eq!(
        (&results[0]["code"], &results[1]["code"]),
        (&json!("not_found"), &json!("valid"))
    );
}

#[tokio::test]
async fn k72_a_batch_has_1_to_100_questions() {
    let (server, token) = with(Role::Verify).await;
    let key = server.plant(Seed::own("x")).await.secret;
    let many = |many: usize| json!(vec![json!({ "key": key }); many]);
    for (outcome, count) in [("k72_one", 1), ("k72_a_hundred", 100)] {
        let answer = server
            .record(OP, Success, outcome, &batch(&token, &many(count)))
            .await;
        let results = answer.expect(200).json()["results"].clone();
        let results = results.as_array().expect("results");
        assert_eq!(results.len(), count);
        assert!(results.iter().all(|result| result["code"] == "valid"));
    }
    for (outcome, count) in [("k72_none", 0), ("k72_101", 101), ("k72_3000", 3_000)] {
        let answer = server
            .record(OP, BadInput, outcome, &batch(&token, &many(count)))
            .await;
        assert_eq!(
            blamed(&answer.expect(400)),
            ["keys must have 1 to 100 questions"]
        );
    }
}

/// A hundred questions that have all that they may: 100 scopes of 100 characters would be a megabyte.
#[tokio::test]
async fn k72_a_body_may_have_256_kib() {
    let (server, token) = with(Role::Verify).await;
    let bare = r#"{"keys":[{"key":"x"}]}"#;
    let body = format!("{}{bare}", " ".repeat(256 * 1024 - bare.len()));
    let request = Request::post(BATCH).bearer(&token).json(body.clone());
    let answer = server.record(OP, Success, "k72_256_kib", &request).await;
    answer.expect(200);
    let request = Request::post(BATCH).bearer(&token).json(body + " ");
    server.send(&request).await.expect(413);
}

#[tokio::test]
async fn k72_one_that_is_ill_formed_is_named_and_none_is_answered() {
    let (server, token) = with(Role::Verify).await;
    let key = server.plant(Seed::own("x")).await.secret;
    let good = || json!({ "key": key });
    let form = "must have 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -";
    for (outcome, keys, reasons) in [
        (
            "k72_no_key",
            json!([good(), {}]),
            vec!["keys keys[1].key is required".to_owned()],
        ),
        (
            "k72_no_object",
            json!(["k"]),
            vec!["keys keys[0] must be a JSON object".to_owned()],
        ),
        (
            "k72_null",
            json!([good(), null]),
            vec!["keys keys[1] must be a JSON object".to_owned()],
        ),
        (
            "k72_scopes",
            json!([good(), good(), good(), { "key": "k", "scopes": ["a", ""] }]),
            vec![format!(
                "keys keys[3].scopes must be scopes: scopes[1] {form}"
            )],
        ),
        (
            "k72_client",
            json!([{ "key": "k", "client_ip": "x" }, good()]),
            vec!["keys keys[0].client_ip must be an IPv4 or IPv6 address".to_owned()],
        ),
        (
            "k72_unknown_member",
            json!([{ "key": "k", "ip": "192.0.2.7" }]),
            vec![
                "keys keys[0] must not have the member `ip`: there are key, scopes, client_ip, limits, cost"
                    .to_owned(),
            ],
        ),
        // The first few are named.
        (
            "k72_five_wrong",
            json!([{}, {}, {}, {}, {}]),
            (0..3)
                .map(|place| format!("keys keys[{place}].key is required"))
                .collect(),
        ),
        (
            "k72_object",
            json!({ "key": "k" }),
            vec!["keys must be an array".to_owned()],
        ),
        (
            "k72_keys_null",
            json!(null),
            vec!["keys is required".to_owned()],
        ),
    ] {
        let answer = server
            .record(OP, BadInput, outcome, &batch(&token, &keys))
            .await;
        assert_eq!(blamed(&answer.expect(400)), reasons, "{outcome}");
    }
    for (outcome, body, reason) in [
        ("k72_empty", "{}", "keys is required"),
        (
            "k72_a_question",
            r#"{"key":"k"}"#,
            "body must not have the member `key`: there are keys",
        ),
        (
            "k72_twice",
            r#"{"keys":[{"key":"k"}],"keys":[{"key":"k"}]}"#,
            "body must not name a member twice",
        ),
        (
            "k72_within_twice",
            r#"{"keys":[{"key":"k","key":"l"}]}"#,
            "keys keys[0] must not name a member twice",
        ),
    ] {
        let request = Request::post(BATCH).bearer(&token).json(body);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400))[0], reason, "{outcome}");
    }
}
