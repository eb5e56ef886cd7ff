//! The bounds of the documents are those of the server: whatever the document says of an input is tried at the limit,
//! which is not refused for that input, and one past it, which is, by its name.
//!
//! The documents drive this: an input that is added is tried too.

mod documented;
mod tried;
mod values;

use bitting_api::operations::Surface;
use bitting_tests::{Request, Server};
use serde_json::Value;

use self::{
    documented::{Documented, body, members, target, with},
    tried::Tried,
    values::{Probe, probes},
};

/// Inputs whose length the document bounds so that readers know an order of magnitude, where what the server bounds is
/// something else: the name, and what that is.
const OTHERWISE_BOUNDED: &[(&str, &str)] = &[
    (
        "page_token",
        "opaque: the server reads its own tokens and no others",
    ),
    ("If-Match", "the server bounds the head of a request"),
    ("fields", "each name once is enough"),
    ("sort", "each name once is enough"),
    ("q_fields", "each name once is enough"),
    ("scopes", "a query has at most so many scopes, each so long"),
    ("action", "one of the names that the server knows"),
    ("page", "the numbers are bounded, each by itself"),
    ("id", "a filter has at most 1000 values"),
    ("name", "a filter has at most 1000 values"),
    ("status", "a filter has at most 1000 values"),
    ("start_time", "a filter has at most 1000 values"),
    ("end_time", "a filter has at most 1000 values"),
    ("create_time", "a filter has at most 1000 values"),
    ("update_time", "a filter has at most 1000 values"),
];

/// Whether `probe` says nothing about a parameter, which is text.
fn is_no_text(probe: &Probe) -> bool {
    // Nothing can be null, and an empty parameter is as one that is left out.
    probe.value.is_null() || probe.value == ""
}

fn is_otherwise_bounded(name: &str, probe: &Probe) -> bool {
    let listed = OTHERWISE_BOUNDED.iter().any(|(known, _)| *known == name);
    listed && probe.value.is_string()
}

fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(encode).collect()
}

fn as_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

async fn parameters_are_bounded(surface: Surface) -> Tried {
    let documented = Documented::of(surface);
    let server = Server::start().await;
    let mut tried = Tried::default();
    for (method, path, operation) in documented.operations() {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().expect("a name");
            let place = parameter["in"].as_str().expect("a place");
            if place == "path" {
                continue;
            }
            let schema = documented.resolve(&parameter["schema"]);
            for probe in probes(&documented, schema) {
                if is_no_text(&probe) || is_otherwise_bounded(name, &probe) {
                    continue;
                }
                let value = as_text(&probe.value);
                let query = match path.as_str() {
                    "/v1/forward-auth" if name != "company" => "company=6197120&",
                    _ => "",
                };
                let mut request = match place {
                    "query" => {
                        let pair = format!("{name}={}", encoded(&value));
                        Request::new(&method, format!("{}?{query}{pair}", target(&path)))
                    }
                    _ => Request::new(&method, target(&path)).header(name, &value),
                };
                if let Some(body) = body(&documented, operation) {
                    request = request.json(body.to_string());
                }
                tried.send(&server, surface, &[name], &probe, request).await;
            }
        }
    }
    tried
}

async fn members_are_bounded(surface: Surface) -> Tried {
    let documented = Documented::of(surface);
    let server = Server::start().await;
    let mut tried = Tried::default();
    for (method, path, operation) in documented.operations() {
        let Some(base) = body(&documented, operation) else {
            continue;
        };
        let content = &operation["requestBody"]["content"];
        let (kind, media) = content
            .as_object()
            .and_then(|c| c.iter().next())
            .expect("a type");
        let schema = documented.resolve(&media["schema"]);
        let is_form = kind != "application/json";
        let mut places = Vec::new();
        members(&documented, schema, &[], &mut places);
        for (way, member) in places {
            let names: Vec<_> = match &way[..] {
                // Whatever is wrong with a key to import is said of that key.
                [keys, _, name, ..] if path == "/v1/imports" && keys == "keys" => {
                    vec![name.as_str()]
                }
                [name, ..] => vec![name.as_str()],
                [] => continue,
            };
            for probe in probes(&documented, &member) {
                if is_form && !probe.value.is_string() || is_unsaid(&way, &probe) {
                    continue;
                }
                let body = with(&documented, schema, &base, &way, &probe.value);
                let request = Request::new(&method, target(&path));
                let request = if is_form {
                    let pairs = body.as_object().expect("a form").iter();
                    let pairs =
                        pairs.map(|(name, value)| format!("{name}={}", encoded(&as_text(value))));
                    request.form(pairs.collect::<Vec<_>>().join("&"))
                } else {
                    request.json(body.to_string())
                };
                tried.send(&server, surface, &names, &probe, request).await;
            }
        }
    }
    tried
}

/// What no schema can say of a member, so that it is not tried.
fn is_unsaid(way: &[String], probe: &Probe) -> bool {
    let names: Vec<_> = way.iter().map(String::as_str).collect();
    let longest = probe.value.as_str().is_some_and(|text| text.len() > 60_000);
    match names[..] {
        // What does not fit into a body is refused as a whole.
        [.., "key" | "token" | "token_type_hint"] => longest,
        // An id of nobody is refused too, by the same name; and each form of a digest has its own length.
        [.., "owner_id"] | ["keys", _, "digest" | "digest_form"] => {
            probe.fine && !probe.value.is_null()
        }
        // One of two must be there; and both of two, or neither.
        ["keys", _, "secret"] | [.., "quota", "refill_amount" | "refill_interval_seconds"] => {
            probe.value.is_null()
        }
        _ => false,
    }
}

#[tokio::test]
async fn the_parameters_of_every_surface_are_bounded_as_its_document_says() {
    for (surface, least) in [(Surface::Keys, 90), (Surface::Ocamba, 4)] {
        parameters_are_bounded(surface).await.assert(surface, least);
    }
}

#[tokio::test]
async fn the_bodies_of_every_surface_are_bounded_as_its_document_says() {
    for (surface, least) in [
        (Surface::Keys, 300),
        (Surface::Ocamba, 30),
        (Surface::Feldera, 8),
    ] {
        members_are_bounded(surface).await.assert(surface, least);
    }
}

#[test]
fn every_exception_is_an_input() {
    let documents = Surface::ALL.map(|surface| Documented::of(surface).root.to_string());
    for (name, why) in OTHERWISE_BOUNDED {
        let named = format!("\"name\":\"{name}\"");
        assert!(
            documents.iter().any(|text| text.contains(&named)),
            "{name}: {why}"
        );
    }
}
