//! 405 (K2, K4): before any credential, in this surface's form, with `Allow`.

use bitting_core::Role;
use bitting_tests::{COMPANIES, Class::Refused, Request, Server};

use super::{
    AUDIT, BATCH, FORWARD_AUTH, IMPORTS, INTROSPECT, MEMBER, MEMBERS, NO_KEY, OURS, OWN,
    SELF_REVOKE, VERIFY, WHOAMI, with,
};

const USAGE: &str = "/v1/keys/00000000-0000-7000-8000-000000000000/usage";
const USAGE_OF_COMPANY: &str = "/v1/companies/1/usage";
const LIMITS: &str = "/v1/keys/00000000-0000-7000-8000-000000000000/limits";
const REVOKE: &str = "/v1/keys/00000000-0000-7000-8000-000000000000/revoke";

const ROTATE: &str = "/v1/keys/00000000-0000-7000-8000-000000000000/rotate";
const REVEAL: &str = "/v1/keys/00000000-0000-7000-8000-000000000000/reveal";
const SECRETS: &str = "/v1/keys/00000000-0000-7000-8000-000000000000/secrets";
const SECRET: &str =
    "/v1/keys/00000000-0000-7000-8000-000000000000/secrets/00000000-0000-7000-8000-000000000001";

const OP: &str = "methods";

/// A path, its methods, and requests of others, each with the outcome that it is kept as.
type Row = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const TABLE: [Row; 22] = [
    (
        COMPANIES,
        "GET, POST",
        &[
            ("PUT", "k4_put_companies"),
            ("PATCH", "k4_patch_companies"),
            ("DELETE", "k4_delete_companies"),
            ("HEAD", "k4_head_companies"),
            ("OPTIONS", "k4_options_companies"),
            ("TRACE", "k4_trace_companies"),
        ],
    ),
    (
        OURS,
        "GET, PUT, DELETE",
        &[
            ("POST", "k4_post_company"),
            ("PATCH", "k4_patch_company"),
            ("HEAD", "k4_head_company"),
            ("OPTIONS", "k4_options_company"),
        ],
    ),
    (
        MEMBERS,
        "GET, POST",
        &[
            ("PUT", "k4_put_members"),
            ("PATCH", "k4_patch_members"),
            ("DELETE", "k4_delete_members"),
            ("HEAD", "k4_head_members"),
            ("OPTIONS", "k4_options_members"),
        ],
    ),
    (
        MEMBER,
        "GET, PUT, DELETE",
        &[
            ("POST", "k4_post_member"),
            ("PATCH", "k4_patch_member"),
            ("HEAD", "k4_head_member"),
            ("OPTIONS", "k4_options_member"),
        ],
    ),
    (
        OWN,
        "GET, POST",
        &[
            ("PUT", "k4_put_keys"),
            ("PATCH", "k4_patch_keys"),
            ("DELETE", "k4_delete_keys"),
            ("HEAD", "k4_head_keys"),
            ("OPTIONS", "k4_options_keys"),
        ],
    ),
    (
        NO_KEY,
        "GET, PUT, DELETE",
        &[
            ("POST", "k4_post_key"),
            ("PATCH", "k4_patch_key"),
            ("HEAD", "k4_head_key"),
            ("OPTIONS", "k4_options_key"),
        ],
    ),
    (
        USAGE,
        "GET",
        &[
            ("POST", "k4_post_usage"),
            ("PUT", "k4_put_usage"),
            ("PATCH", "k4_patch_usage"),
            ("DELETE", "k4_delete_usage"),
            ("HEAD", "k4_head_usage"),
            ("OPTIONS", "k4_options_usage"),
        ],
    ),
    (
        USAGE_OF_COMPANY,
        "GET",
        &[
            ("POST", "k4_post_company_usage"),
            ("PUT", "k4_put_company_usage"),
            ("PATCH", "k4_patch_company_usage"),
            ("DELETE", "k4_delete_company_usage"),
            ("HEAD", "k4_head_company_usage"),
            ("OPTIONS", "k4_options_company_usage"),
        ],
    ),
    (
        LIMITS,
        "PUT",
        &[
            ("GET", "k4_get_limits"),
            ("POST", "k4_post_limits"),
            ("PATCH", "k4_patch_limits"),
            ("DELETE", "k4_delete_limits"),
            ("HEAD", "k4_head_limits"),
            ("OPTIONS", "k4_options_limits"),
        ],
    ),
    (
        REVOKE,
        "POST",
        &[
            ("GET", "k4_get_revoke"),
            ("PUT", "k4_put_revoke"),
            ("PATCH", "k4_patch_revoke"),
            ("DELETE", "k4_delete_revoke"),
            ("HEAD", "k4_head_revoke"),
            ("OPTIONS", "k4_options_revoke"),
        ],
    ),
    (
        ROTATE,
        "POST",
        &[("GET", "k4_get_rotate"), ("PUT", "k4_put_rotate")],
    ),
    (
        REVEAL,
        "POST",
        &[("GET", "k4_get_reveal"), ("DELETE", "k4_delete_reveal")],
    ),
    (
        SECRETS,
        "GET",
        &[("POST", "k4_post_secrets"), ("DELETE", "k4_delete_secrets")],
    ),
    (
        SECRET,
        "DELETE",
        &[("GET", "k4_get_secret"), ("PATCH", "k4_patch_secret")],
    ),
    (
        AUDIT,
        "GET",
        &[("POST", "k4_post_audit"), ("DELETE", "k4_delete_audit")],
    ),
    (
        VERIFY,
        "POST",
        &[
            ("GET", "k4_get_verify"),
            ("PUT", "k4_put_verify"),
            ("PATCH", "k4_patch_verify"),
            ("DELETE", "k4_delete_verify"),
            ("HEAD", "k4_head_verify"),
            ("OPTIONS", "k4_options_verify"),
        ],
    ),
    (
        BATCH,
        "POST",
        &[
            ("GET", "k4_get_batch"),
            ("PUT", "k4_put_batch"),
            ("PATCH", "k4_patch_batch"),
            ("DELETE", "k4_delete_batch"),
            ("HEAD", "k4_head_batch"),
            ("OPTIONS", "k4_options_batch"),
        ],
    ),
    (
        IMPORTS,
        "POST",
        &[
            ("GET", "k4_get_imports"),
            ("PUT", "k4_put_imports"),
            ("PATCH", "k4_patch_imports"),
            ("DELETE", "k4_delete_imports"),
            ("HEAD", "k4_head_imports"),
            ("OPTIONS", "k4_options_imports"),
        ],
    ),
    (
        INTROSPECT,
        "POST",
        &[
            ("GET", "k4_get_introspect"),
            ("PUT", "k4_put_introspect"),
            ("PATCH", "k4_patch_introspect"),
            ("DELETE", "k4_delete_introspect"),
            ("HEAD", "k4_head_introspect"),
            ("OPTIONS", "k4_options_introspect"),
        ],
    ),
    (
        FORWARD_AUTH,
        "GET",
        &[
            ("POST", "k4_post_forward_auth"),
            ("PUT", "k4_put_forward_auth"),
            ("PATCH", "k4_patch_forward_auth"),
            ("DELETE", "k4_delete_forward_auth"),
            ("HEAD", "k4_head_forward_auth"),
            ("OPTIONS", "k4_options_forward_auth"),
        ],
    ),
    (
        WHOAMI,
        "GET",
        &[
            ("POST", "k4_post_whoami"),
            ("PUT", "k4_put_whoami"),
            ("PATCH", "k4_patch_whoami"),
            ("DELETE", "k4_delete_whoami"),
            ("HEAD", "k4_head_whoami"),
            ("OPTIONS", "k4_options_whoami"),
        ],
    ),
    (
        SELF_REVOKE,
        "POST",
        &[
            ("GET", "k4_get_self_revoke"),
            ("PUT", "k4_put_self_revoke"),
            ("PATCH", "k4_patch_self_revoke"),
            ("DELETE", "k4_delete_self_revoke"),
            ("HEAD", "k4_head_self_revoke"),
            ("OPTIONS", "k4_options_self_revoke"),
        ],
    ),
];

