//! The command line.

mod config;
mod curl;
mod dev_cert;
mod import;
mod open;
mod operations;
mod printed;
mod remote;
mod serve;
mod setup;
mod tenant;

use std::{
    fmt,
    io::{self, Write},
    process::ExitCode,
};

use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use clap_complete::Shell;

use config::{DataArgs, ServeArgs};
use dev_cert::DevCertArgs;
use import::ImportArgs;
use operations::Operations;
use tenant::{CompanyCreateArgs, MemberCreateArgs};

/// A self-hosted API-key service: issues, lists, rolls, revokes and verifies API keys.
#[derive(Debug, Parser)]
#[command(name = "bitting", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API; an empty store is initialised first
    Serve(Box<ServeArgs>),
    /// Make the first company, member and root key, and print them as one JSON object
    Init(DataArgs),
    /// Companies
    Company {
        #[command(subcommand)]
        command: CompanyCommand,
    },
    /// Members of companies
    Member {
        #[command(subcommand)]
        command: MemberCommand,
    },
    /// Bring keys from elsewhere, with the secrets that they have there
    Import(Box<ImportArgs>),
    /// Make a CA and a certificate of its making, to serve TLS with during development
    DevCert(DevCertArgs),
    /// Root keys
    RootKey {
        #[command(subcommand)]
        command: RootKeyCommand,
    },
    /// Print what completes these commands in a shell: source it, or put it where the shell looks
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
enum RootKeyCommand {
    /// Make another root key on a store at rest, and print it as one JSON object
    Create(DataArgs),
}

#[derive(Debug, Subcommand)]
enum CompanyCommand {
    /// Make a company, its first member and a key of the role admin, and print them as one JSON object
    Create(Box<CompanyCreateArgs>),
}

#[derive(Debug, Subcommand)]
enum MemberCommand {
    /// Make a member of a company with a key, and print them as one JSON object
    Create(Box<MemberCreateArgs>),
}

/// Why a command failed: one line that names the cause and the remedy.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One line, whatever the cause says.
        f.write_str(&self.0.replace('\n', " "))
    }
}

/// Writes a line to standard error. One that cannot be written must not end a server that could serve.
fn tell(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let done = Operations::read().and_then(|operations| {
        let program = operations.add_to(Cli::command());
        match program.clone().try_get_matches() {
            Ok(matches) => run(&operations, program, &matches),
            Err(error) => Ok(unusable(&error)),
        }
    });
    done.unwrap_or_else(|failure| {
        tell(format_args!("bitting: {failure}"));
        ExitCode::FAILURE
    })
}

/// Answers arguments that are none: help as it is, a mistake in one line.
fn unusable(error: &clap::Error) -> ExitCode {
    use clap::error::ErrorKind::{
        DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion,
    };
    let help = matches!(
        error.kind(),
        DisplayHelp | DisplayVersion | DisplayHelpOnMissingArgumentOrSubcommand
    );
    if help {
        // Where not even the help can be written, there is nobody to tell.
        let _ = error.print();
    } else {
        let text = error.to_string();
        let cause: Vec<_> = text.lines().take_while(|line| !line.is_empty()).collect();
        let cause = cause.join(" ");
        let cause = cause.strip_prefix("error: ").unwrap_or(&cause);
        tell(format_args!("bitting: {cause}; see bitting --help"));
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn run(
    operations: &Operations,
    mut program: clap::Command,
    matches: &ArgMatches,
) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        if let Some(done) = operations.run(matches).await {
            return done;
        }
        match Cli::from_arg_matches(matches)?.command {
            Command::Serve(args) => serve::serve(*args).await,
            Command::Company {
                command: CompanyCommand::Create(args),
            } => tenant::create_company(*args).await,
            Command::Member {
                command: MemberCommand::Create(args),
            } => tenant::create_member(*args).await,
            Command::Import(args) => import::import(*args).await,
            Command::DevCert(args) => dev_cert::dev_cert(&args),
            Command::Init(args) => setup::init(args).await,
            Command::RootKey {
                command: RootKeyCommand::Create(args),
            } => setup::create_root_key(args).await,
            Command::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(shell, &mut program, "bitting", &mut script);
                Ok(io::stdout().lock().write_all(&script)?)
            }
        }?;
        Ok(ExitCode::SUCCESS)
    })
}
