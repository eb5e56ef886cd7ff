//! Connections.

use bitting_tests::{COMPANIES, Connection, KEYS, NAMED_KEYS, Request};

use super::{MEMBERS, assert_calm, assert_well, calm, root, writer};

#[tokio::test]
async fn a_request_may_break_off_at_any_byte() {
    let (server, token) = writer().await;
    let request = Request::post(KEYS).bearer(&token).json(r#"{"name":"cut"}"#);
    let bytes = request.bytes();
    for length in 0..bytes.len() {
        let mut connection = Connection::open(server.address).await;
        connection.send(&bytes[..length]).await;
        drop(connection);
    }
    assert_well(&server, &token).await;
    let all = Request::get(format!("{KEYS}?name=cut")).bearer(&token);
    assert_eq!(server.send(&all).await.expect(200).json()["total"], 0);
}

#[tokio::test]
async fn f10_k30_a_request_may_break_off_at_any_byte_on_every_surface() {
    let (server, token) = root().await;
    for path in [NAMED_KEYS, COMPANIES, MEMBERS] {
        let request = Request::post(path).bearer(&token).json(r#"{"name":"cut"}"#);
        let bytes = request.bytes();
        for length in 0..bytes.len() {
            let mut connection = Connection::open(server.address).await;
            connection.send(&bytes[..length]).await;
            drop(connection);
        }
    }
    assert_well(&server, &token).await;
    for path in [NAMED_KEYS, COMPANIES, MEMBERS] {
        let all = server.send(&Request::get(path).bearer(&token)).await;
        assert!(!all.expect(200).text().contains("cut"), "{path}");
    }
}

#[tokio::test]
async fn a_client_that_stops_sending_is_answered_or_left() {
    let (server, token) = writer().await;
    let request = Request::post(KEYS).bearer(&token).json(r#"{"name":"cut"}"#);
    let bytes = request.bytes();
    let head = request.head_bytes().len();
    for length in [0, 5, head - 2, head, bytes.len() - 1] {
        let mut connection = Connection::open(server.address).await;
        connection.send(&bytes[..length]).await;
        connection.finish().await;
        // Whatever is said of half a request, the connection ends; `rest` fails when it hangs.
        connection.rest().await;
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn what_is_no_http_is_refused_and_the_connection_closed() {
    let (server, token) = writer().await;
    for garbage in [
        &b"\0\0\0\0\0\0\0\0\r\n\r\n"[..],
        b"hello\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\n: no name\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx",
        b"GET /\xff HTTP/1.1\r\nhost: a\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    ] {
        let mut connection = Connection::open(server.address).await;
        connection.send(garbage).await;
        connection.finish().await;
        let answer = connection.rest().await;
        let text = String::from_utf8_lossy(&answer);
        let refused = text.is_empty() || text.starts_with("HTTP/1.1 4");
        assert!(refused, "{} {text}", garbage.escape_ascii());
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn a_head_without_end_is_refused() {
    let (server, token) = writer().await;
    for (begin, more) in [
        (format!("GET {KEYS}?"), "a".repeat(10_000)),
        (format!("GET {KEYS} HTTP/1.1\r\nx: "), "a".repeat(10_000)),
        (format!("GET {KEYS} HTTP/1.1\r\n"), "x: y\r\n".repeat(2_000)),
    ] {
        let mut connection = Connection::open(server.address).await;
        connection.send(begin.as_bytes()).await;
        let mut sent = 0;
        while sent < 10_000_000 && connection.send(more.as_bytes()).await {
            sent += more.len();
        }
        assert!(sent < 10_000_000, "10 MB of a head were taken");
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn requests_in_a_row_are_answered_in_order() {
    let (server, token) = root().await;
    let list = Request::get(format!("{KEYS}?fields=id")).bearer(&token);
    let requests = [
        (list.clone(), 200),
        (Request::get(KEYS), 401),
        (
            Request::post(KEYS).bearer(&token).json(r#"{"name":"x"}"#),
            201,
        ),
        (Request::new("PUT", KEYS), 405),
        (Request::post(KEYS).bearer(&token).json("{"), 400),
        (Request::get("/nowhere"), 404),
        (
            Request::post(NAMED_KEYS)
                .bearer(&token)
                .json(r#"{"name":"x"}"#),
            201,
        ),
        (
            Request::delete(format!("{NAMED_KEYS}/x")).bearer(&token),
            200,
        ),
        (
            Request::delete(format!("{NAMED_KEYS}/x")).bearer(&token),
            404,
        ),
        (Request::new("HEAD", "/healthz"), 405),
        (Request::get("/healthz"), 200),
        (Request::post(COMPANIES).bearer(&token).json("{}"), 400),
        (
            Request::post(COMPANIES)
                .bearer(&token)
                .json(r#"{"name":"x"}"#),
            201,
        ),
        (Request::new("PUT", MEMBERS), 405),
        (Request::get(MEMBERS).bearer(&token), 200),
        (list, 200),
    ];
    let mut connection = Connection::open(server.address).await;
    let bytes: Vec<u8> = requests.iter().flat_map(|(r, _)| r.bytes()).collect();
    connection.send(&bytes).await;
    for (request, status) in &requests {
        let answer = connection
            .answer(request.method())
            .await
            .expect("an answer");
        assert_calm(request, &answer);
        assert_eq!(answer.status, *status, "{}", request.target());
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn a_body_that_nobody_asked_for_does_not_become_a_request() {
    let (server, token) = root().await;
    server.named("y").await;
    let key = server.personal("x").await;
    let smuggled = Request::delete(format!("{KEYS}/{}", key.number)).bearer(&token);
    // Refused before the body is read, ignored, or not allowed at all: the body is never the next request.
    for request in [
        Request::post(KEYS).json(smuggled.bytes()),
        Request::new("PUT", KEYS).body(smuggled.bytes()),
        Request::post(format!("{KEYS}/validate"))
            .bearer(&token)
            .body(smuggled.bytes()),
        Request::get(KEYS).bearer(&token).body(smuggled.bytes()),
        Request::post(KEYS).bearer(&token).body(smuggled.bytes()),
        Request::get("/healthz").body(smuggled.bytes()),
        Request::new("PUT", "/v0/config").body(smuggled.bytes()),
        Request::get(NAMED_KEYS)
            .bearer(&token)
            .body(smuggled.bytes()),
        Request::post(NAMED_KEYS)
            .bearer(&token)
            .body(smuggled.bytes()),
        Request::delete(format!("{NAMED_KEYS}/y"))
            .bearer(&token)
            .body(smuggled.bytes()),
        Request::get(COMPANIES)
            .bearer(&token)
            .body(smuggled.bytes()),
        Request::post(MEMBERS).json(smuggled.bytes()),
        Request::delete(MEMBERS)
            .bearer(&token)
            .body(smuggled.bytes()),
    ] {
        let mut connection = Connection::open(server.address).await;
        connection.send(&request.bytes()).await;
        let answer = connection
            .answer(request.method())
            .await
            .expect("an answer");
        assert_calm(&request, &answer);
        let next = Request::get(format!("{KEYS}?fields=id")).bearer(&token);
        // The server may close the connection instead of reading on; it may not read on in the middle.
        connection.send(&next.bytes()).await;
        if let Some(answer) = connection.answer("GET").await {
            assert_eq!(answer.status, 200, "\n{answer:?}");
        }
        assert!(server.accepts(&key.secret).await, "the body was done");
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn two_lengths_of_one_body_are_refused() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    let smuggled = Request::delete(format!("{KEYS}/{}", key.number)).bearer(&token);
    let request = Request::post(KEYS)
        .bearer(&token)
        .header("content-length", "4")
        .header("transfer-encoding", "chunked")
        .json([b"0\r\n\r\n", &smuggled.bytes()[..]].concat());
    let mut connection = Connection::open(server.address).await;
    connection.send(&request.bytes()).await;
    connection.finish().await;
    connection.rest().await;
    let _ = server.accepts(&key.secret).await;
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn many_connections_that_say_nothing_keep_nobody_out() {
    let (server, token) = writer().await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        let mut connection = Connection::open(server.address).await;
        connection.send(b"GET ").await;
        silent.push(connection);
    }
    assert_well(&server, &token).await;
    drop(silent);
}

#[tokio::test]
async fn o2_the_scheme_may_be_in_lower_case_and_the_path_end_with_a_slash() {
    let (server, token) = writer().await;
    let request =
        Request::get(format!("{KEYS}/")).header("authorization", format!("bearer {token}"));
    assert_eq!(calm(&server, &request).await.status, 200);
}
