//! What a document says of itself, and of who serves it.

use super::{
    finding::Report,
    rules::Rule,
    subject::{Subject, elements},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "info",
        asks: "a title, a version as semver has them, an SPDX licence with its address, and a contact",
        check: info,
    },
    Rule {
        name: "info-sections",
        asks: "sections on authentication, errors, paging, idempotency, limits and versioning",
        check: sections,
    },
    Rule {
        name: "servers",
        asks: "servers over https, each described",
        check: servers,
    },
];

/// The headings of the sections that every consumer looks for.
const SECTIONS: [&str; 6] = [
    "Authentication",
    "Errors",
    "Paging",
    "Idempotency",
    "Limits",
    "Versioning",
];

fn info(subject: &Subject, report: &mut Report) {
    let info = &subject.root["info"];
    let text = |pointer: &str| info.pointer(pointer).and_then(|value| value.as_str());
    report.check(text("/title").is_some(), "/info", "has no title");
    let version: Vec<_> = text("/version").unwrap_or_default().split('.').collect();
    let numbers = version.iter().all(|part| part.parse::<u32>().is_ok());
    report.check(
        version.len() == 3 && numbers,
        "/info/version",
        "is no version of three numbers",
    );
    report.check(
        text("/license/name") == Some("Apache-2.0"),
        "/info/license",
        "is not named as SPDX does",
    );
    let address = text("/license/url").unwrap_or_default();
    report.check(
        address.starts_with("https://"),
        "/info/license",
        "has no address",
    );
    report.check(
        text("/contact/name").is_some(),
        "/info/contact",
        "names nobody",
    );
}

fn sections(subject: &Subject, report: &mut Report) {
    let text = subject.root["info"]["description"].as_str();
    for section in SECTIONS {
        let heading = format!("## {section}");
        let has = text.unwrap_or_default().lines().any(|line| line == heading);
        report.check(
            has,
            "/info/description",
            format!("has no section `{heading}`"),
        );
    }
}

fn servers(subject: &Subject, report: &mut Report) {
    let servers = &subject.root["servers"];
    report.check(elements(servers).count() > 0, "/servers", "there is none");
    for (index, server) in elements(servers) {
        let place = format!("/servers/{index}");
        let url = server["url"].as_str().unwrap_or_default();
        report.check(url.starts_with("https://"), &place, "is not https");
        let described = server["description"].is_string();
        report.check(described, &place, "has no description");
    }
}
