//! F62: what is a login token, what is a key, and what is neither.

use std::fs;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bitting_core::{Role, secret::Digest};
use bitting_tests::{
    Connection, KEYS, Request, Seed, Server,
    issuer::compact,
    probe::{Fault, Step},
};
use rusqlite::params;
use serde_json::json;

use super::{Scene, case, key, signer, surfaces::Door};
use bitting_tests::issuer::Algorithm;

#[tokio::test]
async fn f62_what_has_three_segments_and_is_no_token_is_401() {
    let scene = Scene::start().await;
    let good = scene.token();
    let segments: Vec<_> = good.split('.').collect();
    let [header, payload, signature] = segments[..] else {
        panic!("three segments")
    };
    let raw = |header: &[u8], payload: &[u8]| signer().token_of(header, payload);
    let (plain, claims) = (signer().header().to_string(), scene.claims().text());
    scene
        .expect(
            401,
            [
                case("nothing but dots", "..".to_owned()),
                case("no header", format!(".{payload}.{signature}")),
                case("no payload", format!("{header}..{signature}")),
                case("no signature", format!("{header}.{payload}.")),
                case("only a header", format!("{header}..")),
                case("only a signature", format!("..{signature}")),
                case(
                    "in another order",
                    format!("{payload}.{header}.{signature}"),
                ),
                case("not base 64", "%%%.%%%.%%%".to_owned()),
                case("not base 64 of URLs", format!("{header}.{payload}.+/+/")),
                case("words", "this.is.none".to_owned()),
                case("an address", "203.0.113".to_owned()),
                case("padding", format!("{header}.{payload}.{signature}==")),
                case(
                    "padding of each",
                    format!("{header}=.{payload}=.{signature}="),
                ),
                case("a header that is no JSON", raw(b"x", claims.as_bytes())),
                case("a header that is no object", raw(b"[]", claims.as_bytes())),
                case("an empty header", raw(b"", claims.as_bytes())),
                case(
                    "a header that is no UTF-8",
                    raw(b"{\"alg\":\"\xff\"}", claims.as_bytes()),
                ),
                case(
                    "a header and more",
                    raw(format!("{plain}{plain}").as_bytes(), claims.as_bytes()),
                ),
                case("a payload that is no JSON", raw(plain.as_bytes(), b"x")),
                case("a payload that is no object", raw(plain.as_bytes(), b"[]")),
                case(
                    "a payload that is a string",
                    raw(plain.as_bytes(), b"\"alice\""),
                ),
                case("an empty payload", raw(plain.as_bytes(), b"")),
                case("no claims", raw(plain.as_bytes(), b"{}")),
                case(
                    "a payload that is no UTF-8",
                    raw(plain.as_bytes(), b"{\"sub\":\"\xff\"}"),
                ),
                case(
                    "a payload and more",
                    raw(plain.as_bytes(), format!("{claims}{claims}").as_bytes()),
                ),
                case(
                    "a deep payload",
                    raw(plain.as_bytes(), "[".repeat(5_000).as_bytes()),
                ),
                case(
                    "a deep claim",
                    raw(
                        plain.as_bytes(),
                        scene
                            .claims()
                            .spelt("x", &format!("{}{}", "[".repeat(1_000), "]".repeat(1_000)))
                            .as_bytes(),
                    ),
                ),
            ],
        )
        .await;
}

#[tokio::test]
async fn f62_every_value_of_a_segment_has_one_spelling() {
    let scene = Scene::start().await;
    // 64 bytes of signature end in a character of which only the first two bits count.
    let token = key(Algorithm::EdDsa).token(&scene.claims());
    assert_eq!(scene.status(&token).await, 200);
    let (rest, last) = token.split_at(token.len() - 1);
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let value = alphabet.find(last).expect("a character of base 64");
    for further in 1..16 {
        let other = alphabet.as_bytes()[value ^ further];
        let respelt = format!("{rest}{}", char::from(other));
        assert_eq!(scene.status(&respelt).await, 401, "{further}");
    }
}

