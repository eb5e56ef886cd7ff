//! Our own rules.

use bitting_api::operations::Surface;

use super::{
    access, examples,
    finding::{Finding, Report},
    info, inputs, operations, responses, schemas, secrets,
    subject::Subject,
    words,
};

/// What every document holds to.
pub(super) struct Rule {
    /// What it is called.
    pub(super) name: &'static str,
    /// What it asks for, for people.
    pub(super) asks: &'static str,
    /// Notes what is not so.
    pub(super) check: fn(&Subject, &mut Report),
}

/// Every rule, in groups of one file each.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        info::RULES,
        operations::RULES,
        access::RULES,
        words::RULES,
        responses::RULES,
        inputs::RULES,
        schemas::RULES,
        examples::RULES,
        secrets::RULES,
    ]
    .into_iter()
    .flatten()
}

/// What the rules find in `text`.
pub(super) fn findings(surface: Surface, text: &str) -> Result<Vec<Finding>, serde_json::Error> {
    let subject = Subject::read(surface, text)?;
    let mut report = Report::new(surface);
    for rule in rules() {
        report.begin(rule.name);
        (rule.check)(&subject, &mut report);
    }
    Ok(report.findings())
}
