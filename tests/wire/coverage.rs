//! Whether anything is missing: every operation of every surface is recorded in every way that matters, no snapshot
//! is left over, every rule has a test, and the three lists of operations are one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use bitting_api::{
    feldera::feldera_api_mod,
    keys::keys_api_mod,
    ocamba::ocamba_api_mod,
    operations::{self, OPERATIONS, Operation, Surface},
};
use bitting_tests::{
    Class, contract,
    document::Document,
    exchange::{DIVIDER, snapshots},
    place::is_at,
};

/// The operations of a surface's trait, hidden ones too.
fn described(surface: Surface) -> BTreeSet<String> {
    let api = match surface {
        Surface::Keys => keys_api_mod::stub_api_description(),
        Surface::Ocamba => ocamba_api_mod::stub_api_description(),
        Surface::Feldera => feldera_api_mod::stub_api_description(),
    };
    let router = api.expect("the trait describes an API").into_router();
    router
        .endpoints(None)
        .map(|(_, _, endpoint)| endpoint.operation_id.clone())
        .collect()
}

/// An exchange that is kept.
struct Recorded {
    operation: String,
    class: String,
    outcome: String,
    text: String,
}

impl Recorded {
    fn read(path: &Path) -> Self {
        let name = path.file_stem().and_then(|name| name.to_str());
        let parts: Vec<_> = name.expect("a name").split(DIVIDER).collect();
        let [operation, class, outcome] = parts[..] else {
            panic!("{} is not named as snapshots are", path.display());
        };
        assert!(
            path.parent().is_some_and(|p| p.ends_with(operation)),
            "{} is in the directory of another operation",
            path.display()
        );
        let text = fs::read_to_string(path).expect("a snapshot");
        // Before it are insta's own lines, between two of dashes.
        let (_, text) = text[4..].split_once("\n---\n").expect("an exchange");
        Self {
            operation: operation.to_owned(),
            class: class.to_owned(),
            outcome: outcome.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The method and the target of the request.
    fn asked(&self) -> (&str, &str) {
        let mut words = self.text.split_whitespace();
        let found = words.next().zip(words.next());
        found.expect("the first line of a request")
    }

    fn status(&self) -> u16 {
        let line = self
            .text
            .lines()
            .find_map(|line| line.strip_prefix("HTTP/1.1 "));
        let digits = line.and_then(|line| line.get(..3));
        digits
            .and_then(|digits| digits.parse().ok())
            .expect("a status")
    }
}

impl Recorded {
    /// The code of an error.
    fn code(&self) -> Option<&str> {
        let (_, answer) = self.text.rsplit_once("\nHTTP/1.1 ")?;
        let (_, rest) = answer.split_once("\"error_code\":")?;
        rest.trim_start().strip_prefix('"')?.split('"').next()
    }
}

fn recorded(surface: Surface) -> Vec<Recorded> {
    let paths = files(&snapshots(surface), "snap");
    paths.iter().map(|path| Recorded::read(path)).collect()
}

/// The files below `directory` whose name ends so.
fn files(directory: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found
}

fn tests() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sources below some of the directories of the tests.
fn sources(directories: &[&str]) -> String {
    let read = |path: PathBuf| fs::read_to_string(path).expect("a source");
    directories
        .iter()
        .flat_map(|directory| files(&tests().join(directory), "rs"))
        .map(read)
        .collect()
}

#[test]
fn table_trait_and_document_have_the_same_operations() {
    for surface in Surface::ALL {
        let table: BTreeSet<_> = operations::of(surface)
            .map(|operation| operation.id.to_owned())
            .collect();
        let documented = Document::of(surface).operations();
        let ids: BTreeSet<_> = documented.iter().map(|o| o.id.clone()).collect();
        assert_eq!(table, described(surface), "the table and the trait");
        assert_eq!(table, ids, "the table and the document");

        let places: BTreeSet<_> = operations::of(surface)
            .map(|o| (o.id.to_owned(), o.method.to_owned(), o.path.to_owned()))
            .collect();
        let documented: BTreeSet<_> = documented
            .into_iter()
            .map(|o| (o.id, o.method, o.path))
            .collect();
        assert_eq!(places, documented, "methods and paths");
    }
}

#[test]
fn the_documents_have_the_statuses_of_the_table() {
    for operation in OPERATIONS {
        let mut table = operation.refusals.to_vec();
        table.push(operation.success);
        table.sort_unstable();
        let documented = Document::of(operation.surface).statuses(operation.id);
        assert_eq!(documented, table, "{operation:?}");
    }
}

/// What is missing, one to a line, is in `uncovered.txt`. The file may only shrink: a line too many fails as a
/// line too few does.
#[test]
fn nothing_is_missing_but_what_the_file_lists() {
    let mut missing = BTreeSet::new();
    for surface in Surface::ALL {
        let recorded = recorded(surface);
        for operation in operations::of(surface) {
            missing.extend(missing_classes(operation, &recorded));
            missing.extend(missing_statuses(operation, &recorded));
            missing.extend(missing_codes(operation, &recorded));
            missing.extend(missing_method(operation, &recorded));
        }
        missing.extend(missing_rules(surface));
    }
    let listed = fs::read_to_string(tests().join("wire/uncovered.txt"));
    let listed = listed.expect("the list of what is missing");
    let listed: BTreeSet<_> = listed.lines().map(str::to_owned).collect();
    assert_eq!(
        missing, listed,
        "left: what is missing; right: uncovered.txt"
    );
}

fn missing_classes(operation: &Operation, recorded: &[Recorded]) -> Vec<String> {
    let has = |class: Class| {
        let mut kept = recorded.iter();
        kept.any(|r| r.operation == operation.id && r.class == class.name())
    };
    Class::ALL
        .into_iter()
        .filter(|class| class.is_wanted(operation) && !has(*class))
        .map(|class| place(operation, class.name()))
        .collect()
}

/// What asks nobody anything has nothing that a test could break.
const UNBREAKABLE: [&str; 2] = ["health_view", "login_config_view"];

/// Every error code that an operation is documented to answer is recorded at least once.
fn missing_codes(operation: &Operation, recorded: &[Recorded]) -> Vec<String> {
    let kept: BTreeSet<_> = recorded
        .iter()
        .filter(|r| r.operation == operation.id)
        .filter_map(Recorded::code)
        .collect();
    let documented = Document::of(operation.surface).codes(operation.id);
    documented
        .into_iter()
        .filter(|code| !kept.contains(code) && !UNBREAKABLE.contains(&operation.id))
        .map(|code| place(operation, code))
        .collect()
}

/// Every status that an operation is documented to answer is recorded at least once.
fn missing_statuses(operation: &Operation, recorded: &[Recorded]) -> Vec<String> {
    let kept: BTreeSet<_> = recorded
        .iter()
        .filter(|r| r.operation == operation.id)
        .map(Recorded::status)
        .collect();
    let documented = Document::of(operation.surface).statuses(operation.id);
    documented
        .into_iter()
        .filter(|status| *status != 500 || !UNBREAKABLE.contains(&operation.id))
        .filter(|status| !kept.contains(status))
        .map(|status| place(operation, &status.to_string()))
        .collect()
}

/// The path of every operation is recorded with a method that it has not.
fn missing_method(operation: &Operation, recorded: &[Recorded]) -> Option<String> {
    let mut refused = recorded.iter().filter(|r| r.status() == 405);
    let found = refused.any(|r| is_at(operation.path, r.asked().1));
    (!found).then(|| place(operation, "405"))
}

fn place(operation: &Operation, what: &str) -> String {
    format!("{} {} {what}", operation.surface.name(), operation.id)
}

/// A test is named after each rule: here, or among those of login tokens.
fn missing_rules(surface: Surface) -> Vec<String> {
    let sources = sources(&["wire", "tokens"]);
    let named = |rule: &String| {
        let (first, later) = (format!("fn {rule}_"), format!("_{rule}_"));
        sources.contains(&first) || sources.contains(&later)
    };
    let rules = contract::rules(surface).into_iter();
    rules
        .filter(|rule| !named(rule))
        .map(|rule| format!("{} {rule}", surface.name()))
        .collect()
}

/// A snapshot that no test makes any more is not noticed by the tests that are left. The outcome of each is a
/// literal in the tests; one that nothing mentions belongs to nobody.
#[test]
fn no_snapshot_is_left_over() {
    for surface in Surface::ALL {
        let directory = format!("wire/{}", surface.name());
        let sources = sources(&[&directory, "tokens"]);
        for kept in recorded(surface) {
            let literal = format!("\"{}\"", kept.outcome);
            assert!(
                sources.contains(&literal),
                "no test mentions {} {} {}",
                kept.operation,
                kept.class,
                kept.outcome
            );
        }
        let pending = files(&snapshots(surface), "new");
        assert!(pending.is_empty(), "not yet accepted: {pending:?}");
    }
}

/// An exchange that is kept as an operation's asks for that operation.
#[test]
fn every_exchange_is_kept_where_it_belongs() {
    for surface in Surface::ALL {
        let operations: BTreeMap<_, _> = operations::of(surface).map(|o| (o.id, o)).collect();
        for kept in recorded(surface) {
            let Some(operation) = operations.get(&*kept.operation) else {
                continue;
            };
            let (method, target) = kept.asked();
            let here = method == operation.method && is_at(operation.path, target);
            assert!(here, "{} {} is no {}", method, target, operation.id);
        }
    }
}
