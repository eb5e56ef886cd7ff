//! F1, O2, K2: a key is a key on every surface, whichever it was made on.

use bitting_core::Role;
use bitting_tests::{COMPANIES, KEYS as PERSONAL, Request, Server};

use super::{KEYS, create, item, text};

/// What `secret` is answered on each surface: a list of personal keys, of named ones, and of companies.
async fn statuses(server: &Server, secret: &str) -> [u16; 3] {
    let mut statuses = [0; 3];
    for (status, path) in statuses.iter_mut().zip([PERSONAL, KEYS, COMPANIES]) {
        *status = server.send(&Request::get(path).bearer(secret)).await.status;
    }
    statuses
}

#[tokio::test]
async fn f1_a_named_key_is_good_on_every_surface_with_its_role() {
    let server = Server::start().await;
    let root = server.caller(Role::Root).await;
    for (role, lists) in [("read", [200, 403, 403]), ("write", [200, 200, 403])] {
        let body = format!(r#"{{"name":"{role}","role":"{role}"}}"#);
        let request = Request::post(KEYS).bearer(&root).json(body);
        let made = server.send(&request).await.expect(201);
        let secret = text(&made, "api_key");
        assert!(server.accepts(&secret).await);
        assert_eq!(statuses(&server, &secret).await, lists, "{role}");
        let delete = Request::delete(item(role)).bearer(&root);
        server.send(&delete).await.expect(200);
        assert_eq!(statuses(&server, &secret).await, [401; 3], "{role}");
    }
}

#[tokio::test]
async fn f1_a_personal_key_makes_named_ones_and_the_other_way_round() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let request = Request::post(PERSONAL)
        .bearer(&token)
        .json(r#"{"name":"p"}"#);
    let personal = text(&server.send(&request).await.expect(201), "secret");
    let made = server.send(&create(&personal, "n")).await.expect(201);
    let named = text(&made, "api_key");
    let request = Request::post(PERSONAL)
        .bearer(&named)
        .json(r#"{"name":"q"}"#);
    let made = server.send(&request).await.expect(201).json();
    assert_eq!(made["company_id"], "6197120");
    assert_eq!(statuses(&server, &personal).await, [200, 200, 403]);
    assert_eq!(statuses(&server, &named).await, [200, 200, 403]);
}

/// O8: the lists of personal keys are the member's own, and named ones are not among them.
#[tokio::test]
async fn f6_a_named_key_is_in_no_list_of_personal_keys_not_even_its_own() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    let made = server.send(&create(&token, "n")).await.expect(201);
    let named = text(&made, "api_key");
    for token in [&token, &named] {
        let request = Request::get(format!("{PERSONAL}?view=full")).bearer(token);
        let list = server.send(&request).await.expect(200).json();
        assert_eq!(list["total"], 0);
        for number in 1..4 {
            let request = Request::get(format!("{PERSONAL}/{number}")).bearer(token);
            server.send(&request).await.expect(404);
        }
    }
}

#[tokio::test]
async fn f1_the_first_key_of_a_company_makes_named_keys_of_that_company() {
    let server = Server::start().await;
    let root = server.caller(Role::Root).await;
    server.named("x").await;
    let request = Request::post(COMPANIES)
        .bearer(&root)
        .json(r#"{"name":"Acme"}"#);
    let made = server.send(&request).await.expect(201).json();
    let admin = made["key"]["secret"].as_str().expect("a secret");
    server.send(&create(admin, "x")).await.expect(201);
    assert_eq!(super::listed(&server, admin).await, ["x"]);
    assert_eq!(super::listed(&server, &root).await, ["x"]);
}
