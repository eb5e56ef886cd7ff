//! Random requests, the same in every run.

use bitting_tests::{Connection, KEYS, Request, Seed, entropy::Seeded};

use super::{assert_calm, assert_well, writer};

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
        assert_calm(&answer, request.method());
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
