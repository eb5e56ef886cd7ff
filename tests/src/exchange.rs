//! The recorder: a request and its answer, as they crossed the wire, checked three ways.
//!
//! A recorded exchange must be what its snapshot says, what the published document says, and what the generated
//! client reads. Two things in it differ from run to run, the id of the request and the date; each is checked
//! before a placeholder takes its place. Everything else is constant because clock and randomness are.

use std::{
    collections::HashSet,
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex, PoisonError},
};

use chrono::DateTime;
use serde_json::Value;
use uuid::Uuid;

use crate::{agreement, answer::Answer, document::Document, request::Request, server::Server};

/// What an exchange shows. Every operation has at least one of each of the first five.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// It is done.
    Success,
    /// Nobody, or nobody who is known, asks.
    NoCredential,
    /// Somebody of another company asks.
    ForeignCompany,
    /// What is asked is malformed.
    BadInput,
    /// The key that is asked for does not exist.
    UnknownId,
    /// The role of whoever asks is too weak.
    WeakRole,
    /// It is refused for another reason.
    Refused,
}

impl Class {
    /// The classes that no operation may lack; the last one only where the path has an id.
    pub const WANTED: [Self; 5] = [
        Self::Success,
        Self::NoCredential,
        Self::ForeignCompany,
        Self::BadInput,
        Self::UnknownId,
    ];

    /// Its name in the names of snapshots.
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::NoCredential => "no_credential",
            Self::ForeignCompany => "foreign_company",
            Self::BadInput => "bad_input",
            Self::UnknownId => "unknown_id",
            Self::WeakRole => "weak_role",
            Self::Refused => "refused",
        }
    }
}

/// What divides operation, class and outcome in the name of a snapshot.
pub const DIVIDER: &str = "--";

/// Where the snapshots of the surface are, a directory for each operation.
pub fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("wire/ocamba/snapshots")
}

impl Server {
    /// Sends `request` and keeps the exchange.
    pub async fn record(
        &self,
        operation: &str,
        class: Class,
        outcome: &str,
        request: &Request,
    ) -> Answer {
        let answer = self.send(request).await;
        self.keep(operation, class, outcome, request, answer)
    }

    /// Keeps an exchange that a test made by itself.
    ///
    /// `operation` is an operation's id; anything else is a group of exchanges that are no operation's, which
    /// the document has nothing to say about.
    pub fn keep(
        &self,
        operation: &str,
        class: Class,
        outcome: &str,
        request: &Request,
        answer: Answer,
    ) -> Answer {
        assert_plain(&answer, request.method());
        self.note_secrets(&answer);
        if Document::ocamba().has(operation) {
            Document::ocamba().assert_answer(operation, &answer);
            if class == Class::Success {
                Document::ocamba().assert_request(operation, request);
            }
            agreement::assert_decodes(operation, &answer);
            self.assert_logged(&answer);
        }
        self.assert_log_tells_no_secret();
        snapshot(operation, class, outcome, request, &answer);
        answer
    }

    /// Keeps an exchange in which the answer is not ours but the HTTP parser's: nothing is asked of it but a date.
    pub fn keep_unparsed(
        &self,
        operation: &str,
        class: Class,
        outcome: &str,
        request: &Request,
        answer: &Answer,
    ) {
        assert_date(answer.header("date").expect("an answer has a date"));
        self.assert_log_tells_no_secret();
        snapshot(operation, class, outcome, request, answer);
    }

    fn note_secrets(&self, answer: &Answer) {
        let shown = shown_secrets(answer);
        let kept = answer.header("cache-control") == Some("no-store");
        assert_eq!(
            !shown.is_empty(),
            kept,
            "O33: no-store is on the answers that show a secret and on no other:\n{answer:?}"
        );
        for secret in shown {
            self.remember(secret);
        }
    }

