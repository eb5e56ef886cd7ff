//! 500 and 503 (K4): faults of ours, and what cannot be done now.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::Refused,
    Request, Server,
    probe::{Fault, Step},
};

use super::{counts, every_operation, with};

/// Where the work of an operation fails.
fn step(operation: &str) -> Step {
    match operation {
        "company_create" => Step::CompanyCreate,
        "company_list" => Step::CompanyList,
        "company_view" => Step::Company,
        "member_create" => Step::MemberCreate,
        "member_list" => Step::MemberList,
        "member_view" => Step::Member,
        _ => panic!("{operation} asks the store for something else"),
    }
}

/// Lets every operation fail in turn and keeps the exchanges; nothing may have been changed.
async fn every_operation_fails(outcome: &str, fault: Fault, status: u16) -> Server {
    let (server, token) = with(Role::Root).await;
    let before = counts(&server);
    let code = match status {
        500 => "internal",
        _ => "unavailable",
    };
    for (operation, request, _) in every_operation() {
        server.probe.fail(step(operation), fault);
        let request = request.bearer(&token);
        let answer = server.record(operation, Refused, outcome, &request).await;
        let body = answer.expect(status).json();
        assert_eq!(body["error_code"], code, "{operation}");
        assert!(body["details"].is_null(), "what it was is for the log");
    }
    server.probe.clear();
    assert_eq!(counts(&server), before);
    for (operation, request, _) in every_operation() {
        let answer = server.send(&request.bearer(&token)).await;
        assert!(answer.status < 300, "{operation} after that\n{answer:?}");
    }
    server
}

#[tokio::test]
async fn k4_a_fault_of_ours_is_500() {
    let server = every_operation_fails("k4_500", Fault::Corrupt, 500).await;
    let log = server.log.text();
    assert!(log.contains("store fault"), "the log says what it was");
}

#[tokio::test]
async fn k4_a_panic_is_500_as_well() {
    every_operation_fails("k4_panic", Fault::Panic, 500).await;
}

#[tokio::test]
async fn k4_what_cannot_be_written_now_is_503() {
    every_operation_fails("k4_503", Fault::NotDurable, 503).await;
}

#[tokio::test]
async fn k4_a_full_disk_is_503() {
    every_operation_fails("k4_disk_full", Fault::DiskFull, 503).await;
}

#[tokio::test]
async fn k4_a_fault_in_the_look_up_of_a_credential_is_no_401() {
    let (server, token) = with(Role::Root).await;
    let request = Request::get(COMPANIES).bearer(&token);
    for (outcome, fault, status) in [
        ("k4_credential_500", Fault::Corrupt, 500),
        ("k4_credential_503", Fault::NotDurable, 503),
    ] {
        server.probe.fail(Step::Credential, fault);
        let answer = server
            .record("company_list", Refused, outcome, &request)
            .await;
        answer.expect(status);
    }
    server.probe.clear();
    server.send(&request).await.expect(200);
}

#[tokio::test]
async fn k4_a_store_that_is_closed_is_503() {
    let (server, token) = with(Role::Root).await;
    server.store.close().await.expect("it closes");
    let request = Request::get(COMPANIES).bearer(&token);
    let answer = server
        .record("company_list", Refused, "k4_store_closed", &request)
        .await;
    answer.expect(503);
}
