//! What is true of keys, by the words of the contract: written without a look at how the server decides.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
};

use chrono::DateTime;
use serde_json::{Value, json};

use crate::metered::{Allowance, Cost, untold};

/// A key.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) id: String,
    /// Its decimal id, where it was made on the surface that rolls keys.
    pub(crate) number: Option<i64>,
    pub(crate) company: i64,
    pub(crate) owner: i64,
    pub(crate) made: i64,
    pub(crate) settings: Settings,
    pub(crate) revoked: bool,
    /// The secret that leads to it; `None` of a deleted key.
    pub(crate) secret: Option<String>,
    /// Those that lead to it besides, each until a time.
    pub(crate) old: Vec<(String, i64)>,
    /// Those that led to it before.
    pub(crate) gone: Vec<String>,
    pub(crate) allowance: Allowance,
}

/// The most secrets of a key that work.
const SECRETS_MAX: usize = 10;

/// What can be changed about a key.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) name: String,
    pub(crate) start: i64,
    pub(crate) end: Option<i64>,
    pub(crate) enabled: bool,
    pub(crate) role: &'static str,
    pub(crate) scopes: BTreeSet<&'static str>,
    pub(crate) addresses: Vec<&'static str>,
    pub(crate) metadata: Value,
}

/// A question about a key, and whose company asks it.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) company: i64,
    pub(crate) secret: String,
    pub(crate) scopes: Vec<&'static str>,
    pub(crate) client: Option<&'static str>,
    pub(crate) cost: Cost,
}

/// All that there is.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) now: i64,
    pub(crate) keys: Vec<Key>,
    /// Members that are switched off.
    pub(crate) off: BTreeSet<i64>,
    /// Where each secret leads, and those that lead nowhere any more.
    places: BTreeMap<String, usize>,
}