    fn assert_logged(&self, answer: &Answer) {
        let line = self.log.request(answer.request_id());
        let line = line.unwrap_or_else(|| panic!("the log has no line for\n{answer:?}"));
        assert_eq!(line["status"], answer.status, "{line}");
    }
}

/// The secrets that an answer shows.
fn shown_secrets(answer: &Answer) -> Vec<String> {
    let Ok(body) = serde_json::from_slice::<Value>(&answer.body) else {
        return Vec::new();
    };
    let secret = |key: &Value| key["secret"].as_str().map(str::to_owned);
    let items = body["items"].as_array().into_iter().flatten();
    items.chain([&body]).filter_map(secret).collect()
}

/// What is true of every answer of ours.
pub fn assert_plain(answer: &Answer, method: &str) {
    let id = answer.request_id();
    let uuid = Uuid::parse_str(id).unwrap_or_else(|_| panic!("{id:?} is no UUID"));
    assert_eq!(uuid.to_string(), id, "a UUID as it is usually written");
    assert_date(answer.header("date").expect("an answer has a date"));
    if answer.status == 204 {
        assert_eq!(answer.header("content-type"), None, "\n{answer:?}");
        assert!(answer.body.is_empty(), "\n{answer:?}");
        return;
    }
    assert_eq!(
        answer.header("content-type"),
        Some("application/json"),
        "O3\n{answer:?}"
    );
    if method == "HEAD" {
        return;
    }
    let body = answer.json();
    if answer.status < 400 || body.get("request_id").is_some() {
        // A success, or what Dropshot answers by itself (O3a).
        return;
    }
    assert_eq!(body["code"], answer.status, "O3\n{answer:?}");
    let mut members = Answer::members(answer.text());
    if answer.status == 400 && members.last().is_some_and(|name| name == "errors") {
        members.pop();
    }
    if answer.status == 500 {
        assert_eq!(members, ["code", "title", "message"], "O3\n{answer:?}");
    } else {
        let standard = ["code", "title", "message", "trace_id"];
        assert_eq!(members, standard, "O3\n{answer:?}");
        assert_eq!(body["trace_id"], id, "O3: the id is that of the header");
    }
}

/// A date as HTTP writes it, and no other way of writing it.
fn assert_date(date: &str) {
    let read = DateTime::parse_from_rfc2822(date).unwrap_or_else(|_| panic!("{date:?} is no date"));
    let written = read
        .to_utc()
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    assert_eq!(written, date);
}

/// No two exchanges have one name: the second would hide the first.
fn assert_first(name: &str) {
    static SEEN: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(seen.insert(name.to_owned()), "{name} is recorded twice");
}

