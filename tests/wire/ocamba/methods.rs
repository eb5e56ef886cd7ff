//! 405 (O2, O4): before any credential, in this surface's form, with `Allow`.

use bitting_tests::{Class::Refused, Connection, KEYS, Request, Server};

use super::{NOBODY, item, writer};

const OP: &str = "methods";

/// A path, its methods, and requests of others, each with the outcome that it is kept as. `CONNECT` names a host
/// and no path: nobody can ask for it here.
type Row = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const TABLE: [Row; 4] = [
    (
        KEYS,
        "GET, POST",
        &[
            ("PUT", "o2_put_collection"),
            ("PATCH", "o2_patch_collection"),
            ("DELETE", "o2_delete_collection"),
            ("HEAD", "o2_head_collection"),
            ("OPTIONS", "o2_options_collection"),
            ("TRACE", "o2_trace_collection"),
        ],
    ),
    (
        NOBODY,
        "GET, PATCH, DELETE",
        &[
            ("PUT", "o2_put_item"),
            ("POST", "o2_post_item"),
            ("HEAD", "o2_head_item"),
            ("OPTIONS", "o2_options_item"),
            ("TRACE", "o2_trace_item"),
        ],
    ),
    (
        "/v2/ocamba/personal-api-keys/999/roll",
        "POST",
        &[
            ("GET", "o2_get_roll"),
            ("PUT", "o2_put_roll"),
            ("PATCH", "o2_patch_roll"),
            ("DELETE", "o2_delete_roll"),
            ("HEAD", "o2_head_roll"),
            ("OPTIONS", "o2_options_roll"),
            ("TRACE", "o2_trace_roll"),
        ],
    ),
    (
        "/v2/ocamba/personal-api-keys/validate",
        "POST",
        &[
            ("PUT", "o2_put_validate"),
            ("HEAD", "o2_head_validate"),
            ("OPTIONS", "o2_options_validate"),
            ("TRACE", "o2_trace_validate"),
        ],
    ),
];

fn names(allow: &str) -> Vec<&str> {
    let mut names: Vec<_> = allow.split(", ").collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn o2_a_method_that_a_path_has_not_is_405_without_a_credential() {
    let server = Server::start().await;
    for (path, allow, others) in TABLE {
        for (method, outcome) in others {
            let request = Request::new(method, path);
            let answer = server.record(OP, Refused, outcome, &request).await;
            let answer = answer.expect(405);
            let allowed = answer.header("allow").expect("O4: Allow");
            assert_eq!(names(allowed), names(allow), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn o2_405_comes_before_everything_else_even_with_a_good_credential_and_a_bad_body() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    for (outcome, request) in [
        (
            "o2_put_bad_body",
            Request::new("PUT", KEYS).bearer(&token).json("{"),
        ),
        (
            "o2_put_on_a_key",
            Request::new("PUT", item(key.number))
                .bearer(&token)
                .json(r#"{"name":"y"}"#),
        ),
        (
            "o2_post_on_a_key",
            Request::post(item(key.number)).bearer(&token),
        ),
        (
            "o1_put_trailing_slash",
            Request::new("PUT", format!("{KEYS}/")),
        ),
        (
            "o1_post_on_a_key_trailing_slash",
            Request::post(format!("{NOBODY}/")),
        ),
    ] {
        let answer = server.record(OP, Refused, outcome, &request).await;
        answer.expect(405);
    }
}

#[tokio::test]
async fn o2_the_answer_to_head_has_no_body() {
    let server = Server::start().await;
    let mut connection = Connection::open(server.address).await;
    // The next answer begins where the head of this one ends, or it could not be read.
    for _ in 0..2 {
        connection.send(&Request::new("HEAD", KEYS).bytes()).await;
        let answer = connection.answer("HEAD").await.expect("an answer");
        assert_eq!(answer.status, 405);
        connection.send(&Request::get(KEYS).bytes()).await;
        let answer = connection.answer("GET").await.expect("an answer");
        assert_eq!(answer.status, 401);
    }
}
