//! Linters that others have written, where Node and their packages are: Redocly and Spectral. Both are told to keep to
//! themselves; neither needs a network.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use bitting_api::operations::Surface;
use serde_json::Value;

use super::{
    finding::Finding,
    subject::{elements, escape},
};

/// A linter.
pub(super) struct Linter {
    /// Its directory in `tests/tools`, and what comes before the names of its rules.
    pub(super) name: &'static str,
    /// Its program, below that directory.
    program: &'static str,
    /// How it is run, up to the document.
    arguments: &'static [&'static str],
    read: fn(Surface, &Value) -> Vec<Finding>,
}

pub(super) const LINTERS: &[Linter] = &[
    Linter {
        name: "redocly",
        program: "node_modules/@redocly/cli/bin/cli.js",
        arguments: &[
            "lint",
            "--config=redocly.yaml",
            "--format=json",
            "--max-problems=10000",
        ],
        read: redocly,
    },
    Linter {
        name: "spectral",
        program: "node_modules/@stoplight/spectral-cli/dist/index.js",
        arguments: &["lint", "--ruleset=ruleset.yaml", "--format=json"],
        read: spectral,
    },
];

/// What became of a linter.
pub(super) enum Outcome {
    /// What it found.
    Findings(Vec<Finding>),
    /// What is missing, and how to get it.
    Missing { needs: String, remedy: String },
}

impl Linter {
    /// Looks at every document.
    pub(super) fn run(&self, root: &Path) -> Result<Outcome, String> {
        let directory = root.join("tests/tools").join(self.name);
        if let Some(missing) = self.missing(&directory) {
            return Ok(missing);
        }
        let mut findings = Vec::new();
        for surface in Surface::ALL {
            let document = root.join(format!("openapi/{}.json", surface.name()));
            findings.extend(self.look_at(&directory, surface, &document)?);
        }
        Ok(Outcome::Findings(findings))
    }

    fn missing(&self, directory: &Path) -> Option<Outcome> {
        let mut node = Command::new("node");
        node.arg("--version").stdin(Stdio::null());
        if !node.output().is_ok_and(|told| told.status.success()) {
            return Some(Outcome::Missing {
                needs: "Node.js".to_owned(),
                remedy: "sudo apt-get install nodejs npm, and then cargo xtask tools".to_owned(),
            });
        }
        (!directory.join(self.program).is_file()).then(|| Outcome::Missing {
            needs: format!("the packages of tests/tools/{}", self.name),
            remedy: "cargo xtask tools".to_owned(),
        })
    }

    fn look_at(
        &self,
        directory: &Path,
        surface: Surface,
        document: &PathBuf,
    ) -> Result<Vec<Finding>, String> {
        let mut node = Command::new("node");
        node.arg(self.program)
            .args(self.arguments)
            .arg(document)
            .current_dir(directory)
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
            .stdin(Stdio::null());
        let told = node
            .output()
            .map_err(|cause| format!("cannot run {}: {cause}", self.name))?;
        // Words may follow the JSON. That something was found is in it, whatever the exit status.
        let mut values = serde_json::Deserializer::from_slice(&told.stdout).into_iter();
        match values.next() {
            Some(Ok(value)) => Ok((self.read)(surface, &value)),
            _ => Err(format!(
                "{} did not look at {}: {}{}",
                self.name,
                document.display(),
                String::from_utf8_lossy(&told.stdout),
                String::from_utf8_lossy(&told.stderr)
            )),
        }
    }
}

fn redocly(surface: Surface, told: &Value) -> Vec<Finding> {
    let problems = elements(&told["problems"]);
    let finding = |(_, problem): (usize, &Value)| {
        let pointer = problem["location"][0]["pointer"].as_str();
        Finding {
            surface,
            rule: format!("redocly/{}", text(&problem["ruleId"])),
            place: pointer
                .unwrap_or_default()
                .trim_start_matches('#')
                .to_owned(),
            message: text(&problem["message"]).to_owned(),
        }
    };
    problems.map(finding).collect()
}

fn spectral(surface: Surface, told: &Value) -> Vec<Finding> {
    let finding = |(_, problem): (usize, &Value)| {
        let parts = elements(&problem["path"]).map(|(_, part)| match part {
            Value::String(part) => escape(part),
            other => other.to_string(),
        });
        let parts: Vec<_> = std::iter::once(String::new()).chain(parts).collect();
        Finding {
            surface,
            rule: format!("spectral/{}", text(&problem["code"])),
            place: parts.join("/"),
            message: text(&problem["message"]).to_owned(),
        }
    };
    elements(told).map(finding).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_linters_tell_is_read_in_one_form() {
        let told = json!({ "problems": [{
            "ruleId": "info-license", "message": "no", "location": [{ "pointer": "#/info" }],
        }] });
        let found = redocly(Surface::Keys, &told);
        assert_eq!(found[0].rule, "redocly/info-license");
        assert_eq!(found[0].place, "/info");
        let told = json!([{ "code": "a:b", "message": "no", "path": ["paths", "/v1/x", 0] }]);
        let found = spectral(Surface::Keys, &told);
        assert_eq!(found[0].rule, "spectral/a:b");
        assert_eq!(found[0].place, "/paths/~1v1~1x/0");
    }
}
