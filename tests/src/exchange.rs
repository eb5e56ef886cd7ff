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

use bitting_api::operations::{Access, OPERATIONS, Operation, Surface};

use crate::{
    agreement,
    answer::Answer,
    dialect::{assert_cached, assert_date, assert_plain, shown_secrets},
    document::Document,
    place::surface_of,
    request::Request,
    server::Server,
};

/// What an exchange shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// It is done.
    Success,
    /// Nobody, or nobody who is known, asks.
    NoCredential,
    /// Somebody of another company asks.
    ForeignCompany,
    /// What is asked is malformed, or nothing that the document offers.
    BadInput,
    /// What is asked for does not exist.
    UnknownId,
    /// The role of whoever asks is too weak.
    WeakRole,
    /// It is refused for another reason.
    Refused,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 7] = [
        Self::Success,
        Self::NoCredential,
        Self::ForeignCompany,
        Self::BadInput,
        Self::UnknownId,
        Self::WeakRole,
        Self::Refused,
    ];

    /// Whether no operation like this one may lack it.
    pub fn is_wanted(self, operation: &Operation) -> bool {
        // Who is let in without a look at any credential cannot be refused for it.
        let public = operation.access == Access::Public;
        match self {
            Self::Success => true,
            Self::NoCredential | Self::ForeignCompany | Self::BadInput => !public,
            Self::UnknownId => operation.path.contains('{'),
            Self::WeakRole => matches!(operation.access, Access::Role(_)),
            Self::Refused => false,
        }
    }

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

/// The group of what Dropshot answers by itself.
const UNROUTED: &str = "unrouted";

/// Where the snapshots of a surface are, a directory for each operation.
pub fn snapshots(surface: Surface) -> PathBuf {
    let path = format!("wire/{}/snapshots", surface.name());
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

impl Server {
    /// Sends `request` and keeps the exchange, for the surface whose path it asks for.
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

    /// Sends a request that no surface answers, and keeps the exchange for `surface`.
    pub async fn record_unrouted(
        &self,
        surface: Surface,
        outcome: &str,
        request: &Request,
    ) -> Answer {
        let found = surface_of(request);
        assert_eq!(found, None, "{} is answered by it", request.target());
        let answer = self.send(request).await;
        assert_plain(request, &answer);
        self.assert_log_tells_no_secret();
        let name = Name(surface, UNROUTED, Class::Refused, outcome);
        snapshot(name, request, &answer);
        answer
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
        let surface = surface_of(request)
            .unwrap_or_else(|| panic!("{} is no path of any surface", request.target()));
        assert_plain(request, &answer);
        assert_cached(surface, request, &answer);
        for secret in shown_secrets(&answer) {
            self.remember(secret);
        }
        let document = Document::of(surface);
        if document.has(operation) {
            document.assert_answer(operation, &answer);
            if class == Class::Success {
                document.assert_request(operation, request);
            }
            agreement::assert_decodes(surface, operation, &answer);
            self.assert_logged(operation, &answer);
        }
        self.assert_log_tells_no_secret();
        let name = Name(surface, operation, class, outcome);
        snapshot(name, request, &answer);
        answer
    }

    /// Keeps an exchange in which the answer is not ours but the HTTP parser's: nothing is asked of it but a date.
    pub fn keep_unparsed(
        &self,
        surface: Surface,
        outcome: &str,
        request: &Request,
        answer: &Answer,
    ) {
        assert_date(answer.header("date").expect("an answer has a date"));
        self.assert_log_tells_no_secret();
        let name = Name(surface, UNROUTED, Class::Refused, outcome);
        snapshot(name, request, answer);
    }

    /// Every exchange has its line in the log, but for the successes of frequent operations.
    fn assert_logged(&self, operation: &str, answer: &Answer) {
        let line = self.log.request(answer.request_id());
        let is_frequent = OPERATIONS.iter().any(|o| o.id == operation && o.frequent);
        if is_frequent && answer.status == 200 {
            assert!(line.is_none(), "{line:?}");
            return;
        }
        let line = line.unwrap_or_else(|| panic!("the log has no line for\n{answer:?}"));
        assert_eq!(line["status"], answer.status, "{line}");
    }
}

/// What a snapshot is called: surface, operation, class and outcome.
struct Name<'a>(Surface, &'a str, Class, &'a str);

/// No two exchanges have one name: the second would hide the first.
fn assert_first(name: String) {
    static SEEN: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(!seen.contains(&name), "{name} is recorded twice");
    seen.insert(name);
}

fn snapshot(
    Name(surface, operation, class, outcome): Name<'_>,
    request: &Request,
    answer: &Answer,
) {
    let name = [operation, class.name(), outcome].join(DIVIDER);
    assert_first(format!("{} {name}", surface.name()));
    let text = render(request, answer);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(snapshots(surface).join(operation));
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
    use super::*;

    #[test]
    fn what_is_shown_can_be_told_apart() {
        assert_eq!(shown("é\n".as_bytes()), "é\n");
        assert_eq!(shown(b"a\r\n"), r"[escaped] a\r\n");
        assert_eq!(shown(b"\xff"), r"[escaped] \xff");
        let long = shown(&vec![b'x'; 65_537]);
        assert!(long.len() < 200 && long.contains("65537 bytes"), "{long}");
    }
}
