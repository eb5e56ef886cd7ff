//! `import`: keys from elsewhere, from a file of JSON lines, into a store at rest or through the server that has it.

mod lines;
mod remote;
mod target;

use std::{fmt::Display, path::PathBuf};

use bitting_core::{Clock, MemberId};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::{
    Failure, tell,
    tenant::{self, Place, PlaceArgs},
};
use crate::system::SystemClock;
use lines::{Line, Lines};
use target::{Became, Target};

/// How many wrong lines are named before nothing is imported.
const NAMED: usize = 20;
/// How many keys are imported at once, and how many bytes of them.
const BATCH: usize = 500;
const BATCH_BYTES: usize = 1 << 20;

/// What `import` takes.
#[derive(Debug, Args)]
#[command(after_help = tenant::TOKEN)]
pub(super) struct ImportArgs {
    /// The keys: one JSON object a line, as in the body of POST /v1/imports
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The id of the member whose the keys are that name no owner; needed for those on a store at rest [default,
    /// through a server: whose key it is asked with]
    #[arg(long, value_name = "ID")]
    owner: Option<MemberId>,
    /// The line to begin at, where an earlier run stopped; from the first, what is there already is skipped
    #[arg(long, value_name = "N", default_value_t = 1)]
    from_line: usize,
    #[command(flatten)]
    place: PlaceArgs,
}

/// What became of the lines.
#[derive(Debug, Default, Serialize)]
struct Counts {
    created: usize,
    duplicate: usize,
    invalid: usize,
}

/// Imports the file: first all of it is read, so that nothing is imported of one that is damaged.
pub(super) async fn import(args: ImportArgs) -> Result<(), Failure> {
    let target = match tenant::place(&args.place).await? {
        Place::Rest(opened) => Target::Rest(Box::new(opened)),
        Place::Remote(remote) => Target::Remote(remote),
    };
    check(&args, &target)?;
    let mut counts = Counts::default();
    let bar = bar(&args)?;
    let mut lines = lines(&args)?;
    loop {
        let batch = next_batch(&mut lines)?;
        let Some(first) = batch.first() else {
            break;
        };
        let stopped = |cause: &dyn Display| {
            Failure(format!(
                "stopped at line {}: {cause}; what was imported stays: run it again with --from-line {}",
                first.number, first.number
            ))
        };
        let became = target
            .import(&batch)
            .await
            .map_err(|cause| stopped(&cause))?;
        for (line, became) in batch.iter().zip(became) {
            match became {
                Became::Created => counts.created += 1,
                Became::Duplicate => counts.duplicate += 1,
                Became::Invalid(wrong) => {
                    counts.invalid += 1;
                    bar.suspend(|| tell(format_args!("bitting: line {}: {wrong}", line.number)));
                }
            }
        }
        bar.set_position(lines.position());
    }
    bar.finish_and_clear();
    target.close().await?;
    println(&counts)?;
    match counts.invalid {
        0 => Ok(()),
        wrong => Err(Failure(format!(
            "{wrong} of the lines were not imported; mend them and run it again, which skips what is there"
        ))),
    }
}

fn lines(args: &ImportArgs) -> Result<Lines, Failure> {
    Lines::open(&args.file, args.from_line, args.owner)
}

/// Reads everything once, and names what is wrong.
fn check(args: &ImportArgs, target: &Target) -> Result<(), Failure> {
    let mut wrong = 0_usize;
    let now = SystemClock.now();
    for line in lines(args)? {
        let line = line?;
        let reasons = match line.draft(now) {
            Err(reasons) => reasons,
            Ok(draft) if draft.owner.is_none() && target.needs_owner() => {
                "owner_id is required on a store at rest, or --owner for all that have none"
                    .to_owned()
            }
            Ok(_) => continue,
        };
        wrong += 1;
        if wrong <= NAMED {
            tell(format_args!("bitting: line {}: {reasons}", line.number));
        }
    }
    if wrong == 0 {
        return Ok(());
    }
    let more = wrong.saturating_sub(NAMED);
    let more = if more > 0 {
        format!(" ({more} of them are not named above)")
    } else {
        String::new()
    };
    let (lines, are) = if wrong == 1 {
        ("line", "is")
    } else {
        ("lines", "are")
    };
    Err(Failure(format!(
        "nothing was imported: {wrong} {lines} of {} {are} wrong{more}; mend what is named and run it again",
        args.file.display()
    )))
}

fn next_batch(lines: &mut Lines) -> Result<Vec<Line>, Failure> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(line) = lines.next() else {
            break;
        };
        let line = line?;
        bytes += line.text.len();
        batch.push(line);
    }
    Ok(batch)
}

/// How far it is, for whoever watches: nothing where standard error is no terminal.
fn bar(args: &ImportArgs) -> Result<ProgressBar, Failure> {
    let bytes = std::fs::metadata(&args.file)?.len();
    let style = ProgressStyle::with_template("{bar:40} {percent}% {elapsed} {eta} left")?;
    Ok(ProgressBar::new(bytes).with_style(style))
}

fn println(counts: &Counts) -> Result<(), Failure> {
    use std::io::Write as _;
    let line = serde_json::to_string(counts)?;
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}
