//! What is done to keys and members, and to the clock.

use bitting_tests::{
    KEYS, Request, cast,
    clock::{START, at},
};

use crate::{
    draw,
    metered::Allowance,
    model::{Key, rfc3339},
    requests,
    world::{COMPANIES, DRIFT, World, text},
};

impl World {
    pub(crate) async fn create(&mut self, step: usize) {
        let now = self.model.now;
        let mut settings = draw::settings(&self.random, now, now, step);
        settings.enabled = true;
        let which = self.random.below(3);
        // The first two kinds are made here; the third has a secret that can be rolled.
        if which < 2 {
            let (company, mut owner) = (COMPANIES[which], self.members[which]);
            if draw::one_in(&self.random, 2) {
                owner = [cast::MEMBER, cast::STRANGER][which];
            }
            let token = self.admin_of(company);
            let request = requests::create(&settings, owner);
            let made = self.ask(request, &token).await.expect(201).json();
            self.touched = self.model.add(Key {
                id: text(&made["key"]["id"]),
                number: None,
                company,
                owner,
                made: now,
                settings,
                revoked: false,
                secret: Some(text(&made["secret"])),
                old: Vec::new(),
                gone: Vec::new(),
                allowance: Allowance::default(),
            });
            return;
        }
        let name = settings.name.clone();
        let planted = self.server.personal(&name).await;
        // A planted key starts long ago, and was made then.
        let made = at("2024-01-01 00:00:00").seconds();
        settings.start = made;
        let id = planted.id.to_string();
        let request = requests::replace(&id, &settings);
        let token = self.admin_of(cast::COMPANY);
        self.ask(request, &token).await.expect(200);
        self.touched = self.model.add(Key {
            id,
            number: Some(planted.number.get()),
            company: cast::COMPANY,
            owner: cast::MEMBER,
            made,
            settings,
            revoked: false,
            secret: Some(planted.secret),
            old: Vec::new(),
            gone: Vec::new(),
            allowance: Allowance::default(),
        });
    }

    pub(crate) async fn update(&mut self, step: usize) {
        let place = self.pick();
        let (now, key) = (self.model.now, &self.model.keys[place]);
        let (id, company, made) = (key.id.clone(), key.company, key.made);
        let settings = draw::settings(&self.random, now, made, step);
        let token = self.admin_of(company);
        let request = requests::replace(&id, &settings);
        let answer = self.ask(request, &token).await;
        assert_eq!(answer.status, 200, "{}\n{answer:?}", self.told(step));
        self.model.keys[place].settings = settings;
        self.touched = place;
    }

    pub(crate) async fn revoke(&mut self, step: usize) {
        let place = self.pick();
        let key = &self.model.keys[place];
        let path = requests::item(&key.id) + "/revoke";
        let token = self.admin_of(key.company);
        let answer = self.ask(Request::post(path).json("{}"), &token).await;
        assert_eq!(answer.status, 200, "{}\n{answer:?}", self.told(step));
        self.model.keys[place].revoked = true;
        self.touched = place;
    }

    pub(crate) async fn delete(&mut self, step: usize) {
        let place = self.pick();
        let key = &self.model.keys[place];
        let (path, token) = (requests::item(&key.id), self.admin_of(key.company));
        let answer = self.ask(Request::delete(path), &token).await;
        assert_eq!(answer.status, 204, "{}\n{answer:?}", self.told(step));
        self.model.delete(place);
        self.touched = place;
    }

    pub(crate) async fn roll(&mut self, step: usize) {
        let place = self.pick();
        let Some(number) = self.model.keys[place].number else {
            return;
        };
        let token = self.admin.clone();
        let request = Request::post(format!("{KEYS}/{number}/roll"));
        let answer = self.ask(request, &token).await;
        assert_eq!(answer.status, 200, "{}\n{answer:?}", self.told(step));
        self.model.roll(place, text(&answer.json()["secret"]));
        self.touched = place;
    }

