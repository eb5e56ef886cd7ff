//! F13: many who want one name at once.

use std::sync::Arc;

use bitting_core::Role;
use bitting_tests::{Answer, Request, Seed, Server, cast};
use tokio::{sync::Barrier, task::JoinSet};

use super::{create, item, listed, text};

const MANY: usize = 32;

/// Sends all of `requests` at once, each on a connection of its own.
async fn at_once(server: &Arc<Server>, requests: Vec<Request>) -> Vec<Answer> {
    let gate = Arc::new(Barrier::new(requests.len()));
    let mut tasks = JoinSet::new();
    for request in requests {
        let (server, gate) = (Arc::clone(server), Arc::clone(&gate));
        tasks.spawn(async move {
            gate.wait().await;
            server.send(&request).await
        });
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f13_of_many_who_create_one_name_one_does_and_all_others_are_told_to_the_byte() {
    const TAKEN: &str = r#"{"message":"An entity with this name already exists","error_code":"DuplicateName","details":null}"#;
    let server = Arc::new(Server::start().await);
    let tokens = [
        server.caller(Role::Write).await,
        server.caller(Role::Root).await,
        server
            .plant(Seed::caller(Role::Admin).of(cast::COLLEAGUE))
            .await
            .secret,
    ];
    for round in 0..5 {
        let name = format!("wanted-{round}");
        let requests = (0..MANY).map(|i| create(&tokens[i % 3], &name)).collect();
        let (made, refused): (Vec<_>, Vec<_>) = at_once(&server, requests)
            .await
            .into_iter()
            .partition(|answer| answer.status == 201);
        assert_eq!((made.len(), refused.len()), (1, MANY - 1));
        for answer in refused {
            assert_eq!(answer.expect(409).text(), TAKEN);
        }
        assert!(server.accepts(&text(&made[0], "api_key")).await);
        let view = Request::get(item(&name)).bearer(&tokens[0]);
        let shown = server.send(&view).await.expect(200).json();
        assert_eq!(shown[0]["id"], made[0].json()["id"]);
    }
    assert_eq!(listed(&server, &tokens[0]).await.len(), 5);
}

/// A name goes from one key to the next without ever having two.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f13_creates_and_deletes_of_one_name_at_once_leave_one_key_or_none() {
    let server = Arc::new(Server::start().await);
    let token = server.caller(Role::Write).await;
    for _ in 0..10 {
        let requests = (0..MANY)
            .map(|i| match i % 2 {
                0 => create(&token, "x"),
                _ => Request::delete(item("x")).bearer(&token),
            })
            .collect();
        let answers = at_once(&server, requests).await;
        let count = |status| answers.iter().filter(|a| a.status == status).count();
        let left = listed(&server, &token).await.len();
        assert_eq!(count(201), count(200) + left, "each that is gone was there");
        assert_eq!(count(201) + count(409), MANY / 2);
        assert_eq!(count(200) + count(404), MANY / 2);
        let working = {
            let mut working = 0;
            for answer in answers.iter().filter(|answer| answer.status == 201) {
                working += usize::from(server.accepts(&text(answer, "api_key")).await);
            }
            working
        };
        assert_eq!(working, left);
        if left == 1 {
            let delete = Request::delete(item("x")).bearer(&token);
            server.send(&delete).await.expect(200);
        }
    }
}
