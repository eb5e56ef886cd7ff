//! The load generator.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::Failure;

/// What the load consists of.
#[derive(Clone, Copy)]
pub(crate) struct Script {
    /// What it is called in a directory.
    pub(crate) name: &'static str,
    /// The script, which takes the token of its requests from `BITTING_TOKEN` and ends with a line of results.
    pub(crate) text: &'static str,
}

/// What a load came to.
pub(crate) struct Load {
    /// How many requests were answered.
    pub(crate) requests: f64,
    /// Requests a second.
    pub(crate) rate: f64,
    /// Half of the requests took no longer, in microseconds.
    pub(crate) p50: f64,
    /// 99 of 100 took no longer.
    pub(crate) p99: f64,
}

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

/// Asks for `path` at `address` over so many connections for so many seconds, as `script` says. Every answer must
/// be good.
pub(crate) fn load(
    script: Script,
    address: SocketAddr,
    path: &str,
    token: &str,
    directory: &Path,
    (connections, seconds): (usize, u32),
) -> Result<Load, Failure> {
    let file = directory.join(script.name);
    fs::write(&file, script.text)?;
    // On the core of this process, which is not the server's.
    let told = Command::new("wrk")
        .args([
            "-t1",
            &format!("-c{connections}"),
            &format!("-d{seconds}s"),
            "-s",
        ])
        .arg(&file)
        .arg(format!("http://{address}{path}"))
        .env("BITTING_TOKEN", token)
        .output()?;
    let text = String::from_utf8_lossy(&told.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("RESULT "));
    let line = line.ok_or_else(|| format!("wrk told no result:\n{text}"))?;
    let result: Value = serde_json::from_str(line)?;
    let number = |name: &str| result[name].as_f64().unwrap_or(f64::NAN);
    if number("errors") != 0.0 || number("requests") == 0.0 {
        return Err(format!("some requests failed: {line}").into());
    }
    Ok(Load {
        requests: number("requests"),
        rate: number("requests") / (number("us") / 1e6),
        p50: number("p50"),
        p99: number("p99"),
    })
}
