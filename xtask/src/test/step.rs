//! What was run, and what came of it.

use std::{
    error::Error,
    fmt,
    time::{Duration, Instant},
};

struct Step {
    name: &'static str,
    passed: bool,
    took: Duration,
}

/// The steps that were run, in order.
#[derive(Default)]
pub(super) struct Steps(Vec<Step>);

impl Steps {
    /// Runs a step; whether it passed.
    pub(super) fn run(
        &mut self,
        name: &'static str,
        step: impl FnOnce() -> Result<bool, Box<dyn Error>>,
    ) -> bool {
        println!("\n== {name} ==");
        let started = Instant::now();
        let passed = step().unwrap_or_else(|error| {
            println!("error: {error}");
            false
        });
        self.0.push(Step {
            name,
            passed,
            took: started.elapsed(),
        });
        passed
    }

    /// The names of those that failed.
    pub(super) fn failed(&self) -> Vec<&'static str> {
        self.0
            .iter()
            .filter(|step| !step.passed)
            .map(|step| step.name)
            .collect()
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<18} {:<8} seconds", "step", "result")?;
        for step in &self.0 {
            let result = if step.passed { "ok" } else { "FAILED" };
            writeln!(
                f,
                "{:<18} {result:<8} {:.1}",
                step.name,
                step.took.as_secs_f64()
            )?;
        }
        Ok(())
    }
}
