#![allow(clippy::unwrap_used)]
//! Against what may stand before a server: pages of HTML, answers that say when to come back, connections that are cut.

use http::HeaderValue;
use serde_json::json;

use super::*;
use crate::{
    Error, Keys, Options, Token,
    fixtures::{ID, answer, gateway},
    keys::types::{KeyCreate, KeyVerify},
};

const JSON: &str = "content-type: application/json\r\n";
const HTML: &str = "<html><h1>Bad gateway</h1></html>";

fn keys(url: &str, retry: Retry) -> Keys {
    let token = Token::new("hunter2").unwrap();
    Keys::new(url, Options::from(&token).retry(retry)).unwrap()
}

/// So that a test waits for nothing that it does not ask for.
fn eager() -> Retry {
    Retry {
        pause: Duration::from_millis(1),
        ..Retry::default()
    }
}

fn companies() -> String {
    answer("200 OK", JSON, r#"{"items":[],"next_page":null}"#)
}

fn cut() -> String {
    String::new()
}

/// The head of an answer and less than it promises.
fn cut_short() -> String {
    companies().replace("null}", "")
}

fn refused(status: &str, headers: &str) -> String {
    answer(status, headers, HTML)
}

/// What becomes of reading a list where these are the answers, and how many requests it takes.
async fn read(answers: Vec<String>, retry: Retry) -> (Result<(), Error>, usize) {
    let count = answers.len();
    let (url, sent) = gateway(answers).await;
    let read = keys(&url, retry).company_list().send().await;
    let read = read.map(|_| ()).map_err(Error::from);
    // What was not asked for is still waited for.
    let sent = if sent.is_finished() || read.is_ok() {
        sent.await.unwrap().len()
    } else {
        sent.abort();
        count - 1
    };
    (read, sent)
}

#[tokio::test]
async fn what_can_be_done_twice_is_sent_again() {
    for failed in [
        refused("502 Bad Gateway", ""),
        refused("503 Service Unavailable", "retry-after: 0\r\n"),
        refused("504 Gateway Timeout", ""),
        refused("408 Request Timeout", ""),
        refused("429 Too Many Requests", "retry-after: 0\r\n"),
        cut(),
        cut_short(),
    ] {
        let (read, sent) = read(vec![failed.clone(), failed.clone(), companies()], eager()).await;
        read.unwrap_or_else(|error| panic!("{error} after {failed}"));
        assert_eq!(sent, 3, "{failed}");
    }
}

#[tokio::test]
async fn what_does_not_get_better_is_not_sent_again() {
    for failed in [
        refused("401 Unauthorized", ""),
        refused("404 Not Found", "retry-after: 0\r\n"),
        refused("500 Internal Server Error", ""),
        // It would say when to come back if that helped.
        refused("429 Too Many Requests", ""),
    ] {
        let (read, sent) = read(vec![failed.clone(), companies()], eager()).await;
        assert!(read.is_err(), "{failed}");
        assert_eq!(sent, 1, "{failed}");
    }
}

#[tokio::test]
async fn attempts_and_time_have_an_end_and_the_last_refusal_is_told() {
    let failed = || refused("502 Bad Gateway", "");
    let (url, sent) = gateway(vec![failed(), failed(), failed()]).await;
    let error = keys(&url, eager()).company_list().send().await;
    let error = Error::from(error.unwrap_err());
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert_eq!(error.request_id(), Some(ID));
    assert_eq!(error.code(), None);
    assert!(
        error.to_string().contains("something in between"),
        "{error}"
    );
    assert_eq!(sent.await.unwrap().len(), 3);

    // Longer than it is let: whoever called is told how long.
    let busy = refused("503 Service Unavailable", "retry-after: 3600\r\n");
    let (read, sent) = read(vec![busy, companies()], eager()).await;
    assert_eq!(sent, 1);
    let wait = read.unwrap_err().retry_after();
    assert_eq!(wait, Some(Duration::from_secs(3600)));
}

#[tokio::test]
async fn none_is_none() {
    let (read, sent) = read(vec![cut(), companies()], Retry::none()).await;
    assert!(matches!(read, Err(Error::Connection(_))), "{read:?}");
    assert_eq!(sent, 1);
}

#[tokio::test]
async fn a_key_is_made_again_only_under_the_same_idempotency_key() {
    for (keyed, count) in [(false, 1), (true, 3)] {
        let failed = || refused("502 Bad Gateway", "");
        let (url, sent) = gateway(vec![failed(); count]).await;
        let keys = keys(&url, eager());
        let mut create = keys.key_create().body(KeyCreate::builder().name("n"));
        if keyed {
            create = create.idempotency_key("make-it-once".to_owned());
        }
        let error = Error::from(create.send().await.unwrap_err());
        assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
        let sent = sent.await.unwrap();
        assert_eq!(sent.len(), count);
        assert!(sent.iter().all(|again| *again == sent[0]), "{sent:?}");
        assert!(sent[0].contains(r#"{"name":"n"}"#), "{}", sent[0]);
    }
}

#[tokio::test]
async fn a_verification_is_counted_once() {
    let verify = async |answers: Vec<String>| {
        let (url, sent) = gateway(answers).await;
        let question = KeyVerify::builder().key("k");
        let found = keys(&url, eager()).key_verify().body(question).send().await;
        (found.map_err(Error::from), sent)
    };
    for failed in [refused("502 Bad Gateway", ""), cut_short()] {
        let (found, sent) = verify(vec![failed]).await;
        found.unwrap_err();
        assert_eq!(sent.await.unwrap().len(), 1);
    }
    // Nothing was done, and nothing was counted.
    let found = json!({
        "valid": false, "code": "malformed", "key": null, "limits": [], "quota": null,
        "retry_after_seconds": null,
    });
    let busy = refused("429 Too Many Requests", "retry-after: 0\r\n");
    let (found, sent) = verify(vec![busy, answer("200 OK", JSON, &found.to_string())]).await;
    assert!(!found.unwrap().valid);
    assert_eq!(sent.await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_connection_that_is_not_opened_is_tried_again_for_everything() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let keys = keys(&url, eager());
    let error = keys.key_verify().body(KeyVerify::builder().key("k")).send();
    let Error::Connection(error) = Error::from(error.await.unwrap_err()) else {
        panic!("no connection was refused");
    };
    assert!(error.is_connect());
    let post = keys.request(Method::POST, "/v1/verify").build().unwrap();
    let wait = eager().wait(Kind::of(&post), 1, &Err(error));
    assert!(wait.is_some());
}

#[test]
fn a_gateways_question_is_answered_with_429() {
    let keys = keys("http://127.0.0.1:9", eager());
    let kind = |method, path| Kind::of(&keys.request(method, path).build().unwrap());
    let asked = kind(Method::GET, "/v1/forward-auth?company=1");
    assert_eq!(asked, Kind::Gateway);
    assert_eq!(kind(Method::GET, "/v1/keys"), Kind::Repeatable);
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        assert_eq!(kind(method, "/v1/keys"), Kind::Once);
    }
    let mut headers = HeaderMap::new();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("0"));
    for status in [StatusCode::TOO_MANY_REQUESTS, StatusCode::BAD_GATEWAY] {
        assert_eq!(eager().wait_after(asked, 1, status, &headers), None);
    }
}

#[test]
fn pauses_double_and_never_end_before_the_server_says() {
    let retry = Retry::default();
    for (attempt, least, most) in [
        (1, 100, 200),
        (2, 200, 400),
        (3, 400, 800),
        (40, 2500, 5000),
    ] {
        for _ in 0..50 {
            let pause = retry.pause(attempt).as_millis();
            assert!((least..=most).contains(&pause), "{attempt}: {pause}");
        }
    }
    let status = StatusCode::TOO_MANY_REQUESTS;
    let wait = |text: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(text).unwrap());
        retry.wait_after(Kind::Once, 1, status, &headers)
    };
    for _ in 0..50 {
        let told = wait("7").unwrap().as_millis();
        assert!((7000..=7100).contains(&told), "{told}");
    }
    let hour = wait("Tue, 31 Dec 2999 23:59:59 GMT").unwrap();
    assert!(hour > Duration::from_secs(3600 * 24 * 365), "{hour:?}");
    // It is over.
    assert!(wait("Sun, 06 Nov 1994 08:49:37 GMT").unwrap() <= Duration::from_millis(100));
    assert_eq!(wait("soon"), None);
}
