//! How quiet the machine is: the same work, timed again and again between what is measured.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    Failure,
    report::{median, short},
    setting::Setting,
};

/// A machine whose slowest sample took this much longer than its fastest is not quiet.
const NOISY: f64 = 0.15;
/// Steps of the fixed work: some 40 ms.
const STEPS: u64 = 20_000_000;

/// Times the fixed work once, on the core that this runs on.
pub(crate) fn measure() -> Duration {
    let started = Instant::now();
    let mut state = black_box(0x9E37_79B9_7F4A_7C15_u64);
    for _ in 0..STEPS {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    black_box(state);
    started.elapsed()
}

/// Samples of both cores.
#[derive(Default)]
pub(crate) struct Floor {
    generator: Vec<f64>,
    server: Vec<f64>,
}

impl Floor {
    /// Takes a sample of each core.
    pub(crate) fn sample(&mut self, setting: &Setting) -> Result<(), Failure> {
        self.generator.push(measure().as_secs_f64());
        let told = setting.own_on_server_core()?.arg("floor").output()?;
        let seconds: f64 = String::from_utf8_lossy(&told.stdout).trim().parse()?;
        self.server.push(seconds);
        Ok(())
    }

    /// Whether the machine was not quiet.
    pub(crate) fn is_noisy(&self) -> bool {
        spread(&self.generator).max(spread(&self.server)) > NOISY
    }

    /// What was seen.
    pub(crate) fn values(&self) -> Value {
        let core = |samples: &[f64]| json!({"ms": short(median(samples) * 1e3), "spread": short(spread(samples))});
        json!({
            "samples": self.server.len(),
            "server_core": core(&self.server),
            "generator_core": core(&self.generator),
            "noisy": self.is_noisy(),
        })
    }
}

/// How much longer the slowest sample took than the fastest.
fn spread(samples: &[f64]) -> f64 {
    let least = samples.iter().copied().fold(f64::INFINITY, f64::min);
    let most = samples.iter().copied().fold(0.0, f64::max);
    if most == 0.0 { 0.0 } else { most / least - 1.0 }
}