fn snapshot(operation: &str, class: Class, outcome: &str, request: &Request, answer: &Answer) {
    let name = [operation, class.name(), outcome].join(DIVIDER);
    assert_first(&name);
    let text = render(request, answer);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(snapshots().join(operation));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn render(request: &Request, answer: &Answer) -> String {
    let mut text = String::new();
    for line in request.head() {
        let _ = writeln!(text, "{}", shown(&line));
    }
    let _ = writeln!(text, "\n{}", shown(request.sent_body().unwrap_or_default()));
    if request.sent_body().is_some_and(|body| !body.is_empty()) {
        text.push('\n');
    }
    let _ = writeln!(text, "{}", answer.line);
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .map(|(name, value)| match name.as_str() {
            "x-request-id" => format!("{name}: [trace]"),
            "date" => format!("{name}: [date]"),
            _ => format!("{name}: {value}"),
        })
        .collect();
    headers.sort();
    let _ = writeln!(text, "{}\n", headers.join("\n"));
    let body = shown(&answer.body);
    text + &match answer.header("x-request-id") {
        Some(id) => body.replace(id, "[trace]"),
        None => body,
    }
}

/// Bytes as they are, unless one would not see what they are; a long run of them shortened.
fn shown(bytes: &[u8]) -> String {
    const LONGEST: usize = 4_000;
    const ENDS: usize = 60;
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(|c: char| c.is_control() && c != '\n') => text.to_owned(),
        _ => format!("[escaped] {}", bytes.escape_ascii()),
    };
    if text.len() <= LONGEST {
        return text;
    }
    let characters: Vec<_> = text.chars().collect();
    let (start, end) = (&characters[..ENDS], &characters[characters.len() - ENDS..]);
    let (start, end): (String, String) = (start.iter().collect(), end.iter().collect());
    format!("{start}[… {} bytes in all …]{end}", bytes.len())
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    const ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";
    const BODY: &str = r#"{"code":404,"title":"Not found.","message":"Not found.","trace_id":"99a84211-f73d-4ff8-acdf-eb3e06bb9d62"}"#;

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

    const HEADERS: [(&str, &str); 3] = [
        ("x-request-id", ID),
        ("date", "Sun, 22 Nov 2026 01:49:03 GMT"),
        ("content-type", "application/json"),
    ];

    /// `HEADERS` with another value of one of them.
    fn with(name: &str, value: &'static str) -> [(&'static str, &'static str); 3] {
        HEADERS.map(|(known, old)| (known, if known == name { value } else { old }))
    }

    #[test]
    fn a_good_answer_is_good() {
        assert_plain(&answer(404, &HEADERS, BODY), "GET");
        assert_plain(&answer(200, &HEADERS, "{}"), "GET");
        let error = r#"{"code":500,"title":"t","message":"m"}"#;
        assert_plain(&answer(500, &HEADERS, error), "GET");
        let error = BODY.replace("404", "400").replace('}', r#","errors":[]}"#);
        assert_plain(&answer(400, &HEADERS, &error), "GET");
    }

    #[test]
    fn each_thing_that_is_wrong_with_an_answer_is_found() {
        let other = "99a84211-f73d-4ff8-acdf-eb3e06bb9d63";
        for (what, bad) in [
            ("no id", answer(404, &HEADERS[1..], BODY)),
            ("two ids", answer(404, &[HEADERS, HEADERS].concat(), BODY)),
            ("no UUID", answer(404, &with("x-request-id", "7"), BODY)),
            (
                "another id in the body",
                answer(404, &with("x-request-id", other), BODY),
            ),
            ("no date", answer(404, &with("date", "today"), BODY)),
            (
                "another notation of a date",
                answer(404, &with("date", "Sun, 22 Nov 2026 01:49:03 +0000"), BODY),
            ),
            (
                "another type",
                answer(404, &with("content-type", "text/plain"), BODY),
            ),
            ("another code", answer(403, &HEADERS, BODY)),
            ("no JSON", answer(404, &HEADERS, "not found")),
            (
                "another order",
                answer(
                    404,
                    &HEADERS,
                    &BODY
                        .replace(r#""code":404,"#, "")
                        .replace('}', r#","code":404}"#),
                ),
            ),
            (
                "no trace id",
                answer(404, &HEADERS, r#"{"code":404,"title":"t","message":"m"}"#),
            ),
            (
                "a trace id in a 500",
                answer(500, &HEADERS, &BODY.replace("404", "500")),
            ),
            (
                "errors beside a 404",
                answer(404, &HEADERS, &BODY.replace('}', r#","errors":[]}"#)),
            ),
            ("a body of a 204", answer(204, &HEADERS[..2], "{}")),
            ("a type of a 204", answer(204, &HEADERS, "")),
        ] {
            let found = catch_unwind(|| assert_plain(&bad, "GET")).is_err();
            assert!(found, "{what} is not found");
        }
    }

    #[test]
    fn what_is_shown_can_be_told_apart() {
        assert_eq!(shown("é\n".as_bytes()), "é\n");
        assert_eq!(shown(b"a\r\n"), r"[escaped] a\r\n");
        assert_eq!(shown(b"\xff"), r"[escaped] \xff");
        let long = shown(&vec![b'x'; 65_537]);
        assert!(long.len() < 200 && long.contains("65537 bytes"), "{long}");
    }
}
