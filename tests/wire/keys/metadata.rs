//! K52: metadata comes back as it was sent.

use bitting_core::Role;
use bitting_tests::Request;

use super::{OWN, VERIFY, with};

/// What no reader's numbers hold comes back as it was sent: so do spellings, and names in any order.
#[tokio::test]
async fn k52_metadata_comes_back_to_the_byte_without_white_space() {
    let (server, token) = with(Role::Write).await;
    let sent = "{ \"z\" : 1e400 ,\t\"a\": 12345678901234567890123.450, \"\\u00e9\\/\": \"\\u0041 b\",\r\n\"\": [ ], \"'\": {\"n\":-0.0, \"b\" : null } }";
    let kept = r#"{"z":1e400,"a":12345678901234567890123.450,"\u00e9\/":"\u0041 b","":[],"'":{"n":-0.0,"b":null}}"#;
    let body = format!(r#"{{"name":"x","metadata":{sent}}}"#);
    // Not recorded: a client reads numbers.
    let answer = server
        .send(&Request::post(OWN).bearer(&token).json(body))
        .await
        .expect(201);
    let metadata = format!(r#""metadata":{kept},"#);
    assert!(answer.text().contains(&metadata), "{}", answer.text());
    let location = answer.header("location").expect("a location");
    let seen = server
        .send(&Request::get(location).bearer(&token))
        .await
        .expect(200);
    assert!(seen.text().contains(&metadata), "{}", seen.text());
    let secret = answer
        .text()
        .rsplit('"')
        .nth(1)
        .expect("a secret")
        .to_owned();
    let checker = server.caller(Role::Verify).await;
    let ask = Request::post(VERIFY)
        .bearer(checker)
        .json(format!(r#"{{"key":"{secret}"}}"#));
    let found = server.send(&ask).await.expect(200);
    assert!(found.text().contains(&metadata), "{}", found.text());
}

#[tokio::test]
async fn k52_metadata_may_have_a_hundred_levels() {
    let (server, token) = with(Role::Write).await;
    let deep = |levels: usize| {
        let (open, close) = ("[".repeat(levels - 1), "]".repeat(levels - 1));
        format!(r#"{{"name":"x","metadata":{{"d":{open}{close}}}}}"#)
    };
    let request = Request::post(OWN).bearer(&token).json(deep(100));
    server.send(&request).await.expect(201);
    let request = Request::post(OWN).bearer(&token).json(deep(101));
    server.send(&request).await.expect(400);
    // What is deep is read from the list as well.
    let page = server
        .send(&Request::get(OWN).bearer(&token))
        .await
        .expect(200);
    assert!(page.text().contains(&"[".repeat(99)));
}
