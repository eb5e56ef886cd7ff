//! Sending inputs, and comparing what is refused with what the document says.

use std::collections::BTreeSet;

use bitting_api::operations::Surface;
use bitting_core::Role;
use bitting_tests::{Answer, Request, Server};
use serde_json::Value;

use super::values::Probe;

/// What was tried, and what came of it otherwise than the document says.
#[derive(Default)]
pub(super) struct Tried {
    count: usize,
    wrong: Vec<String>,
}

impl Tried {
    /// Sends `request`, which has what `probe` says of an input that is blamed by one of `names`.
    pub(super) async fn send(
        &mut self,
        server: &Server,
        surface: Surface,
        names: &[&str],
        probe: &Probe,
        request: Request,
    ) {
        // Anew each time: there is an operation that revokes it.
        let token = server.caller(Role::Root).await;
        let request = if request.target().starts_with("/v1/forward-auth") {
            request.header("x-api-key", &token)
        } else {
            request.bearer(&token)
        };
        let answer = server.send(&request).await;
        let blamed = match surface {
            // It names no member.
            Surface::Feldera => answer.status == 400,
            _ => blamed(&answer)
                .iter()
                .any(|name| names.contains(&name.as_str())),
        };
        self.count += 1;
        if answer.status >= 500 || blamed == probe.fine {
            let (method, target, shows) = (request.method(), request.target(), probe.shows);
            let value: String = probe.value.to_string().chars().take(80).collect();
            let target: String = target.chars().take(120).collect();
            let text: String = answer.text().chars().take(400).collect();
            self.wrong.push(format!(
                "{method} {target}: {names:?}, {shows}: {value}\n  {} {text}",
                answer.status
            ));
        }
    }

    /// Asserts that everything was as the document says, and that it was as much as this.
    pub(super) fn assert(self, surface: Surface, least: usize) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert!(self.count >= least, "{surface:?}: {}", self.count);
    }
}

/// What a 400 finds wrong, by name; of a key that cannot be imported as well.
fn blamed(answer: &Answer) -> BTreeSet<String> {
    fn collect(value: &Value, out: &mut BTreeSet<String>) {
        if let (Some(field), true) = (value["field"].as_str(), value["reason"].is_string()) {
            out.insert(field.to_owned());
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| collect(item, out)),
            Value::Object(members) => members.values().for_each(|item| collect(item, out)),
            _ => {}
        }
    }
    let mut out = BTreeSet::new();
    if !answer.body.is_empty() && answer.status < 500 {
        collect(&answer.json(), &mut out);
    }
    out
}
