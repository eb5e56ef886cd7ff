//! Six keys that differ in all that a list looks at.

use bitting_core::{Origin, Role};
use bitting_tests::{Request, Seed, Server, cast};

use super::{found, list, writer};

/// | id | name | description | status | start | end | created |
/// | --- | --- | --- | --- | --- | --- | --- |
/// | 2 | `Alpha` | `first of all` | active | 2024-01-01 00:00:00 | never | 2024-01-01 00:00:00 |
/// | 3 | `beta` | none | active | 2024-02-01 00:00:00 | 2024-12-31 23:59:59 | 2024-01-01 12:00:00 |
/// | 4 | `Gamma 100%` | `ALPHA again` | expired | 2024-01-01 00:00:00 | 2024-06-30 12:00:00 | 2024-01-01 23:59:59 |
/// | 5 | `delta_x` | empty | pending | 2025-01-01 00:00:00 | 2026-01-01 00:00:00 | 2024-01-02 00:00:00 |
/// | 6 | `Ärger` | `Straße` | expired (revoked) | 2024-01-01 00:00:00 | never | 2024-03-01 00:00:00 |
/// | 7 | `in:box, "x"` | none | expired (disabled) | 2024-01-01 00:00:00 | 2030-01-01 00:00:00 | 2024-03-01 00:00:00 |
///
/// And five keys that no list of the caller's may show, each with a name of the shelf.
pub(super) async fn shelf() -> (Server, String) {
    let (server, token) = writer().await;
    let key = |name| Seed::personal(name).created("2024-03-01 00:00:00");
    for seed in [
        key("Alpha")
            .description("first of all")
            .created("2024-01-01 00:00:00"),
        key("beta")
            .start("2024-02-01 00:00:00")
            .end("2024-12-31 23:59:59")
            .created("2024-01-01 12:00:00"),
        key("Gamma 100%")
            .description("ALPHA again")
            .end("2024-06-30 12:00:00")
            .created("2024-01-01 23:59:59"),
        key("delta_x")
            .description("")
            .start("2025-01-01 00:00:00")
            .end("2026-01-01 00:00:00")
            .created("2024-01-02 00:00:00"),
        key("Ärger").description("Straße").revoked(),
        key("in:box, \"x\"").end("2030-01-01 00:00:00").disabled(),
        key("Alpha").of(cast::COLLEAGUE),
        key("Alpha").of(cast::STRANGER),
        key("Alpha").made_on(Origin::Keys),
        key("Alpha").made_on(Origin::Feldera),
        Seed::caller(Role::Read),
    ] {
        server.plant(seed).await;
    }
    (server, token)
}

/// Their ids, by the first letter of their names.
pub(super) const LETTERS: [(char, &str); 6] = [
    ('A', "2"),
    ('b', "3"),
    ('G', "4"),
    ('d', "5"),
    ('Ä', "6"),
    ('i', "7"),
];

/// The first letters of the keys that `query` finds, in order. The total must be their number.
pub(super) async fn letters(server: &Server, token: &str, query: &[(&str, &str)]) -> String {
    letters_of(server, &list(token, query)).await
}

pub(super) async fn letters_of(server: &Server, request: &Request) -> String {
    let answer = server.send(request).await.expect(200);
    let (total, names) = found(&answer);
    assert_eq!(total, names.len() as u64, "{}", request.target());
    names
        .iter()
        .filter_map(|name| name.chars().next())
        .collect()
}

#[tokio::test]
async fn the_shelf_is_as_described() {
    let (server, token) = shelf().await;
    assert_eq!(letters(&server, &token, &[]).await, "AbGdÄi");
    for (letter, id) in LETTERS {
        let found = letters(&server, &token, &[("id", id)]).await;
        assert_eq!(found, letter.to_string());
    }
}
