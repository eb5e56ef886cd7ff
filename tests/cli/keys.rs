//! `bitting keys`.

use serde_json::json;

use super::{Bench, assert_fails, stderr, stdout};

#[test]
fn a_secret_is_alone_on_standard_output() {
    let bench = Bench::new();
    let output = bench.run(&[
        "keys", "create", "--name", "Acme", "--scopes", "a:b", "--scopes", "c",
    ]);
    assert!(output.status.success(), "{output:?}");
    let secret = stdout(&output);
    assert_eq!(secret.lines().count(), 1, "{secret}");
    assert!(secret.starts_with("bit_"), "{secret}");
    let said = stderr(&output);
    assert!(said.contains("key.name") && said.contains("Acme"), "{said}");
    assert!(said.contains("a:b,c"), "{said}");
    assert!(!said.contains(secret.trim()), "{said}");
    let verified = bench.run_with(&["verify", "--scopes", "c"], &[], &secret);
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
fn keys_are_listed_as_a_table_and_as_they_came() {
    let bench = Bench::new();
    let (first, _) = bench.key("Acme, production");
    let (second, _) = bench.key("line\nbreak\u{1b}[2J");
    let table = bench.text(&["keys", "list", "--sort", "created_at"]);
    let lines: Vec<_> = table.lines().collect();
    assert!(
        lines[0].starts_with("ID ") && lines[0].contains("STATUS"),
        "{table}"
    );
    assert_eq!(lines.len(), 4, "{table}");
    assert!(
        lines[2].starts_with(&first) && lines[2].contains("Acme, production"),
        "{table}"
    );
    assert!(
        lines[3].starts_with(&second) && lines[3].contains("line\\u{a}break\\u{1b}"),
        "{table}"
    );

    let columns = bench.text(&["keys", "list", "--q", "acme", "--columns", "name,status"]);
    assert_eq!(
        columns,
        "NAME              STATUS\nAcme, production  active\n"
    );

    let page = bench.json(&["keys", "list", "--limit", "1", "--sort", "name"]);
    assert_eq!(page["items"][0]["name"], "Acme, production");
    assert!(page["next_page"].is_string(), "{page}");
}

#[test]
fn a_list_tells_how_to_go_on_and_goes_on_by_itself() {
    let bench = Bench::new();
    bench.key("a");
    bench.key("b");
    let list = [
        "keys",
        "list",
        "--limit",
        "1",
        "--sort",
        "name",
        "--columns",
        "name",
    ];
    let page = bench.run(&list);
    assert_eq!(stdout(&page), "NAME\na\n");
    let said = stderr(&page);
    let token = said
        .split("--page-token ")
        .nth(1)
        .and_then(|rest| rest.split(',').next());
    let token = token.unwrap_or_else(|| panic!("{said}"));
    let next = bench.text(&[&list[..], &["--page-token", token]].concat());
    assert_eq!(next, "NAME\nb\n");
    let all = bench.run(&[&list[..], &["--all"]].concat());
    assert_eq!(stdout(&all), "NAME\na\nb\nroot\n");
    assert!(all.stderr.is_empty(), "{all:?}");
    let all = bench.text(&["keys", "list", "--limit", "1", "--all", "--json"]);
    assert_eq!(all.lines().count(), 3, "{all}");
}

#[test]
fn what_an_update_does_not_name_stays_to_the_letter() {
    let bench = Bench::new();
    let metadata = r#"{"n":1.50e2,"big":12345678901234567890123}"#;
    let create = [
        "keys",
        "create",
        "--name",
        "n",
        "--description",
        "d",
        "--metadata",
        metadata,
    ];
    let made = bench.json(&create);
    let id = made["key"]["id"].as_str().expect("text");
    let before = bench.text(&["keys", "view", id, "--json"]);
    let updated = bench.text(&[
        "keys",
        "update",
        id,
        "--name",
        "other",
        "--clear",
        "description",
        "--json",
    ]);
    assert_eq!(made["key"]["description"], "d");
    let member = |text: &str| {
        text.split("\"metadata\":")
            .nth(1)
            .and_then(|rest| Some(rest.split('}').next()?.to_owned()))
    };
    assert_eq!(member(&updated), member(&before), "{updated}");
    let key = bench.json(&["keys", "view", id]);
    assert_eq!(
        (&key["name"], &key["description"]),
        (&json!("other"), &json!(null))
    );

    // Somebody was faster.
    let stale = [
        "keys",
        "update",
        id,
        "--enabled",
        "false",
        "--if-match",
        "\"0\"",
    ];
    assert_fails(&bench.run(&stale), 1, &["412", "changed", "[request "]);
    assert_eq!(bench.json(&["keys", "view", id])["enabled"], true);
}

#[test]
fn a_key_is_rotated_its_old_secret_retired_and_then_revoked() {
    let bench = Bench::new();
    let (id, old) = bench.key("n");
    let is_good = |secret: &str| bench.run_with(&["verify"], &[], secret).status.success();
    let new = bench.text(&["keys", "rotate", &id, "--overlap-seconds", "600"]);
    assert!(is_good(&old) && is_good(&new));

    let secrets = bench.json(&["keys", "secrets", &id]);
    let secrets = secrets["items"].as_array().expect("a list");
    let other = secrets
        .iter()
        .find(|secret| secret["retires_at"].is_string());
    let other = other
        .and_then(|secret| secret["id"].as_str())
        .expect("the old one");
    assert_eq!(bench.text(&["keys", "retire", &id, other]), "");
    assert!(!is_good(&old) && is_good(&new));

    // An idempotency key makes one rotation of two requests.
    let again = [
        "keys",
        "rotate",
        &id,
        "--idempotency-key",
        "0123456789abcdef",
    ];
    assert_eq!(bench.text(&again), bench.text(&again));

    let revoked = bench.text(&["keys", "revoke", &id, "--reason", "found in a repository"]);
    assert!(
        revoked.contains("status") && revoked.contains("revoked"),
        "{revoked}"
    );
    assert!(!is_good(&new));
    assert_eq!(bench.text(&["keys", "delete", &id]), "");
    assert_fails(
        &bench.run(&["keys", "view", &id]),
        1,
        &["404 not_found", "[request "],
    );
}

#[test]
fn limits_are_set_and_usage_is_told() {
    let bench = Bench::new();
    let (id, secret) = bench.key("n");
    let limits = r#"[{"name":"requests","limit":1,"window_seconds":3600}]"#;
    let key = bench.json(&["keys", "limits", &id, "--limits", limits, "--quota", "null"]);
    assert_eq!(key["limits"][0]["name"], "requests");
    assert!(bench.run_with(&["verify"], &[], &secret).status.success());
    let limited = bench.run_with(&["verify", "--json"], &[], &secret);
    assert_eq!(limited.status.code(), Some(3), "{limited:?}");
    assert!(
        stdout(&limited).contains(r#""code":"rate_limited""#),
        "{limited:?}"
    );
    let usage = bench.json(&["keys", "usage", &id, "--interval", "hour"]);
    assert_eq!(usage["interval"], "hour");
    let wrong = bench.run(&["keys", "limits", &id, "--limits", "[{}]", "--quota", "null"]);
    assert_fails(&wrong, 1, &["400 invalid_request", "limits", "[request "]);
}

#[test]
fn the_whole_body_comes_from_a_file_too() {
    let bench = Bench::new();
    let body = r#"{"name":"from a file","metadata":{"a":1}}"#;
    let made = bench.run_with(&["keys", "create", "--body", "-", "--json"], &[], body);
    assert!(stdout(&made).contains("from a file"), "{made:?}");
    let made = bench.run(&["keys", "create", "--body", "/nowhere/body.json"]);
    assert_fails(&made, 1, &["/nowhere/body.json", "- for standard input"]);
}
