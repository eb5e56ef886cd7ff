//! How operations are called and sorted.

use std::collections::BTreeSet;

use bitting_api::operations;

use super::{
    finding::Report,
    rules::Rule,
    subject::{Subject, elements},
};

/// More does not fit beside a path.
const SUMMARY_MAX: usize = 60;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "operation-id",
        asks: "a unique id of the form `noun_verb`",
        check: id,
    },
    Rule {
        name: "operation-table",
        asks: "the operations of the table that the server authorises by, and no others",
        check: table,
    },
    Rule {
        name: "summary",
        asks: "a summary of at most 60 characters without a full stop",
        check: summary,
    },
    Rule {
        name: "operation-description",
        asks: "a description of every operation",
        check: description,
    },
    Rule {
        name: "tags",
        asks: "one tag an operation, declared and described",
        check: tags,
    },
];

fn id(subject: &Subject, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for operation in subject.operations() {
        let words: Vec<_> = operation.id.split('_').collect();
        let small = words
            .iter()
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()));
        report.check(
            words.len() > 1 && small,
            &operation.place,
            format!("`{}` is no id of the form noun_verb", operation.id),
        );
        let unique = seen.insert(operation.id);
        report.check(unique, &operation.place, "another operation has the id");
    }
}

fn table(subject: &Subject, report: &mut Report) {
    let shown = subject.operations();
    for operation in &shown {
        let known = subject.row(operation).is_some();
        report.check(known, &operation.place, "is not in the table");
    }
    for row in operations::of(subject.surface) {
        let has = shown.iter().any(|operation| operation.id == row.id);
        report.check(has, "/paths", format!("{} is missing", row.id));
    }
}

fn summary(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        let summary = operation.value["summary"].as_str().unwrap_or_default();
        let length = summary.chars().count();
        report.check(
            (1..=SUMMARY_MAX).contains(&length),
            &operation.place,
            format!("has a summary of {length} characters"),
        );
        let stopped = summary.ends_with('.');
        report.check(!stopped, &operation.place, "has a summary with a full stop");
    }
}

fn description(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        let text = operation.value["description"].as_str().unwrap_or_default();
        report.check(!text.is_empty(), operation.place, "has no description");
    }
}

fn tags(subject: &Subject, report: &mut Report) {
    let declared: Vec<_> = elements(&subject.root["tags"])
        .map(|(_, tag)| tag)
        .collect();
    for (index, tag) in declared.iter().enumerate() {
        let described = tag["description"].is_string();
        report.check(described, format!("/tags/{index}"), "is not described");
    }
    for operation in subject.operations() {
        let tags: Vec<_> = elements(&operation.value["tags"]).collect();
        report.check(tags.len() == 1, &operation.place, "has not one tag");
        for (_, tag) in tags {
            let known = declared.iter().any(|declared| declared["name"] == *tag);
            report.check(known, &operation.place, format!("{tag} is not declared"));
        }
    }
}
