//! `cargo xtask quickstart`: the README's quickstart, done as it is written.
//!
//! Nothing of it is edited, the port and the data directory included. It runs in a directory of its own below
//! `target/`: cargo looks for the workspace upwards and finds this one, and `./bitting-data` is a fresh one,
//! whatever the repository's root holds. The ports are the README's, and if one is taken the quickstart is
//! skipped: to move it would be to run other lines than a reader does.

mod readme;
mod same;
mod scratch;
mod server;
mod shell;

use std::{
    error::Error,
    net::{Ipv4Addr, TcpListener},
    process::{Command, ExitCode, Stdio},
};

use self::{readme::Step, scratch::Scratch, server::Server};
use crate::{
    cargo::{self, cargo},
    tools::install_line,
};

/// The ports of the README's servers and of its issuer.
const PORTS: [u16; 3] = [8080, 8443, 9400];
/// What the README's lines run, and the Debian packages that these are in.
const PROGRAMS: [(&str, &str); 4] = [
    ("bash", "bash"),
    ("curl", "curl"),
    ("node", "nodejs"),
    ("npm", "npm"),
];

/// What came of the quickstart.
pub(crate) enum Outcome {
    /// Everything was as the README says.
    Passed,
    /// It cannot be done here.
    Skipped {
        /// What it needs.
        needs: String,
        /// How to give it that.
        remedy: String,
    },
}

/// Runs the quickstart by itself.
pub(crate) fn run() -> Result<ExitCode, Box<dyn Error>> {
    if let Outcome::Skipped { needs, remedy } = check()? {
        println!("SKIPPED quickstart: needs {needs}; install it with {remedy}");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Does what the README says and compares what it gets.
pub(crate) fn check() -> Result<Outcome, Box<dyn Error>> {
    let readme = readme::quickstart()?;
    let missing: Vec<_> = PROGRAMS
        .into_iter()
        .filter(|(program, _)| !is_here(program))
        .collect();
    if !missing.is_empty() {
        let names: Vec<_> = missing.iter().map(|(program, _)| *program).collect();
        let packages: Vec<_> = missing.iter().map(|(_, package)| *package).collect();
        return Ok(Outcome::Skipped {
            needs: names.join(", "),
            remedy: install_line(&packages),
        });
    }
    // The same build that the README's line makes, made beforehand so that waiting for the server has a bound.
    if !cargo::run(cargo().args(["build", "--release"]))?.success() {
        return Err("the server does not build".into());
    }
    for port in PORTS {
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
            return Ok(Outcome::Skipped {
                needs: format!("port {port} of 127.0.0.1 to be free"),
                remedy: format!("ending what listens there (see: ss -ltnp 'sport = :{port}')"),
            });
        }
    }
    let scratch = Scratch::new()?;
    println!("$ {}", readme.serve.script);
    let server = Server::start(&readme.serve.script, scratch.path())?;
    let printed = server.wait_until_ready()?;
    compare(&readme.serve, &printed)?;
    run_all(&readme.steps, &scratch)?;
    server.stop()?;
    drop(scratch);
    run_all(&readme.secure, &Scratch::new()?)?;
    println!(
        "the quickstart does what the README says: {} blocks",
        1 + readme.steps.len() + readme.secure.len()
    );
    Ok(Outcome::Passed)
}

/// Runs `steps` in one shell and compares what each prints.
fn run_all(steps: &[Step], scratch: &Scratch) -> Result<(), Box<dyn Error>> {
    let done = shell::run(steps, scratch.path())?;
    for (step, done) in steps.iter().zip(&done) {
        println!("$ {}", step.script);
        if !done.succeeded {
            return Err(format!("this failed:\n{}\n{}", step.script, done.errors).into());
        }
        compare(step, &done.printed)?;
    }
    if done.len() != steps.len() {
        return Err("the shell ended before the last line of the quickstart".into());
    }
    Ok(())
}

fn is_here(program: &str) -> bool {
    let mut probe = Command::new(program);
    let probe = probe
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    probe.status().is_ok()
}

fn compare(step: &Step, printed: &str) -> Result<(), String> {
    let expected = step.expected.as_deref().unwrap_or_default();
    if same::same(expected, printed) {
        return Ok(());
    }
    Err(format!(
        "the README says otherwise; correct the README or the program\n--- this\n{}\n--- is to print\n{expected}\n\
         --- and prints\n{printed}",
        step.script
    ))
}
