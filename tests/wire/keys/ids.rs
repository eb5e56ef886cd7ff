//! K5: what is an id.

use bitting_core::Role;
use bitting_tests::{COMPANIES, Class::UnknownId, Request};

use super::{MEMBERS, with};

/// Segments that are the id of nothing, though `ID` is one, each with the outcome that it is kept as.
const NONE: [(&str, &str); 16] = [
    ("k5_unknown", "999"),
    ("k5_not_canonical", "0ID"),
    ("k5_signed", "+ID"),
    ("k5_negative", "-ID"),
    ("k5_padded", "%20ID"),
    ("k5_padded_after", "ID%20"),
    ("k5_fraction", "ID.0"),
    ("k5_word", "x"),
    ("k5_zero", "0"),
    ("k5_nul", "ID%00"),
    ("k5_slash", "ID%2F"),
    ("k5_other_digits", "%D9%A7"),
    ("k5_beyond_63_bits", "9223372036854775808"),
    ("k5_beyond_64_bits", "18446744073715748736"),
    ("k5_greatest", "9223372036854775807"),
    ("k5_list", "ID,ID"),
];

#[tokio::test]
async fn k5_what_is_no_id_of_a_company_is_404() {
    let (server, token) = with(Role::Root).await;
    for (outcome, segment) in NONE {
        let segment = segment.replace("ID", "6197120");
        let request = Request::get(format!("{COMPANIES}/{segment}")).bearer(&token);
        let answer = server
            .record("company_view", UnknownId, outcome, &request)
            .await;
        assert_eq!(answer.expect(404).json()["error_code"], "not_found");
    }
}

#[tokio::test]
async fn k5_what_is_no_id_of_a_member_is_404() {
    let (server, token) = with(Role::Root).await;
    for (outcome, segment) in NONE {
        let segment = segment.replace("ID", "10001");
        let request = Request::get(format!("{MEMBERS}/{segment}")).bearer(&token);
        let answer = server
            .record("member_view", UnknownId, outcome, &request)
            .await;
        answer.expect(404);
    }
    let request = Request::get("/v1/companies/x/members/10001").bearer(&token);
    let answer = server
        .record("member_view", UnknownId, "k5_no_company", &request)
        .await;
    answer.expect(404);
}

#[tokio::test]
async fn k5_an_escape_in_an_id_is_decoded() {
    let (server, token) = with(Role::Root).await;
    for path in [
        format!("{COMPANIES}/%36197120"),
        format!("{COMPANIES}/%36197120/members/1000%31"),
    ] {
        server
            .send(&Request::get(path).bearer(&token))
            .await
            .expect(200);
    }
}
