//! `cargo xtask bench`: builds what is measured and what measures, and runs it.
//!
//! Each line of its output is a JSON object; what is built is told on standard error.

use std::{
    error::Error,
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

use clap::ValueEnum;
use serde_json::json;

use crate::cargo::{self, cargo, target_directory};

/// How often the check of generated files is timed, after a first time that does not count.
const ROUNDS: usize = 5;
/// What it may take, in milliseconds.
const CHECK_MAX: f64 = 1_000.0;

/// What builds the benchmark.
const BENCH: &[&str] = &[
    "build",
    "--release",
    "--package",
    "bitting-tests",
    "--bin",
    "bench",
];

/// What the command takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure.
    #[arg(value_enum, default_value_t = What::All)]
    what: What,
    /// Smaller stores and shorter rounds: to try the benchmark itself, not to quote.
    #[arg(long)]
    quick: bool,
    #[command(flatten)]
    seed: Seed,
}

/// What `seed` takes.
#[derive(clap::Args)]
struct Seed {
    /// With `seed`: the data directory of a store that is to be made.
    #[arg(long, required_if_eq("what", "seed"))]
    data: Option<PathBuf>,
    /// With `seed`: how many keys it is to have, besides the root key.
    #[arg(long, required_if_eq("what", "seed"))]
    keys: Option<u64>,
    /// With `seed`: a file for secrets, one a line: of the root key, then of up to 20,000 keys, spread over all.
    #[arg(long, required_if_eq("what", "seed"))]
    sample: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// What authentication adds to a request.
    Auth,
    /// Durable creates over HTTP, against the store by itself.
    Creates,
    /// Lists of members with few and many keys.
    Lists,
    /// Verifying keys, against a server that verifies nothing.
    Verify,
    /// Nothing: makes a store with so many keys, for measuring with another tool.
    Seed,
    /// Checking the generated files.
    Generate,
    /// Everything.
    All,
}

/// Measures.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let what = arguments.what;
    if matches!(what, What::Generate | What::All) {
        generate_check()?;
    }
    if what == What::Generate {
        return Ok(ExitCode::SUCCESS);
    }
    if what == What::Seed {
        return seed(&arguments.seed);
    }
    // Two builds: the server as everybody builds it, without what the benchmark's own needs would switch on.
    build(&["build", "--release"])?;
    build(BENCH)?;
    let target = target_directory()?;
    let release = target.join("release");
    let pinned = can_pin();
    let mut command = if pinned {
        // The generator has a core that the server is kept away from.
        let mut taskset = Command::new("taskset");
        taskset.args(["-c", "1"]).arg(release.join("bench"));
        taskset
    } else {
        Command::new(release.join("bench"))
    };
    let what = what.to_possible_value();
    command.arg(what.as_ref().map_or("all", |what| what.get_name()));
    command.arg("--server").arg(release.join("bitting"));
    command.arg("--data").arg(target.join("bench"));
    command
        .args(pinned.then_some("--pinned"))
        .args(arguments.quick.then_some("--quick"));
    run_to_end(command)
}

/// Makes a store.
fn seed(seed: &Seed) -> Result<ExitCode, Box<dyn Error>> {
    let (Some(data), Some(keys), Some(sample)) = (&seed.data, seed.keys, &seed.sample) else {
        return Err("seed takes --data, --keys and --sample".into());
    };
    build(BENCH)?;
    let mut command = Command::new(target_directory()?.join("release").join("bench"));
    command.arg("seed").arg("--data").arg(data);
    command.args(["--keys", &keys.to_string()]);
    command.arg("--sample").arg(sample);
    run_to_end(command)
}

fn build(arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    if cargo::run(cargo().args(arguments))?.success() {
        Ok(())
    } else {
        Err("the benchmark does not build".into())
    }
}

fn run_to_end(mut command: Command) -> Result<ExitCode, Box<dyn Error>> {
    cargo::forget_this_package(&mut command);
    let status = cargo::run(&mut command)?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Whether there is a second core, and a program that keeps others to one.
fn can_pin() -> bool {
    let mut probe = Command::new("taskset");
    probe
        .args(["-c", "0,1", "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    thread::available_parallelism().is_ok_and(|cores| cores.get() > 1)
        && probe.status().is_ok_and(|status| status.success())
}

/// Times the command as its user runs it, through cargo, with everything built.
fn generate_check() -> Result<(), Box<dyn Error>> {
    let mut times = Vec::with_capacity(ROUNDS);
    for round in 0..=ROUNDS {
        let mut check = cargo();
        check
            .args(["xtask", "generate", "--check"])
            .stdout(Stdio::null());
        let started = Instant::now();
        let status = check.status()?;
        if !status.success() {
            return Err("generated files are stale; run: cargo xtask generate".into());
        }
        if round > 0 {
            times.push(started.elapsed());
        }
    }
    times.sort_unstable();
    let median = milliseconds(times[ROUNDS / 2]);
    let line = json!({
        "bench": "generate",
        "case": "generate --check, warm",
        "ms": median,
        "ms_min": milliseconds(times[0]),
        "ms_max": milliseconds(times[ROUNDS - 1]),
        "target": format!("< {CHECK_MAX} ms"),
        "met": median < CHECK_MAX,
    });
    println!("{line}");
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e4).round() / 10.0
}
