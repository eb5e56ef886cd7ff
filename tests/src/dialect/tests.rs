use std::panic::catch_unwind;

use super::*;

const ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";
const OTHER_ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d63";
const HEADERS: [(&str, &str); 3] = [
    ("x-request-id", ID),
    ("date", "Sun, 22 Nov 2026 01:49:03 GMT"),
    ("content-type", "application/json"),
];

const OCAMBA: &str = "/v2/ocamba/personal-api-keys";
const FELDERA: &str = "/v0/api_keys";
const KEYS: &str = "/v1/companies";

const OCAMBAS: &str = r#"{"code":404,"title":"Not found.","message":"Not found.","trace_id":"99a84211-f73d-4ff8-acdf-eb3e06bb9d62"}"#;
const FELDERAS: &str =
    r#"{"message":"Unknown API key 'n'","error_code":"UnknownApiKey","details":{"name":"n"}}"#;
const KEYSS: &str = r#"{"error_code":"not_found","message":"No.","request_id":"99a84211-f73d-4ff8-acdf-eb3e06bb9d62","details":null}"#;
const DROPSHOTS: &str =
    r#"{"request_id":"99a84211-f73d-4ff8-acdf-eb3e06bb9d62","message":"Not Found"}"#;

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    Answer {
        line: format!("HTTP/1.1 {status} x"),
        status,
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.into(),
    }
}

/// `HEADERS` with another value of one of them.
fn with(name: &str, value: &'static str) -> [(&'static str, &'static str); 3] {
    HEADERS.map(|(known, old)| (known, if known == name { value } else { old }))
}

fn is_plain(target: &str, answer: &Answer) -> bool {
    catch_unwind(|| assert_plain(&Request::get(target), answer)).is_ok()
}

/// Whether a 404 with this body is found to be good.
fn is_good(target: &str, status: u16, body: &str) -> bool {
    is_plain(target, &answer(status, &HEADERS, body))
}

