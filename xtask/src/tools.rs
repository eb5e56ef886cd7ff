//! `cargo xtask tools`: the programs that some tests and the benchmarks need besides a Rust toolchain, and the
//! packages of those that are the repository's own (`tests/tools`).

mod python;

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use crate::workspace;

/// A program.
struct Tool {
    /// What it is called.
    name: &'static str,
    /// A command that tells whether it is here.
    probe: &'static [&'static str],
    /// Whether the probe must succeed; a program that has no successful way to say who it is must only start.
    succeeds: bool,
    /// The Debian package that it is in.
    package: &'static str,
}

const TOOLS: &[Tool] = &[
    Tool {
        name: "curl",
        probe: &["curl", "--version"],
        succeeds: true,
        package: "curl",
    },
    Tool {
        name: "node",
        probe: &["node", "--version"],
        succeeds: true,
        package: "nodejs",
    },
    Tool {
        name: "npm",
        probe: &["npm", "--version"],
        succeeds: true,
        package: "npm",
    },
    Tool {
        name: "python3 with venv",
        probe: &["python3", "-c", "import venv, ensurepip"],
        succeeds: true,
        package: "python3-venv",
    },
    Tool {
        name: "php",
        probe: &["php", "--version"],
        succeeds: true,
        package: "php-cli",
    },
    Tool {
        name: "php's curl extension",
        probe: &["php", "-r", "exit(extension_loaded('curl') ? 0 : 1);"],
        succeeds: true,
        package: "php-curl",
    },
    Tool {
        name: "nginx",
        probe: &["nginx", "-v"],
        succeeds: true,
        package: "nginx",
    },
    Tool {
        name: "caddy",
        probe: &["caddy", "version"],
        succeeds: true,
        package: "caddy",
    },
    Tool {
        name: "chromium",
        probe: &[
            "sh",
            "-c",
            "command -v chromium || command -v chromium-browser || command -v google-chrome",
        ],
        succeeds: true,
        package: "chromium",
    },
    Tool {
        name: "jq",
        probe: &["jq", "--version"],
        succeeds: true,
        package: "jq",
    },
    Tool {
        name: "wrk",
        probe: &["wrk", "--version"],
        succeeds: false,
        package: "wrk",
    },
];

/// Installs what is missing where that can be done without asking, and otherwise says how to.
pub(crate) fn run() -> ExitCode {
    // Both, whatever becomes of the first: what is missing is told at once.
    let programs = programs();
    let packages = packages();
    let environments = python::install();
    if programs && packages && environments {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Installs the programs: whether all are there.
fn programs() -> bool {
    let missing = missing();
    if missing.is_empty() {
        println!("every program is here");
        return true;
    }
    let packages: Vec<_> = missing.iter().map(|tool| tool.package).collect();
    if let Some(prefix) = administrator() {
        let apt = |arguments: &[&str]| succeeds(prefix, &["apt-get"], arguments);
        // Package lists that cannot be refreshed may still be good enough.
        let refreshed = apt(&["update"]);
        let mut install = vec!["install", "--yes", "--no-install-recommends"];
        install.extend(&packages);
        if !apt(&install) && !refreshed {
            eprintln!("apt-get could not refresh its lists of packages either");
        }
    }
    let still = self::missing();
    for tool in &still {
        println!(
            "{} is missing; install it with: {}",
            tool.name,
            install_line(&[tool.package])
        );
    }
    if still.is_empty() {
        println!("installed: {}", packages.join(" "));
        return true;
    }
    let packages: Vec<_> = still.iter().map(|tool| tool.package).collect();
    println!("all at once: {}", install_line(&packages));
    false
}

/// Installs the packages of every program in `tests/tools` that has a lock file: whether all are there.
fn packages() -> bool {
    let locked = match locked(&workspace::root().join("tests/tools")) {
        Ok(locked) => locked,
        Err(cause) => {
            println!("tests/tools cannot be read: {cause}");
            return false;
        }
    };
    let mut all = true;
    for directory in locked {
        println!("$ cd {} && {}", directory.display(), NPM_CI.join(" "));
        let mut npm = Command::new(NPM_CI[0]);
        npm.args(&NPM_CI[1..]).current_dir(&directory);
        let installed = npm
            .stdin(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !installed {
            println!("its packages are missing; install them with the line above");
        }
        all &= installed;
    }
    all
}

/// Exactly what the lock file says, and none of the packages' own scripts.
const NPM_CI: [&str; 3] = ["npm", "ci", "--ignore-scripts"];

/// The directories in `tools` that have a lock file, in the order of their names.
fn locked(tools: &Path) -> io::Result<Vec<PathBuf>> {
    let mut directories = Vec::new();
    for entry in fs::read_dir(tools)? {
        let directory = entry?.path();
        if directory.join("package-lock.json").is_file() {
            directories.push(directory);
        }
    }
    directories.sort();
    Ok(directories)
}

/// The line that installs `packages`.
pub(crate) fn install_line(packages: &[&str]) -> String {
    format!("sudo apt-get install {}", packages.join(" "))
}

fn missing() -> Vec<&'static Tool> {
    TOOLS.iter().filter(|tool| !is_here(tool)).collect()
}

fn is_here(tool: &Tool) -> bool {
    let Some((program, arguments)) = tool.probe.split_first() else {
        return false;
    };
    let mut probe = Command::new(program);
    probe
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    probe
        .status()
        .is_ok_and(|status| status.success() || !tool.succeeds)
}

/// What to write before a command that only an administrator may run; `None` where apt is not there or a
/// password would be asked for.
fn administrator() -> Option<&'static [&'static str]> {
    if !quietly(&["apt-get", "--version"]) {
        return None;
    }
    let id = Command::new("id").arg("-u").output().ok()?;
    if id.stdout.trim_ascii() == b"0" {
        Some(&[])
    } else if quietly(&["sudo", "-n", "true"]) {
        Some(&["sudo", "-n"])
    } else {
        None
    }
}

fn quietly(command: &[&str]) -> bool {
    let mut probe = Command::new(command[0]);
    probe
        .args(&command[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

fn succeeds(prefix: &[&str], program: &[&str], arguments: &[&str]) -> bool {
    let line: Vec<_> = prefix
        .iter()
        .chain(program)
        .chain(arguments)
        .copied()
        .collect();
    println!("$ {}", line.join(" "));
    // Through `env`, because sudo does not hand the environment on.
    let (wrapped, rest) = line.split_at(prefix.len());
    let mut command = match wrapped {
        [] => Command::new("env"),
        [sudo, options @ ..] => {
            let mut command = Command::new(sudo);
            command.args(options).arg("env");
            command
        }
    };
    command
        .arg("DEBIAN_FRONTEND=noninteractive")
        .args(rest)
        .stdin(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_lock_file_names_a_registry() {
        let found = locked(&workspace::root().join("tests/tools")).expect("it can be read");
        let names: Vec<_> = found.iter().filter_map(|path| path.file_name()).collect();
        assert_eq!(
            names,
            [
                "docs",
                "oasdiff",
                "oidc-provider",
                "redocly",
                "spectral",
                "typescript"
            ]
        );
        for directory in found {
            let text = fs::read_to_string(directory.join("package-lock.json")).expect("a file");
            assert!(!text.contains("\"resolved\""), "{}", directory.display());
            assert!(
                text.contains("\"integrity\": \"sha512-"),
                "{}",
                directory.display()
            );
        }
    }
}
