//! F62: what has three segments and is no token, and how long a token may be.

use bitting_tests::{Connection, KEYS, Request, issuer::Algorithm};

use super::{Scene, case, key, signer, surfaces::Door};

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
