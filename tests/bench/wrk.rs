//! The load generator.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::Failure;

/// What tells a script the token of its requests.
pub(crate) const TOKEN: &str = "BITTING_TOKEN";

/// What the load consists of.
#[derive(Clone, Copy)]
pub(crate) struct Script {
    /// What it is called in a directory.
    pub(crate) name: &'static str,
    /// The script, which takes what it is told from the environment and ends with a line of results.
    pub(crate) text: &'static str,
}

/// What a load came to.
pub(crate) struct Load {
    /// How many requests were answered.
    pub(crate) requests: f64,
    /// How many bytes the answers had; not every script tells.
    pub(crate) bytes: f64,
    /// Requests a second.
    pub(crate) rate: f64,
    /// Half of the requests took no longer, in microseconds.
    pub(crate) p50: f64,
    /// 99 of 100 took no longer.
    pub(crate) p99: f64,
    /// The part of its core that the generator needed: near 1, it was what was measured.
    pub(crate) busy: f64,
}

/// Hundredths of a second, which Linux counts processor time of ended processes in.
const TICKS: f64 = 100.0;

/// Whether the generator is here.
pub(crate) fn find() -> Result<(), Failure> {
    let mut probe = Command::new("wrk");
    probe
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    match probe.status() {
        Ok(_) => Ok(()),
        Err(_) => Err("wrk is missing; install it with: sudo apt-get install wrk".into()),
    }
}

/// Asks for `path` at `address` over so many connections for so many seconds, as `script` says, which finds in its
/// environment what it is `told`. Every answer must be good.
pub(crate) fn load(
    script: Script,
    address: SocketAddr,
    path: &str,
    told: &[(&str, &str)],
    directory: &Path,
    (connections, seconds): (usize, u32),
) -> Result<Load, Failure> {
    let file = directory.join(script.name);
    fs::write(&file, script.text)?;
    let before = of_ended_processes()?;
    // On the core of this process, which is not the server's.
    let output = Command::new("wrk")
        .args([
            "-t1",
            &format!("-c{connections}"),
            &format!("-d{seconds}s"),
            "-s",
        ])
        .arg(&file)
        .arg(format!("http://{address}{path}"))
        .envs(told.iter().copied())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("RESULT "));
    let line = line.ok_or_else(|| format!("wrk told no result:\n{text}"))?;
    let result: Value = serde_json::from_str(line)?;
    let number = |name: &str| result[name].as_f64().unwrap_or(f64::NAN);
    if number("errors") != 0.0 || number("requests") == 0.0 {
        return Err(format!("some requests failed: {line}").into());
    }
    let busy = (of_ended_processes()? - before) / f64::from(seconds);
    Ok(Load {
        busy,
        requests: number("requests"),
        bytes: number("bytes"),
        rate: number("requests") / (number("us") / 1e6),
        p50: number("p50"),
        p99: number("p99"),
    })
}

/// The processor time of processes that this one started and that ended, in seconds.
fn of_ended_processes() -> Result<f64, Failure> {
    let told = fs::read_to_string("/proc/self/stat")?;
    // The name, in parentheses, may hold anything; the 16th and 17th fields are the 14th and 15th after it.
    let after = told.rsplit(')').next().unwrap_or_default();
    let ticks: Result<Vec<f64>, _> = after
        .split_whitespace()
        .skip(13)
        .take(2)
        .map(str::parse)
        .collect();
    Ok(ticks?.iter().sum::<f64>() / TICKS)
}
