//! Whether answers are right. The generator looks at no body: what it is answered must have the length of what is
//! checked here, and an answer about a key that is refused is much shorter.

use serde_json::{Value, json};

use super::{
    BENCH,
    draws::{Bodies, Carrier, Draw, is_garbage, single},
    secrets::KEYS,
};
use crate::{
    Failure,
    http::{Answer, Connection},
    report::tell,
    server::Server,
};

/// How many bodies are checked.
const CHECKED: u64 = 200;
/// What lengths may differ by: answers that were under way at the end are not counted, and there may be numbers
/// in heads.
const LENGTH: f64 = 0.02;

/// The answer to the first key of a store, which is like those to all others.
pub(super) fn first(server: &Server, token: &str) -> Result<String, Failure> {
    let mut connection = Connection::open(server.address, token.to_owned())?;
    let answer = connection.post(Draw::Uniform.path(), &single(KEYS.secret(0)))?;
    let text = String::from_utf8(answer.body.to_vec())?;
    if serde_json::from_str::<Value>(&text)?["valid"] != true {
        return Err(format!("the first key of the store is not valid: {text}").into());
    }
    Ok(text)
}

/// Tells how long the answers of the servers that are compared are, which must be alike.
pub(super) fn compare(servers: &[(&str, &Server)], token: &str) -> Result<(), Failure> {
    let mut values = json!({});
    let mut lengths = Vec::new();
    for (name, server) in servers {
        let mut connection = Connection::open(server.address, token.to_owned())?;
        let answer = connection.post(Draw::Uniform.path(), &single(KEYS.secret(0)))?;
        values[name] = json!({"body": answer.body.len(), "with_head": answer.bytes});
        lengths.push(answer.body.len());
    }
    tell(BENCH, "bytes of an answer", values);
    if lengths.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err("the bodies that are compared differ in length".into());
    }
    Ok(())
}

/// Checks some answers of the server; how long they are on average, with their heads.
pub(super) fn check(
    server: &Server,
    token: &str,
    draw: Draw,
    bodies: &Bodies,
) -> Result<f64, Failure> {
    let mut connection = Connection::open(server.address, token.to_owned())?;
    let (mut bytes, mut count) = (0, 0_u32);
    for (nth, body) in bodies.some(CHECKED)? {
        let answer = ask(&mut connection, token, draw, &body)?;
        bytes += answer.bytes;
        count += 1;
        if draw == Draw::Forward {
            // It was let in, or this would have failed.
            continue;
        }
        let told: Value = serde_json::from_slice(answer.body)?;
        let right = match told["results"].as_array() {
            Some(results) => results.iter().all(|result| result["valid"] == true),
            None if draw == Draw::Garbage && is_garbage(nth) => told["code"] == "not_found",
            None if draw == Draw::Introspect => told["active"] == true,
            None if draw == Draw::Metered => {
                told["valid"] == true && told["limits"][0].is_object() && told["quota"].is_object()
            }
            None => told["valid"] == true,
        };
        if !right {
            return Err(format!("{draw:?} keys: {body} was answered {told}").into());
        }
    }
    Ok(f64::from(u32::try_from(bytes)?) / f64::from(count))
}

/// Asks as the generator does.
fn ask<'a>(
    connection: &'a mut Connection,
    token: &str,
    draw: Draw,
    body: &str,
) -> Result<Answer<'a>, Failure> {
    let path = draw.path();
    match draw.carrier() {
        Carrier::Json => connection.post(path, body),
        Carrier::Form => {
            let headers = format!(
                "Authorization: Bearer {token}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            );
            connection.send("POST", path, &headers, Some(body), 200)
        }
        Carrier::Header => {
            let headers = format!("X-API-Key: {body}\r\n");
            connection.send("GET", path, &headers, None, 200)
        }
    }
}

/// Whether answers of `length` on average are those that were checked.
pub(super) fn expect(draw: Draw, length: f64, checked: f64) -> Result<(), Failure> {
    if (length / checked - 1.0).abs() <= LENGTH {
        return Ok(());
    }
    let problem = format!("{draw:?} keys: {length:.0} bytes an answer, and {checked:.0} are right");
    Err(problem.into())
}

/// Presents every body once, one after the other. Every key must be valid.
pub(super) fn sweep(server: &Server, token: &str, bodies: &Bodies) -> Result<(), Failure> {
    const VALID: &[u8] = br#""valid":true"#;
    let mut connection = Connection::open(server.address, token.to_owned())?;
    for (_, body) in bodies.some(bodies.count)? {
        let keys = body.matches("bit_").count();
        let answer = connection.post(Draw::Sweep.path(), &body)?.body;
        let valid = answer
            .windows(VALID.len())
            .filter(|window| *window == VALID)
            .count();
        if valid != keys {
            return Err(format!("{valid} keys of {keys} are valid").into());
        }
    }
    Ok(())
}
