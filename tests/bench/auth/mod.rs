//! What authentication adds to a request: one that needs a credential against one that does not look at it, with
//! the same headers, about the same body, and the same way through the handler. The credential is known to the
//! server from the second request on. What is compared is the server's processor time, which another program on
//! the machine disturbs less than a rate.

use std::{
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use bitting_tests::issuer::{AUDIENCE, Algorithm, CLIENT, Issuer, Signer};
use serde_json::json;

use crate::{
    Failure,
    floor::Floor,
    report::{Report, median, short, tell},
    server::Server,
    setting::Setting,
    wrk::{self, Script, TOKEN},
};

const BENCH: &str = "auth";
const CONNECTIONS: usize = 32;
/// Answered to everybody.
const OPEN: &str = "/healthz";
/// Answered to whoever presents a good credential, of whatever kind and role.
const CLOSED: &str = "/v0/config";
/// What authentication may add.
const AT_MOST: f64 = 1.10;
const SCRIPT: Script = Script {
    name: "get.lua",
    text: include_str!("get.lua"),
};

/// A kind of credential, and what it costs in every round.
struct Kind {
    name: &'static str,
    token: String,
    ratios: Vec<f64>,
}

pub(crate) fn run(setting: &Setting, report: &mut Report) -> Result<(), Failure> {
    wrk::find()?;
    let (rounds, seconds) = if setting.quick { (3, 1) } else { (31, 1) };
    let directory = setting.fresh("auth")?;
    // The issuer runs in this process, and is asked once.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let signer = Signer::new(Algorithm::Rs256, "bench");
    let issuer = runtime.block_on(Issuer::start(&[&signer]));
    let url = issuer.url();
    let flags = [
        ["--oidc-issuer", &url],
        ["--oidc-audience", AUDIENCE],
        ["--oidc-client-id", CLIENT],
    ];
    let flags = flags.as_flattened();
    let server = Server::start(setting, &directory, flags)?;
    let mut kinds = [
        Kind {
            name: "API key",
            token: server.token("root.key")?,
            ratios: Vec::new(),
        },
        Kind {
            name: "login token",
            token: login_token(&issuer, &signer)?,
            ratios: Vec::new(),
        },
    ];
    let mut floor = Floor::default();
    for round in 1..=rounds {
        floor.sample(setting)?;
        for kind in &mut kinds {
            let cost = |path| cost(&server, path, &kind.token, &directory, seconds);
            // In turns, so that neither is always the first.
            let (open, closed) = if round % 2 == 0 {
                let open = cost(OPEN)?;
                (open, cost(CLOSED)?)
            } else {
                let closed = cost(CLOSED)?;
                (cost(OPEN)?, closed)
            };
            let values = json!({
                "round": round,
                "credential": kind.name,
                "open_cpu_us": short(open),
                "closed_cpu_us": short(closed),
            });
            tell(BENCH, "round", values);
            kind.ratios.push(closed / open);
        }
    }
    floor.sample(setting)?;
    report.note_noise(floor.is_noisy());
    tell(BENCH, "floor", floor.values());
    for kind in &kinds {
        let ratio = median(&kind.ratios);
        let values = json!({
            "ratio": short(ratio),
            "ratio_of_rounds": kind.ratios.iter().map(|ratio| short(*ratio)).collect::<Vec<_>>(),
            "pinned": setting.pinned(),
            "noisy": floor.is_noisy(),
        });
        let case = format!("cost with a known {} / without authentication", kind.name);
        report.judge(
            BENCH,
            &case,
            values,
            &format!("<= {AT_MOST}"),
            ratio <= AT_MOST,
        );
    }
    server.stop()?;
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

/// A token of the company that every store begins with.
fn login_token(issuer: &Issuer, signer: &Signer) -> Result<String, Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let now = i64::try_from(now.as_secs())?;
    // It outlives the benchmark.
    let claims = issuer
        .claims(now)
        .with("company", "1")
        .with("exp", now + 86_400);
    Ok(signer.token(&claims))
}

/// The processor time that a request for `path` costs the server, in microseconds.
fn cost(
    server: &Server,
    path: &str,
    token: &str,
    directory: &Path,
    seconds: u32,
) -> Result<f64, Failure> {
    let before = server.processor_time()?;
    let how = (CONNECTIONS, seconds);
    let told = &[(TOKEN, token)];
    let load = wrk::load(SCRIPT, server.address, path, told, directory, how)?;
    let spent = server.processor_time()?.saturating_sub(before);
    Ok(spent.as_secs_f64() * 1e6 / load.requests)
}
