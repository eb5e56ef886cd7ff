//! Many at once: the server ends up where each of them believes it to be.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use bitting_core::Role;
use bitting_tests::{Answer, Connection, KEYS, Request, Server, entropy::Seeded};
use tokio::task::JoinSet;

use super::text;

const TASKS: usize = 64;
const STEPS: usize = 25;

/// What a key is believed to be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Believed {
    name: String,
    secret: String,
}

type Model = BTreeMap<String, Believed>;

struct Task {
    connection: Connection,
    token: String,
    random: Seeded,
    keys: Model,
    gone: Vec<String>,
}

impl Task {
    async fn ask(&mut self, request: Request) -> Answer {
        let request = request.bearer(&self.token);
        self.connection.send(&request.bytes()).await;
        let answer = self.connection.answer(request.method()).await;
        answer.expect("the server answers")
    }

    async fn step(&mut self, name: String) {
        let ids: Vec<_> = self.keys.keys().cloned().collect();
        if ids.is_empty() || self.random.below(3) == 0 {
            let body = format!(r#"{{"name":"{name}"}}"#);
            let made = self
                .ask(Request::post(KEYS).json(body))
                .await
                .expect(201)
                .json();
            let secret = text(&made, "secret").to_owned();
            self.keys
                .insert(text(&made, "id").to_owned(), Believed { name, secret });
            return;
        }
        let id = self.random.pick(&ids).clone();
        let item = format!("{KEYS}/{id}");
        match self.random.below(5) {
            0 => {
                let body = format!(r#"{{"name":"{name}"}}"#);
                self.ask(Request::patch(item).json(body)).await.expect(204);
                self.keys.get_mut(&id).expect("it is there").name = name;
            }
            1 => {
                let rolled = self
                    .ask(Request::post(item + "/roll"))
                    .await
                    .expect(200)
                    .json();
                let old = self.keys.get_mut(&id).expect("it is there");
                let secret = std::mem::replace(&mut old.secret, text(&rolled, "secret").to_owned());
                self.gone.push(secret);
            }
            2 => {
                self.ask(Request::delete(item)).await.expect(204);
                let old = self.keys.remove(&id).expect("it is there");
                self.gone.push(old.secret);
            }
            3 => {
                let shown = self.ask(Request::get(item)).await.expect(200).json();
                let believed = &self.keys[&id];
                assert_eq!(text(&shown, "name"), believed.name);
                assert_eq!(text(&shown, "secret"), believed.secret);
            }
            _ => {
                let page = self
                    .ask(Request::get(format!("{KEYS}?page=1,1000&fields=id,name")))
                    .await;
                let page = page.expect(200).json();
                let items = page["items"].as_array().expect("items");
                let total = page["total"].as_u64().expect("a total");
                assert_eq!(total, items.len() as u64, "one moment for both");
                let seen: BTreeMap<_, _> = items
                    .iter()
                    .map(|i| (text(i, "id"), text(i, "name")))
                    .collect();
                for (id, believed) in &self.keys {
                    assert_eq!(
                        seen.get(id.as_str()),
                        Some(&believed.name.as_str()),
                        "its own are there"
                    );
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_change_their_own_keys_end_where_they_believe_to_be() {
    let server = Arc::new(Server::start().await);
    let token = server.caller(Role::Write).await;
    let mut tasks = JoinSet::new();
    for number in 0..TASKS {
        let (address, token) = (server.address, token.clone());
        tasks.spawn(async move {
            let mut task = Task {
                connection: Connection::open(address).await,
                token,
                random: Seeded::new(number as u64),
                keys: Model::new(),
                gone: Vec::new(),
            };
            for step in 0..STEPS {
                task.step(format!("{number}-{step}")).await;
            }
            (task.keys, task.gone)
        });
    }
    let (mut keys, mut gone) = (Model::new(), Vec::new());
    while let Some(task) = tasks.join_next().await {
        let (theirs, lost) = task.expect("no task met anything unexpected");
        let before = keys.len();
        let more = theirs.len();
        keys.extend(theirs);
        assert_eq!(keys.len(), before + more, "an id was given twice");
        gone.extend(lost);
    }
    let request = Request::get(format!("{KEYS}?page=1,1000")).bearer(&token);
    let page = server.send(&request).await.expect(200).json();
    assert_eq!(page["total"], keys.len());
    let items = page["items"].as_array().expect("items");
    let found: Model = items
        .iter()
        .map(|item| {
            let believed = Believed {
                name: text(item, "name").to_owned(),
                secret: text(item, "secret").to_owned(),
            };
            (text(item, "id").to_owned(), believed)
        })
        .collect();
    assert_eq!(found, keys);
    let secrets: BTreeSet<_> = keys.values().map(|key| &key.secret).collect();
    assert_eq!(secrets.len(), keys.len(), "two keys have one secret");
    for key in keys.values() {
        assert!(server.accepts(&key.secret).await);
    }
    for secret in &gone {
        assert!(!server.accepts(secret).await);
    }
}

/// Sends one request from many connections at once.
async fn all_at_once(server: &Arc<Server>, request: Request, times: usize) -> Vec<Answer> {
    let mut tasks = JoinSet::new();
    for _ in 0..times {
        let (server, request) = (Arc::clone(server), request.clone());
        tasks.spawn(async move { server.send(&request).await });
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o60_of_many_who_delete_one_key_one_does() {
    let server = Arc::new(Server::start().await);
    let token = server.caller(Role::Write).await;
    for _ in 0..10 {
        let key = server.personal("x").await;
        let delete = Request::delete(format!("{KEYS}/{}", key.number)).bearer(&token);
        let answers = all_at_once(&server, delete, 16).await;
        let done = answers.iter().filter(|answer| answer.status == 204).count();
        let late = answers.iter().filter(|answer| answer.status == 404).count();
        assert_eq!((done, late), (1, 15));
    }
    let list = Request::get(KEYS).bearer(&token);
    assert_eq!(server.send(&list).await.json()["total"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o70_of_many_who_roll_one_key_one_has_the_secret_that_works() {
    let server = Arc::new(Server::start().await);
    let token = server.caller(Role::Write).await;
    let key = server.personal("x").await;
    let item = format!("{KEYS}/{}", key.number);
    let answers = all_at_once(
        &server,
        Request::post(format!("{item}/roll")).bearer(&token),
        16,
    )
    .await;
    let secrets: BTreeSet<_> = answers
        .into_iter()
        .map(|answer| text(&answer.expect(200).json(), "secret").to_owned())
        .collect();
    assert_eq!(secrets.len(), 16);
    let shown = server
        .send(&Request::get(item).bearer(&token))
        .await
        .expect(200)
        .json();
    for secret in &secrets {
        let last = shown["secret"] == secret.as_str();
        assert_eq!(server.accepts(secret).await, last);
    }
    assert!(secrets.contains(text(&shown, "secret")));
    assert!(!server.accepts(&key.secret).await);
}
