//! What limits, a quota and the other doors to verification cost, against verifying keys that have none: in turns, in
//! one store of few keys.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{
    BENCH,
    draws::{Draw, single},
    rounds::{self, Load, Turns, ratios},
    secrets::KEYS,
};
use crate::{
    Failure,
    http::Connection,
    report::{Report, short},
    server::Server,
    setting::Setting,
};

/// How many keys there are of each kind: without limits, and with.
const SIZE: u64 = 1_000;
/// The least part of the rate of `verify` without limits.
const LEAST: f64 = 0.9;
/// Limits that are counted and never reached.
const LIMITS: &str = r#"{"limits":[
    {"name":"minute","limit":1000000000,"window_seconds":60},
    {"name":"hour","limit":1000000000,"window_seconds":3600}],
    "quota":{"remaining":1000000000000,"refill_amount":1000000000000,"refill_interval_seconds":86400}}"#;

/// Has all of them take turns.
pub(super) fn measure(
    setting: &Setting,
    report: &mut Report,
    directory: &Path,
) -> Result<(), Failure> {
    let data = setting.fresh("doors")?;
    let mut seed = setting.own_everywhere()?;
    seed.arg("seed").arg("--data").arg(&data);
    seed.args(["--keys", &(2 * SIZE).to_string()]);
    seed.arg("--sample").arg(data.join("sample"));
    if !seed.status()?.success() {
        return Err("the store could not be loaded".into());
    }
    let server = Server::start(setting, &data, &[])?;
    let token = server.token("root.key")?;
    limit(&server, &token)?;

    let write = |draw: Draw| draw.write(SIZE, directory);
    let (plain, metered) = (write(Draw::Hot)?, write(Draw::Metered)?);
    let (introspect, forward) = (write(Draw::Introspect)?, write(Draw::Forward)?);
    let turns = |name, draw, bodies| Turns::new(name, &server, draw, bodies).checked(&token);
    let mut turns = [
        turns("verify", Draw::Hot, &plain)?,
        turns("metered", Draw::Metered, &metered)?,
        turns("introspect", Draw::Introspect, &introspect)?,
        turns("forward_auth", Draw::Forward, &forward)?,
    ];
    let load = Load::new(setting, &token, directory);
    let floor = rounds::run(&load, SIZE, &mut turns)?;
    report.note_noise(floor.is_noisy());
    let [verify, others @ ..] = &turns;
    let cases = ["limits, quota and usage", "introspect", "forward_auth"];
    for (case, other) in cases.iter().zip(others) {
        let (of_rounds, ratio) = ratios(&other.rates, &verify.rates);
        let values = json!({
            "ratio": short(ratio),
            "ratio_of_rounds": of_rounds.iter().map(|ratio| short(*ratio)).collect::<Vec<_>>(),
            "pinned": setting.pinned(),
            "noisy": floor.is_noisy(),
        });
        let case = format!("{case} / verify without limits");
        report.judge(BENCH, &case, values, &format!(">= {LEAST}"), ratio >= LEAST);
    }
    drop(turns);
    server.stop()?;
    fs::remove_dir_all(&data)?;
    Ok(())
}

/// Gives the second half of the keys limits and a quota.
fn limit(server: &Server, token: &str) -> Result<(), Failure> {
    let mut connection = Connection::open(server.address, token.to_owned())?;
    for index in SIZE..2 * SIZE {
        let answer = connection.post(Draw::Hot.path(), &single(KEYS.secret(index)))?;
        let told: Value = serde_json::from_slice(answer.body)?;
        let id = told["key"]["id"].as_str().ok_or("a key has no id")?;
        let path = format!("/v1/keys/{id}/limits");
        connection.ask("PUT", &path, Some(LIMITS), 200)?;
    }
    Ok(())
}
