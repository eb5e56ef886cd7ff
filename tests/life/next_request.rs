//! O60, O70: what ends a secret ends it before it is answered.

use bitting_core::Role;
use bitting_tests::{Connection, KEYS, Request, Server};

/// How often. Each time, the request that ends a secret and the one that tries it are sent in one piece.
const TIMES: usize = 40;

async fn statuses(server: &Server, requests: &[Request]) -> Vec<u16> {
    let mut connection = Connection::open(server.address).await;
    let bytes: Vec<u8> = requests.iter().flat_map(Request::bytes).collect();
    connection.send(&bytes).await;
    let mut statuses = Vec::new();
    for request in requests {
        let answer = connection
            .answer(request.method())
            .await
            .expect("an answer");
        statuses.push(answer.status);
    }
    statuses
}

fn validate(secret: &str) -> Request {
    Request::post(format!("{KEYS}/validate")).bearer(secret)
}

#[tokio::test]
async fn o60_a_deleted_key_is_refused_by_the_very_next_request() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    for _ in 0..TIMES {
        let key = server.personal("x").await;
        let delete = Request::delete(format!("{KEYS}/{}", key.number)).bearer(&token);
        let requests = [validate(&key.secret), delete, validate(&key.secret)];
        assert_eq!(statuses(&server, &requests).await, [204, 204, 401]);
        assert!(!server.accepts(&key.secret).await);
    }
}

#[tokio::test]
async fn o70_a_rolled_secret_is_refused_by_the_very_next_request() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    for _ in 0..TIMES {
        let key = server.personal("x").await;
        let roll = Request::post(format!("{KEYS}/{}/roll", key.number)).bearer(&token);
        let requests = [validate(&key.secret), roll, validate(&key.secret)];
        assert_eq!(statuses(&server, &requests).await, [204, 200, 401]);
        assert!(!server.accepts(&key.secret).await);
    }
}

#[tokio::test]
async fn o50_a_key_whose_end_is_moved_to_now_is_refused_by_the_very_next_request() {
    let server = Server::start().await;
    let token = server.caller(Role::Write).await;
    for _ in 0..TIMES {
        let key = server.personal("x").await;
        let end = Request::patch(format!("{KEYS}/{}", key.number))
            .bearer(&token)
            .json(r#"{"end_time":"2024-08-09 13:05:50"}"#);
        let requests = [validate(&key.secret), end, validate(&key.secret)];
        assert_eq!(statuses(&server, &requests).await, [204, 204, 401]);
    }
}
