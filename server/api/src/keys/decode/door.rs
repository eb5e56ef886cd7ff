//! What is asked at the other doors to verification (K120, K122).

use std::net::IpAddr;

use bitting_core::{CompanyId, Field, Refusal, Scope, Violation, bounds};

use super::{only::only, question::Question, values::SCOPE_FORM};
use crate::{
    decode::{Once, unless_wrong, wrong},
    wire::parameters,
};

/// What a gateway asks of the key that its client presents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForwardAuth {
    /// The company whose keys are good.
    pub company: CompanyId,
    /// What the key is to be good for; empty for nothing in particular.
    pub scopes: Vec<Scope>,
}

/// The query of a gateway (K122). Parameters that it has not are refused: scopes that were misspelt would be asked of
/// nobody.
pub fn forward_auth(query: &str) -> Result<ForwardAuth, Refusal> {
    const NAMES: [&str; 2] = ["company", "scopes"];
    let mut found = Vec::new();
    let once = only(query, NAMES, &mut found);
    let [company, scopes] = &once;
    let company = match company.raw().map(str::parse::<CompanyId>) {
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => {
            let reason = "must be the id of a company: decimal digits without a leading zero";
            found.push(wrong("company", reason));
            None
        }
        // What is wrong with one that was given is said already.
        None if found.iter().any(|v| v.field == Field::Parameter("company")) => None,
        None => {
            found.push(wrong("company", "is required"));
            None
        }
    };
    let scopes = match scopes.raw().map(between_commas) {
        Some(Err(reason)) => {
            found.push(wrong("scopes", reason));
            Vec::new()
        }
        Some(Ok(scopes)) => scopes,
        None => Vec::new(),
    };
    match company {
        Some(company) => unless_wrong(found, ForwardAuth { company, scopes }),
        None => Err(Refusal::Invalid(found)),
    }
}

fn between_commas(text: &str) -> Result<Vec<Scope>, String> {
    let most = bounds::SCOPES_MAX;
    if text.split(',').count() > most {
        return Err(format!("must have at most {most} scopes"));
    }
    text.split(',')
        .enumerate()
        .map(|(place, text)| {
            let scope = Scope::new(text.to_owned());
            scope
                .map_err(|_| format!("must be scopes between commas: scopes[{place}] {SCOPE_FORM}"))
        })
        .collect()
}

/// The form of an introspection (K120). Parameters of other names are not looked at: clients of OAuth send their own.
pub fn introspect(body: &[u8]) -> Result<Question<'_>, Refusal> {
    let text = str::from_utf8(body)
        .map_err(|_| Violation::new(Field::Body, "must be a form: percent-encoded UTF-8"))?;
    let mut found = Vec::new();
    let mut once = ["token", "token_type_hint", "client_ip"].map(Once::new);
    for parameter in parameters(text) {
        // Whether any takes it does not matter.
        let _ = once.iter_mut().any(|one| one.take(&parameter, &mut found));
    }
    let [token, _, client] = once;
    let client = client.raw().and_then(|text| {
        let address = text.parse::<IpAddr>().ok();
        if address.is_none() {
            found.push(wrong("client_ip", "must be an IPv4 or IPv6 address"));
        }
        address
    });
    let token = token.into_value();
    if token.is_none() && !found.iter().any(|v| v.field == Field::Parameter("token")) {
        found.insert(0, wrong("token", "is required"));
    }
    let question = Question {
        key: token.unwrap_or_default(),
        scopes: Vec::new(),
        client,
        // A look at the key, which uses nothing of it.
        limits: Some(Vec::new()),
        cost: 0,
    };
    unless_wrong(found, question)
}
