#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};

use super::*;
use crate::{
    Keys, Ocamba, Token,
    fixtures::{answer, gateway},
};

fn ok(body: &Value) -> String {
    answer(
        "200 OK",
        "content-type: application/json\r\n",
        &body.to_string(),
    )
}

fn company(id: u32) -> Value {
    json!({ "id": id.to_string(), "name": "n", "enabled": true, "created_at": "2026-01-01T00:00:00Z" })
}

fn page(ids: &[u32], next: Option<&str>) -> String {
    let items: Vec<_> = ids.iter().copied().map(company).collect();
    ok(&json!({ "items": items, "next_page": next }))
}

fn client(url: &str) -> Keys {
    Keys::new(url, &Token::new("hunter2").unwrap()).unwrap()
}

/// The first line of a request.
fn line(request: &str) -> &str {
    request.lines().next().unwrap()
}

#[tokio::test]
async fn every_page_is_read_with_what_was_set() {
    let pages = vec![
        page(&[1, 2], Some("aa")),
        page(&[], Some("bb")),
        page(&[3], None),
    ];
    let (url, sent) = gateway(pages).await;
    let client = client(&url);
    let items = client.company_list().limit(2_u32).items();
    let items: Vec<_> = items.try_collect().await.unwrap();
    let ids: Vec<_> = items.iter().map(|company| company.id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    let sent = sent.await.unwrap();
    let lines: Vec<_> = sent.iter().map(|request| line(request)).collect();
    assert_eq!(
        lines,
        [
            "GET /v1/companies?limit=2 HTTP/1.1",
            "GET /v1/companies?limit=2&page_token=aa HTTP/1.1",
            "GET /v1/companies?limit=2&page_token=bb HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn a_stream_ends_with_the_first_error() {
    let refused = answer("404 Not Found", "", "<html>");
    let (url, _) = gateway(vec![page(&[1], Some("aa")), refused]).await;
    let client = client(&url);
    let mut items = client.company_list().items();
    assert_eq!(items.try_next().await.unwrap().unwrap().id.as_str(), "1");
    assert!(items.try_next().await.unwrap_err().is_not_found());
    assert!(items.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_list_that_goes_round_has_an_end() {
    let (url, sent) = gateway(vec![page(&[1], Some("aa")), page(&[1], Some("aa"))]).await;
    let all: Result<Vec<_>, _> = client(&url).company_list().items().try_collect().await;
    assert!(matches!(all, Err(Error::Answer(_))), "{all:?}");
    assert_eq!(sent.await.unwrap().len(), 2);
}

#[tokio::test]
async fn numbered_pages_end_with_the_total_or_with_nothing() {
    let page = |ids: &[&str], total: u32| {
        let items: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
        ok(&json!({ "total": total, "items": items }))
    };
    for pages in [
        vec![page(&["1", "2"], 3), page(&["3"], 3)],
        // One was deleted meanwhile.
        vec![page(&["1", "2"], 4), page(&["3"], 4), page(&[], 4)],
    ] {
        let (count, (url, sent)) = (pages.len(), gateway(pages).await);
        let ocamba = Ocamba::new(&url, &Token::new("hunter2").unwrap()).unwrap();
        let items: Vec<_> = ocamba
            .key_list()
            .sort("name")
            .items()
            .try_collect()
            .await
            .unwrap();
        assert_eq!(items.len(), 3);
        let sent = sent.await.unwrap();
        for (number, request) in (1..=count).zip(&sent) {
            let begins = format!("GET /v2/ocamba/personal-api-keys?page={number}&sort=name ");
            assert!(line(request).starts_with(&begins), "{request}");
        }
    }
}
