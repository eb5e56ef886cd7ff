//! 500 and 503 (F2): faults of ours, and what cannot be done now.

use bitting_tests::{
    Class::Refused,
    Request, Server,
    probe::{Fault, Step},
};

use super::{CONFIG, KEYS, create, item, listed, writer};

/// A request for each operation that asks the store something, and where its work fails.
fn every_operation(token: &str) -> [(&'static str, Request, Step); 5] {
    [
        // First: a credential that was seen is not looked up again.
        (
            "config_view",
            Request::get(CONFIG).bearer(token),
            Step::Credential,
        ),
        ("key_create", create(token, "new"), Step::Create),
        (
            "key_list",
            Request::get(KEYS).bearer(token),
            Step::NamedList,
        ),
        ("key_view", Request::get(item("x")).bearer(token), Step::Key),
        (
            "key_delete",
            Request::delete(item("x")).bearer(token),
            Step::Delete,
        ),
    ]
}

/// Lets every operation fail in turn and keeps the exchanges; nothing may have been changed.
async fn every_operation_fails(outcome: &str, fault: Fault, status: u16) -> Server {
    let (server, token) = writer().await;
    let key = server.named("x").await;
    let code = match status {
        500 => "InternalServerError",
        _ => "ServiceUnavailable",
    };
    for (operation, request, step) in every_operation(&token) {
        server.probe.fail(step, fault);
        let answer = server.record(operation, Refused, outcome, &request).await;
        let body = answer.expect(status).json();
        assert_eq!(body["error_code"], code, "{operation}");
        assert!(body["details"].is_null(), "what it was is for the log");
    }
    server.probe.clear();
    assert_eq!(listed(&server, &token).await, ["x"]);
    assert!(server.accepts(&key.secret).await);
    server
}

#[tokio::test]
async fn f2_a_fault_of_ours_is_500() {
    let server = every_operation_fails("f2_500", Fault::Corrupt, 500).await;
    let log = server.log.text();
    assert!(log.contains("store fault"), "the log says what it was");
}

#[tokio::test]
async fn f2_a_panic_is_500_as_well() {
    every_operation_fails("f2_panic", Fault::Panic, 500).await;
}

#[tokio::test]
async fn f2_what_cannot_be_written_now_is_503() {
    every_operation_fails("f2_503", Fault::NotDurable, 503).await;
}

#[tokio::test]
async fn f2_a_full_disk_is_503() {
    every_operation_fails("f2_disk_full", Fault::DiskFull, 503).await;
}

#[tokio::test]
async fn f2_a_fault_in_the_look_up_of_a_credential_is_no_401() {
    let (server, token) = writer().await;
    let request = Request::get(KEYS).bearer(&token);
    for (outcome, fault, status) in [
        ("f2_credential_500", Fault::Corrupt, 500),
        ("f2_credential_503", Fault::NotDurable, 503),
    ] {
        server.probe.fail(Step::Credential, fault);
        let answer = server.record("key_list", Refused, outcome, &request).await;
        answer.expect(status);
    }
    server.probe.clear();
    server.send(&request).await.expect(200);
}

/// O10 limits personal keys, and this surface has no limits of its own: 429 is in F2 for later.
#[tokio::test]
async fn f2_there_is_no_limit_here_and_none_of_another_surface() {
    let server = bitting_tests::Setup::default().rates("1/60s").start().await;
    let token = server.caller(bitting_core::Role::Write).await;
    for _ in 0..5 {
        let answer = server.send(&Request::get(KEYS).bearer(&token)).await;
        assert_eq!(answer.expect(200).header("x-ratelimit-limit"), None);
    }
}
