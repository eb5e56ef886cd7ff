//! `GET /v1/keys`: K57, its filters and its orders.

use bitting_core::Role;
use bitting_tests::{
    Answer,
    Class::{ForeignCompany, Success},
    Request, Seed, Server, cast,
};
use serde_json::json;

use super::{OWN, names, stranger, with};

const OP: &str = "key_list";

fn list(token: &str, query: &str) -> Request {
    Request::get(format!("{OWN}{query}")).bearer(token)
}

/// Keys that differ in whatever can be asked for, of two members and two companies, and the secret of a root key.
async fn shelf() -> (Server, String) {
    let (server, root) = with(Role::Root).await;
    for seed in [
        Seed::own("Alpha")
            .description("first of ALL")
            .scopes(&["a", "ab"])
            .end("2024-09-01 00:00:00"),
        Seed::own("beta")
            .scopes(&["b"])
            .end("2025-01-01 00:00:00")
            .disabled(),
        Seed::personal("Gamma 100%")
            .description("straße")
            .end("2024-08-01 00:00:00"),
        Seed::named("delta_4").of(cast::COLLEAGUE),
        Seed::own("Émile")
            .of(cast::COLLEAGUE)
            .start("2030-01-01 00:00:00")
            .scopes(&["a"]),
        Seed::own("zeta").revoked().end("2024-09-01 00:00:00"),
        Seed::own("alpha").of(cast::STRANGER).scopes(&["a"]),
    ] {
        server.plant(seed).await;
    }
    (server, root)
}

#[tokio::test]
async fn k57_each_filter_leaves_what_it_says() {
    let (server, root) = shelf().await;
    for (outcome, query, found) in [
        (
            "k57_all",
            "",
            &[
                "Alpha",
                "beta",
                "Gamma 100%",
                "delta_4",
                "Émile",
                "zeta",
                "alpha",
                "root caller",
            ][..],
        ),
        ("k57_q", "q=ALPHA", &["Alpha", "alpha"]),
        ("k57_q_description", "q=first%20of%20all", &["Alpha"]),
        ("k57_q_folded", "q=%C3%A9m", &["Émile"]),
        ("k57_q_no_pattern", "q=%25", &["Gamma 100%"]),
        ("k57_q_no_wildcard", "q=a_4", &["delta_4"]),
        ("k57_q_nothing", "q=nothing", &[]),
        (
            "k57_active",
            "status=active",
            &["Alpha", "delta_4", "alpha", "root caller"],
        ),
        ("k57_disabled", "status=disabled", &["beta"]),
        ("k57_expired", "status=expired", &["Gamma 100%"]),
        ("k57_pending", "status=pending", &["Émile"]),
        ("k57_revoked", "status=revoked", &["zeta"]),
        ("k57_owner", "owner=10002", &["delta_4", "Émile"]),
        ("k57_owner_nobody", "owner=999", &[]),
        ("k57_company", "company=7000001", &["alpha"]),
        ("k57_company_nobody", "company=999", &[]),
        ("k57_owner_elsewhere", "owner=20001&company=6197120", &[]),
        ("k57_scope", "scope=a", &["Alpha", "Émile", "alpha"]),
        ("k57_scope_whole", "scope=ab", &["Alpha"]),
        (
            "k57_origin_keys",
            "origin=keys",
            &["Alpha", "beta", "Émile", "zeta", "alpha", "root caller"],
        ),
        ("k57_origin_ocamba", "origin=ocamba", &["Gamma 100%"]),
        ("k57_origin_feldera", "origin=feldera", &["delta_4"]),
        (
            "k57_expires_before",
            "expires_before=2024-09-01T00:00:00Z",
            &["Gamma 100%"],
        ),
        (
            "k57_expires_before_later",
            "expires_before=2024-09-01T02:00:01%2B02:00",
            &["Alpha", "Gamma 100%", "zeta"],
        ),
        (
            "k57_all_hold",
            "scope=a&status=active&owner=10001&q=l&origin=keys&company=6197120",
            &["Alpha"],
        ),
    ] {
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{query}")
        };
        let answer = server
            .record(OP, Success, outcome, &list(&root, &query))
            .await;
        let mut seen = names(&answer.expect(200));
        seen.sort();
        let mut found = found.to_vec();
        found.sort_unstable();
        assert_eq!(seen, found, "{outcome}");
    }
}

