//! The audit log, companies, members, and what a key says of itself.

use super::{Bench, assert_fails};

#[test]
fn the_audit_log_tells_who_did_what() {
    let bench = Bench::new();
    let (id, _) = bench.key("n");
    bench.text(&["keys", "revoke", &id]);
    let table = bench.text(&["audit", "list", "--key", &id]);
    let lines: Vec<_> = table.lines().collect();
    assert!(
        lines[0].starts_with("AT ") && lines[0].contains("ACTION"),
        "{table}"
    );
    assert!(
        lines[1].contains("key_revoked") && lines[2].contains("key_created"),
        "{table}"
    );
    let page = bench.json(&["audit", "list", "--action", "key_revoked"]);
    assert_eq!(page["items"][0]["key_ids"][0], id.as_str());
}

#[test]
fn companies_and_members_stand_beside_the_commands_that_make_them() {
    let bench = Bench::new();
    let made = bench.text(&["company", "create", "Acme"]);
    assert!(
        made.starts_with(r#"{"company_id":"2","member_id":"2","key_id":""#),
        "{made}"
    );
    let made = bench.text(&["member", "create", "--company", "2", "Ann"]);
    assert!(
        made.starts_with(r#"{"company_id":"2","member_id":"3","#),
        "{made}"
    );
    assert_eq!(
        bench.text(&["company", "list", "--columns", "id,name"]),
        "ID  NAME\n1   First company\n2   Acme\n"
    );
    let company = bench.text(&["company", "update", "2", "--name", "Acme Ltd"]);
    assert!(
        company.contains("Acme Ltd") && company.contains("enabled     true"),
        "{company}"
    );
    let members = bench.text(&["member", "list", "--company", "2", "--columns", "id,name"]);
    assert_eq!(members, "ID  NAME\n2   Administrator\n3   Ann\n");
    let member = bench.json(&["member", "view", "--company", "2", "3"]);
    assert_eq!(member["name"], "Ann");
    // It has the key that it was made with.
    let owns = bench.run(&["member", "delete", "--company", "2", "3"]);
    assert_fails(&owns, 1, &["409 owns_keys", "[request "]);
    assert_eq!(
        bench.text(&[
            "member",
            "delete",
            "--company",
            "2",
            "3",
            "--new-owner",
            "2"
        ]),
        ""
    );
}

#[test]
fn a_key_says_what_it_is_and_revokes_itself() {
    let bench = Bench::new();
    let (id, secret) = bench.key("n");
    let token = [("BITTING_TOKEN", secret.as_str())];
    let said = bench.run_with(&["whoami"], &token, "");
    assert!(super::stdout(&said).contains(&id), "{said:?}");
    let refused = bench.run_with(&["keys", "list"], &token, "");
    assert_fails(&refused, 1, &["403 insufficient_role", "BITTING_TOKEN"]);
    let revoked = bench.run_with(&["self", "revoke"], &token, "");
    assert!(super::stdout(&revoked).contains("revoked"), "{revoked:?}");
    assert_fails(&bench.run_with(&["whoami"], &token, ""), 1, &["401"]);
}
