//! Random requests, the same in every run.

use bitting_api::operations::Surface;
use bitting_tests::{
    COMPANIES, Connection, KEYS, NAMED_KEYS, Request, Seed, entropy::Seeded, place::surface_of,
};

use super::{assert_calm, assert_well, root, writer};

/// How many of each kind.
const ROUNDS: usize = 1_500;

/// Pieces that queries are made of; half of them mean something.
const PIECES: &[&str] = &[
    "page",
    "sort",
    "fields",
    "view",
    "q",
    "q_fields",
    "id",
    "name",
    "status",
    "start_time",
    "end_time",
    "create_time",
    "update_time",
    "description",
    "secret",
    "=",
    "=",
    "=",
    "&",
    "&",
    ",",
    ":",
    "\\",
    "%22",
    "%",
    "%00",
    "%FF",
    "%C3",
    "%2C",
    "%3A",
    "+",
    "-",
    "0",
    "1",
    "7",
    "20",
    "1000",
    "9223372036854775807",
    "99999999999999999999",
    "eq:",
    "neq:",
    "gt:",
    "gte:",
    "lt:",
    "lte:",
    "in:",
    "nin:",
    "is:",
    "isn:",
    "r:",
    "rf:",
    "rl:",
    "rr:",
    "full",
    "default",
    "active",
    "pending",
    "expired",
    "2024-01-01",
    "2024-01-01%2000:00:00",
    "0000-00-00",
    "9999-12-31",
    "a",
    "A",
    "%C3%A9",
    "%F0%9F%97%9D",
    "x",
    "null",
    "'",
    ";",
    "--",
];

/// Pieces that bodies are made of.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"name\"",
    "\"description\"",
    "\"start_time\"",
    "\"end_time\"",
    "\"x\"",
    "\"\"",
    "\"2024-08-08 13:00:00\"",
    "\"2030-01-01 00:00:00\"",
    "null",
    "true",
    "1",
    "-0",
    "1e999",
    "\"\\u0000\"",
    "\"\\ud83d\"",
    "\"\\ud83d\\udddd\"",
    " ",
    "\n",
    "\"",
    "\\",
    "\0",
    "é",
    "\"name\":\"x\"",
    "\"end_time\":null",
];

fn query(random: &Seeded) -> String {
    (0..random.below(24))
        .map(|_| *random.pick(PIECES))
        .collect()
}

fn body(random: &Seeded) -> Vec<u8> {
    // Most of what is strung together is no JSON; a frame round it makes more of it good.
    let text = if random.below(4) == 0 {
        tokens(random)
    } else {
        object(random)
    };
    let mut body = text.into_bytes();
    if random.below(8) == 0 && !body.is_empty() {
        let place = random.below(body.len());
        body[place] = u8::try_from(random.below(256)).expect("a byte");
    }
    body
}

fn tokens(random: &Seeded) -> String {
    (0..random.below(20))
        .map(|_| *random.pick(TOKENS))
        .collect()
}

fn object(random: &Seeded) -> String {
    let member = |_| {
        let (name, value) = (random.pick(&TOKENS[6..12]), random.pick(&TOKENS[10..23]));
        format!("{name}:{value}")
    };
    let members: Vec<_> = (0..random.below(5)).map(member).collect();
    format!("{{{}}}", members.join(","))
}

#[tokio::test]
async fn random_requests_are_answered_calmly() {
    let (server, token) = writer().await;
    for name in ["a", "b", "c"] {
        server
            .plant(Seed::personal(name).end("2025-01-01 00:00:00"))
            .await;
    }
    let random = Seeded::new(0xB177_1176);
    let mut connection = Connection::open(server.address).await;
    let mut statuses = std::collections::BTreeMap::new();
    for round in 0..ROUNDS {
        let id = ["1", "2", "3", "4", "5", "999", "abc", "validate"];
        let item = format!("{KEYS}/{}", random.pick(&id));
        let request = match random.below(8) {
            0..=2 => Request::get(format!("{KEYS}?{}", query(&random))),
            3 => Request::get(format!("{item}?{}", query(&random))),
            4..=5 => Request::post(KEYS).json(body(&random)),
            6 => Request::patch(item).json(body(&random)),
            _ => Request::post(format!("{item}?{}", query(&random))).body(body(&random)),
        };
        let request = request.bearer(&token);
        connection.send(&request.bytes()).await;
        let Some(answer) = connection.answer(request.method()).await else {
            panic!("round {round}: closed without an answer to {request:?}");
        };
        assert_calm(&request, &answer);
        *statuses.entry(answer.status).or_insert(0) += 1;
        // A body that was not read may cost the connection; a new one costs little.
        if random.below(10) == 0 || answer.header("connection") == Some("close") {
            connection = Connection::open(server.address).await;
        }
    }
    // A fuzz that only ever meets one refusal tests nothing.
    for status in [200, 201, 204, 400, 404, 405] {
        assert!(
            statuses.contains_key(&status),
            "never {status}: {statuses:?}"
        );
    }
    assert_well(&server, &token).await;
}

