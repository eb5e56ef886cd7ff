//! A server, its model, and what is done to both.

use bitting_core::Role;
use bitting_tests::{
    Answer, Connection, Request, Seed, Server, Setup, cast, clock::START, clock::at,
    entropy::Seeded,
};
use serde_json::Value;

use crate::{draw, model::Model, requests};

/// How many keys are in use at most; those that were deleted count no more.
const KEYS_MAX: usize = 40;
/// How far the clock goes from where it began.
pub(crate) const DRIFT: i64 = 100_000;

/// A server and what is believed of it.
pub(crate) struct World {
    pub(crate) server: Server,
    connection: Connection,
    pub(crate) random: Seeded,
    seed: u64,
    pub(crate) model: Model,
    /// A key of an admin of each company.
    pub(crate) admin: String,
    other_admin: String,
    /// Other keys of the first company that verify: one that may do no more, and one that may do everything.
    pub(crate) verifiers: [String; 2],
    /// Members of each company who are switched off and on.
    pub(crate) members: [i64; 2],
    /// The key that something was last done to.
    pub(crate) touched: usize,
}

/// The companies of the cast.
pub(crate) const COMPANIES: [i64; 2] = [cast::COMPANY, cast::OTHER_COMPANY];

impl World {
    pub(crate) async fn new(setup: Setup, seed: u64) -> Self {
        let server = setup.start().await;
        // So that what surely is none is known from the beginning.
        server.filled().await;
        let admin = server.caller(Role::Admin).await;
        let other = Seed::caller(Role::Admin).of(cast::STRANGER);
        let other_admin = server.plant(other).await.secret;
        let verifiers = [
            server.caller(Role::Verify).await,
            server.caller(Role::Root).await,
        ];
        let mut world = Self {
            connection: Connection::open(server.address).await,
            random: Seeded::new(seed),
            seed,
            model: Model::at(at(START).seconds()),
            admin,
            other_admin,
            verifiers,
            members: [cast::COLLEAGUE, 0],
            touched: 0,
            server,
        };
        let path = format!("/v1/companies/{}/members", cast::OTHER_COMPANY);
        let request = Request::post(path).json(r#"{"name":"member","first_key":false}"#);
        let token = world.other_admin.clone();
        let made = world.ask(request, &token).await.expect(201).json();
        let id = made["member"]["id"].as_str().expect("an id");
        world.members[1] = id.parse().expect("a number");
        for step in 0..8 {
            world.create(step).await;
        }
        world
    }

    pub(crate) async fn ask(&mut self, request: Request, token: &str) -> Answer {
        requests::ask(&mut self.connection, request, token).await
    }

    pub(crate) fn admin_of(&self, company: i64) -> String {
        let own = company == cast::COMPANY;
        let token = if own { &self.admin } else { &self.other_admin };
        token.clone()
    }

    pub(crate) fn told(&self, step: usize) -> String {
        format!("seed {} step {step}", self.seed)
    }

    /// A key that was not deleted, the last one that something was done to more often than others.
    pub(crate) fn pick(&self) -> usize {
        let last = self.touched;
        if draw::one_in(&self.random, 2) && self.model.keys[last].secret.is_some() {
            return last;
        }
        let there = |place: &usize| self.model.keys[*place].secret.is_some();
        let places: Vec<_> = (0..self.model.keys.len()).filter(there).collect();
        *self.random.pick(&places)
    }

    /// Does something.
    pub(crate) async fn step(&mut self, step: usize) {
        let there = self.model.keys.iter().filter(|key| key.secret.is_some());
        let there = there.count();
        match self.random.below(48) {
            0..=2 if there < KEYS_MAX => self.create(step).await,
            3..=6 => self.update(step).await,
            7 => self.revoke(step).await,
            8 if there > 8 => self.delete(step).await,
            9..=10 => self.roll(step).await,
            11 => self.switch(step).await,
            12..=14 => self.tick(),
            15 => self.revoke_itself(step).await,
            16..=19 => self.whoami(step).await,
            29..=30 => self.limit(step).await,
            20..=22 => self.batch(step).await,
            23..=26 => self.rotate(step).await,
            27..=28 => self.retire(step).await,
            _ => self.verify(step).await,
        }
    }

    /// Asks about every key that there ever was.
    pub(crate) async fn check_all(&mut self, step: usize) {
        for place in 0..self.model.keys.len() {
            self.verify_key(place, step).await;
        }
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}
