//! The Python packages of the programs in `tests/tools`: a virtual environment for each list of them.

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{cargo::target_directory, workspace};

/// The list of what is installed: every package with the hashes of its files.
const REQUIREMENTS: &str = "requirements.txt";
/// The copy of the list that is put into an environment when all of it is there.
const INSTALLED: &str = "installed.txt";

/// Makes an environment for each directory in `tests/tools` that has a list: whether all are there.
pub(super) fn install() -> bool {
    let all = environments().map(|environments| {
        let made = environments.iter().map(Environment::make);
        // Each is tried, whatever became of those before it.
        made.fold(true, |all, made| all & made)
    });
    all.unwrap_or_else(|cause| {
        println!("the Python packages of tests/tools cannot be installed: {cause}");
        false
    })
}

/// A list and the environment that is made of it.
struct Environment {
    requirements: PathBuf,
    /// Below the target directory, where the tests look for it: `<target>/tools/<name>`.
    directory: PathBuf,
}

fn environments() -> Result<Vec<Environment>, Box<dyn Error>> {
    let target = target_directory()?.join("tools");
    let listed = listed(&workspace::root().join("tests/tools"))?;
    let environments = listed.into_iter().map(|(name, requirements)| Environment {
        requirements,
        directory: target.join(name),
    });
    Ok(environments.collect())
}

/// The lists in `tools`, with the names of their directories, in order.
fn listed(tools: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut listed = Vec::new();
    for entry in fs::read_dir(tools)? {
        let entry = entry?;
        let requirements = entry.path().join(REQUIREMENTS);
        if requirements.is_file() {
            listed.push((
                entry.file_name().to_string_lossy().into_owned(),
                requirements,
            ));
        }
    }
    listed.sort();
    Ok(listed)
}

impl Environment {
    /// Whether it is there when this returns.
    fn make(&self) -> bool {
        if self.is_complete() {
            println!("{} is up to date", self.directory.display());
            return true;
        }
        let directory = self.directory.to_string_lossy();
        let pip = self.directory.join("bin/pip");
        let requirements = self.requirements.to_string_lossy();
        // Exactly what the list says, and nothing that would have to be built.
        let made = ran("python3", &["-m", "venv", "--clear", &directory])
            && ran(
                &pip.to_string_lossy(),
                &[
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--require-hashes",
                    "--only-binary=:all:",
                    "--requirement",
                    &requirements,
                ],
            )
            && fs::copy(&self.requirements, self.directory.join(INSTALLED)).is_ok();
        if !made {
            println!("its packages are missing; install them with the lines above");
        }
        made
    }

    /// Whether the list was installed as it is now.
    fn is_complete(&self) -> bool {
        let installed = fs::read(self.directory.join(INSTALLED));
        installed.is_ok_and(|installed| {
            fs::read(&self.requirements).is_ok_and(|wanted| wanted == installed)
        })
    }
}

fn ran(program: &str, arguments: &[&str]) -> bool {
    println!("$ {program} {}", arguments.join(" "));
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_python_package_has_a_version_and_a_hash_and_no_registry() {
        let listed = listed(&workspace::root().join("tests/tools")).expect("it can be read");
        assert!(!listed.is_empty());
        for (name, requirements) in listed {
            let text = fs::read_to_string(requirements).expect("a file");
            // A line that ends with a backslash goes on.
            for package in text.replace("\\\n", " ").lines() {
                if package.trim().is_empty() || package.trim_start().starts_with('#') {
                    continue;
                }
                assert!(package.contains("=="), "{name}: {package}");
                assert!(package.contains("--hash=sha256:"), "{name}: {package}");
            }
            let source = text.contains("://") || text.contains("--find-links");
            assert!(!source, "{name} names where packages come from");
        }
    }
}
