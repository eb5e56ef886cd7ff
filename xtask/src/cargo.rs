//! Running cargo from within a command that cargo runs.

use std::{
    env,
    error::Error,
    path::PathBuf,
    process::{Command, ExitStatus},
};

use serde_json::Value;

use crate::workspace;

/// What cargo tells the program that it runs about that program's package. Handed on to another cargo, it
/// would make build scripts that read it run again, and everything that depends on them be built again.
const ABOUT_THIS_PACKAGE: [&str; 4] = [
    "CARGO_BIN_",
    "CARGO_CRATE_",
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
];

/// The cargo that runs this, at the root of the repository.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace::root());
    forget_this_package(&mut cargo);
    cargo
}

/// Takes away from `command` what cargo said to this process alone.
pub(crate) fn forget_this_package(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if ABOUT_THIS_PACKAGE
            .iter()
            .any(|prefix| text.starts_with(prefix))
        {
            command.env_remove(&name);
        }
    }
}

/// Runs `command` to its end, its output being this process's own.
pub(crate) fn run(command: &mut Command) -> Result<ExitStatus, String> {
    command
        .status()
        .map_err(|cause| format!("cannot run {}: {cause}", command.get_program().display()))
}

/// Where cargo puts what it builds.
pub(crate) fn target_directory() -> Result<PathBuf, Box<dyn Error>> {
    let mut metadata = cargo();
    metadata.args(["metadata", "--format-version=1", "--no-deps", "--offline"]);
    let told = metadata.output()?;
    if !told.status.success() {
        return Err(format!(
            "cargo metadata failed: {}",
            String::from_utf8_lossy(&told.stderr)
        )
        .into());
    }
    let told: Value = serde_json::from_slice(&told.stdout)?;
    let directory = told["target_directory"].as_str();
    Ok(directory
        .ok_or("cargo metadata names no target directory")?
        .into())
}