#[test]
fn a_good_answer_of_each_surface_is_good() {
    for (target, body) in [
        (OCAMBA, OCAMBAS),
        (FELDERA, FELDERAS),
        (KEYS, KEYSS),
        ("/", DROPSHOTS),
        ("/v0/api_keys/%FF", DROPSHOTS),
    ] {
        assert!(is_good(target, 404, body), "{body}");
        assert!(is_good(target, 200, "{}"), "{target}");
        let others = [OCAMBAS, FELDERAS, KEYSS, DROPSHOTS];
        for other in others.into_iter().filter(|other| *other != body) {
            assert!(!is_good(target, 404, other), "{target} answers {other}");
        }
    }
    let coded = DROPSHOTS.replace(r#","message""#, r#","error_code":"x","message""#);
    assert!(is_good("/", 400, &coded));
    assert!(is_good(
        OCAMBA,
        500,
        r#"{"code":500,"title":"t","message":"m"}"#
    ));
    let errors = OCAMBAS
        .replace("404", "400")
        .replace('}', r#","errors":[]}"#);
    assert!(is_good(OCAMBA, 400, &errors));
}

#[test]
fn an_empty_body_is_good_where_there_is_to_be_none() {
    let empty = |status, length: &'static str| {
        let length = [("content-length", length)];
        answer(status, &[&HEADERS[..2], &length].concat(), "")
    };
    assert!(is_plain(OCAMBA, &answer(204, &HEADERS[..2], "")));
    assert!(is_plain("/v0/api_keys/n", &empty(200, "0")));
    assert!(!is_plain("/v0/api_keys/n", &answer(200, &HEADERS[..2], "")));
    assert!(!is_plain(OCAMBA, &empty(200, "0")));
    assert!(!is_plain(FELDERA, &empty(404, "0")));
    assert!(!is_plain(OCAMBA, &answer(204, &HEADERS, "")));
    assert!(!is_plain(OCAMBA, &answer(204, &HEADERS[..2], "{}")));
}

#[test]
fn each_thing_that_is_wrong_with_a_head_is_found() {
    for (what, headers) in [
        ("no id", HEADERS[1..].to_vec()),
        ("two ids", [HEADERS, HEADERS].concat()),
        ("no UUID", with("x-request-id", "7").to_vec()),
        (
            "another id in the body",
            with("x-request-id", OTHER_ID).to_vec(),
        ),
        ("no date", with("date", "today").to_vec()),
        (
            "another notation of a date",
            with("date", "Sun, 22 Nov 2026 01:49:03 +0000").to_vec(),
        ),
        ("another type", with("content-type", "text/plain").to_vec()),
    ] {
        for (target, body) in [(OCAMBA, OCAMBAS), (KEYS, KEYSS), ("/", DROPSHOTS)] {
            let bad = answer(404, &headers, body);
            assert!(!is_plain(target, &bad), "{what} is not found in {body}");
        }
    }
}

#[test]
fn each_thing_that_is_wrong_with_an_error_is_found() {
    let id = format!(r#","trace_id":"{ID}""#);
    let first = |body: &str, member: &str| {
        let rest = body.replace(&format!("{member},"), "");
        rest.replace('}', &format!(",{member}}}"))
    };
    for (what, target, status, body) in [
        ("another code", OCAMBA, 403, OCAMBAS.to_owned()),
        ("no JSON", OCAMBA, 404, "not found".to_owned()),
        (
            "another order",
            OCAMBA,
            404,
            first(OCAMBAS, r#""code":404"#),
        ),
        ("no trace id", OCAMBA, 404, OCAMBAS.replace(&id, "")),
        (
            "a trace id in a 500",
            OCAMBA,
            500,
            OCAMBAS.replace("404", "500"),
        ),
        (
            "errors beside a 404",
            OCAMBA,
            404,
            OCAMBAS.replace('}', r#","errors":[]}"#),
        ),
        ("another status", FELDERA, 400, FELDERAS.to_owned()),
        (
            "another order",
            FELDERA,
            404,
            r#"{"error_code":"UnknownApiKey","message":"m","details":{"name":"n"}}"#.to_owned(),
        ),
        (
            "no message",
            FELDERA,
            404,
            FELDERAS.replace("Unknown API key 'n'", ""),
        ),
        (
            "an unknown code",
            FELDERA,
            404,
            FELDERAS.replace("UnknownApiKey", "Unknown"),
        ),
        (
            "no details",
            FELDERA,
            404,
            FELDERAS.replace(r#"{"name":"n"}"#, "null"),
        ),
        (
            "other details",
            FELDERA,
            404,
            FELDERAS.replace(r#"{"name":"#, r#"{"nam":"#),
        ),
        (
            "details where there are none",
            KEYS,
            404,
            KEYSS.replace("null", r#"{"x":1}"#),
        ),
        ("empty details", KEYS, 404, KEYSS.replace("null", "{}")),
        (
            "a text for details",
            KEYS,
            404,
            KEYSS.replace("null", "\"\""),
        ),
        ("another status", KEYS, 403, KEYSS.to_owned()),
        ("another id", KEYS, 404, KEYSS.replace(ID, OTHER_ID)),
        ("a member more", KEYS, 404, KEYSS.replace('}', r#","x":1}"#)),
    ] {
        assert!(
            !is_good(target, status, &body),
            "{what} is not found: {body}"
        );
    }
}

#[test]
fn secrets_are_found_wherever_they_are() {
    for (body, secrets) in [
        ("", ""),
        (r#"{"name":"secret","secret":null}"#, ""),
        (
            r#"{"total":2,"items":[{"secret":"a"},{"secret":"b"}]}"#,
            "a b",
        ),
        (r#"{"id":"1","api_key":"a"}"#, "a"),
        (r#"{"company":{},"key":{"secret":"a"}}"#, "a"),
    ] {
        let found = shown_secrets(&answer(200, &HEADERS, body));
        assert_eq!(found.join(" "), secrets, "{body}");
    }
}

#[test]
fn caches_are_told_what_the_contracts_say() {
    let told = |surface, status, header: Option<&str>, body: &str| {
        let header = header.map(|value| ("cache-control", value));
        let headers: Vec<_> = HEADERS.into_iter().chain(header).collect();
        let answer = answer(status, &headers, body);
        catch_unwind(|| assert_cached(surface, &Request::get("/"), &answer)).is_ok()
    };
    let (shows, key) = (r#"{"secret":"a"}"#, r#"{"api_key":"a"}"#);
    let (no_store, no_cache) = (Some("no-store"), Some("no-cache"));
    for (surface, status, body, right) in [
        (Surface::Ocamba, 200, shows, no_store),
        (Surface::Ocamba, 200, "{}", None),
        (Surface::Ocamba, 404, "{}", None),
        (Surface::Feldera, 201, key, no_store),
        (Surface::Feldera, 200, "[]", no_cache),
        (Surface::Feldera, 404, "{}", None),
        (Surface::Keys, 201, shows, no_store),
        (Surface::Keys, 201, r#"{"key":null}"#, no_store),
        (Surface::Keys, 200, "{}", None),
    ] {
        for header in [None, no_store, no_cache] {
            let good = told(surface, status, header, body);
            assert_eq!(good, header == right, "{surface:?} {status} {header:?}");
        }
    }
    assert!(!told(Surface::Feldera, 200, no_store, key), "F11");
    assert!(!told(Surface::Feldera, 201, no_store, "{}"), "F11");
}
