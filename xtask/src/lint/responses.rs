//! What operations answer: statuses, errors and headers.

use std::collections::BTreeSet;

use bitting_api::{codes, document::ERROR_CODES};
use serde_json::Value;

use super::{
    finding::Report,
    rules::Rule,
    subject::{Operation, Subject, elements, escape, members},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "statuses",
        asks: "every status of the table's row, one by one, and no others",
        check: statuses,
    },
    Rule {
        name: "error-codes",
        asks: "the error codes of the table, for programs, in `x-error-codes`, and in words",
        check: codes,
    },
    Rule {
        name: "one-error-schema",
        asks: "the same schema for every error",
        check: errors,
    },
    Rule {
        name: "request-id",
        asks: "`x-request-id` with every response",
        check: request_id,
    },
    Rule {
        name: "retry-after",
        asks: "`Retry-After` with every 429, and with every 503 but those of drop-in surfaces (O4, F2)",
        check: retry_after,
    },
    Rule {
        name: "challenge",
        asks: "`WWW-Authenticate` with every 401",
        check: |subject, report| with(subject, report, "401", "WWW-Authenticate"),
    },
    Rule {
        name: "location",
        asks: "`Location` with every 201",
        check: |subject, report| with(subject, report, "201", "Location"),
    },
    Rule {
        name: "deprecation",
        asks: "`Deprecation` and `Sunset` with the success of what is deprecated",
        check: deprecation,
    },
    Rule {
        name: "header-names",
        asks: "names of headers in parts between hyphens",
        check: header_names,
    },
];

/// The responses of an operation: the status, where it is, and the response itself.
fn responses<'d>(
    subject: &'d Subject,
    operation: &Operation<'d>,
) -> Vec<(&'d str, String, &'d Value)> {
    let responses = members(&operation.value["responses"]);
    let place = |status: &str| format!("{}/responses/{status}", operation.place);
    responses
        .map(|(status, response)| (status.as_str(), place(status), subject.resolve(response)))
        .collect()
}

fn statuses(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        let Some(row) = subject.row(&operation) else {
            continue;
        };
        let wanted: BTreeSet<_> = [row.success]
            .iter()
            .chain(row.refusals)
            .map(u16::to_string)
            .collect();
        let shown: BTreeSet<_> = members(&operation.value["responses"])
            .map(|(status, _)| status.clone())
            .collect();
        report.check(
            shown == wanted,
            operation.place,
            format!("answers {shown:?}, and by the table {wanted:?}"),
        );
    }
}

fn codes(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        let Some(row) = subject.row(&operation) else {
            continue;
        };
        let wanted: Vec<_> = codes::of(row.surface)
            .into_iter()
            .filter(|code| code.is_of(row))
            .map(|code| code.name)
            .collect();
        let shown: Vec<_> = elements(&operation.value[ERROR_CODES])
            .filter_map(|(_, code)| code.as_str())
            .collect();
        report.check(
            shown == wanted,
            operation.place.clone(),
            format!("has the error codes {shown:?}, and by the table {wanted:?}"),
        );
        let description = operation.value["description"].as_str().unwrap_or_default();
        let told = |code: &&str| description.contains(&format!("`{code}`"));
        report.check(
            wanted.iter().all(told),
            operation.place,
            "does not name its error codes in its description",
        );
    }
}

fn errors(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        for (status, place, response) in responses(subject, &operation) {
            if !status.starts_with(['4', '5']) {
                continue;
            }
            let content = members(&response["content"]);
            let schemas: Vec<_> = content
                .map(|(_, media)| media["schema"]["$ref"].as_str())
                .collect();
            report.check(
                schemas == [Some("#/components/schemas/ApiError")],
                place,
                "is not the one error schema",
            );
        }
    }
}

fn request_id(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        for (_, place, response) in responses(subject, &operation) {
            let has = response["headers"].get("x-request-id").is_some();
            report.check(has, place, "has no x-request-id");
        }
    }
}

fn retry_after(subject: &Subject, report: &mut Report) {
    with(subject, report, "429", "Retry-After");
    if subject.surface.retry_unavailable().is_some() {
        with(subject, report, "503", "Retry-After");
    }
}

fn with(subject: &Subject, report: &mut Report, status: &str, header: &str) {
    for operation in subject.operations() {
        for (shown, place, response) in responses(subject, &operation) {
            let has = response["headers"].get(header).is_some();
            report.check(shown != status || has, place, format!("has no {header}"));
        }
    }
}

fn deprecation(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        if operation.value["deprecated"] != true {
            continue;
        }
        for (status, place, response) in responses(subject, &operation) {
            for header in ["Deprecation", "Sunset"] {
                let has = response["headers"].get(header).is_some();
                let good = has || !status.starts_with('2');
                report.check(good, &place, format!("is deprecated and has no {header}"));
            }
        }
    }
}

fn header_names(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        for (_, place, response) in responses(subject, &operation) {
            for (name, _) in members(&response["headers"]) {
                let good = name.split('-').all(|part| {
                    !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric())
                });
                let place = format!("{place}/headers/{}", escape(name));
                report.check(good, place, "is not in parts between hyphens");
            }
        }
    }
}
