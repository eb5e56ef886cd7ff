//! K10: a body that is too large or does not arrive.

use bitting_core::Role;
use bitting_tests::{
    Answer, COMPANIES,
    Class::{Refused, Success},
    Connection, Request,
};

use super::{MEMBERS, with};

const CREATES: [(&str, &str); 2] = [("company_create", COMPANIES), ("member_create", MEMBERS)];

/// Sends a head and only so much of the body as is given, and keeps the exchange.
async fn cut_short(
    (operation, path): (&str, &str),
    outcome: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let (server, token) = with(Role::Root).await;
    let mut request = Request::post(path)
        .bearer(token)
        .header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.head_bytes()).await;
    connection.send(body).await;
    let answer = connection.answer("POST").await.expect("an answer");
    server.keep(operation, Refused, outcome, &request, answer)
}

#[tokio::test]
async fn k10_a_body_that_says_it_is_too_large_is_not_waited_for() {
    for create in CREATES {
        let length = [("content-length", "65537")];
        let answer = cut_short(create, "k10_64_kib_and_1", &length, b"").await;
        let body = answer.expect(413).json();
        assert_eq!(body["error_code"], "payload_too_large");
    }
}

#[tokio::test]
async fn k10_a_body_in_chunks_is_refused_when_it_has_become_too_large() {
    let mut body = b"10001\r\n".to_vec();
    body.resize(body.len() + 0x1_0001, b' ');
    let chunked = [("transfer-encoding", "chunked")];
    for create in CREATES {
        let answer = cut_short(create, "k10_chunks_too_large", &chunked, &body).await;
        answer.expect(413);
    }
}

/// Waits: a body that does not arrive is given ten seconds.
#[tokio::test]
async fn k10_a_body_that_does_not_arrive_is_408() {
    let half = async |create| {
        let length = [("content-length", "12")];
        let answer = cut_short(create, "k10_half_a_body", &length, b"{\"name\"").await;
        let body = answer.expect(408).json();
        assert_eq!(body["error_code"], "request_timeout");
    };
    let [company, member] = CREATES;
    tokio::join!(half(company), half(member));
}

#[tokio::test]
async fn k10_a_body_of_64_kib_fits() {
    let (server, token) = with(Role::Root).await;
    let text = r#"{"name":"x"}"#;
    let body = " ".repeat(64 * 1024 - text.len()) + text;
    for (operation, path) in CREATES {
        let request = Request::post(path).bearer(&token).json(body.clone());
        let answer = server
            .record(operation, Success, "k10_64_kib", &request)
            .await;
        answer.expect(201);
    }
}