    /// With no overlap, with a short one, or with one that the clock often runs over.
    pub(crate) async fn rotate(&mut self, step: usize) {
        let place = self.pick();
        let overlap = *self.random.pick(&[0, 1, 5, 5_000, 5_000]);
        self.verify_secrets(place, step).await;
        let key = &self.model.keys[place];
        let path = requests::item(&key.id) + "/rotate";
        let token = self.admin_of(key.company);
        let body = format!(r#"{{"overlap_seconds":{overlap}}}"#);
        let answer = self.ask(Request::post(path).json(body), &token).await;
        self.touched = place;
        if let Some(refused) = self.model.unrotatable(place, overlap) {
            assert_eq!(answer.status, 409, "{}\n{answer:?}", self.told(step));
            assert_eq!(answer.json()["error_code"], refused, "{}", self.told(step));
            return;
        }
        assert_eq!(answer.status, 200, "{}\n{answer:?}", self.told(step));
        let secret = text(&answer.json()["secret"]);
        self.model.rotate(place, overlap, secret);
        self.verify_secrets(place, step).await;
    }

    /// Ends one of the secrets that are listed, which are those that the model knows.
    pub(crate) async fn retire(&mut self, step: usize) {
        let place = self.pick();
        self.verify_secrets(place, step).await;
        let key = self.model.keys[place].clone();
        let path = requests::item(&key.id) + "/secrets";
        let token = self.admin_of(key.company);
        let listed = self.ask(Request::get(&path), &token).await;
        let listed = listed.expect(200).json();
        let items = listed["items"].as_array().expect("items").clone();
        let now = self.model.now;
        let mut working: Vec<_> = key.old.iter().filter(|(_, until)| now < *until).collect();
        assert_eq!(items.len(), 1 + working.len(), "{}", self.told(step));
        let which = self.random.below(items.len());
        let item = &items[which];
        let retire = Request::delete(format!("{path}/{}", text(&item["id"])));
        let answer = self.ask(retire, &token).await;
        self.touched = place;
        if which == 0 {
            assert!(item["retires_at"].is_null(), "{}", self.told(step));
            assert_eq!(answer.status, 409, "{}\n{answer:?}", self.told(step));
            return;
        }
        assert_eq!(answer.status, 204, "{}\n{answer:?}", self.told(step));
        // Hints tell secrets apart, as they do for people.
        let hint = text(&item["hint"]).replace('…', "");
        working.retain(|(secret, _)| secret.ends_with(&hint));
        let [(secret, until)] = working[..] else {
            panic!("{}: {hint} is of one secret", self.told(step));
        };
        assert_eq!(item["retires_at"], rfc3339(*until), "{}", self.told(step));
        let old = key.old.iter().position(|(old, _)| old == secret);
        self.model.retire(place, old.expect("it is there"));
        self.verify_secrets(place, step).await;
    }

    /// Switches a member on or off.
    pub(crate) async fn switch(&mut self, step: usize) {
        let which = self.random.below(2);
        let (company, member) = (COMPANIES[which], self.members[which]);
        let enabled = self.model.off.remove(&member);
        if !enabled {
            self.model.off.insert(member);
        }
        let path = format!("/v1/companies/{company}/members/{member}");
        let body = format!(r#"{{"name":"member","enabled":{enabled}}}"#);
        let token = self.admin_of(company);
        let answer = self.ask(Request::put(path).json(body), &token).await;
        assert_eq!(answer.status, 200, "{}\n{answer:?}", self.told(step));
    }

    /// Moves the clock, either way, or to where something begins or ends.
    pub(crate) fn tick(&mut self) {
        let place = self.pick();
        let ends = self.model.keys[place].old.iter().map(|(_, until)| *until);
        let retires = ends.min();
        let key = &self.model.keys[place].settings;
        let to = match self.random.below(5) {
            4 => retires.unwrap_or(self.model.now + 1),
            0 => key.end.unwrap_or(key.start),
            1 => key.start,
            2 => self.model.now + draw::seconds(&self.random, 2),
            _ => self.model.now + draw::seconds(&self.random, 6_000),
        };
        let begin = at(START).seconds();
        let to = to.clamp(begin - DRIFT, begin + DRIFT);
        self.server.clock.advance(to - self.model.now);
        self.model.now = to;
    }

    pub(crate) async fn revoke_itself(&mut self, step: usize) {
        let place = self.pick();
        let key = &self.model.keys[place];
        let good = self.model.useless(key).is_none();
        let secret = key.secret.clone().expect("it is there");
        let request = Request::post("/v1/whoami/revoke").json("{}");
        let answer = self.ask(request, &secret).await;
        let status = if good { 200 } else { 401 };
        assert_eq!(answer.status, status, "{}\n{answer:?}", self.told(step));
        self.model.keys[place].revoked |= good;
        self.touched = place;
    }
}
