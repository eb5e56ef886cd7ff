//! F2: a body that is too large or does not arrive.

use bitting_tests::{Answer, Class::Refused, Connection, Request};

use super::{KEYS, writer};

/// Sends a head and only so much of the body as is given, and keeps the exchange.
async fn cut_short(outcome: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let (server, token) = writer().await;
    let mut request = Request::post(KEYS)
        .bearer(token)
        .header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    connection.send(body).await;
    let answer = connection.answer("POST").await.expect("an answer");
    server.keep("key_create", Refused, outcome, &request, answer)
}

#[tokio::test]
async fn f2_a_body_that_says_it_is_too_large_is_not_waited_for() {
    for (outcome, length) in [
        ("f2_64_kib_and_1", "65537"),
        ("f2_content_length_max", "9223372036854775807"),
    ] {
        let answer = cut_short(outcome, &[("content-length", length)], b"").await;
        let answer = answer.expect(413);
        assert_eq!(answer.json()["error_code"], "PayloadTooLarge");
    }
    let asks = &[("content-length", "65537"), ("expect", "100-continue")];
    let answer = cut_short("f2_expect_continue", asks, b"").await;
    answer.expect(413);
}

#[tokio::test]
async fn f2_a_body_in_chunks_is_refused_when_it_has_become_too_large() {
    let mut body = b"10001\r\n".to_vec();
    body.resize(body.len() + 0x1_0001, b' ');
    let chunked = &[("transfer-encoding", "chunked")];
    cut_short("f2_chunks_too_large", chunked, &body)
        .await
        .expect(413);
}

/// Waits: a body that does not arrive is given ten seconds.
#[tokio::test]
async fn f2_a_body_that_does_not_arrive_is_408() {
    let answer = cut_short("f2_half_a_body", &[("content-length", "12")], b"{\"name\"").await;
    let answer = answer.expect(408);
    assert_eq!(answer.json()["error_code"], "RequestTimeout");
}
