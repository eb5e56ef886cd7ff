//! K2, K30, K40: a first key works at once, on every surface, with its role.

use bitting_core::Role;
use bitting_tests::{COMPANIES, KEYS as PERSONAL, NAMED_KEYS, Request, Server};

use super::{MEMBERS, text, with};

/// Whether `secret` may: list personal keys, make one, list named keys, list the members of `company`, list
/// companies.
async fn may(server: &Server, secret: &str, company: &str) -> [bool; 5] {
    let mut may = [false; 5];
    let requests = [
        Request::get(PERSONAL),
        Request::post(PERSONAL).json(r#"{"name":"x"}"#),
        Request::get(NAMED_KEYS),
        Request::get(format!("{COMPANIES}/{company}/members")),
        Request::get(COMPANIES),
    ];
    for (may, request) in may.iter_mut().zip(requests) {
        let answer = server.send(&request.bearer(secret)).await;
        assert!(matches!(answer.status, 200 | 201 | 403), "{answer:?}");
        *may = answer.status < 300;
    }
    may
}

#[tokio::test]
async fn k40_the_first_key_of_a_member_does_what_its_role_may() {
    let (server, root) = with(Role::Root).await;
    for (role, does) in [
        ("none", [false; 5]),
        ("verify", [false; 5]),
        ("read", [true, false, false, false, false]),
        ("write", [true, true, true, false, false]),
        ("admin", [true, true, true, true, false]),
        ("root", [true; 5]),
    ] {
        let body = format!(r#"{{"name":"Dana","role":"{role}"}}"#);
        let request = Request::post(MEMBERS).bearer(&root).json(body);
        let made = server.send(&request).await.expect(201).json();
        let secret = text(&made["key"], "secret");
        assert!(server.accepts(secret).await, "{role}");
        assert_eq!(may(&server, secret, "6197120").await, does, "{role}");
    }
}

#[tokio::test]
async fn k30_the_first_key_of_a_company_administers_it_and_no_other() {
    let (server, root) = with(Role::Root).await;
    let request = Request::post(COMPANIES)
        .bearer(&root)
        .json(r#"{"name":"Acme"}"#);
    let made = server.send(&request).await.expect(201).json();
    let admin = text(&made["key"], "secret");
    let company = text(&made["company"], "id");
    let does = [true, true, true, true, false];
    assert_eq!(may(&server, admin, company).await, does);
    server
        .send(&Request::get(MEMBERS).bearer(admin))
        .await
        .expect(404);
    let members = format!("{COMPANIES}/{company}/members");
    let request = Request::post(&members)
        .bearer(admin)
        .json(r#"{"name":"Dana"}"#);
    let dana = server.send(&request).await.expect(201).json();
    assert_eq!(dana["member"]["company_id"], company);
    let dana = text(&dana["key"], "secret");
    let personal = Request::post(PERSONAL).bearer(dana).json(r#"{"name":"x"}"#);
    let key = server.send(&personal).await.expect(201).json();
    assert_eq!(key["company_id"], company);
}

/// It is in no list of the other surfaces: those list what was made on them.
#[tokio::test]
async fn k30_a_first_key_is_in_no_list_of_another_surface() {
    let (server, root) = with(Role::Root).await;
    let request = Request::post(MEMBERS)
        .bearer(&root)
        .json(r#"{"name":"Dana"}"#);
    let made = server.send(&request).await.expect(201).json();
    let secret = text(&made["key"], "secret");
    let personal = server.send(&Request::get(PERSONAL).bearer(secret)).await;
    assert_eq!(personal.expect(200).json()["total"], 0);
    let named = server.send(&Request::get(NAMED_KEYS).bearer(secret)).await;
    assert_eq!(named.expect(200).text(), "[]");
}
