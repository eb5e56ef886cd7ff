//! How soon a revoked key is refused: the next request is, and this is how long it takes to get there.

use serde_json::{Value, json};

use super::{
    BENCH,
    draws::{Draw, body},
};
use crate::{
    Failure,
    http::Connection,
    report::{median, short, tell},
    server::Server,
    setting::Setting,
};

const KEYS: &str = "/v1/keys";
/// How many keys are revoked.
const TIMES: usize = 101;

/// Revokes keys over one connection and verifies them over another, in a store of their own.
pub(super) fn measure(setting: &Setting) -> Result<(), Failure> {
    let directory = setting.fresh("revoke")?;
    let server = Server::start(setting, &directory, &[])?;
    let token = server.token("root.key")?;
    let mut owner = Connection::open(server.address, token.clone())?;
    let mut service = Connection::open(server.address, token)?;
    let (mut revoked, mut refused) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let made = owner.ask("POST", KEYS, Some(r#"{"name":"Bench"}"#), 201)?;
        let made: Value = serde_json::from_slice(made.body)?;
        let (Some(id), Some(secret)) = (made["key"]["id"].as_str(), made["secret"].as_str()) else {
            return Err("a new key has no id or no secret".into());
        };
        let body = body(secret);
        let path = Draw::Uniform.path();
        let good: Value = serde_json::from_slice(service.post(path, &body)?.body)?;
        let revocation = owner.post(&format!("{KEYS}/{id}/revoke"), "{}")?.took;
        let answer = service.post(path, &body)?;
        let took = revocation + answer.took;
        let told: Value = serde_json::from_slice(answer.body)?;
        if good["valid"] != true || told["code"] != "revoked" {
            return Err(format!("a key was {good} and, revoked, {told}").into());
        }
        revoked.push(revocation.as_secs_f64() * 1e3);
        refused.push(took.as_secs_f64() * 1e3);
    }
    server.stop()?;
    std::fs::remove_dir_all(&directory)?;
    let values = json!({
        "keys": TIMES,
        "revocation_ms": short(median(&revoked)),
        "with_the_refusal_ms": short(median(&refused)),
        "slowest_ms": short(refused.iter().copied().fold(0.0, f64::max)),
    });
    tell(BENCH, "from a revocation to its refusal", values);
    Ok(())
}
