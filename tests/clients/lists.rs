//! Streams over the pages of a live server's lists.

use std::{collections::BTreeSet, fs};

use bitting_client::{Error, Keys, Ocamba, Paged as _, Token, keys::types::KeyCreate};
use bitting_core::Role;
use bitting_tests::Server;
use futures::TryStreamExt as _;
use serde_json::Value;

#[tokio::test]
async fn a_stream_goes_through_all_pages() -> Result<(), Error> {
    let server = Server::start().await;
    let (url, token) = (
        format!("http://{}", server.address),
        server.caller(Role::Root).await,
    );
    let token = Token::new(token).expect("a token");
    let keys = Keys::new(&url, &token).expect("a client");
    for number in 0..7 {
        let body = KeyCreate::builder().name(format!("streamed {number}"));
        keys.key_create().body(body).send().await?;
    }
    let list = keys.key_list().q("streamed").sort("name").limit(3_u32);
    let pages: Vec<_> = list.clone().pages().try_collect().await?;
    let sizes: Vec<_> = pages.iter().map(|page| page.items.len()).collect();
    assert_eq!(sizes, [3, 3, 1]);
    let names: Vec<_> = list.items().map_ok(|key| key.name).try_collect().await?;
    let expected: Vec<_> = (0..7).map(|number| format!("streamed {number}")).collect();
    assert_eq!(names, expected);

    let records: Vec<_> = keys.audit_list().limit(2_u32).items().try_collect().await?;
    let ids: BTreeSet<_> = records.iter().map(|record| record.id.as_str()).collect();
    assert!(
        records.len() >= 7 && ids.len() == records.len(),
        "{records:?}"
    );
    let companies: Vec<_> = keys
        .company_list()
        .limit(1_u32)
        .items()
        .try_collect()
        .await?;
    assert!(companies.len() > 1, "{companies:?}");
    let company = companies[0].id.clone();
    let members = keys.member_list().company(company).limit(1_u32).items();
    let members: Vec<_> = members.try_collect().await?;
    assert!(!members.is_empty());

    let ocamba = Ocamba::new(&url, &token).expect("a client");
    for number in 0..21 {
        let body = bitting_client::ocamba::types::KeyCreate::builder().name(format!("n{number}"));
        ocamba.key_create().body(body).send().await?;
    }
    let total = ocamba.key_list().send().await?.total;
    let all: Vec<_> = ocamba.key_list().sort("id").items().try_collect().await?;
    let ids: BTreeSet<_> = all.iter().filter_map(|key| key.id.as_ref()).collect();
    assert!(total > 20, "one page is no walk");
    assert_eq!((all.len() as u64, ids.len()), (total, all.len()));
    Ok(())
}

#[test]
fn every_list_that_has_pages_has_a_stream() {
    let text = fs::read_to_string(super::document()).expect("the document");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let operations = document["paths"].as_object().expect("paths").values();
    let operations = operations.flat_map(|path| path.as_object().expect("methods").values());
    let paged = operations.filter(|operation| {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        parameters
            .into_iter()
            .any(|parameter| parameter["name"] == "page_token")
    });
    let paged: BTreeSet<_> = paged
        .filter_map(|operation| operation["operationId"].as_str())
        .collect();
    // The test above walks each of these.
    let walked = BTreeSet::from(["audit_list", "company_list", "key_list", "member_list"]);
    assert_eq!(paged, walked);
}
