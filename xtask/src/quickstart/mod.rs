//! `cargo xtask quickstart`: the README's quickstart, done as it is written.
//!
//! Nothing of it is edited, the port and the data directory included. It runs in a directory of its own below
//! `target/`: cargo looks for the workspace upwards and finds this one, and `./bitting-data` is a fresh one,
//! whatever the repository's root holds. The port is the README's, and if it is taken the quickstart is
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

/// The port of the README's server.
const PORT: u16 = 8080;

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
    let (serve, steps) = readme::quickstart()?;
    for program in ["bash", "curl"] {
        let mut probe = Command::new(program);
        let here = probe
            .arg("--version")
            .stdout(Stdio::null())
            .status()
            .is_ok();
        if !here {
            let remedy = install_line(&[program]);
            return Ok(Outcome::Skipped {
                needs: program.to_owned(),
                remedy,
            });
        }
    }
    // The same build that the README's line makes, made beforehand so that waiting for the server has a bound.
    if !cargo::run(cargo().args(["build", "--release"]))?.success() {
        return Err("the server does not build".into());
    }
    if TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).is_err() {
        return Ok(Outcome::Skipped {
            needs: format!("port {PORT} of 127.0.0.1 to be free"),
            remedy: format!("ending what listens there (see: ss -ltnp 'sport = :{PORT}')"),
        });
    }

    let scratch = Scratch::new()?;
    println!("$ {}", serve.script);
    let server = Server::start(&serve.script, scratch.path())?;
    let printed = server.wait_until_ready()?;
    compare(&serve, &printed)?;
    let done = shell::run(&steps, scratch.path())?;
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
    server.stop()?;
    println!(
        "the quickstart does what the README says: {} blocks",
        steps.len() + 1
    );
    Ok(Outcome::Passed)
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