#[tokio::test]
async fn k57_every_order_goes_both_ways() {
    let (server, root) = shelf().await;
    let made = [
        "root caller",
        "Alpha",
        "beta",
        "Gamma 100%",
        "delta_4",
        "Émile",
        "zeta",
        "alpha",
    ];
    let by_name = [
        "Alpha",
        "Gamma 100%",
        "alpha",
        "beta",
        "delta_4",
        "root caller",
        "zeta",
        "Émile",
    ];
    let by_end = [
        "Gamma 100%",
        "Alpha",
        "zeta",
        "beta",
        "root caller",
        "delta_4",
        "Émile",
        "alpha",
    ];
    for (up, down, sort, order) in [
        ("k57_created_at", "k57_created_at_down", "created_at", made),
        // They were made, and last changed, at one time: the earlier made comes first.
        ("k57_updated_at", "k57_updated_at_down", "updated_at", made),
        ("k57_name", "k57_name_down", "name", by_name),
        (
            "k57_expires_at",
            "k57_expires_at_down",
            "expires_at",
            by_end,
        ),
    ] {
        let answer = server
            .record(OP, Success, up, &list(&root, &format!("?sort={sort}")))
            .await;
        assert_eq!(names(&answer.expect(200)), order, "{sort}");
        let answer = server
            .record(OP, Success, down, &list(&root, &format!("?sort=-{sort}")))
            .await;
        let mut back = names(&answer.expect(200));
        back.reverse();
        assert_eq!(back, order, "-{sort}");
    }
    let mut newest = names(&server.send(&list(&root, "")).await.expect(200));
    newest.reverse();
    assert_eq!(newest, made, "K57: the newest first by default");
}

#[tokio::test]
async fn k57_a_change_moves_a_key_in_the_order_of_changes() {
    let (server, root) = with(Role::Root).await;
    let first = server.plant(Seed::own("first")).await;
    server.plant(Seed::own("second")).await;
    let put = Request::put(super::item(&first))
        .bearer(&root)
        .json(super::plain("first").to_string());
    server.send(&put).await.expect(200);
    let answer = server
        .send(&list(&root, "?sort=-updated_at&limit=1"))
        .await
        .expect(200);
    assert_eq!(names(&answer), ["first"]);
}

#[tokio::test]
async fn k57_a_page_is_items_and_the_next_page() {
    let (server, token) = with(Role::Read).await;
    let answer = server
        .record(OP, Success, "k57_only_itself", &list(&token, ""))
        .await;
    let answer = answer.expect(200);
    assert_eq!(Answer::members(answer.text()), ["items", "next_page"]);
    assert_eq!(answer.json()["next_page"], json!(null));
}

#[tokio::test]
async fn k7_k57_only_root_lists_another_companys_keys() {
    let (server, root) = shelf().await;
    for (outcome, role, query, found) in [
        (
            "k7_their_admin",
            Role::Admin,
            "?sort=name",
            &["admin caller", "alpha"][..],
        ),
        (
            "k7_their_admin_asks_for_ours",
            Role::Admin,
            "?company=6197120",
            &[],
        ),
        (
            "k7_their_admin_asks_for_our_member",
            Role::Admin,
            "?owner=10001",
            &[],
        ),
        (
            "k7_their_root",
            Role::Root,
            "?company=6197120&origin=ocamba",
            &["Gamma 100%"],
        ),
    ] {
        let token = stranger(&server, role).await;
        let answer = server
            .record(OP, ForeignCompany, outcome, &list(&token, query))
            .await;
        let seen: Vec<_> = names(&answer.expect(200));
        assert_eq!(seen, found, "{outcome}");
        let gone =
            Request::delete(format!("{OWN}/{}", own_id(&server, &token).await)).bearer(&root);
        server.send(&gone).await.expect(204);
    }
}

async fn own_id(server: &Server, token: &str) -> String {
    let request = Request::get(super::WHOAMI).bearer(token);
    super::text(&server.send(&request).await.expect(200).json(), "id").to_owned()
}
