//! Who may do what, as the table says.

use bitting_api::operations::Access;
use serde_json::{Value, json};

use super::{finding::Report, rules::Rule, subject::Subject};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "security",
        asks: "a declared scheme, wanted everywhere but where the table says otherwise",
        check: security,
    },
    Rule {
        name: "public-operations",
        asks: "no operation without a credential but those of the list",
        check: public,
    },
    Rule {
        name: "required-role",
        asks: "the role of the table, for programs, in `x-required-role`",
        check: role,
    },
];

/// What anybody may ask. Whoever adds one thinks twice.
const PUBLIC: [&str; 3] = ["cluster_health_view", "login_config_view", "health_view"];

fn security(subject: &Subject, report: &mut Report) {
    let bearer = json!([{ "bearerAuth": [] }]);
    let schemes = &subject.root["components"]["securitySchemes"];
    report.check(
        schemes["bearerAuth"]["scheme"] == "bearer",
        "/components/securitySchemes",
        "has no bearer tokens",
    );
    report.check(
        subject.root["security"] == bearer,
        "/security",
        "is not a bearer token",
    );
    for operation in subject.operations() {
        let wanted = match subject.row(&operation).map(|row| row.access) {
            Some(Access::Public) => json!([]),
            Some(Access::Presented) => json!([{ "bearerAuth": [] }, { "apiKeyHeader": [] }]),
            Some(Access::AnyKey | Access::Any | Access::Role(_)) => bearer.clone(),
            None => continue,
        };
        let shown = &operation.value["security"];
        report.check(
            *shown == wanted,
            operation.place,
            format!("wants {shown}, and the table {wanted}"),
        );
    }
}

fn public(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        let open = operation.value["security"] == json!([]);
        report.check(
            !open || PUBLIC.contains(&operation.id),
            operation.place,
            "is for everybody, and not in the list of what is",
        );
    }
}

fn role(subject: &Subject, report: &mut Report) {
    for operation in subject.operations() {
        let wanted = match subject.row(&operation).map(|row| row.access) {
            Some(Access::AnyKey | Access::Any) => json!("none"),
            Some(Access::Role(role)) => json!(role.name()),
            Some(Access::Public | Access::Presented) => Value::Null,
            None => continue,
        };
        let shown = &operation.value["x-required-role"];
        report.check(
            *shown == wanted,
            operation.place,
            format!("has the role {shown}, and the table {wanted}"),
        );
    }
}
