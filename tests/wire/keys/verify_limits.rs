//! K142: what verification counts.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Success},
    Request, Seed, Server,
};
use serde_json::{Value, json};

use super::{BATCH, VERIFY, blamed, item, text, with};

const OP: &str = "key_verify";

struct World {
    server: Server,
    token: String,
    secret: String,
    path: String,
}

impl World {
    /// A key that has these limits and this quota.
    async fn new(allowance: Value) -> Self {
        let (server, token) = with(Role::Admin).await;
        let key = server.plant(Seed::own("x").scopes(&["a"])).await;
        let (secret, path) = (key.secret.clone(), item(&key));
        let world = Self {
            server,
            token,
            secret,
            path,
        };
        world.set(allowance).await;
        world
    }

    async fn set(&self, allowance: Value) {
        let request = Request::put(format!("{}/limits", self.path));
        let request = request.bearer(&self.token).json(allowance.to_string());
        self.server.send(&request).await.expect(200);
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "as it is written where it is made"
    )]
    fn question(&self, more: Value) -> Request {
        let mut body = json!({ "key": self.secret });
        for (member, value) in more.as_object().expect("an object") {
            body[member] = value.clone();
        }
        let request = Request::post(VERIFY).bearer(&self.token);
        request.json(body.to_string())
    }

    async fn ask(&self, more: Value) -> Value {
        let answer = self.server.send(&self.question(more)).await;
        answer.expect(200).json()
    }

    async fn code(&self, more: Value) -> String {
        text(&self.ask(more).await, "code").to_owned()
    }

    async fn record(&self, outcome: &str, more: Value) -> Value {
        let request = self.question(more);
        let answer = self.server.record(OP, Success, outcome, &request).await;
        answer.expect(200).json()
    }
}

fn limit(name: &str, limit: u32, window: u32) -> Value {
    json!({ "name": name, "limit": limit, "window_seconds": window })
}

#[tokio::test]
async fn k142_a_limit_lets_through_what_it_says_and_then_evenly() {
    let world = World::new(json!({ "limits": [limit("minute", 2, 60)], "quota": null })).await;
    let first = world.record("k142_first", json!({})).await;
    assert_eq!(first["limits"][0]["remaining"], 1);
    assert_eq!(world.code(json!({})).await, "valid");
    let limited = world.record("k142_rate_limited", json!({})).await;
    assert_eq!(limited["retry_after_seconds"], 30);
    assert_eq!(limited["key"]["name"], "x");
    world.server.clock.advance(29);
    assert_eq!(world.code(json!({})).await, "rate_limited");
    world.server.clock.advance(1);
    assert_eq!(world.code(json!({})).await, "valid");
    assert_eq!(world.code(json!({})).await, "rate_limited");
}

#[tokio::test]
async fn k142_only_what_would_be_valid_is_counted() {
    let allowance = json!({ "limits": [limit("a", 1, 60)], "quota": { "remaining": 1 } });
    let world = World::new(allowance).await;
    let refused = world
        .record("k142_not_counted", json!({ "scopes": ["b"] }))
        .await;
    assert_eq!(text(&refused, "code"), "insufficient_scope");
    assert_eq!(
        (&refused["limits"], &refused["quota"]),
        (&json!([]), &json!(null))
    );
    assert_eq!(world.code(json!({})).await, "valid");
}

#[tokio::test]
async fn k142_a_question_takes_from_all_that_count_it_or_from_none() {
    let limits = [limit("few", 2, 60), limit("many", 5, 60)];
    let allowance = json!({ "limits": limits, "quota": { "remaining": 4 } });
    let world = World::new(allowance).await;
    assert_eq!(world.code(json!({ "cost": 2 })).await, "valid");
    let limited = world.record("k142_one_of_two", json!({})).await;
    assert_eq!(text(&limited, "code"), "rate_limited");
    assert_eq!(limited["limits"][1]["remaining"], 3);
    assert_eq!(limited["quota"]["remaining"], 2);
    let named = world
        .record("k142_named", json!({ "limits": ["many", "none"] }))
        .await;
    assert_eq!(text(&named, "code"), "valid");
    assert_eq!(named["limits"].as_array().map(Vec::len), Some(1));
    let exceeded = json!({ "limits": ["many"], "cost": 2 });
    let exceeded = world.record("k142_quota_exceeded", exceeded).await;
    assert_eq!(text(&exceeded, "code"), "quota_exceeded");
    assert_eq!(exceeded["limits"][0]["remaining"], 2, "nothing was taken");
    assert_eq!(exceeded["retry_after_seconds"], Value::Null);
    assert_eq!(world.code(json!({ "limits": [] })).await, "valid");
    assert_eq!(world.code(json!({ "limits": [] })).await, "quota_exceeded");
    // Asked for nothing, both limits and quota are told.
    let free = world.record("k142_free", json!({ "cost": 0 })).await;
    assert_eq!(text(&free, "code"), "valid");
    assert_eq!(free["quota"]["remaining"], 0);
}

