//! 500 and 503 (K4): faults of ours, and what cannot be done now.

use bitting_core::Role;
use bitting_tests::{
    COMPANIES,
    Class::Refused,
    Request, Seed, Server,
    probe::{Fault, Step},
};

use super::{BATCH, OWN, counts, every_operation, verdict, with};

/// Where the work of an operation fails.
fn step(operation: &str) -> Step {
    match operation {
        "company_create" => Step::CompanyCreate,
        "company_list" => Step::CompanyList,
        "company_view" => Step::Company,
        "member_create" => Step::MemberCreate,
        "member_list" => Step::MemberList,
        "member_view" => Step::Member,
        "company_update" | "company_delete" => Step::CompanyUpdate,
        "member_update" | "member_delete" => Step::MemberUpdate,
        "audit_list" => Step::Audit,
        "key_create" => Step::Create,
        "key_import" => Step::Import,
        "key_list" => Step::Page,
        "key_view" | "whoami" | "key_reveal" => Step::Key,
        "key_rotate" => Step::Rotate,
        "secret_list" => Step::Secrets,
        "secret_retire" => Step::Retire,
        "key_update" => Step::Replace,
        "key_limits_update" => Step::Limit,
        "key_usage" | "company_usage" => Step::Usage,
        "key_delete" => Step::Delete,
        "key_revoke" | "self_revoke" => Step::Revoke,
        // That of the key in question: the caller's own is known by then.
        "key_verify" | "key_verify_batch" | "introspect" | "forward_auth" => Step::Credential,
        _ => panic!("{operation} asks the store for something else"),
    }
}

/// Lets every operation fail in turn and keeps the exchanges; nothing may have been changed.
async fn every_operation_fails(outcome: &str, fault: Fault, status: u16) -> Server {
    let (server, token) = with(Role::Root).await;
    let operations = every_operation(&server).await;
    let before = counts(&server);
    let code = match status {
        500 => "internal",
        _ => "unavailable",
    };
    for (operation, request, _) in operations.clone() {
        server.probe.fail(step(operation), fault);
        let request = request.bearer(&token);
        let answer = server.record(operation, Refused, outcome, &request).await;
        let body = answer.expect(status).json();
        assert_eq!(body["error_code"], code, "{operation}");
        assert!(body["details"].is_null(), "what it was is for the log");
    }
    server.probe.clear();
    assert_eq!(counts(&server), before);
    for (operation, request, _) in operations {
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

/// Whose company a member is of is a question to the store before the key is made.
#[tokio::test]
async fn k51_a_fault_in_the_look_up_of_an_owner_is_no_400() {
    let (server, token) = with(Role::Admin).await;
    let request = Request::post(OWN)
        .bearer(&token)
        .json(r#"{"name":"x","owner_id":"10002"}"#);
    let before = counts(&server);
    for (outcome, fault, status) in [
        ("k51_owner_500", Fault::Corrupt, 500),
        ("k51_owner_503", Fault::NotDurable, 503),
    ] {
        server.probe.fail(Step::Owner, fault);
        let answer = server
            .record("key_create", Refused, outcome, &request)
            .await;
        answer.expect(status);
    }
    assert_eq!(counts(&server), before, "something was made");
}

/// One question that cannot be answered is enough: what is not known is not told as if it were.
#[tokio::test]
async fn k72_a_fault_in_the_middle_of_a_batch_is_one_of_the_whole() {
    let (server, token) = with(Role::Verify).await;
    let known = server.plant(Seed::own("known")).await.secret;
    let other = server.plant(Seed::own("other")).await.secret;
    assert_eq!(verdict(&server, &token, &known).await, "valid");
    server.probe.fail(Step::Credential, Fault::NotDurable);
    assert_eq!(verdict(&server, &token, &known).await, "valid");
    let body = format!(r#"{{"keys":[{{"key":"{known}"}},{{"key":"{other}"}}]}}"#);
    let request = Request::post(BATCH).bearer(&token).json(body);
    let answer = server
        .record("key_verify_batch", Refused, "k72_one_of_two", &request)
        .await;
    answer.expect(503);
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
