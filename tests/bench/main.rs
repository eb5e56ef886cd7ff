//! The benchmark: `cargo xtask bench`.
//!
//! One JSON object a line. What counts is ratios of things measured in turns within one run: the machine is
//! the same for both then, and whether it was quiet is said beside them. The server is a release build in a
//! process of its own, kept to one core; what loads it is kept to another.

mod creates;
mod floor;
mod http;
mod keys;
mod lists;
mod report;
mod server;
mod setting;

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
    /// Durable creates.
    Creates(Place),
    /// Lists.
    Lists(Place),
    /// Both.
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

fn run(command: Command) -> Result<(), Failure> {
    let (place, does_creates, does_lists) = match command {
        Command::Floor => {
            println!("{}", floor::measure().as_secs_f64());
            return Ok(());
        }
        Command::Bare(arguments) => return creates::bare::run(&arguments),
        Command::Load(arguments) => return lists::load::run(&arguments),
        Command::Creates(place) => (place, true, false),
        Command::Lists(place) => (place, false, true),
        Command::All(place) => (place, true, true),
    };
    let setting = Setting::new(place)?;
    let mut report = Report::default();
    if does_creates {
        creates::run(&setting, &mut report)?;
    }
    if does_lists {
        lists::run(&setting, &mut report)?;
    }
    report.end();
    Ok(())
}