#[tokio::test]
async fn f62_white_space_is_no_part_of_a_token() {
    let scene = Scene::start().await;
    let good = scene.token();
    let (start, end) = good.split_at(40);
    scene.remember(&good);
    let send = async |value: &str| {
        let request = Door::Ocamba.request().header("authorization", value);
        scene.server.send(&request).await.status
    };
    // Round it, it is the header's (O2).
    for value in [format!("Bearer {good}"), format!("bEARER   {good}  ")] {
        assert_eq!(send(&value).await, 200);
    }
    for value in [
        format!("Bearer {start} {end}"),
        format!("Bearer {start}\t{end}"),
        format!("Bearer \t{good}"),
        format!("Bearer {}", good.replace('.', ". ")),
        format!("Bearer {}", good.replace('.', " .")),
        format!("Bearer {good},{good}"),
        format!("Bearer \"{good}\""),
        format!("Bearer{good}"),
        format!("JWT {good}"),
        format!("Token {good}"),
        good.clone(),
    ] {
        assert_eq!(send(&value).await, 401);
    }
    let twice = Door::Ocamba.request().bearer(&good).bearer(&good);
    scene.server.send(&twice).await.expect(401);
    let query = Request::get(format!("{KEYS}?access_token={good}"));
    scene.server.send(&query).await.expect(401);
    // Inside of the JSON it is nobody's business.
    let spaced = signer().token_of(
        format!(" \r\n\t{} ", signer().header()),
        format!("\n{}\n", scene.claims().text().replace(',', " ,\t")),
    );
    assert_eq!(scene.status(&spaced).await, 200);
}

