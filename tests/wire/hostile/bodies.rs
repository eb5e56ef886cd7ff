//! Bodies.

use bitting_tests::{Connection, KEYS, NAMED_KEYS, Request};

use super::{CREATES, assert_calm, assert_well, calm, root, writer};

/// Bodies that mean nothing to anybody, unless members that they do not know are ignored.
fn senseless() -> Vec<Vec<u8>> {
    let deep = |open: &str, close: &str, levels: usize| {
        format!(
            r#"{{"name":"x","y":{}1{}}}"#,
            open.repeat(levels),
            close.repeat(levels)
        )
    };
    vec![
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
    ]
}

/// How a body begins, to know it by.
fn start(body: &[u8]) -> String {
    body.escape_ascii().take(40).map(char::from).collect()
}

#[tokio::test]
async fn bodies_of_no_sense_are_400() {
    let (server, token) = writer().await;
    for body in senseless() {
        let start = start(&body);
        for request in [Request::post(KEYS), Request::patch(format!("{KEYS}/1"))] {
            let request = request.bearer(&token).json(body.clone());
            let answer = calm(&server, &request).await;
            assert_eq!(answer.status, 400, "{start}");
        }
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn k10_bodies_of_no_sense_are_400_on_bittings_own_api() {
    let (server, token) = root().await;
    for body in senseless() {
        for path in &CREATES[2..] {
            let request = Request::post(*path).bearer(&token).json(body.clone());
            let answer = calm(&server, &request).await;
            assert_eq!(answer.status, 400, "{path} {}", start(&body));
            assert!(answer.body.len() < 2_000, "{path} {}", start(&body));
        }
    }
    assert_well(&server, &token).await;
}

/// What is wrong with a member that is ignored is ignored with it: the name in the body is made, once.
#[tokio::test]
async fn f14_bodies_of_no_sense_are_400_or_have_a_name() {
    let (server, token) = root().await;
    let mut made = 0;
    for body in senseless() {
        let request = Request::post(NAMED_KEYS).bearer(&token).json(body.clone());
        let answer = calm(&server, &request).await;
        let named = body.starts_with(br#"{"name":"x","#);
        match answer.status {
            400 => {}
            201 if named && made == 0 => made += 1,
            409 if named && made == 1 => {}
            status => panic!("{status} {}", start(&body)),
        }
    }
    assert_eq!(made, 1);
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
async fn o20_f2_k10_a_body_that_is_too_large_is_answered_413_even_if_all_of_it_is_sent() {
    let (server, token) = root().await;
    // A body that the server does not read must not take the answer with it when the connection is closed.
    for size in [65_537, 100_000, 1_000_000, 8_000_000] {
        for path in CREATES.iter().cycle().take(8) {
            let body = format!(r#"{{"name":"{}"}}"#, "n".repeat(size));
            let request = Request::post(*path).bearer(&token).json(body);
            let answer = calm(&server, &request).await;
            assert_eq!(answer.status, 413, "{path} {size}");
        }
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn o20_f2_k10_a_body_in_chunks_has_the_same_bound() {
    let (server, token) = root().await;
    for (path, chunk) in CREATES
        .iter()
        .flat_map(|path| [(path, 1_000), (path, 65_536)])
    {
        let mut connection = Connection::open(server.address).await;
        let head = Request::post(*path)
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
        assert_calm(&head, &answer);
        assert_eq!(answer.status, 413, "{path} in chunks of {chunk}");
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn who_may_not_is_refused_before_the_body_has_come() {
    let (server, token) = writer().await;
    let reader = server.caller(bitting_core::Role::Read).await;
    for path in CREATES {
        for (token, status) in [("nobody", 401), ("a.b.c", 401), (&*reader, 403)] {
            let mut connection = Connection::open(server.address).await;
            let head = Request::post(path)
                .bearer(token)
                .header("content-type", "application/json")
                .header("content-length", "1000");
            connection.send(&head.head_bytes()).await;
            let answer = connection.answer("POST").await.expect("an answer");
            assert_eq!(answer.status, status, "{path}");
        }
    }
    assert_well(&server, &token).await;
}
