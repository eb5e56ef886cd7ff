//! `GET /v1/forward-auth`: K122 to K125.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{BadInput, ForeignCompany, NoCredential, Refused, Success},
    Request, Seed, Server, Setup, Switch, cast,
};

use super::{FORWARD_AUTH, GATEWAY, OWN, blamed, text, with};

const OP: &str = "forward_auth";

/// What a gateway is told of a key, by the names of the headers.
fn told(answer: &Answer) -> [String; 4] {
    ["key-id", "company-id", "member-id", "scopes"].map(|name| {
        let value = answer.header(&format!("x-bitting-{name}"));
        value.expect("K125: always all four").to_owned()
    })
}

fn tells_nobody(answer: &Answer) -> bool {
    let mut names = answer.headers.iter();
    !names.any(|(name, _)| name.starts_with("x-bitting-"))
}

#[tokio::test]
async fn k125_whose_key_it_is_is_told_in_four_headers_none_of_them_empty() {
    let server = Server::start().await;
    let longest = ["a".repeat(100), "b".repeat(100)].map(|scope| &*scope.leak());
    for (outcome, seed, member, scopes) in [
        ("k125_no_scopes", Seed::own("x"), "10001", "-".to_owned()),
        (
            "k125_scopes",
            Seed::own("x")
                .of(cast::COLLEAGUE)
                .scopes(&["b:*", "a/b", "c.d-e_F"]),
            "10002",
            "a/b,b:*,c.d-e_F".to_owned(),
        ),
        (
            "k125_a_hyphen",
            Seed::own("x").scopes(&["-"]),
            "10001",
            "-".to_owned(),
        ),
        (
            "k125_long",
            Seed::own("x").scopes(&longest),
            "10001",
            longest.join(","),
        ),
        (
            "k125_of_ocamba",
            Seed::personal("x"),
            "10001",
            "-".to_owned(),
        ),
        ("k125_of_feldera", Seed::named("x"), "10001", "-".to_owned()),
    ] {
        let key = server.plant(seed).await;
        let request = Request::get(GATEWAY).bearer(&key.secret);
        let answer = server
            .record(OP, Success, outcome, &request)
            .await
            .expect(200);
        let expected = [&key.id.to_string(), "6197120", member, &*scopes].map(str::to_owned);
        assert_eq!(told(&answer), expected);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}

/// A name can hold anything, and is in no header; a scope has a closed alphabet, on every way in.
#[tokio::test]
async fn k125_no_name_or_scope_adds_a_header() {
    let (server, admin) = with(Role::Admin).await;
    let evil = "x\r\nX-Bitting-Member-Id: 1\r\n\r\n";
    let body = serde_json::json!({ "name": evil, "description": evil, "metadata": { evil: evil } });
    let create = Request::post(OWN).bearer(&admin).json(body.to_string());
    let made = server.send(&create).await.expect(201).json();
    let secret = text(&made, "secret");
    server.remember(secret.to_owned());
    let request = Request::get(GATEWAY).bearer(secret);
    let answer = server
        .record(OP, Success, "k125_evil_name", &request)
        .await
        .expect(200);
    assert_eq!(told(&answer)[2], "10001");
    let ours = answer
        .headers
        .iter()
        .filter(|(name, _)| name.starts_with("x-bitting-"));
    assert_eq!(ours.count(), 4);
    for scope in [
        "a\r\nX-Bitting-Member-Id: 1",
        "a\n",
        "a\0",
        "a b",
        "a,b",
        "",
        "é",
    ] {
        let body = serde_json::json!({ "name": "x", "scopes": [scope] }).to_string();
        let create = Request::post(OWN).bearer(&admin).json(body);
        server.send(&create).await.expect(400);
    }
}

#[tokio::test]
async fn k123_a_key_is_presented_in_either_header() {
    let server = Server::start().await;
    let key = server.plant(Seed::own("x")).await.secret;
    for (outcome, request) in [
        (
            "k123_bearer",
            Request::get(GATEWAY).header("authorization", format!("bEARER {key}")),
        ),
        (
            "k123_x_api_key",
            Request::get(GATEWAY).header("X-API-Key", &key),
        ),
        (
            "k123_both",
            Request::get(GATEWAY).bearer(&key).header("x-api-key", &key),
        ),
        (
            "k123_beside_basic",
            Request::get(GATEWAY)
                .header("authorization", "Basic eDp5")
                .header("x-api-key", &key),
        ),
    ] {
        let answer = server.record(OP, Success, outcome, &request).await;
        answer.expect(200);
    }
}

/// Keeps an exchange that is refused for want of a good key, without a word of what is wrong.
async fn unknown(server: &Server, outcome: &str, request: &Request) {
    let answer = server.record(OP, NoCredential, outcome, request).await;
    let answer = answer.expect(401);
    assert_eq!(answer.json()["error_code"], "unauthenticated");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    assert!(tells_nobody(&answer));
}

#[tokio::test]
async fn k123_no_key_two_or_one_that_cannot_be_read_are_401() {
    let server = Server::start().await;
    let key = server.plant(Seed::own("x")).await.secret;
    let other = server.plant(Seed::own("y")).await.secret;
    let get = || Request::get(GATEWAY);
    for (outcome, request) in [
        (
            "k123_different",
            get().bearer(&key).header("x-api-key", &other),
        ),
        ("k123_two_bearers", get().bearer(&key).bearer(&key)),
        (
            "k123_two_keys",
            get().header("x-api-key", &key).header("x-api-key", &key),
        ),
        (
            "k123_no_token",
            get()
                .header("authorization", "Bearer")
                .header("x-api-key", &key),
        ),
        ("k123_basic", get().header("authorization", "Basic eDp5")),
        ("k123_empty", get().header("x-api-key", "")),
        (
            "k123_in_the_query",
            Request::get(format!("{GATEWAY}&key={key}")),
        ),
    ] {
        unknown(&server, outcome, &request).await;
    }
}

#[tokio::test]
async fn k125_what_is_no_good_key_is_401_without_a_word_of_why() {
    let server = Server::start().await;
    let switched = server
        .plant(Seed::own("x").of(cast::COLLEAGUE))
        .await
        .secret;
    server.switch(cast::COLLEAGUE, Switch::Disable).await;
    let mut secrets = vec![
        (
            "k125_unknown",
            "0123456789abcdef0123456789abcdef01234567".to_owned(),
        ),
        (
            "k125_mistyped",
            "bit_000000000000000000000000000000000000".to_owned(),
        ),
        (
            "k125_login_token",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.".to_owned(),
        ),
        ("k125_of_a_member_that_is_off", switched),
    ];
    for (outcome, seed) in [
        ("k125_revoked", Seed::own("x").revoked()),
        ("k125_disabled", Seed::own("x").disabled()),
        ("k125_expired", Seed::own("x").end("2024-08-09 13:05:50")),
        ("k125_pending", Seed::own("x").start("2024-08-09 13:05:51")),
    ] {
        // Neither what it lacks nor where it is used from is told of what is no good key.
        let seed = seed.addresses(&["192.0.2.7"]);
        secrets.push((outcome, server.plant(seed).await.secret));
    }
    for (outcome, secret) in secrets {
        let request = Request::get(format!("{GATEWAY}&scopes=a")).bearer(secret);
        unknown(&server, outcome, &request).await;
    }
}

/// Whoever the key is, and whoever asks: the gateway says whose keys are good.
#[tokio::test]
async fn k122_the_key_of_another_company_is_401() {
    let server = Server::start().await;
    for (outcome, role) in [("k122_none", Role::None), ("k122_root", Role::Root)] {
        let key = super::stranger(&server, role).await;
        let request = Request::get(GATEWAY).bearer(&key);
        let answer = server
            .record(OP, ForeignCompany, outcome, &request)
            .await
            .expect(401);
        assert!(tells_nobody(&answer));
        let theirs = Request::get("/v1/forward-auth?company=7000001").bearer(&key);
        assert_eq!(told(&server.send(&theirs).await.expect(200))[1], "7000001");
        let nobodys = Request::get("/v1/forward-auth?company=999").bearer(&key);
        server.send(&nobodys).await.expect(401);
    }
}

#[tokio::test]
async fn k122_scopes_are_all_to_be_had() {
    let server = Server::start().await;
    let key = server
        .plant(Seed::own("x").scopes(&["a:read", "b"]))
        .await
        .secret;
    for (outcome, scopes, status) in [
        ("k122_one_scope", "b", 200),
        ("k122_all_scopes", "b,a:read,b", 200),
        ("k122_encoded", "a%3Aread", 200),
        ("k122_one_too_many", "a:read,b,c", 403),
        ("k122_other_case", "B", 403),
    ] {
        let class = if status == 200 { Success } else { Refused };
        let request = Request::get(format!("{GATEWAY}&scopes={scopes}")).bearer(&key);
        let answer = server
            .record(OP, class, outcome, &request)
            .await
            .expect(status);
        if status == 403 {
            assert_eq!(answer.json()["error_code"], "insufficient_scope");
            assert!(tells_nobody(&answer));
        } else {
            assert_eq!(
                told(&answer)[3],
                "a:read,b",
                "all that it has, whatever was asked"
            );
        }
    }
}

#[tokio::test]
async fn k122_a_query_that_says_no_company_or_something_else_is_400() {
    let server = Server::start().await;
    let key = server.plant(Seed::own("x")).await.secret;
    let form = "must have 1 to 100 of the characters A-Z a-z 0-9 _ . : / * -";
    let scope = |place| format!("scopes must be scopes between commas: scopes[{place}] {form}");
    let company = "company must be the id of a company: decimal digits without a leading zero";
    let many = vec!["s"; 101].join(",");
    for (outcome, query, reasons) in [
        (
            "k122_no_query",
            String::new(),
            vec!["company is required".to_owned()],
        ),
        (
            "k122_no_company",
            "?scopes=a".into(),
            vec!["company is required".into()],
        ),
        (
            "k122_empty_company",
            "?company=".into(),
            vec![company.into()],
        ),
        ("k122_no_id", "?company=007".into(), vec![company.into()]),
        (
            "k122_twice",
            "?company=6197120&company=7000001".into(),
            vec!["company must be given only once".into()],
        ),
        (
            "k122_no_scopes",
            "?company=1&scopes=".into(),
            vec![scope(0)],
        ),
        (
            "k122_empty_scope",
            "?company=1&scopes=a,,b".into(),
            vec![scope(1)],
        ),
        (
            "k122_spaces",
            "?company=1&scopes=a+b".into(),
            vec![scope(0)],
        ),
        (
            "k122_line_break",
            "?company=1&scopes=a%0D%0Ab".into(),
            vec![scope(0)],
        ),
        (
            "k122_101_scopes",
            format!("?company=1&scopes={many}"),
            vec!["scopes must have at most 100 scopes".into()],
        ),
        (
            "k122_misspelt",
            "?company=1&scope=a".into(),
            vec!["query must not have the parameter `scope`: there are company, scopes".into()],
        ),
    ] {
        let request = Request::get(format!("{FORWARD_AUTH}{query}")).bearer(&key);
        let answer = server
            .record(OP, BadInput, outcome, &request)
            .await
            .expect(400);
        assert_eq!(blamed(&answer), reasons, "{outcome}");
        // Before the key is looked at, and after there is one.
        let nobody = Request::get(format!("{FORWARD_AUTH}{query}")).bearer("nobody");
        assert_eq!(server.send(&nobody).await.status, 400, "{outcome}");
        let silent = Request::get(format!("{FORWARD_AUTH}{query}"));
        assert_eq!(server.send(&silent).await.status, 401, "{outcome}");
    }
}

/// Tests connect from 127.0.0.1.
#[tokio::test]
async fn k124_the_address_is_the_connections_unless_a_trusted_proxy_says_another() {
    let from = |server: &Server, secret: &str, forwarded: &[&str]| {
        let mut request = Request::get(GATEWAY).bearer(secret);
        for line in forwarded {
            request = request.header("X-Forwarded-For", line);
        }
        let _ = server;
        request
    };
    let alone = Server::start().await;
    let behind = Setup::default()
        .proxies(&["127.0.0.0/8", "10.0.0.0/8"])
        .start()
        .await;
    for (server, outcome, bound, forwarded, status) in [
        (&alone, "k124_itself", "127.0.0.1", &[][..], 200),
        (&alone, "k124_claimed", "192.0.2.7", &["192.0.2.7"], 403),
        (
            &alone,
            "k124_claims_are_not_heard",
            "127.0.0.1",
            &["192.0.2.7"],
            200,
        ),
        (&behind, "k124_told", "192.0.2.7", &["192.0.2.7"], 200),
        (
            &behind,
            "k124_right_most",
            "192.0.2.7",
            &["198.51.100.1, 192.0.2.7, 10.0.0.1"],
            200,
        ),
        (
            &behind,
            "k124_forged_before",
            "192.0.2.7",
            &["192.0.2.7", "198.51.100.1"],
            403,
        ),
        (&behind, "k124_nothing_told", "127.0.0.1", &[], 200),
        (
            &behind,
            "k124_no_address",
            "192.0.2.7",
            &["192.0.2.7, unknown"],
            403,
        ),
    ] {
        let key = server
            .plant(Seed::own("x").addresses(&[bound]))
            .await
            .secret;
        let class = if status == 200 { Success } else { Refused };
        let request = from(server, &key, forwarded);
        let answer = server
            .record(OP, class, outcome, &request)
            .await
            .expect(status);
        if status == 403 {
            assert_eq!(answer.json()["error_code"], "address_not_allowed");
            assert!(tells_nobody(&answer));
        }
    }
}

/// From memory, and never after the answer to what ended the key.
#[tokio::test]
async fn k125_a_key_that_is_revoked_goes_in_no_more() {
    let (server, admin) = with(Role::Admin).await;
    let key = server.plant(Seed::own("x")).await;
    let request = Request::get(GATEWAY).bearer(&key.secret);
    for _ in 0..2 {
        server.send(&request).await.expect(200);
    }
    let revoke = Request::post(format!("{OWN}/{}/revoke", key.id))
        .bearer(&admin)
        .json("{}");
    server.send(&revoke).await.expect(200);
    server.send(&request).await.expect(401);
}

/// What is known costs no look-up, and neither does what is surely none.
#[tokio::test]
async fn k125_nothing_is_read_for_a_key_in_memory_or_for_none() {
    use bitting_tests::probe::{Fault, Step};
    let server = Server::start().await;
    let key = server.plant(Seed::own("x")).await;
    let request = Request::get(GATEWAY).bearer(&key.secret);
    server.send(&request).await.expect(200);
    server.probe.fail(Step::Credential, Fault::NotDurable);
    server.send(&request).await.expect(200);
    for garbage in ["nobody", "0123456789abcdef0123456789abcdef01234567"] {
        let request = Request::get(GATEWAY).bearer(garbage);
        server.send(&request).await.expect(401);
    }
}

#[tokio::test]
async fn k125_a_key_that_has_used_up_its_limit_or_quota_is_429() {
    let (server, token) = with(Role::Admin).await;
    for (outcome, allowance, wait) in [
        (
            "k125_rate_limited",
            r#"{"limits":[{"name":"a","limit":1,"window_seconds":60}],"quota":null}"#,
            Some("60"),
        ),
        (
            "k125_quota_exceeded",
            r#"{"limits":null,"quota":{"remaining":1,"refill_amount":1,"refill_interval_seconds":90}}"#,
            Some("90"),
        ),
        (
            "k125_quota_for_ever",
            r#"{"limits":null,"quota":{"remaining":1}}"#,
            None,
        ),
    ] {
        let key = server.plant(Seed::own("x")).await;
        let set = Request::put(format!("{OWN}/{}/limits", key.id)).json(allowance);
        server.send(&set.bearer(&token)).await.expect(200);
        // A look at it uses nothing.
        let look = Request::post("/v1/introspect").form(format!("token={}", key.secret));
        let look = look.bearer(&token);
        for _ in 0..2 {
            assert_eq!(server.send(&look).await.expect(200).json()["active"], true);
        }
        let request = Request::get(GATEWAY).bearer(&key.secret);
        server.send(&request).await.expect(200);
        let answer = server.record(OP, Refused, outcome, &request).await;
        let answer = answer.expect(429);
        assert_eq!(answer.header("retry-after"), wait, "{outcome}");
        assert!(tells_nobody(&answer));
    }
}