#[tokio::test]
async fn f60_a_claim_or_a_header_given_twice_refuses() {
    let scene = Scene::start().await;
    let (header, claims) = (signer().header().to_string(), scene.claims());
    let mut tokens = Vec::new();
    for (claim, value) in [
        ("sub", json!("alice")),
        ("company", json!("7000001")),
        ("role", json!("read")),
        ("exp", json!(scene.now() + 1_000)),
        ("iss", json!(scene.issuer.url())),
        ("aud", json!("other")),
        ("token_use", json!("id")),
    ] {
        tokens.push(case(
            claim,
            signer().token_of(&header, claims.twice(claim, value)),
        ));
    }
    let escaped = format!(r#"{{"rol\u0065":"read",{}"#, &claims.text()[1..]);
    tokens.push(case("an escaped name", signer().token_of(&header, escaped)));
    for member in [
        r#""alg":"none""#,
        r#""alg":"ES256""#,
        r#""kid":"rsa""#,
        r#""k\u0069d":"ec""#,
    ] {
        let twice = format!("{{{member},{}", &header[1..]);
        tokens.push(case(member, signer().token_of(&twice, claims.text())));
    }
    scene.expect(401, tokens).await;
}

#[tokio::test]
async fn f60_crit_refuses_whatever_it_names() {
    let scene = Scene::start().await;
    let mut tokens = Vec::new();
    for crit in [
        json!(["b64"]),
        json!(["exp"]),
        json!(["alg"]),
        json!(["http://example.com/x"]),
        json!([]),
        json!("exp"),
        json!({}),
        json!(null),
        json!(7),
    ] {
        let mut header = signer().header();
        header["crit"] = crit.clone();
        header["b64"] = json!(true);
        header["http://example.com/x"] = json!(1);
        let what = crit.to_string();
        tokens.push(case(&what, signer().token_with(&header, &scene.claims())));
    }
    scene.expect(401, tokens).await;
    // A payload that is not encoded (RFC 7797), and nobody told that it is.
    let mut header = signer().header();
    header["b64"] = json!(false);
    let head = URL_SAFE_NO_PAD.encode(header.to_string());
    let signed = format!("{head}.{}", scene.claims().text());
    let signature = URL_SAFE_NO_PAD.encode(signer().signature(signed.as_bytes()));
    let payload = URL_SAFE_NO_PAD.encode(scene.claims().text());
    let token = format!("{head}.{payload}.{signature}");
    assert_eq!(scene.status(&token).await, 401);
}

#[tokio::test]
async fn f60_kid_is_required() {
    let scene = Scene::start().await;
    let mut tokens = Vec::new();
    for header in [
        json!({"alg": "ES256"}),
        json!({"alg": "ES256", "kid": ""}),
        json!({"alg": "ES256", "kid": null}),
        json!({"alg": "ES256", "kid": 7}),
        json!({"alg": "ES256", "kid": ["ec"]}),
        json!({"alg": "ES256", "KID": "ec"}),
        json!({"alg": "ES256", "kid": "EC"}),
        json!({"alg": "ES256", "kid": "ec "}),
        json!({"alg": "ES256", "kid": "ec\u{0}"}),
        json!({"alg": "ES256", "kid": "../keys"}),
        json!({"alg": "ES256", "kid": "' OR 1=1 --"}),
        json!({"alg": "ES256", "kid": "k".repeat(5_000)}),
    ] {
        let what = format!("{header:.60}");
        tokens.push(case(&what, signer().token_with(&header, &scene.claims())));
    }
    scene.expect(401, tokens).await;
}

/// A good token that is so long.
fn padded(scene: &Scene, length: usize) -> String {
    let of = |padding: usize| signer().token(&scene.claims().with("padding", "x".repeat(padding)));
    let mut padding = (length - of(0).len()) * 3 / 4 - 8;
    loop {
        let token = of(padding);
        if token.len() >= length {
            return token;
        }
        padding += 1;
    }
}

#[tokio::test]
async fn f62_a_token_may_be_long_and_not_without_end() {
    let scene = Scene::start().await;
    // Longer than any that issuers of today give.
    assert_eq!(scene.status(&padded(&scene, 12_000)).await, 200);
    // About as long as the HTTP layer takes a header; it is not even looked at.
    for length in [20_000, 100_000, 400_000] {
        assert_eq!(scene.status(&padded(&scene, length)).await, 401, "{length}");
        assert_eq!(scene.status(&"a".repeat(length)).await, 401, "{length}");
    }
    assert_eq!(scene.status(&".".repeat(100_000)).await, 401);
}

#[tokio::test]
async fn f62_a_token_of_a_megabyte_is_refused_by_the_http_layer_and_stops_nobody() {
    let scene = Scene::start().await;
    let token = padded(&scene, 1 << 20);
    scene.remember(&token);
    for door in Door::ALL {
        let request = door.request().bearer(&token);
        let mut connection = Connection::open(scene.server.address).await;
        connection.send(&request.bytes()).await;
        // The connection is closed with most of the request unread, so that the answer may get lost on its way.
        if let Some(answer) = connection.answer("GET").await {
            assert_eq!(answer.status, 431, "{door:?}\n{answer:?}");
            assert!(answer.body.is_empty(), "{door:?}\n{answer:?}");
            assert_eq!(connection.rest().await, b"", "{door:?}");
        }
    }
    assert_eq!(scene.members_made(), 0);
    assert_eq!(scene.status(&scene.token()).await, 200);
}

/// What the log says of what was looked at as a token and is none.
const REFUSED: &str = "login token refused";

/// A key of the server whose secret is `text`, which no surface would ever make.
async fn key_called(server: &Server, text: &str) {
    let seed = Seed::caller(Role::Admin);
    let planted = server.plant(seed).await;
    let digest = Digest::of(text);
    let changed = server.database().execute(
        "UPDATE secret SET digest = ?1 WHERE key = ?2",
        params![digest.as_bytes(), planted.number.get()],
    );
    assert_eq!(changed.expect("the secret is changed"), 1);
}

#[tokio::test]
async fn f62_dots_make_no_token_but_two_of_them() {
    let scene = Scene::start().await;
    for secret in [
        "a.b",
        "a.b.c.d",
        ".",
        "...",
        "a..",
        "apikey:a.b.c",
        "..b",
        "x.y.z",
    ] {
        key_called(&scene.server, secret).await;
        let is_token = secret.matches('.').count() == 2;
        let status = scene.status(secret).await;
        assert_eq!(status, if is_token { 401 } else { 200 }, "{secret:?}");
    }
    // A token with a fourth segment is a key, and one that nobody has.
    let token = scene.token();
    for text in [
        format!("{token}."),
        format!(".{token}"),
        format!("{token}.AAAA"),
        token.replacen('.', "..", 1),
        token.replacen('.', "", 1),
    ] {
        assert_eq!(scene.status(&text).await, 401, "{text}");
    }
}

#[tokio::test]
async fn f62_a_token_is_never_looked_up_as_a_key() {
    let scene = Scene::start().await;
    // Good as a token for nobody, and as a key for an admin.
    let expired = signer().token(&scene.claims().with("exp", 0));
    let nobodys = signer().token(&scene.claims().with("company", "999"));
    for token in [expired.as_str(), &nobodys, "a.b.c", ".."] {
        key_called(&scene.server, token).await;
        assert_eq!(scene.status(token).await, 401, "{token}");
    }
    // Nor is the store asked whether there is such a key.
    scene.server.probe.fail(Step::Credential, Fault::Corrupt);
    for token in [expired.as_str(), &nobodys, "a.b.c", ".."] {
        assert_eq!(scene.status(token).await, 401, "{token}");
    }
    let good = scene.token();
    assert_eq!(scene.status(&good).await, 200);
}

#[tokio::test]
async fn f62_a_key_is_never_tried_as_a_token() {
    let scene = Scene::start().await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    let (asked, made) = (scene.issuer.fetches(), scene.members_made());
    scene.server.clock.advance(11);
    scene.server.probe.fail(Step::Login, Fault::Corrupt);
    let key = scene.server.caller(Role::Admin).await;
    for (secret, status) in [
        (key.as_str(), 200),
        ("0123456789abcdef0123456789abcdef01234567", 401),
        ("bit_0123456789", 401),
        ("a.b", 401),
        ("a.b.c.d", 401),
    ] {
        assert_eq!(scene.status(secret).await, status, "{secret}");
    }
    assert_eq!(
        (scene.issuer.fetches(), scene.members_made()),
        (asked, made)
    );
    // Nor is it taken apart as one would be.
    let lines = scene.server.log.lines();
    let refused = lines.iter().find(|line| line["msg"] == REFUSED);
    assert!(refused.is_none(), "{refused:?}");
    scene.server.probe.clear();
    assert_eq!(scene.status("a.b.c").await, 401);
    let lines = scene.server.log.lines();
    assert!(lines.iter().any(|line| line["msg"] == REFUSED));
}

#[tokio::test]
async fn f62_without_an_issuer_every_token_is_401() {
    let scene = Scene::start().await;
    let token = scene.token();
    let alone = Server::start().await;
    key_called(&alone, &token).await;
    for door in Door::ALL {
        let answer = alone.send(&door.request().bearer(&token)).await.expect(401);
        super::assert_dialect(door, &answer);
    }
    let config = alone.send(&Request::get("/config/authentication")).await;
    assert_eq!(config.expect(200).json(), json!({}));
    alone.remember(token);
    alone.assert_log_tells_no_secret();
}

#[tokio::test]
async fn f62_no_token_is_kept_in_the_data_directory() {
    let mut scene = Scene::start().await;
    let good = scene.token();
    assert_eq!(scene.status(&good).await, 200);
    let other = compact(signer().header().to_string().as_bytes(), b"{}", |_| {
        vec![7; 64]
    });
    assert_eq!(scene.status(&other).await, 401);
    let create = Request::post(KEYS).json(r#"{"name":"x"}"#);
    scene.send(create, &good).await.expect(201);
    let path = scene.server.database().path().expect("a path").to_owned();
    scene.server.stop().await;
    let mut files = 0;
    let directory = std::path::Path::new(&path).parent().expect("a directory");
    for file in fs::read_dir(directory).expect("a directory") {
        let content = fs::read(file.expect("a file").path()).expect("a file");
        let content = String::from_utf8_lossy(&content);
        for token in [&good, &other] {
            for segment in token.split('.').skip(1).filter(|segment| segment.len() > 8) {
                assert!(!content.contains(segment), "a token was written to a file");
            }
        }
        files += 1;
    }
    assert!(files > 0);
}