fn names(allow: &str) -> Vec<&str> {
    let mut names: Vec<_> = allow.split(", ").collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn k4_a_method_that_a_path_has_not_is_405_without_a_credential() {
    let server = Server::start().await;
    for (path, allow, others) in TABLE {
        for (method, outcome) in others {
            let request = Request::new(method, path);
            let answer = server.record(OP, Refused, outcome, &request).await;
            let answer = answer.expect(405);
            let allowed = answer.header("allow").expect("K4: Allow");
            assert_eq!(names(allowed), names(allow), "{method} {path}");
            if *method != "HEAD" {
                assert_eq!(answer.json()["error_code"], "method_not_allowed");
            }
        }
    }
}

#[tokio::test]
async fn k1_405_on_every_path_with_a_trailing_slash() {
    let server = Server::start().await;
    for (outcome, (path, allow, _)) in [
        "k1_companies",
        "k1_company",
        "k1_members",
        "k1_member",
        "k1_keys",
        "k1_key",
        "k1_revoke",
        "k1_rotate",
        "k1_reveal",
        "k1_secrets",
        "k1_secret",
        "k1_audit",
        "k1_verify",
        "k1_batch",
        "k1_imports",
        "k1_introspect",
        "k1_forward_auth",
        "k1_whoami",
        "k1_self_revoke",
    ]
    .into_iter()
    .zip(TABLE)
    {
        let request = Request::patch(format!("{path}/"));
        let answer = server.record(OP, Refused, outcome, &request).await;
        let answer = answer.expect(405);
        let allowed = answer.header("allow").expect("K4: Allow");
        assert_eq!(names(allowed), names(allow), "{path}");
    }
}

#[tokio::test]
async fn k2_405_comes_before_everything_else_even_with_a_good_credential_and_a_bad_body() {
    let (server, token) = with(Role::Root).await;
    for (outcome, request) in [
        (
            "k2_put_bad_body",
            Request::new("PUT", COMPANIES).bearer(&token).json("{"),
        ),
        (
            "k2_patch_unknown",
            Request::patch("/v1/companies/999").bearer(&token),
        ),
        (
            "k2_patch_no_id",
            Request::patch("/v1/companies/x/members/y?z")
                .bearer(&token)
                .body("{"),
        ),
    ] {
        let answer = server.record(OP, Refused, outcome, &request).await;
        answer.expect(405);
    }
}
