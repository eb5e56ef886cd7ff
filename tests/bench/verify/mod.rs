//! Verifying keys over HTTP, against a server that verifies nothing: with few keys and with millions, those that
//! are asked for again and again and those drawn evenly from all. The caller presents its own key in every
//! request. Those that verify nothing are sent the same requests and answer as much.

mod answers;
mod doors;
mod draws;
pub(crate) mod floors;
mod judge;
mod revoke;
mod rounds;
mod secrets;
pub(crate) mod seed;
mod start;
mod stores;

use std::{fs, path::Path};

use self::{
    draws::Draw,
    floors::Kind,
    judge::Compared,
    rounds::{Load, Turns},
    stores::Memory,
};
use crate::{Failure, report::Report, server::Server, setting::Setting, wrk};

const BENCH: &str = "verify";

/// The stores that are asked, by their size: what is said of memory and of the start is said of the second.
const SIZES: [u64; 3] = [1_000, 1_000_000, 10_000_000];
const SIZES_QUICK: [u64; 2] = [1_000, 100_000];

/// The servers that verify nothing.
struct Floors {
    dropshot: Server,
    hyper: Server,
}

pub(crate) fn run(setting: &Setting, report: &mut Report) -> Result<(), Failure> {
    wrk::find()?;
    let directory = setting.fresh(BENCH)?;
    let sizes = if setting.quick {
        &SIZES_QUICK[..]
    } else {
        &SIZES
    };
    let mut floors = None;
    let mut few = None;
    for (place, size) in sizes.iter().copied().enumerate() {
        let Some(data) = stores::directory(setting, size)? else {
            continue;
        };
        if place == 1 {
            start::measure(setting, &data, size, report)?;
        }
        let server = stores::serve(setting, &data, size)?;
        let token = server.token("root.key")?;
        let mut memory = stores::settle(&server, size)?;
        if place < 2 {
            memory = sweep(&server, &token, size, &directory)?;
        }
        match few {
            None => few = Some((size, memory)),
            Some(few) if place == 1 => judge::memory(report, few, (size, memory)),
            Some(_) => {}
        }
        let floors = match &mut floors {
            Some(floors) => floors,
            none => none.insert(start_floors(setting, &server, &token, &directory)?),
        };
        compare(setting, report, (size, &server), floors, &directory)?;
        server.stop()?;
    }
    doors::measure(setting, report, &directory)?;
    revoke::measure(setting)?;
    // Dropped, they are ended: there is nothing that they have to finish.
    drop(floors);
    fs::remove_dir_all(&directory)?;
    Ok(())
}

/// Asks for every key once; what the server has in memory afterwards.
fn sweep(server: &Server, token: &str, size: u64, directory: &Path) -> Result<Memory, Failure> {
    let bodies = Draw::Sweep.write(size, directory)?;
    answers::sweep(server, token, &bodies)?;
    fs::remove_file(&bodies.path)?;
    stores::memory(server)
}

fn start_floors(
    setting: &Setting,
    server: &Server,
    token: &str,
    directory: &Path,
) -> Result<Floors, Failure> {
    let answer = answers::first(server, token)?;
    let start = |kind| floors::start(setting, kind, &answer, directory);
    let floors = Floors {
        dropshot: start(Kind::Dropshot)?,
        hyper: start(Kind::Hyper)?,
    };
    let servers = [
        ("verify", server),
        ("dropshot", &floors.dropshot),
        ("hyper", &floors.hyper),
    ];
    answers::compare(&servers, token)?;
    Ok(floors)
}

/// Has the server with a store of `size` and those that verify nothing take turns.
fn compare(
    setting: &Setting,
    report: &mut Report,
    (size, server): (u64, &Server),
    floors: &Floors,
    directory: &Path,
) -> Result<(), Failure> {
    let token = server.token("root.key")?;
    let load = Load::new(setting, &token, directory);
    let [hot, uniform, garbage, batch] = {
        let write = |draw: Draw| draw.write(size, directory);
        [
            write(Draw::Hot)?,
            write(Draw::Uniform)?,
            write(Draw::Garbage)?,
            write(Draw::Batch)?,
        ]
    };
    let mut turns = [
        Turns::new("dropshot", &floors.dropshot, Draw::Uniform, &uniform),
        Turns::new("hyper", &floors.hyper, Draw::Uniform, &uniform),
        Turns::new("hot", server, Draw::Hot, &hot).checked(&token)?,
        Turns::new("uniform", server, Draw::Uniform, &uniform).checked(&token)?,
        Turns::new("garbage", server, Draw::Garbage, &garbage).checked(&token)?,
        Turns::new("batch", server, Draw::Batch, &batch).checked(&token)?,
    ];
    let floor = rounds::run(&load, size, &mut turns)?;
    let [dropshot, hyper, hot, uniform, garbage, batch] = &turns;
    let compared = Compared {
        size,
        dropshot,
        hyper,
        hot,
        uniform,
        garbage,
        batch,
    };
    compared.judge(report, &floor, setting.pinned());
    Ok(())
}
