//! What is printed.

use serde_json::{Map, Value, json};

/// Prints lines and remembers what was missed.
#[derive(Default)]
pub(crate) struct Report {
    measured: usize,
    missed: Vec<String>,
    noisy: bool,
}

impl Report {
    /// A line with a target.
    pub(crate) fn judge(
        &mut self,
        bench: &str,
        case: &str,
        values: Value,
        target: &str,
        met: bool,
    ) {
        self.measured += 1;
        if !met {
            self.missed.push(format!("{bench}: {case}"));
        }
        let mut values = values;
        values["target"] = json!(target);
        values["met"] = json!(met);
        tell(bench, case, values);
    }

    /// Notes that a part was measured while the machine was not quiet.
    pub(crate) fn note_noise(&mut self, noisy: bool) {
        self.noisy |= noisy;
    }

    /// The last line.
    pub(crate) fn end(&self) {
        let values = json!({
            "targets": self.measured,
            "missed": self.missed,
            "noisy": self.noisy,
            "met": self.missed.is_empty(),
        });
        tell("summary", "every target", values);
    }
}

/// Prints a line that has nothing to meet.
pub(crate) fn tell(bench: &str, case: &str, values: Value) {
    let mut line = Map::new();
    line.insert("bench".to_owned(), json!(bench));
    line.insert("case".to_owned(), json!(case));
    if let Value::Object(values) = values {
        line.extend(values);
    }
    println!("{}", Value::Object(line));
}

/// The middle one of `values`.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// `value` with three digits that count.
pub(crate) fn short(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}
