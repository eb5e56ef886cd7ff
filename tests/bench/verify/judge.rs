//! What is to be met.

use serde_json::json;

use super::{
    BENCH,
    draws::MANY,
    rounds::{Turns, ratios},
    stores::Memory,
};
use crate::{
    floor::Floor,
    report::{Report, median, short, tell},
};

/// Few keys: all of them are in the processor's caches.
const FEW: u64 = 1_000;
/// The least part of bare Dropshot's rate, with few keys and with many.
const OF_DROPSHOT_FEW: f64 = 0.90;
const OF_DROPSHOT: f64 = 0.85;
const OF_DROPSHOT_GOAL: f64 = 0.95;
/// The same of raw hyper's.
const OF_HYPER: f64 = 0.60;
const OF_HYPER_GOAL: f64 = 0.75;
/// How many times the keys that requests for one get through requests for many do.
const OF_SINGLE: f64 = 5.0;
/// What garbage may leave of the rate without it.
const OF_CLEAN: f64 = 0.95;
/// How many times bare Dropshot's 99th percentile.
const P99: f64 = 1.5;
/// Bytes for each key in memory.
const BYTES: f64 = 200.0;
/// Seconds from the start of the process to the first answer.
const START: f64 = 1.0;

/// Everything that had turns with a store.
pub(super) struct Compared<'a, 'b> {
    pub(super) size: u64,
    pub(super) dropshot: &'a Turns<'b>,
    pub(super) hyper: &'a Turns<'b>,
    pub(super) hot: &'a Turns<'b>,
    pub(super) uniform: &'a Turns<'b>,
    pub(super) garbage: &'a Turns<'b>,
    pub(super) batch: &'a Turns<'b>,
}

impl Compared<'_, '_> {
    pub(super) fn judge(&self, report: &mut Report, floor: &Floor, pinned: bool) {
        report.note_noise(floor.is_noisy());
        let noisy = floor.is_noisy();
        let mut least = |case: &str, over: &Turns<'_>, under: &Turns<'_>, least: f64, goal: f64| {
            let (of_rounds, ratio) = ratios(&over.rates, &under.rates);
            let (_, cost) = ratios(&under.costs, &over.costs);
            let mut values = json!({
                "ratio": short(ratio),
                "ratio_of_rounds": of_rounds.iter().map(|ratio| short(*ratio)).collect::<Vec<_>>(),
                "ratio_of_processor_time": short(cost),
                "pinned": pinned,
                "noisy": noisy,
            });
            if goal > least {
                values["goal"] = json!(format!(">= {goal}"));
                values["goal_met"] = json!(ratio >= goal);
            }
            let case = format!("{} keys, {case}", self.size);
            report.judge(BENCH, &case, values, &format!(">= {least}"), ratio >= least);
        };
        let of_dropshot = if self.size <= FEW {
            OF_DROPSHOT_FEW
        } else {
            OF_DROPSHOT
        };
        for (name, turns) in [("hot", self.hot), ("uniform", self.uniform)] {
            let case = format!("{name}: verify / bare Dropshot");
            least(&case, turns, self.dropshot, of_dropshot, OF_DROPSHOT_GOAL);
            let case = format!("{name}: verify / raw hyper");
            least(&case, turns, self.hyper, OF_HYPER, OF_HYPER_GOAL);
        }
        let case = "a tenth garbage / none";
        least(case, self.garbage, self.uniform, OF_CLEAN, OF_CLEAN);
        for (name, turns) in [("hot", self.hot), ("uniform", self.uniform)] {
            let (of_rounds, ratio) = ratios(&turns.p99, &self.dropshot.p99);
            let values = json!({
                "ratio": short(ratio),
                "ratio_of_rounds": of_rounds.iter().map(|ratio| short(*ratio)).collect::<Vec<_>>(),
                "us": short(median(&turns.p99)),
                "pinned": pinned,
                "noisy": noisy,
            });
            let case = format!("{} keys, {name}: p99 / bare Dropshot's", self.size);
            report.judge(BENCH, &case, values, &format!("<= {P99}"), ratio <= P99);
        }
        self.judge_batch(report, pinned, noisy);
        let (of_rounds, ratio) = ratios(&self.dropshot.rates, &self.hyper.rates);
        let values = json!({
            "ratio": short(ratio),
            "ratio_of_rounds": of_rounds.iter().map(|ratio| short(*ratio)).collect::<Vec<_>>(),
            // What the generator could not do, hyper cannot show.
            "generator_with_hyper": short(median(&self.hyper.busy)),
        });
        tell(BENCH, "bare Dropshot / raw hyper", values);
        tell(BENCH, "floor", floor.values());
    }

    /// Many keys in a request, in keys a second.
    fn judge_batch(&self, report: &mut Report, pinned: bool, noisy: bool) {
        #[expect(clippy::cast_precision_loss, reason = "a hundred")]
        let many = MANY as f64;
        let (of_rounds, ratio) = ratios(&self.batch.rates, &self.uniform.rates);
        let (of_rounds, ratio) = (of_rounds.iter().map(|of| of * many), ratio * many);
        let values = json!({
            "ratio": short(ratio),
            "ratio_of_rounds": of_rounds.map(short).collect::<Vec<_>>(),
            "keys_per_s": short(median(&self.batch.rates) * many),
            "pinned": pinned,
            "noisy": noisy,
        });
        let case = format!("{} keys, keys a second: batch / single", self.size);
        let target = format!(">= {OF_SINGLE}");
        report.judge(BENCH, &case, values, &target, ratio >= OF_SINGLE);
    }
}

/// What each key takes in memory: what a server has with many keys and not with few. Every key was asked for
/// before, so that none is left out.
pub(super) fn memory(report: &mut Report, few: (u64, Memory), many: (u64, Memory)) {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let for_each = |few_bytes: u64, many_bytes: u64| {
        many_bytes.saturating_sub(few_bytes) as f64 / (many.0 - few.0) as f64
    };
    let bytes = for_each(few.1.resident, many.1.resident);
    let values = json!({
        "bytes": short(bytes),
        "bytes_anonymous": short(for_each(few.1.anonymous, many.1.anonymous)),
        "resident_mib": many.1.resident >> 20,
    });
    let case = format!("{} keys, resident memory for each", many.0);
    let target = format!("<= {BYTES} bytes");
    report.judge(BENCH, &case, values, &target, bytes <= BYTES);
}

/// How long starts took, in seconds.
pub(super) fn start(report: &mut Report, size: u64, times: &[f64], worst: f64) {
    let seconds = median(times);
    let values = json!({
        "seconds": short(seconds),
        "seconds_of_starts": times.iter().map(|time| short(*time)).collect::<Vec<_>>(),
        "slowest_of_the_first_requests_ms": short(worst * 1e3),
    });
    let case = format!("{size} keys, from the start to the first answer");
    let target = format!("<= {START} s");
    report.judge(BENCH, &case, values, &target, seconds <= START);
}
