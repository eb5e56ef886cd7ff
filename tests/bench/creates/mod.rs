//! Durable creates at 64 connections: over HTTP, on the store by itself, and on the store with a transaction
//! for each. Every round has a turn of each, on a fresh store and on the same core.

pub(crate) mod bare;

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    Failure,
    floor::Floor,
    report::{Report, median, short, tell},
    server::Server,
    setting::Setting,
    wrk::{self, Script, TOKEN},
};

const BENCH: &str = "creates";
/// How many creates are under way at a time.
pub(crate) const CONNECTIONS: usize = 64;
/// Where they are made.
const PATH: &str = "/v2/ocamba/personal-api-keys";
const SCRIPT: Script = Script {
    name: "create.lua",
    text: include_str!("create.lua"),
};
/// What a server may lose over its store.
const OF_BARE: f64 = 0.5;
/// What sharing transactions must gain.
const OF_SINGLE: f64 = 1.5;

/// Creates a second.
#[derive(Default)]
struct Rates {
    http: Vec<f64>,
    bare: Vec<f64>,
    single: Vec<f64>,
}

pub(crate) fn run(setting: &Setting, report: &mut Report) -> Result<(), Failure> {
    wrk::find()?;
    let (rounds, seconds) = if setting.quick { (2, 1) } else { (5, 4) };
    let mut rates = Rates::default();
    let mut floor = Floor::default();
    let mut latency = Vec::new();
    for round in 1..=rounds {
        floor.sample(setting)?;
        let http = over_http(setting, seconds)?;
        let bare = on_the_store(setting, seconds, None)?;
        let single = on_the_store(setting, seconds, Some(1))?;
        let values = json!({
            "round": round,
            "http_per_s": short(http.rate),
            "bare_per_s": short(bare),
            "transaction_each_per_s": short(single),
            "http_p50_us": http.p50,
            "http_p99_us": http.p99,
        });
        tell(BENCH, "round", values);
        rates.http.push(http.rate);
        rates.bare.push(bare);
        rates.single.push(single);
        latency.push(http.p99);
    }
    floor.sample(setting)?;
    report.note_noise(floor.is_noisy());
    tell(BENCH, "floor", floor.values());
    let noisy = floor.is_noisy();
    let mut judge = |case: &str, over: &[f64], under: &[f64], least: f64| {
        let of_rounds: Vec<_> = over
            .iter()
            .zip(under)
            .map(|(over, under)| over / under)
            .collect();
        let ratio = median(&of_rounds);
        let values = json!({
            "ratio": short(ratio),
            "ratio_of_rounds": of_rounds.iter().map(|ratio| short(*ratio)).collect::<Vec<_>>(),
            "pinned": setting.pinned(),
            "noisy": noisy,
        });
        report.judge(BENCH, case, values, &format!(">= {least}"), ratio >= least);
    };
    judge("http / bare store", &rates.http, &rates.bare, OF_BARE);
    judge(
        "http / a transaction each",
        &rates.http,
        &rates.single,
        OF_SINGLE,
    );
    judge(
        "bare store / a transaction each",
        &rates.bare,
        &rates.single,
        OF_SINGLE,
    );
    Ok(())
}

fn over_http(setting: &Setting, seconds: u32) -> Result<wrk::Load, Failure> {
    let directory = setting.fresh("creates")?;
    let server = Server::start(setting, &directory, &[])?;
    let token = server.token("root.key")?;
    let told = &[(TOKEN, token.as_str())];
    let create = |seconds| {
        let how = (CONNECTIONS, seconds);
        wrk::load(SCRIPT, server.address, PATH, told, &directory, how)
    };
    // The first second warms up.
    create(1)?;
    let load = create(seconds)?;
    server.stop()?;
    remove(&directory)?;
    Ok(load)
}

fn on_the_store(setting: &Setting, seconds: u32, group: Option<usize>) -> Result<f64, Failure> {
    let directory = setting.fresh("creates")?;
    let mut command = setting.own_on_server_core()?;
    command
        .arg("bare")
        .arg("--data")
        .arg(&directory)
        .args(["--seconds", &seconds.to_string()]);
    if let Some(group) = group {
        command.args(["--group", &group.to_string()]);
    }
    let told = command.stderr(std::process::Stdio::inherit()).output()?;
    remove(&directory)?;
    let told: Value = serde_json::from_slice(&told.stdout)?;
    told["per_s"]
        .as_f64()
        .ok_or_else(|| "the bare store told no rate".into())
}

fn remove(directory: &Path) -> Result<(), Failure> {
    Ok(fs::remove_dir_all(directory)?)
}
