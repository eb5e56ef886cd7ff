//! 405 (F2, F3): before any credential, in this surface's form, with `Allow`.

use bitting_tests::{Class::Refused, Connection, Request, Server};

use super::{CLUSTER, CONFIG, HEALTH, KEYS, LOGIN, NOBODY, item, writer};

const OP: &str = "methods";

/// A path, its methods, and requests of others, each with the outcome that it is kept as.
type Row = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const TABLE: [Row; 6] = [
    (
        KEYS,
        "GET, POST",
        &[
            ("PUT", "f2_put_keys"),
            ("PATCH", "f2_patch_keys"),
            ("DELETE", "f2_delete_keys"),
            ("HEAD", "f2_head_keys"),
            ("OPTIONS", "f2_options_keys"),
            ("TRACE", "f2_trace_keys"),
        ],
    ),
    (
        NOBODY,
        "GET, DELETE",
        &[
            ("PUT", "f2_put_key"),
            ("PATCH", "f2_patch_key"),
            ("POST", "f2_post_key"),
            ("HEAD", "f2_head_key"),
            ("OPTIONS", "f2_options_key"),
            ("TRACE", "f2_trace_key"),
        ],
    ),
    (
        CONFIG,
        "GET",
        &[
            ("POST", "f2_post_config"),
            ("PUT", "f2_put_config"),
            ("PATCH", "f2_patch_config"),
            ("DELETE", "f2_delete_config"),
            ("HEAD", "f2_head_config"),
            ("OPTIONS", "f2_options_config"),
        ],
    ),
    (
        CLUSTER,
        "GET",
        &[
            ("POST", "f2_post_cluster"),
            ("DELETE", "f2_delete_cluster"),
            ("HEAD", "f2_head_cluster"),
            ("OPTIONS", "f2_options_cluster"),
        ],
    ),
    (
        LOGIN,
        "GET",
        &[
            ("POST", "f2_post_login"),
            ("DELETE", "f2_delete_login"),
            ("HEAD", "f2_head_login"),
            ("OPTIONS", "f2_options_login"),
        ],
    ),
    (
        HEALTH,
        "GET",
        &[
            ("POST", "f2_post_health"),
            ("DELETE", "f2_delete_health"),
            ("HEAD", "f2_head_health"),
            ("OPTIONS", "f2_options_health"),
        ],
    ),
];

fn names(allow: &str) -> Vec<&str> {
    let mut names: Vec<_> = allow.split(", ").collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn f2_a_method_that_a_path_has_not_is_405_without_a_credential() {
    let server = Server::start().await;
    for (path, allow, others) in TABLE {
        for (method, outcome) in others {
            let request = Request::new(method, path);
            let answer = server.record(OP, Refused, outcome, &request).await;
            let answer = answer.expect(405);
            let allowed = answer.header("allow").expect("F2: Allow");
            assert_eq!(names(allowed), names(allow), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn f2_405_on_every_path_with_a_trailing_slash() {
    let server = Server::start().await;
    for (outcome, (path, allow, _)) in [
        "f2_put_keys_slash",
        "f2_put_key_slash",
        "f2_put_config_slash",
        "f2_put_cluster_slash",
        "f2_put_login_slash",
        "f2_put_health_slash",
    ]
    .into_iter()
    .zip(TABLE)
    {
        let request = Request::new("PUT", format!("{path}/"));
        let answer = server.record(OP, Refused, outcome, &request).await;
        let answer = answer.expect(405);
        let allowed = answer.header("allow").expect("F2: Allow");
        assert_eq!(names(allowed), names(allow), "{path}");
    }
}

#[tokio::test]
async fn f3_405_comes_before_everything_else_even_with_a_good_credential_and_a_bad_body() {
    let (server, token) = writer().await;
    server.named("x").await;
    for (outcome, request) in [
        (
            "f3_put_bad_body",
            Request::new("PUT", KEYS).bearer(&token).json("{"),
        ),
        (
            "f3_post_on_a_key",
            Request::post(item("x"))
                .bearer(&token)
                .json(r#"{"name":"y"}"#),
        ),
        (
            "f3_patch_on_a_key",
            Request::patch(item("x")).bearer(&token).body("y"),
        ),
        (
            "f3_post_announced_too_large",
            Request::post(CONFIG)
                .bearer(&token)
                .header("content-length", "65537"),
        ),
    ] {
        let answer = server.record(OP, Refused, outcome, &request).await;
        answer.expect(405);
    }
}

#[tokio::test]
async fn f2_the_answer_to_head_has_no_body() {
    let server = Server::start().await;
    let mut connection = Connection::open(server.address).await;
    // The next answer begins where the head of this one ends, or it could not be read.
    for path in [KEYS, CONFIG, HEALTH] {
        connection.send(&Request::new("HEAD", path).bytes()).await;
        let answer = connection.answer("HEAD").await.expect("an answer");
        assert_eq!(answer.status, 405);
        connection.send(&Request::get(HEALTH).bytes()).await;
        let answer = connection.answer("GET").await.expect("an answer");
        assert_eq!(answer.status, 200);
    }
}