/// Pieces that names and ids in paths are made of.
const SEGMENTS: &[&str] = &[
    "a", "A", "-", "_", "0", "x", "%61", "%00", "%2F", "%2e", ".", "%", "%zz", "%C3%A9", "%FF",
    "+", "'", "~", "6197120", "10001",
];

/// Pieces that the queries of lists are made of.
const PAGING: &[&str] = &[
    "limit",
    "page_token",
    "limit=5",
    "limit=1000",
    "=",
    "=",
    "&",
    "&",
    "0",
    "1",
    "7",
    "1001",
    "0101000000000000000000000000005e8f80386eb6f1",
    "010200000000005e8f800000000000002711b793df1d",
    "%30",
    "%FF",
    "%00",
    "x",
    "-",
];

/// Members of bodies, whole.
const MEMBERS_OF_BODIES: &[&str] = &[
    r#""name":"a""#,
    r#""name":"a-b_C9""#,
    r#""name":"a b""#,
    r#""name":"""#,
    r#""name":7"#,
    r#""name":"\u0000""#,
    r#""name":"\ud83d""#,
    r#""role":"read""#,
    r#""role":"write""#,
    r#""role":"admin""#,
    r#""role":"owner""#,
    r#""role":null"#,
    r#""first_key":false"#,
    r#""first_key":true"#,
    r#""first_key":0"#,
    r#""member_name":"Dana""#,
    r#""member_name":" ""#,
    r#""x":[1e999,{"a":[]}]"#,
    r#""x":{"x":"#,
];

fn pieces(random: &Seeded, of: &[&str], most: usize) -> String {
    (0..random.below(most)).map(|_| *random.pick(of)).collect()
}

/// A body of whole members, now and then with a byte that does not belong there.
fn members(random: &Seeded) -> Vec<u8> {
    let members: Vec<_> = (0..random.below(4))
        .map(|_| *random.pick(MEMBERS_OF_BODIES))
        .collect();
    let mut body = format!("{{{}}}", members.join(",")).into_bytes();
    if random.below(6) == 0 {
        let place = random.below(body.len());
        body[place] = u8::try_from(random.below(256)).expect("a byte");
    }
    body
}

/// A request of a surface that is not of personal keys; half of its path, query and body mean something.
fn elsewhere(random: &Seeded) -> Request {
    let segment = pieces(random, SEGMENTS, 5);
    let company = *random.pick(&["6197120", "7000001", "999", "x", &segment]);
    let query = pieces(random, PAGING, 8);
    let named = format!("{NAMED_KEYS}/{segment}");
    let members_of = format!("{COMPANIES}/{company}/members");
    match random.below(10) {
        0 => Request::post(NAMED_KEYS).json(members(random)),
        1 => Request::get(format!("{named}?{query}")),
        2 => Request::delete(named),
        3 => Request::get(format!("{NAMED_KEYS}?{query}")),
        4 => Request::post(COMPANIES).json(members(random)),
        5 => Request::get(format!("{COMPANIES}?{query}")),
        6 => Request::post(members_of).json(members(random)),
        7 => Request::get(format!("{members_of}?{query}")),
        8 => Request::get(format!("{members_of}/{segment}")),
        _ => {
            let method = *random.pick(&["PUT", "PATCH", "DELETE", "POST", "GET"]);
            let path = *random.pick(&["/v0/config", "/healthz", "/v0/cluster_healthz", COMPANIES]);
            Request::new(method, format!("{path}?{query}")).body(members(random))
        }
    }
}

#[tokio::test]
async fn random_requests_on_every_surface_are_answered_calmly() {
    let (server, token) = root().await;
    for name in ["a", "A", "x", "0"] {
        server.named(name).await;
    }
    let random = Seeded::new(0xB177_1177);
    let mut connection = Connection::open(server.address).await;
    let mut statuses = std::collections::BTreeMap::new();
    for round in 0..2 * ROUNDS {
        let request = elsewhere(&random).bearer(&token);
        connection.send(&request.bytes()).await;
        let Some(answer) = connection.answer(request.method()).await else {
            panic!("round {round}: closed without an answer to {request:?}");
        };
        assert_calm(&request, &answer);
        let surface = surface_of(&request).map(Surface::name);
        *statuses.entry((surface, answer.status)).or_insert(0) += 1;
        if random.below(10) == 0 || answer.header("connection") == Some("close") {
            connection = Connection::open(server.address).await;
        }
    }
    for (surface, wanted) in [
        (Surface::Feldera, &[200, 201, 400, 403, 404, 405, 409][..]),
        (Surface::Keys, &[200, 201, 400, 404, 405]),
    ] {
        for status in wanted {
            let seen = statuses.contains_key(&(Some(surface.name()), *status));
            assert!(seen, "never {status} of {surface:?}: {statuses:?}");
        }
    }
    assert_well(&server, &token).await;
}
