//! Rounds: each has a turn of everything that is compared, in another order.

use std::path::Path;

use serde_json::json;

use super::{
    BENCH, answers,
    draws::{Bodies, Draw},
};
use crate::{
    Failure,
    floor::Floor,
    report::{median, short, tell},
    server::Server,
    setting::Setting,
    wrk::{self, Script, TOKEN},
};

const CONNECTIONS: usize = 32;
const SCRIPT: Script = Script {
    name: "post.lua",
    text: include_str!("post.lua"),
};

/// Something that is compared, and what came of it in each round.
pub(super) struct Turns<'a> {
    name: &'static str,
    server: &'a Server,
    draw: Draw,
    bodies: &'a Bodies,
    /// How long its answers are.
    length: Option<f64>,
    pub(super) rates: Vec<f64>,
    pub(super) p99: Vec<f64>,
    /// The server's processor time for each request, in microseconds.
    pub(super) costs: Vec<f64>,
    /// The part of its core that the generator needed.
    pub(super) busy: Vec<f64>,
}

/// With what and how long everything is asked.
pub(super) struct Load<'a> {
    setting: &'a Setting,
    token: &'a str,
    directory: &'a Path,
    rounds: u32,
    seconds: u32,
}

impl<'a> Load<'a> {
    pub(super) fn new(setting: &'a Setting, token: &'a str, directory: &'a Path) -> Self {
        let (rounds, seconds) = if setting.quick { (3, 1) } else { (11, 2) };
        Self {
            setting,
            token,
            directory,
            rounds,
            seconds,
        }
    }
}

impl<'a> Turns<'a> {
    pub(super) fn new(
        name: &'static str,
        server: &'a Server,
        draw: Draw,
        bodies: &'a Bodies,
    ) -> Self {
        Self {
            name,
            server,
            draw,
            bodies,
            length: None,
            rates: Vec::new(),
            p99: Vec::new(),
            costs: Vec::new(),
            busy: Vec::new(),
        }
    }

    /// The same, of a server whose answers are checked.
    pub(super) fn checked(mut self, token: &str) -> Result<Self, Failure> {
        let length = answers::check(self.server, token, self.draw, self.bodies)?;
        self.length = Some(length);
        Ok(self)
    }

    /// Has its turn in `round`.
    fn take(&mut self, load: &Load<'_>, round: u32) -> Result<(), Failure> {
        // Each round begins elsewhere, so that it does not meet the keys of the one before.
        let first = self.bodies.count * u64::from(round) / u64::from(load.rounds + 1);
        let (length, first) = (self.bodies.length.to_string(), first.to_string());
        let bodies = self.bodies.path.to_string_lossy();
        let told = [
            (TOKEN, load.token),
            ("BITTING_BODIES", &bodies),
            ("BITTING_LENGTH", &length),
            ("BITTING_FIRST", &first),
            ("BITTING_FORM", self.draw.carrier().name()),
        ];
        let (address, path) = (self.server.address, self.draw.path());
        let before = self.server.processor_time()?;
        let how = (CONNECTIONS, load.seconds);
        let done = wrk::load(SCRIPT, address, path, &told, load.directory, how)?;
        let spent = self.server.processor_time()?.saturating_sub(before);
        if let Some(length) = self.length {
            answers::expect(self.draw, done.bytes / done.requests, length)?;
        }
        // The first round warms up.
        if round > 0 {
            self.rates.push(done.rate);
            self.p99.push(done.p99);
            self.busy.push(done.busy);
            self.costs.push(spent.as_secs_f64() * 1e6 / done.requests);
        }
        Ok(())
    }
}

/// Runs all rounds for a store of `size`; whether the machine was quiet meanwhile.
pub(super) fn run(load: &Load<'_>, size: u64, turns: &mut [Turns<'_>]) -> Result<Floor, Failure> {
    let mut floor = Floor::default();
    for round in 0..=load.rounds {
        floor.sample(load.setting)?;
        let count = turns.len();
        for place in 0..count {
            turns[(place + round as usize) % count].take(load, round)?;
        }
        if round == 0 {
            continue;
        }
        let mut values = json!({"keys": size, "round": round});
        for turn in &*turns {
            let last = |values: &[f64]| short(values.last().copied().unwrap_or(f64::NAN));
            values[turn.name] = json!({
                "per_s": last(&turn.rates),
                "p99_us": last(&turn.p99),
                "cpu_us": last(&turn.costs),
                "generator": last(&turn.busy),
            });
        }
        tell(BENCH, "round", values);
    }
    floor.sample(load.setting)?;
    Ok(floor)
}

/// The ratio of each round, and their median.
pub(super) fn ratios(over: &[f64], under: &[f64]) -> (Vec<f64>, f64) {
    let of_rounds: Vec<_> = over
        .iter()
        .zip(under)
        .map(|(over, under)| over / under)
        .collect();
    let ratio = median(&of_rounds);
    (of_rounds, ratio)
}
