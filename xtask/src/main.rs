//! `cargo xtask`: every command that development and CI need.
//!
//! One module per command. This never depends on the server, so that documents and clients are regenerated
//! while the server does not compile.

mod bench;
mod cargo;
mod diff;
mod generate;
mod lint;
mod quickstart;
mod release;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Every command that development and CI of Bitting need.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the published documents, then the clients made from them.
    Generate(generate::Arguments),
    /// Whether the published documents are as good as we want them.
    Lint(lint::Arguments),
    /// Tell in words what changed in the documents since they were released.
    Diff(diff::Arguments),
    /// File a document for good, under a version that says enough.
    Release(release::Arguments),
    /// Everything that CI runs.
    Test,
    /// Install the programs that some tests and the benchmarks need, or say how.
    Tools,
    /// Do what the README's quickstart says, as it is written, and compare.
    Quickstart,
    /// Measure: one JSON object a line, ratios within one run.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Release(arguments) => release::run(&arguments),
        Command::Test => test::run(),
        Command::Tools => Ok(tools::run()),
        Command::Quickstart => quickstart::run(),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
