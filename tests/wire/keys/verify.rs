//! `POST /v1/verify`: K70, K71.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{BadInput, ForeignCompany, Success},
    Request, Seed, Server, Switch, cast,
};
use serde_json::{Value, json};

use super::{VERIFY, stranger, text, verdict, with};

const OP: &str = "key_verify";

/// The members of K71, in order.
const MEMBERS: [&str; 6] = [
    "valid",
    "code",
    "key",
    "limits",
    "quota",
    "retry_after_seconds",
];

fn ask(token: &str, question: &Value) -> Request {
    Request::post(VERIFY)
        .bearer(token)
        .json(question.to_string())
}

#[tokio::test]
async fn k71_a_good_key_of_every_surface_is_told() {
    let (server, token) = with(Role::Verify).await;
    for (outcome, seed) in [
        (
            "k71_of_keys",
            Seed::own("x")
                .scopes(&["b", "a"])
                .metadata(r#"{"z":1,"a":[null]}"#)
                .end("2030-01-01 00:00:00"),
        ),
        ("k71_of_ocamba", Seed::personal("personal")),
        ("k71_of_feldera", Seed::named("named")),
        (
            "k71_of_a_colleague",
            Seed::own("theirs").of(cast::COLLEAGUE),
        ),
        ("k71_of_root", Seed::caller(Role::Root)),
    ] {
        let key = server.plant(seed).await;
        let request = ask(&token, &json!({ "key": key.secret }));
        let answer = server.record(OP, Success, outcome, &request).await;
        let answer = answer.expect(200);
        assert_eq!(Answer::members(answer.text()), MEMBERS);
        let body = answer.json();
        assert_eq!(
            (&body["valid"], &body["code"]),
            (&json!(true), &json!("valid"))
        );
        assert_eq!(body["key"]["id"], key.id.to_string());
        let told = answer.text().split_once(r#""key":"#).expect("a key").1;
        let members = [
            "id",
            "company_id",
            "member_id",
            "name",
            "scopes",
            "metadata",
            "expires_at",
        ];
        assert_eq!(
            Answer::members(told.strip_suffix('}').expect("an object")),
            members
        );
    }
}

/// The caller's own, too; and that it was verified is use.
#[tokio::test]
async fn k71_a_key_may_ask_about_itself() {
    let (server, token) = with(Role::Verify).await;
    assert_eq!(verdict(&server, &token, &token).await, "valid");
}

/// Names and metadata are written by hand: whatever is in them is JSON all the same.
#[tokio::test]
async fn k71_whatever_a_name_or_metadata_have_comes_back() {
    let (server, admin) = with(Role::Admin).await;
    for (outcome, name) in [
        ("k71_quotes", "\"'\\/`</script>&"),
        (
            "k71_controls",
            "a\u{1}\u{8}\t\n\u{c}\r\u{1b}\u{1f}\u{7f}\u{80}b",
        ),
        (
            "k71_any_script",
            "e\u{301} عربى 中文 👩‍👩‍👧 \u{fffd}\u{feff}\u{2028}\u{202e}\u{10ffff}",
        ),
        ("k71_255_keys", &"🗝".repeat(255)),
    ] {
        let metadata = json!({ name: [name, { "n": name }], "": null, "f": 1.5 });
        let body = json!({ "name": name, "metadata": metadata }).to_string();
        let create = Request::post(super::OWN).bearer(&admin).json(body);
        let made = server.send(&create).await.expect(201).json();
        let secret = text(&made, "secret");
        server.remember(secret.to_owned());
        let request = ask(&admin, &json!({ "key": secret }));
        let answer = server.record(OP, Success, outcome, &request).await;
        let key = answer.expect(200).json()["key"].clone();
        assert_eq!((&key["name"], &key["metadata"]), (&json!(name), &metadata));
    }
}

#[tokio::test]
async fn k70_scopes_are_all_to_be_had() {
    let (server, token) = with(Role::Verify).await;
    let key = server
        .plant(Seed::own("x").scopes(&["a", "b:*", "c"]))
        .await;
    for (outcome, scopes, code) in [
        ("k70_no_scopes", json!([]), "valid"),
        ("k70_one_scope", json!(["a"]), "valid"),
        ("k70_all_scopes", json!(["c", "b:*", "a", "a"]), "valid"),
        (
            "k70_one_too_many",
            json!(["a", "b:*", "c", "d"]),
            "insufficient_scope",
        ),
        // Words, and no patterns.
        ("k70_no_pattern", json!(["b:read"]), "insufficient_scope"),
        ("k70_other_case", json!(["A"]), "insufficient_scope"),
    ] {
        let request = ask(&token, &json!({ "key": key.secret, "scopes": scopes }));
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(answer.expect(200).json()["code"], code, "{outcome}");
    }
}

/// Null is as good as leaving it out (K10), which the document does not offer.
#[tokio::test]
async fn k10_k70_scopes_and_client_may_be_null() {
    let (server, token) = with(Role::Verify).await;
    let bound = Seed::own("x").addresses(&["192.0.2.7"]);
    for (outcome, seed, code) in [
        ("k70_nulls", Seed::own("x"), "valid"),
        ("k70_nulls_bound", bound, "address_not_allowed"),
    ] {
        let key = server.plant(seed).await.secret;
        let question = json!({ "key": key, "scopes": null, "client_ip": null });
        let request = ask(&token, &question);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(answer.expect(200).json()["code"], code);
    }
}

#[tokio::test]
async fn k70_k53_an_address_is_to_be_one_of_those_allowed() {
    let (server, token) = with(Role::Verify).await;
    let bound = server
        .plant(Seed::own("x").addresses(&["192.0.2.0/25", "198.51.100.7", "2001:db8::/33"]))
        .await
        .secret;
    let free = server.plant(Seed::own("y")).await.secret;
    for (outcome, client, allowed) in [
        ("k70_4_first", json!("192.0.2.0"), true),
        ("k70_4_last", json!("192.0.2.127"), true),
        ("k70_4_beyond", json!("192.0.2.128"), false),
        ("k70_4_single", json!("198.51.100.7"), true),
        ("k70_4_beside", json!("198.51.100.8"), false),
        ("k70_mapped", json!("::ffff:192.0.2.7"), true),
        ("k70_mapped_hex", json!("::FFFF:c633:6407"), true),
        ("k70_mapped_beyond", json!("::ffff:192.0.2.200"), false),
        (
            "k70_6",
            json!("2001:DB8:7fff:ffff:ffff:ffff:ffff:ffff"),
            true,
        ),
        ("k70_6_beyond", json!("2001:db8:8000::"), false),
        ("k70_6_compatible", json!("::192.0.2.7"), false),
    ] {
        let request = ask(&token, &json!({ "key": bound, "client_ip": client }));
        let answer = server.record(OP, Success, outcome, &request).await;
        let code = if allowed {
            "valid"
        } else {
            "address_not_allowed"
        };
        assert_eq!(answer.expect(200).json()["code"], code, "{outcome}");
        let anywhere = ask(&token, &json!({ "key": free, "client_ip": client }));
        assert_eq!(
            server.send(&anywhere).await.expect(200).json()["code"],
            "valid"
        );
    }
    assert_eq!(
        verdict(&server, &token, &bound).await,
        "address_not_allowed",
        "left out"
    );
}

/// Byte for byte, and for root too: nobody learns which keys another company has.
#[tokio::test]
async fn k70_another_companys_key_is_as_one_that_there_is_not() {
    let server = Server::start().await;
    let theirs = server
        .plant(Seed::caller(Role::Read).of(cast::STRANGER))
        .await
        .secret;
    // Used, so that the server remembers it.
    assert!(server.accepts(&theirs).await);
    let revoked = server
        .plant(Seed::own("x").of(cast::STRANGER).revoked())
        .await
        .secret;
    // Well-formed, and never issued.
    let unknown = "0123456789abcdef0123456789abcdef01234567";
    for role in [Role::Verify, Role::Admin, Role::Root] {
        let token = server.caller(role).await;
        let answer = async |secret: &str| {
            let request = ask(
                &token,
                &json!({ "key": secret, "scopes": ["a"], "client_ip": "192.0.2.7" }),
            );
            let answer = server.send(&request).await.expect(200);
            let names: Vec<_> = answer
                .headers
                .iter()
                .map(|(name, _)| name.clone())
                .collect();
            (names, answer.text().to_owned())
        };
        let nothing = answer(unknown).await;
        assert_eq!(
            nothing.1,
            r#"{"valid":false,"code":"not_found","key":null,"limits":[],"quota":null,"retry_after_seconds":null}"#
        );
        assert_eq!(answer(&theirs).await, nothing, "{role}");
        assert_eq!(answer(&revoked).await, nothing, "{role}");
    }
    for (outcome, role) in [("k70_verify", Role::Verify), ("k70_root", Role::Root)] {
        let token = stranger(&server, role).await;
        let ours = server.plant(Seed::own("x")).await.secret;
        let request = ask(&token, &json!({ "key": ours }));
        let answer = server.record(OP, ForeignCompany, outcome, &request).await;
        assert_eq!(answer.expect(200).json()["code"], "not_found");
        assert_eq!(verdict(&server, &token, &theirs).await, "valid");
    }
}

#[tokio::test]
async fn k71_a_member_that_is_switched_off_disables_its_keys() {
    let (server, token) = with(Role::Verify).await;
    let seed = Seed::own("x")
        .of(cast::COLLEAGUE)
        .end("2024-08-09 14:00:00");
    let key = server.plant(seed).await.secret;
    assert_eq!(verdict(&server, &token, &key).await, "valid");
    server.switch(cast::COLLEAGUE, Switch::Disable).await;
    let request = ask(&token, &json!({ "key": key }));
    let answer = server.record(OP, Success, "k71_member_off", &request).await;
    assert_eq!(answer.expect(200).json()["code"], "disabled");
    server.clock.set("2024-08-09 14:00:00");
    assert_eq!(
        verdict(&server, &token, &key).await,
        "disabled",
        "before expired"
    );
    server.switch(cast::COLLEAGUE, Switch::Enable).await;
    assert_eq!(verdict(&server, &token, &key).await, "expired");
}