#[tokio::test]
async fn k142_what_costs_more_than_is_ever_let_through_need_not_wait() {
    let world = World::new(json!({ "limits": [limit("a", 2, 60)], "quota": null })).await;
    let never = world.record("k142_never", json!({ "cost": 3 })).await;
    assert_eq!(text(&never, "code"), "rate_limited");
    assert_eq!(never["retry_after_seconds"], Value::Null);
    assert_eq!(world.code(json!({ "cost": 2 })).await, "valid");
}

#[tokio::test]
async fn k142_a_quota_is_filled_up_and_outlives_a_restart() {
    let refill = json!({ "remaining": 3, "refill_amount": 2, "refill_interval_seconds": 60 });
    let mut world = World::new(json!({ "limits": null, "quota": refill })).await;
    assert_eq!(world.code(json!({ "cost": 3 })).await, "valid");
    world.server.restart().await;
    let exceeded = world.record("k142_quota_wait", json!({})).await;
    assert_eq!(text(&exceeded, "code"), "quota_exceeded");
    assert_eq!(exceeded["retry_after_seconds"], 60);
    let view = Request::get(&world.path).bearer(&world.token);
    let seen = world.server.send(&view).await.expect(200).json();
    assert_eq!(seen["quota"]["remaining"], 0);
    world.server.clock.advance(60);
    assert_eq!(world.code(json!({ "cost": 2 })).await, "valid");
    assert_eq!(world.code(json!({})).await, "quota_exceeded");
}

#[tokio::test]
async fn k141_what_was_used_stays_used_whatever_else_is_changed() {
    let allowance = json!({ "limits": [limit("a", 1, 60)], "quota": { "remaining": 2 } });
    let world = World::new(allowance).await;
    assert_eq!(world.code(json!({})).await, "valid");
    assert_eq!(world.code(json!({})).await, "rate_limited");
    // The key is forgotten with every change, and what was used of it is not.
    let mut settings = super::plain("renamed");
    settings["scopes"] = json!(["a"]);
    let rename = Request::put(&world.path).bearer(&world.token);
    let rename = rename.json(settings.to_string());
    world.server.send(&rename).await.expect(200);
    let after = world.ask(json!({})).await;
    assert_eq!(text(&after, "code"), "rate_limited");
    assert_eq!(text(&after["key"], "name"), "renamed");
    assert_eq!(after["quota"]["remaining"], 1);
    // A quota that is set is as it was set, though what was used before is not yet written.
    let anew = json!({ "limits": [limit("a", 1, 60)], "quota": { "remaining": 7 } });
    world.set(anew).await;
    let after = world.ask(json!({})).await;
    assert_eq!(text(&after, "code"), "rate_limited");
    assert_eq!(after["quota"]["remaining"], 7);
    world.set(json!({ "limits": null, "quota": null })).await;
    assert_eq!(world.code(json!({})).await, "valid");
}

#[tokio::test]
async fn k142_each_of_a_batch_is_counted() {
    let world = World::new(json!({ "limits": [limit("a", 2, 60)], "quota": null })).await;
    let question = json!({ "key": world.secret });
    let body = json!({ "keys": [question, question, question] });
    let request = Request::post(BATCH)
        .bearer(&world.token)
        .json(body.to_string());
    let answer = world
        .server
        .record("key_verify_batch", Success, "k142_counted", &request)
        .await;
    let results = answer.expect(200).json()["results"].take();
    let codes: Vec<_> = (0..3)
        .map(|n| text(&results[n], "code").to_owned())
        .collect();
    assert_eq!(codes, ["valid", "valid", "rate_limited"]);
}

#[tokio::test]
async fn k70_costs_and_names_that_are_none_are_refused() {
    let world = World::new(json!({ "limits": null, "quota": null })).await;
    let cost = "cost must be a whole number from 0 to 1000000";
    let form = "must have 1 to 50 of the characters A-Z a-z 0-9 _ . : -";
    let name = format!("limits must be names of limits: limits[1] {form}");
    let many: Vec<_> = (0..11).map(|n| n.to_string()).collect();
    for (outcome, more, reason) in [
        ("k70_cost_negative", json!({ "cost": -1 }), cost),
        ("k70_cost_huge", json!({ "cost": 1_000_001 }), cost),
        ("k70_cost_beyond_64_bits", json!({ "cost": 1e20 }), cost),
        ("k70_cost_fraction", json!({ "cost": 0.5 }), cost),
        ("k70_cost_text", json!({ "cost": "1" }), cost),
        (
            "k70_limits_text",
            json!({ "limits": "a" }),
            "limits must be an array",
        ),
        ("k70_limits_name", json!({ "limits": ["a", "b c"] }), &name),
        (
            "k70_limits_11",
            json!({ "limits": many }),
            "limits must have at most 10 elements",
        ),
    ] {
        let request = world.question(more);
        let answer = world.server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [reason], "{outcome}");
    }
    assert_eq!(
        world
            .code(json!({ "cost": 1_000_000, "limits": null }))
            .await,
        "valid"
    );
}
