//! 500 and 503 (O3, O4): faults of ours, and what cannot be done now.

use bitting_tests::{
    Class::Refused,
    KEYS, Request, Server,
    probe::{Fault, Step},
};

use super::{item, writer};

/// A request for each operation on the key with this path, and where its work fails.
fn every_operation(path: &str) -> [(&'static str, Request, Step); 7] {
    [
        // First: a credential that was seen is not looked up again.
        (
            "key_validate",
            Request::post(format!("{KEYS}/validate")),
            Step::Credential,
        ),
        (
            "key_create",
            Request::post(KEYS).json(r#"{"name":"x"}"#),
            Step::Create,
        ),
        ("key_list", Request::get(KEYS), Step::List),
        ("key_view", Request::get(path), Step::Key),
        (
            "key_update",
            Request::patch(path).json(r#"{"name":"y"}"#),
            Step::Update,
        ),
        (
            "key_roll",
            Request::post(format!("{path}/roll")),
            Step::Roll,
        ),
        ("key_delete", Request::delete(path), Step::Delete),
    ]
}

/// Lets every operation fail in turn and keeps the exchanges; nothing may have been changed.
async fn every_operation_fails(outcome: &str, fault: Fault, status: u16) -> Server {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    let path = item(key.number);
    for (operation, request, step) in every_operation(&path) {
        server.probe.fail(step, fault);
        let request = request.bearer(&token);
        let answer = server.record(operation, Refused, outcome, &request).await;
        answer.expect(status);
    }
    server.probe.clear();
    let view = Request::get(&path).bearer(&token);
    let shown = server.send(&view).await.expect(200).json();
    assert_eq!(
        (&shown["name"], &shown["secret"]),
        (&"x".into(), &key.secret.into())
    );
    server
}

#[tokio::test]
async fn o3_a_fault_of_ours_is_500_without_a_trace_id() {
    let server = every_operation_fails("o3_500", Fault::Corrupt, 500).await;
    assert!(
        server.log.text().contains("store fault"),
        "the log says what it was"
    );
}

#[tokio::test]
async fn o3_a_panic_is_500_as_well() {
    every_operation_fails("o3_panic", Fault::Panic, 500).await;
}

#[tokio::test]
async fn o4_what_cannot_be_written_now_is_503() {
    every_operation_fails("o4_503", Fault::NotDurable, 503).await;
}

#[tokio::test]
async fn o4_a_full_disk_is_503() {
    every_operation_fails("o4_disk_full", Fault::DiskFull, 503).await;
}

#[tokio::test]
async fn o4_a_fault_in_the_look_up_of_a_credential_is_no_401() {
    let (server, token) = writer().await;
    server.probe.fail(Step::Credential, Fault::Corrupt);
    let request = Request::get(KEYS).bearer(&token);
    let answer = server
        .record("key_list", Refused, "o4_credential_500", &request)
        .await;
    answer.expect(500);
    server.probe.fail(Step::Credential, Fault::NotDurable);
    let answer = server
        .record("key_list", Refused, "o4_credential_503", &request)
        .await;
    answer.expect(503);
}

#[tokio::test]
async fn o4_a_store_that_is_closed_is_503() {
    let (server, token) = writer().await;
    server.store.close().await.expect("it closes");
    let request = Request::get(KEYS).bearer(&token);
    let answer = server
        .record("key_list", Refused, "o4_store_closed", &request)
        .await;
    answer.expect(503);
}
