//! Lists of members with few and many keys, over HTTP, asked of three servers in turns.

mod cases;
pub(crate) mod load;
mod shape;
mod stores;

use serde_json::{Value, json};

use self::{
    cases::{Case, Group, Target},
    stores::Listed,
};
use crate::{
    Failure,
    floor::Floor,
    report::{Report, median, short, tell},
    setting::Setting,
};

const BENCH: &str = "lists";
const PATH: &str = "/v2/ocamba/personal-api-keys";
/// How often each query is asked of each server.
const ROUNDS: usize = 21;
/// The same where answers take so little that chance is large beside them.
const ROUNDS_SMALL: usize = 101;

pub(crate) fn run(setting: &Setting, report: &mut Report) -> Result<(), Failure> {
    let sizes = if setting.quick {
        [1_000, 10_000, 100_000]
    } else {
        [1_000, 100_000, 1_000_000]
    };
    let mut stores = stores::open(setting, &sizes)?;
    let mut floor = Floor::default();
    let mut worst = Vec::new();
    floor.sample(setting)?;
    for group in cases::groups() {
        let mut largest = 0.0_f64;
        for case in &group.cases {
            let measured = measure(&mut stores, &group, case)?;
            largest = largest.max(measured.judged);
            let (target, met) = verdict(group.target, measured.judged, &stores);
            let label = format!("{}: {}", group.name, case.label);
            report.judge(BENCH, &label, measured.values, &target, met);
        }
        floor.sample(setting)?;
        worst.push((group, largest));
    }
    for (group, largest) in worst {
        let (target, met) = verdict(group.target, largest, &stores);
        let name = match group.target {
            Target::Ratio(_) => "worst_ratio",
            Target::Under(_) => "worst_ms",
        };
        let values = json!({
            name: short(largest),
            "cases": group.cases.len(),
            "pinned": setting.pinned(),
            "noisy": floor.is_noisy(),
        });
        report.judge(
            "lists, worst of each kind",
            group.name,
            values,
            &target,
            met,
        );
    }
    report.note_noise(floor.is_noisy());
    tell(BENCH, "floor", floor.values());
    for store in stores {
        store.server.stop()?;
    }
    Ok(())
}

struct Measured {
    values: Value,
    /// What the target is about.
    judged: f64,
}

fn measure(stores: &mut [Listed], group: &Group, case: &Case) -> Result<Measured, Failure> {
    let paths: Vec<_> = stores
        .iter()
        .map(|store| format!("{PATH}?{}", case.query(&store.shape)))
        .collect();
    // The first answer, which does not count, says how many match.
    let mut totals = Vec::new();
    for (store, path) in stores.iter_mut().zip(&paths) {
        let body: Value = serde_json::from_slice(store.connection(group.is_small).get(path)?.body)?;
        totals.push(body["total"].as_u64().ok_or("an answer has no total")?);
    }
    if let Some(matches) = case.matches
        && totals.iter().any(|total| *total != matches)
    {
        return Err(format!("{}: {matches} should match, and {totals:?} do", case.label).into());
    }
    let rounds = if group.is_small { ROUNDS_SMALL } else { ROUNDS };
    let mut times = vec![Vec::with_capacity(rounds); stores.len()];
    for _ in 0..rounds {
        for ((store, path), times) in stores.iter_mut().zip(&paths).zip(&mut times) {
            let took = store.connection(group.is_small).get(path)?.took;
            times.push(took.as_secs_f64() * 1e3);
        }
    }
    let medians: Vec<_> = times.iter().map(|times| median(times)).collect();
    let (smallest, largest) = (medians[0], medians[medians.len() - 1]);
    let ratio = largest / smallest;
    let by_size = |values: &[Value]| -> Value {
        stores
            .iter()
            .zip(values)
            .map(|(store, value)| (store.shape.size.to_string(), value.clone()))
            .collect()
    };
    let values = json!({
        "ms": by_size(&medians.iter().map(|ms| json!(short(*ms))).collect::<Vec<_>>()),
        "total": by_size(&totals.iter().map(|total| json!(total)).collect::<Vec<_>>()),
        "ratio": short(ratio),
    });
    let judged = match group.target {
        Target::Ratio(_) => ratio,
        Target::Under(_) => largest,
    };
    Ok(Measured { values, judged })
}

fn verdict(target: Target, judged: f64, stores: &[Listed]) -> (String, bool) {
    let size = |store: Option<&Listed>| store.map_or(0, |store| store.shape.size);
    let (smallest, largest) = (size(stores.first()), size(stores.last()));
    match target {
        Target::Ratio(most) => (format!("{largest} <= {most} x {smallest}"), judged <= most),
        Target::Under(most) => (format!("{largest} <= {most} ms"), judged <= most),
    }
}
