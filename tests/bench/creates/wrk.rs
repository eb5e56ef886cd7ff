//! The load generator.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use super::CONNECTIONS;
use crate::Failure;

const SCRIPT: &str = include_str!("create.lua");

/// What a load came to.
pub(super) struct Load {
    /// Creates a second.
    pub(super) rate: f64,
    /// Half of the creates took no longer, in microseconds.
    pub(super) p50: f64,
    /// 99 of 100 took no longer.
    pub(super) p99: f64,
}

/// Whether the generator is here.
pub(super) fn find() -> Result<(), Failure> {
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

/// Creates keys at `address` for so many seconds. Every answer must be good.
pub(super) fn create(
    address: SocketAddr,
    token: &str,
    directory: &Path,
    seconds: u32,
) -> Result<Load, Failure> {
    let script = directory.join("create.lua");
    fs::write(&script, SCRIPT)?;
    // On the core of this process, which is not the server's.
    let told = Command::new("wrk")
        .args([
            "-t1",
            &format!("-c{CONNECTIONS}"),
            &format!("-d{seconds}s"),
            "-s",
        ])
        .arg(&script)
        .arg(format!("http://{address}/v2/ocamba/personal-api-keys"))
        .env("BITTING_TOKEN", token)
        .output()?;
    let text = String::from_utf8_lossy(&told.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("RESULT "));
    let line = line.ok_or_else(|| format!("wrk told no result:\n{text}"))?;
    let result: Value = serde_json::from_str(line)?;
    let number = |name: &str| result[name].as_f64().unwrap_or(f64::NAN);
    if number("errors") != 0.0 || number("requests") == 0.0 {
        return Err(format!("some creates failed: {line}").into());
    }
    Ok(Load {
        rate: number("requests") / (number("us") / 1e6),
        p50: number("p50"),
        p99: number("p99"),
    })
}
