//! How soon a server with many keys answers.

use std::{path::Path, time::Instant};

use serde_json::Value;

use super::{
    draws::{Draw, any, single},
    judge,
    secrets::KEYS,
    stores,
};
use crate::{Failure, http::Connection, report::Report, setting::Setting};

/// How often it is started.
const STARTS: u64 = 5;
/// How many requests follow at once, each for another key.
const REQUESTS: u64 = 200;

/// Starts a server on the store of `size` again and again, and verifies a key as soon as it listens.
pub(super) fn measure(
    setting: &Setting,
    directory: &Path,
    size: u64,
    report: &mut Report,
) -> Result<(), Failure> {
    let mut times = Vec::new();
    let mut worst = 0.0_f64;
    for start in 0..STARTS {
        // Made beforehand: they are not what is measured.
        let keys: Vec<_> = (0..=REQUESTS)
            .map(|nth| single(KEYS.secret(any(start << 32 | nth, size))))
            .collect();
        let started = Instant::now();
        let server = stores::serve(setting, directory, size)?;
        let mut connection = Connection::open(server.address, server.token("root.key")?)?;
        for (nth, key) in keys.iter().enumerate() {
            let answer = connection.post(Draw::Uniform.path(), key)?;
            let took = answer.took.as_secs_f64();
            let told: Value = serde_json::from_slice(answer.body)?;
            if told["valid"] != true {
                return Err(format!("after a start {key} was answered {told}").into());
            }
            if nth == 0 {
                times.push(started.elapsed().as_secs_f64());
            }
            worst = worst.max(took);
        }
        server.stop()?;
    }
    judge::start(report, size, &times, worst);
    Ok(())
}
