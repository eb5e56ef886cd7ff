//! `cargo xtask test`: everything that CI runs, in one command.

mod skips;
mod snapshots;
mod step;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use self::{skips::Skips, step::Steps};
use crate::{
    cargo::{self, cargo, target_directory},
    lint,
    quickstart::{self, Outcome},
    tools,
};

/// Runs every step, whatever became of those before it, so that one run tells everything that is wrong.
pub(crate) fn run() -> Result<ExitCode, Box<dyn Error>> {
    let strict = is_ci();
    if strict {
        println!("CI is set: installing the tools first, and failing on whatever is skipped");
        // What could not be installed shows up as a skip, which tells what it cost.
        let _ = tools::run();
    }
    let scratch = target_directory()?.join("xtask");
    fs::create_dir_all(&scratch)?;
    let skips = Skips::start(&scratch)?;
    let references = scratch.join("snapshot-references.txt");
    remove(&references)?;

    let mut steps = Steps::default();
    steps.run("fmt", || status(cargo().args(["fmt", "--all", "--check"])));
    steps.run("clippy", || {
        let clippy = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ];
        status(cargo().args(clippy))
    });
    steps.run("generate --check", || {
        status(Command::new(env::current_exe()?).args(["generate", "--check"]))
    });
    steps.run("lint", || {
        let (good, missing) = lint::check(false)?;
        for lint::Missing {
            linter,
            needs,
            remedy,
        } in missing
        {
            skips.add(linter, &needs, &remedy)?;
        }
        Ok(good)
    });
    steps.run("diff --check", || {
        status(Command::new(env::current_exe()?).args(["diff", "--check"]))
    });
    let tested = steps.run("tests", || {
        let mut test = cargo();
        test.args(["test", "--workspace", "--no-fail-fast"]);
        skips.tell(&mut test);
        status(
            test.env("INSTA_UPDATE", "no")
                .env("INSTA_SNAPSHOT_REFERENCES_FILE", &references),
        )
    });
    if tested {
        // Tests that failed or did not run have looked at no snapshot.
        let complete = skips.read()?.is_empty();
        steps.run("snapshots", || snapshots::check(&references, complete));
    }
    steps.run("quickstart", || match quickstart::check()? {
        Outcome::Passed => Ok(true),
        Outcome::Skipped { needs, remedy } => {
            skips.add("quickstart", &needs, &remedy)?;
            Ok(true)
        }
    });

    let skipped = skips.read()?;
    println!("\n{steps}");
    skips::print(&skipped);
    let failed = steps.failed();
    if strict && !skipped.is_empty() {
        println!("FAILED: CI skips nothing");
    } else if !failed.is_empty() {
        println!("FAILED: {}", failed.join(", "));
    } else {
        println!("passed");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

fn is_ci() -> bool {
    env::var("CI").is_ok_and(|ci| !matches!(ci.as_str(), "" | "0" | "false"))
}

fn status(command: &mut Command) -> Result<bool, Box<dyn Error>> {
    Ok(cargo::run(command)?.success())
}

fn remove(path: &Path) -> Result<(), String> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(format!(
            "cannot remove {}: {cause}",
            PathBuf::from(path).display()
        )),
        _ => Ok(()),
    }
}
