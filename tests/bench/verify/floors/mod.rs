//! Servers that are asked what the server is asked, answer what it answers, and verify nothing: what is left of
//! its rate is the price of verifying. Each runs in a process of its own, on the server's core.

mod dropshot;
mod hyper;

use std::path::Path;

use bitting_core::bounds;
use clap::ValueEnum;

use crate::{Failure, server::Server, setting::Setting};

/// How large a body may be, as of the server.
const BODY_MAX: usize = bounds::BODY_MAX;

/// What serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Dropshot as the server has it, with an endpoint that reads a typed body and answers one.
    Dropshot,
    /// hyper and nothing else: reads a body and answers bytes.
    Hyper,
}

/// What the process is told.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(long, value_enum)]
    with: Kind,
    /// The body of every answer.
    #[arg(long)]
    answer: String,
}

pub(crate) fn run(arguments: Arguments) -> Result<(), Failure> {
    // As many threads as the server has on the same cores.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    match arguments.with {
        Kind::Dropshot => runtime.block_on(dropshot::serve(&arguments.answer)),
        Kind::Hyper => runtime.block_on(hyper::serve(arguments.answer)),
    }
}

/// Starts one that answers `answer`.
pub(super) fn start(
    setting: &Setting,
    kind: Kind,
    answer: &str,
    directory: &Path,
) -> Result<Server, Failure> {
    let mut command = setting.own_on_server_core()?;
    let with = match kind {
        Kind::Dropshot => "dropshot",
        Kind::Hyper => "hyper",
    };
    command.args(["verify-floor", "--with", with, "--answer", answer]);
    let directory = directory.join(with);
    std::fs::create_dir_all(&directory)?;
    Server::spawn(command, &directory)
}
