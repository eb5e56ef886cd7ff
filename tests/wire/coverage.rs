//! Whether anything is missing: every operation is recorded in every way that matters, no snapshot is left over,
//! and the three lists of operations are one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use bitting_api::{
    ocamba::ocamba_api_mod,
    operations::{self, Surface},
};
use bitting_tests::{
    Class,
    document::Document,
    exchange::{DIVIDER, snapshots},
};

/// The operations of the API trait, hidden ones too: each id with whether its path has a variable.
fn described() -> BTreeMap<String, bool> {
    let api = ocamba_api_mod::stub_api_description().expect("the trait describes an API");
    let router = api.into_router();
    router
        .endpoints(None)
        .map(|(path, _, endpoint)| (endpoint.operation_id.clone(), path.contains('{')))
        .collect()
}

/// The snapshots, by operation, class and outcome.
fn recorded() -> BTreeSet<[String; 3]> {
    files(&snapshots(), "snap")
        .iter()
        .map(|path| {
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
            [operation, class, outcome].map(str::to_owned)
        })
        .collect()
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

#[test]
fn table_trait_and_document_have_the_same_operations() {
    let table: BTreeSet<_> = operations::of(Surface::Ocamba)
        .map(|operation| operation.id.to_owned())
        .collect();
    let described: BTreeSet<_> = described().into_keys().collect();
    let documented = Document::ocamba().operations();
    let ids: BTreeSet<_> = documented.iter().map(|o| o.id.clone()).collect();
    assert_eq!(table, described, "the table and the trait");
    assert_eq!(table, ids, "the table and the document");

    let places: BTreeSet<_> = operations::of(Surface::Ocamba)
        .map(|o| (o.id.to_owned(), o.method.to_owned(), o.path.to_owned()))
        .collect();
    let documented: BTreeSet<_> = documented
        .into_iter()
        .map(|o| (o.id, o.method, o.path))
        .collect();
    assert_eq!(places, documented, "methods and paths");
}

#[test]
fn the_document_has_the_statuses_of_the_table() {
    for operation in operations::of(Surface::Ocamba) {
        let mut table = operation.refusals.to_vec();
        table.push(operation.success);
        table.sort_unstable();
        let documented = Document::ocamba().statuses(operation.id);
        assert_eq!(documented, table, "{}", operation.id);
    }
}

/// Every status that an operation is documented to answer is recorded at least once.
#[test]
fn every_documented_status_is_recorded() {
    let mut seen = BTreeSet::new();
    for path in files(&snapshots(), "snap") {
        let text = fs::read_to_string(&path).expect("a snapshot");
        let name = path.file_stem().and_then(|name| name.to_str());
        let operation = name.and_then(|name| name.split(DIVIDER).next());
        let status = text
            .lines()
            .find_map(|line| line.strip_prefix("HTTP/1.1 "))
            .and_then(|line| line.get(..3))
            .and_then(|digits| digits.parse::<u16>().ok());
        seen.insert((
            operation.expect("an operation").to_owned(),
            status.expect("a status"),
        ));
    }
    for operation in operations::of(Surface::Ocamba) {
        for status in Document::ocamba().statuses(operation.id) {
            let pair = (operation.id.to_owned(), status);
            assert!(seen.contains(&pair), "no exchange of {pair:?}");
        }
    }
}

/// What is missing is in `uncovered.txt`, a line for each operation and class. The file may only shrink: a line
/// too many fails as a line too few does.
#[test]
fn every_operation_is_recorded_in_every_class_but_what_the_file_lists() {
    let recorded: BTreeSet<_> = recorded()
        .into_iter()
        .map(|[operation, class, _]| (operation, class))
        .collect();
    let variable =
        |id: &str| operations::of(Surface::Ocamba).any(|o| o.id == id && o.path.contains('{'));
    let mut missing = BTreeSet::new();
    for id in described().into_keys() {
        for class in Class::WANTED {
            // Only a path with an id can have an unknown one. Validation's has none, wherever it is registered.
            let wanted = class != Class::UnknownId || variable(&id);
            if wanted && !recorded.contains(&(id.clone(), class.name().to_owned())) {
                missing.insert(format!("{id} {}", class.name()));
            }
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("wire/uncovered.txt");
    let listed = fs::read_to_string(path).expect("the list of what is missing");
    let listed: BTreeSet<_> = listed.lines().map(str::to_owned).collect();
    assert_eq!(
        missing, listed,
        "left: what is missing; right: uncovered.txt"
    );
}

/// A snapshot that no test makes any more is not noticed by the tests that are left. The outcome of each is a
/// literal in the tests; one that nothing mentions belongs to nobody.
#[test]
fn no_snapshot_is_left_over() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("wire");
    let sources: String = files(&tests, "rs")
        .iter()
        .map(|path| fs::read_to_string(path).expect("a source"))
        .collect();
    for name in recorded() {
        let literal = format!("\"{}\"", name[2]);
        assert!(sources.contains(&literal), "no test mentions {name:?}");
    }
    let pending = files(&snapshots(), "new");
    assert!(pending.is_empty(), "not yet accepted: {pending:?}");
}

/// What each rule is held by. A rule without a test is written down here, with why.
#[test]
fn every_rule_has_a_test() {
    /// Rules of the contract that this directory cannot hold.
    const ELSEWHERE: [&str; 0] = [];
    let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/api/contracts/ocamba.md");
    let contract = fs::read_to_string(contract).expect("the contract");
    let rules: BTreeSet<_> = contract
        .lines()
        .filter_map(|line| line.strip_prefix("### O"))
        .filter_map(|line| line.split(':').next())
        .map(|number| format!("o{number}"))
        .collect();
    assert!(
        rules.len() > 30,
        "the headings of the contract are read: {rules:?}"
    );
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("wire");
    let sources: String = files(&tests, "rs")
        .iter()
        .map(|path| fs::read_to_string(path).expect("a source"))
        .collect();
    let named = |rule: &str| {
        sources.contains(&format!("fn {rule}_")) || sources.contains(&format!("_{rule}_"))
    };
    for rule in &rules {
        let elsewhere = ELSEWHERE.contains(&rule.as_str());
        assert!(named(rule) != elsewhere, "{rule} has no test of its name");
    }
}