/// A time as the surface writes it.
pub(crate) fn rfc3339(seconds: i64) -> String {
    let time = DateTime::from_timestamp(seconds, 0).expect("a time");
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An address as the number that it has among those of IPv6.
fn number(address: &str) -> u128 {
    let address: IpAddr = address.parse().expect("an address");
    match address {
        IpAddr::V4(four) => 0xffff_0000_0000 | u128::from(u32::from(four)),
        IpAddr::V6(six) => u128::from(six),
    }
}

fn is_within(client: &str, block: &str) -> bool {
    let (address, length) = block.split_once('/').unwrap_or((block, ""));
    let whole = if address.contains(':') { 128 } else { 32 };
    let length: u32 = if length.is_empty() {
        whole
    } else {
        length.parse().expect("a length")
    };
    let rest = whole - length;
    number(client) >> rest == number(address) >> rest
}

impl Model {
    /// Nothing yet.
    pub(crate) fn at(now: i64) -> Self {
        Self {
            now,
            keys: Vec::new(),
            off: BTreeSet::new(),
            places: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, key: Key) -> usize {
        let place = self.keys.len();
        let secret = key.secret.clone().expect("a new key has a secret");
        self.places.insert(secret, place);
        self.keys.push(key);
        place
    }

    /// Another secret in place of a key's.
    pub(crate) fn roll(&mut self, place: usize, secret: String) {
        self.places.insert(secret.clone(), place);
        let key = &mut self.keys[place];
        key.gone.extend(key.secret.replace(secret));
        key.gone.extend(key.old.drain(..).map(|(old, _)| old));
    }

    /// Why a key gets no new secret beside those that it has, if it gets none.
    pub(crate) fn unrotatable(&self, place: usize, overlap: i64) -> Option<&'static str> {
        let key = &self.keys[place];
        // Whether its owner is switched on is nothing of the key's own.
        let active = !key.revoked
            && key.settings.enabled
            && key.settings.start <= self.now
            && key.settings.end.is_none_or(|end| self.now < end);
        if !active {
            return Some("key_inactive");
        }
        let working = key.old.iter().filter(|(_, until)| self.now < *until);
        (overlap > 0 && 1 + working.count() >= SECRETS_MAX).then_some("too_many_secrets")
    }

    /// Another secret beside a key's, which go on for so many seconds.
    pub(crate) fn rotate(&mut self, place: usize, overlap: i64, secret: String) {
        self.places.insert(secret.clone(), place);
        let now = self.now;
        let key = &mut self.keys[place];
        let end = key.settings.end.unwrap_or(i64::MAX);
        let before = key.secret.replace(secret).expect("it was there");
        key.old.push((before, i64::MAX));
        for (old, until) in std::mem::take(&mut key.old) {
            let over = until <= now;
            let until = until.min(end).min(now + overlap);
            if over || until <= now {
                key.gone.push(old);
            } else {
                key.old.push((old, until));
            }
        }
    }

    /// An old secret of a key was ended.
    pub(crate) fn retire(&mut self, place: usize, which: usize) {
        let key = &mut self.keys[place];
        key.gone.push(key.old.remove(which).0);
    }

    pub(crate) fn delete(&mut self, place: usize) {
        let key = &mut self.keys[place];
        key.gone.extend(key.secret.take());
        key.gone.extend(key.old.drain(..).map(|(old, _)| old));
    }

    /// Why a key is of no use to anybody now, if it is of none.
    pub(crate) fn useless(&self, key: &Key) -> Option<&'static str> {
        let settings = &key.settings;
        if key.revoked {
            Some("revoked")
        } else if !settings.enabled || self.off.contains(&key.owner) {
            Some("disabled")
        } else if settings.end.is_some_and(|end| self.now >= end) {
            Some("expired")
        } else if self.now < settings.start {
            Some("pending")
        } else {
            None
        }
    }

    /// The key that a secret leads to.
    fn find(&self, secret: &str) -> Option<usize> {
        let place = *self.places.get(secret)?;
        let key = &self.keys[place];
        let works = |(old, until): &(String, i64)| old == secret && self.now < *until;
        let leads = key.secret.as_deref() == Some(secret) || key.old.iter().any(works);
        leads.then_some(place)
    }

    /// What a question is answered, whole.
    pub(crate) fn answer(&mut self, question: &Question) -> Value {
        let found = self.find(&question.secret);
        let Some(place) = found.filter(|place| self.keys[*place].company == question.company)
        else {
            let code = if question.secret.contains(' ') {
                "malformed"
            } else {
                "not_found"
            };
            return joined(json!({"valid": false, "code": code, "key": null}), untold());
        };
        let key = &self.keys[place];
        let settings = &key.settings;
        let from_there = |client| {
            let mut blocks = settings.addresses.iter();
            blocks.any(|block| is_within(client, block))
        };
        let mut code = if let Some(why) = self.useless(key) {
            why
        } else if !settings.addresses.is_empty() && !question.client.is_some_and(from_there) {
            "address_not_allowed"
        } else if question.scopes.iter().any(|s| !settings.scopes.contains(s)) {
            "insufficient_scope"
        } else {
            "valid"
        };
        let now = self.now;
        let key = &mut self.keys[place];
        let mut told = untold();
        if code == "valid" {
            (code, told) = key.allowance.take(&question.cost, now);
        }
        let settings = &key.settings;
        let found = json!({
            "valid": code == "valid",
            "code": code,
            "key": {
                "id": key.id,
                "company_id": key.company.to_string(),
                "member_id": key.owner.to_string(),
                "name": settings.name,
                "scopes": settings.scopes,
                "metadata": settings.metadata,
                "expires_at": settings.end.map(rfc3339),
            },
        });
        joined(found, told)
    }
}

/// One object of the members of two.
fn joined(mut one: Value, other: Value) -> Value {
    if let (Some(one), Value::Object(other)) = (one.as_object_mut(), other) {
        one.extend(other);
    }
    one
}

#[test]
fn the_model_knows_which_addresses_are_within_a_block() {
    for (client, block, within) in [
        ("192.0.2.7", "192.0.2.0/24", true),
        ("192.0.3.7", "192.0.2.0/24", false),
        ("::ffff:192.0.2.7", "192.0.2.7", true),
        ("2001:db8::1", "2001:db8::/32", true),
        ("2001:db9::1", "2001:db8::/32", false),
        ("192.0.2.8", "192.0.2.7", false),
    ] {
        assert_eq!(is_within(client, block), within, "{client} {block}");
    }
}
