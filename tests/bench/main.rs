//! The benchmark: `cargo xtask bench`.
//!
//! One JSON object a line. What counts is ratios of things measured in turns within one run: the machine is
//! the same for both then, and whether it was quiet is said beside them. The server is a release build in a
//! process of its own, kept to one core; what loads it is kept to another.

mod auth;
mod creates;
mod floor;
mod http;
mod kept;
mod keys;
mod lists;
mod report;
mod server;
mod setting;
mod verify;
mod wrk;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use crate::{report::Report, setting::Setting};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What goes wrong here is told to whoever runs the benchmark, and ends it.
type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// What authentication adds to a request.
    Auth(Place),
    /// Durable creates.
    Creates(Place),
    /// Lists.
    Lists(Place),
    /// Verifying keys.
    Verify(Place),
    /// Makes a store with so many keys.
    Seed(verify::seed::Arguments),
    /// All that is measured.
    All(Place),
    /// A part of the above in a process of its own: the processor's speed.
    #[command(hide = true)]
    Floor,
    /// The same: creates on the store by itself.
    #[command(hide = true)]
    Bare(creates::bare::Arguments),
    /// The same: making a store to list.
    #[command(hide = true)]
    Load(lists::load::Arguments),
    /// The same: a server that verifies nothing.
    #[command(hide = true)]
    VerifyFloor(verify::floors::Arguments),
}

/// With what, and where.
#[derive(Args)]
struct Place {
    /// The server's binary.
    #[arg(long)]
    server: PathBuf,
    /// A directory for what is stored; large stores are kept in it for the next run.
    #[arg(long)]
    data: PathBuf,
    /// Whether processes are kept to cores: the server to 0; this one is on 1 already.
    #[arg(long)]
    pinned: bool,
    /// Smaller and shorter.
    #[arg(long)]
    quick: bool,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A part of the benchmark.
type Part = fn(&Setting, &mut Report) -> Result<(), Failure>;

fn run(command: Command) -> Result<(), Failure> {
    let (place, parts): (_, &[Part]) = match command {
        Command::Floor => {
            println!("{}", floor::measure().as_secs_f64());
            return Ok(());
        }
        Command::Bare(arguments) => return creates::bare::run(&arguments),
        Command::Load(arguments) => return lists::load::run(&arguments),
        Command::VerifyFloor(arguments) => return verify::floors::run(arguments),
        Command::Seed(arguments) => return verify::seed::run(&arguments),
        Command::Auth(place) => (place, &[auth::run]),
        Command::Creates(place) => (place, &[creates::run]),
        Command::Lists(place) => (place, &[lists::run]),
        Command::Verify(place) => (place, &[verify::run]),
        Command::All(place) => (place, &[auth::run, creates::run, lists::run, verify::run]),
    };
    let setting = Setting::new(place)?;
    let mut report = Report::default();
    for part in parts {
        part(&setting, &mut report)?;
    }
    report.end();
    Ok(())
}
