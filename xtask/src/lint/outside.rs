//! Linters that others have written, where they are installed: Redocly and Spectral, and the check that OpenAPI Generator
//! makes before it writes a client in any language. Each is told to keep to itself; none needs a network.

mod told;

use std::{
    error::Error,
    path::Path,
    process::{Command, Stdio},
};

use bitting_api::operations::Surface;

use self::told::Told;
use super::finding::Finding;
use crate::cargo::target_directory;

/// A linter.
pub(super) struct Linter {
    /// Its directory in `tests/tools`, and what comes before the names of its rules.
    pub(super) name: &'static str,
    program: Program,
    /// How it is run, up to the document.
    arguments: &'static [&'static str],
    /// What it says, as findings; `None` if it did not look at the document.
    read: fn(Surface, &Told) -> Option<Vec<Finding>>,
}

/// What runs a linter.
enum Program {
    /// Node.js, with a file below the linter's directory.
    Node(&'static str),
    /// A program of the environment that `cargo xtask tools` makes of the linter's list of Python packages.
    Python(&'static str),
}

pub(super) const LINTERS: &[Linter] = &[
    Linter {
        name: "redocly",
        program: Program::Node("node_modules/@redocly/cli/bin/cli.js"),
        arguments: &[
            "lint",
            "--config=redocly.yaml",
            "--format=json",
            "--max-problems=10000",
        ],
        read: told::redocly,
    },
    Linter {
        name: "spectral",
        program: Program::Node("node_modules/@stoplight/spectral-cli/dist/index.js"),
        arguments: &["lint", "--ruleset=ruleset.yaml", "--format=json"],
        read: told::spectral,
    },
    Linter {
        name: "openapi-generator",
        program: Program::Python("openapi-generator-cli"),
        arguments: &["validate", "--recommend", "--input-spec"],
        read: told::openapi_generator,
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
    pub(super) fn run(&self, root: &Path) -> Result<Outcome, Box<dyn Error>> {
        let directory = root.join("tests/tools").join(self.name);
        let program = match self.program {
            Program::Node(file) => directory.join(file),
            Program::Python(name) => {
                let environment = target_directory()?.join("tools").join(self.name);
                environment.join("bin").join(name)
            }
        };
        if let Some(missing) = self.missing(&program) {
            return Ok(missing);
        }
        let mut findings = Vec::new();
        for surface in Surface::ALL {
            let document = root.join(format!("openapi/{}.json", surface.name()));
            let mut linter = self.command(&program);
            linter.arg(&document).current_dir(&directory);
            findings.extend(self.look_at(linter, surface, &document)?);
        }
        Ok(Outcome::Findings(findings))
    }

    fn missing(&self, program: &Path) -> Option<Outcome> {
        let mut node = Command::new("node");
        node.arg("--version").stdin(Stdio::null());
        if matches!(self.program, Program::Node(_))
            && !node.output().is_ok_and(|told| told.status.success())
        {
            return Some(Outcome::Missing {
                needs: "Node.js".to_owned(),
                remedy: "sudo apt-get install nodejs npm, and then cargo xtask tools".to_owned(),
            });
        }
        (!program.is_file()).then(|| Outcome::Missing {
            needs: format!("the packages of tests/tools/{}", self.name),
            remedy: "cargo xtask tools".to_owned(),
        })
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = match self.program {
            Program::Node(_) => {
                let mut node = Command::new("node");
                node.arg(program);
                node
            }
            Program::Python(_) => Command::new(program),
        };
        command
            .args(self.arguments)
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
            .stdin(Stdio::null());
        command
    }

    fn look_at(
        &self,
        mut linter: Command,
        surface: Surface,
        document: &Path,
    ) -> Result<Vec<Finding>, String> {
        let output = linter
            .output()
            .map_err(|cause| format!("cannot run {}: {cause}", self.name))?;
        // That something was found is in what it says, whatever the exit status.
        let told = Told {
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        (self.read)(surface, &told).ok_or_else(|| {
            format!(
                "{} did not look at {}: {}{}",
                self.name,
                document.display(),
                told.out,
                told.err
            )
        })
    }
}
