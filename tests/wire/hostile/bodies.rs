//! Bodies.

use bitting_tests::{Connection, KEYS, Request};

use super::{assert_calm, assert_well, calm, writer};

#[tokio::test]
async fn bodies_of_no_sense_are_400() {
    let (server, token) = writer().await;
    let deep = |open: &str, close: &str, levels: usize| {
        format!(
            r#"{{"name":"x","y":{}1{}}}"#,
            open.repeat(levels),
            close.repeat(levels)
        )
    };
    let bodies: Vec<Vec<u8>> = vec![
        vec![0; 1_000],
        vec![0xFF; 60_000],
        deep("[", "]", 30_000).into(),
        deep("{\"a\":", "}", 10_000).into(),
        "[".repeat(60_000).into(),
        "{\"a\":".repeat(12_000).into(),
        r#"{"name":1e999}"#.into(),
        r#"{"name":"x","end_time":1e999}"#.into(),
        format!(r#"{{"name":{}}}"#, "9".repeat(400)).into(),
        format!(r#"{{"name":"x","start_time":-{}}}"#, "9".repeat(60_000)).into(),
        br#"{"name":"\uD800\uD800"}"#.to_vec(),
        br#"{"name":"\u00"}"#.to_vec(),
        b"{\"name\":\"\xC0\x80\"}".to_vec(),
        b"{\"name\":\"\xED\xA0\x80\"}".to_vec(),
        b"{\"name\":\"\xF4\x90\x80\x80\"}".to_vec(),
        b"\xFF\xFE{\0\"\0".to_vec(),
        r#"{"name":"x","start_time":"0000-00-00 00:00:00"}"#.into(),
        r#"{"name":"x","start_time":"9999-12-31 23:59:60"}"#.into(),
        r#"{"name":"x","end_time":"10000-01-01 00:00:00"}"#.into(),
        r#"{"name":"x","end_time":"99999999-01-01 00:00:00"}"#.into(),
        format!("{{{}\"name\":\"x\"}}", "\"name\":\"x\",".repeat(4_000)).into(),
    ];
    for body in bodies {
        let start: String = body.escape_ascii().take(40).map(char::from).collect();
        for request in [Request::post(KEYS), Request::patch(format!("{KEYS}/1"))] {
            let request = request.bearer(&token).json(body.clone());
            let answer = calm(&server, &request).await;
            assert_eq!(answer.status, 400, "{start}");
        }
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn a_number_that_no_double_holds_is_400_wherever_it_is() {
    let (server, token) = writer().await;
    for (number, status) in [
        ("1e400".to_owned(), 400),
        ("-1E400".to_owned(), 400),
        ("9".repeat(400), 400),
        ("9".repeat(300), 201),
        ("-1E-99999999999".to_owned(), 201),
        (format!("0.{}", "1".repeat(400)), 201),
    ] {
        let body = format!(r#"{{"name":"x","y":[{number}]}}"#);
        let request = Request::post(KEYS).bearer(&token).json(body);
        let answer = calm(&server, &request).await;
        assert_eq!(answer.status, status, "{number}");
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn many_unknown_members_are_ignored_quickly() {
    let (server, token) = writer().await;
    let many: Vec<_> = (0..5_000).map(|i| format!("\"m{i}\":{i}")).collect();
    let body = format!("{{{},\"name\":\"x\"}}", many.join(","));
    let request = Request::post(KEYS).bearer(&token).json(body);
    server.send(&request).await.expect(201);
}

#[tokio::test]
async fn o20_a_body_that_is_too_large_is_answered_413_even_if_all_of_it_is_sent() {
    let (server, token) = writer().await;
    // A body that the server does not read must not take the answer with it when the connection is closed.
    for size in [65_537, 100_000, 1_000_000, 8_000_000] {
        for _ in 0..5 {
            let body = format!(r#"{{"name":"{}"}}"#, "n".repeat(size));
            let request = Request::post(KEYS).bearer(&token).json(body);
            let answer = calm(&server, &request).await;
            assert_eq!(answer.status, 413, "{size}");
        }
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn o20_a_body_in_chunks_has_the_same_bound() {
    let (server, token) = writer().await;
    for chunk in [1_000, 65_536] {
        let mut connection = Connection::open(server.address).await;
        let head = Request::post(KEYS)
            .bearer(&token)
            .header("content-type", "application/json")
            .header("transfer-encoding", "chunked");
        connection.send(&head.head_bytes()).await;
        let mut piece = format!("{chunk:x}\r\n").into_bytes();
        piece.resize(piece.len() + chunk, b' ');
        piece.extend_from_slice(b"\r\n");
        for _ in 0..=(65_536 / chunk) {
            connection.send(&piece).await;
        }
        let answer = connection.answer("POST").await.expect("an answer");
        assert_calm(&answer, "POST");
        assert_eq!(answer.status, 413, "chunks of {chunk}");
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn who_may_not_is_refused_before_the_body_has_come() {
    let (server, token) = writer().await;
    for token in ["nobody", "a.b.c"] {
        let mut connection = Connection::open(server.address).await;
        let head = Request::post(KEYS)
            .bearer(token)
            .header("content-type", "application/json")
            .header("content-length", "1000");
        connection.send(&head.head_bytes()).await;
        let answer = connection.answer("POST").await.expect("an answer");
        assert_eq!(answer.status, 401);
    }
    assert_well(&server, &token).await;
}
