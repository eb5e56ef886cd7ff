//! The page of one key.

use bitting_tests::{KEYS, Planted, Seed, Server, tools::CURL};

use super::{VIEWED, shape, strings, writer};

async fn planted() -> (Server, String, Planted) {
    let (server, token) = writer().await;
    let seed = Seed::personal("My API Key")
        .description("My API Key")
        .start("2021-11-25 13:45:03")
        .end("2024-11-25 13:45:03")
        .created("2021-11-25 13:45:03");
    let key = server.plant(seed).await;
    (server, token, key)
}

async fn view(server: &Server, token: &str, key: &Planted, query: &str) -> String {
    let url = format!("http://{}{KEYS}/{}{query}", server.address, key.number);
    let authorization = format!("Authorization: Bearer {token}");
    CURL.text(&["--silent", &url, "-H", &authorization]).await
}

#[tokio::test]
async fn curl_views_a_key() {
    if !CURL.is_there("pages view curl_views_a_key") {
        return;
    }
    let (server, token, key) = planted().await;
    for query in ["", "?view=default"] {
        let printed = view(&server, &token, &key, query).await;
        assert_eq!(shape(&printed), strings(VIEWED), "{query}");
        let shown: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
        assert_eq!(shown["secret"], key.secret.as_str());
        assert_eq!(shown["member_id"], "10001");
        assert_eq!(shown["status"], "active");
        assert_eq!(shown["end_time"], "2024-11-25 13:45:03");
    }
}

#[tokio::test]
async fn curl_views_all_of_a_key_or_some_of_it() {
    if !CURL.is_there("pages view curl_views_all_of_a_key_or_some_of_it") {
        return;
    }
    let (server, token, key) = planted().await;
    let printed = view(&server, &token, &key, "?view=full").await;
    let full = VIEWED.replace("id issuer_id", "id company_id issuer_id");
    assert_eq!(shape(&printed), strings(&full));
    let printed = view(&server, &token, &key, "?fields=id,name").await;
    assert_eq!(shape(&printed), strings("id name"));
    let printed = view(&server, &token, &key, "?view=full&fields=name").await;
    assert_eq!(shape(&printed), strings("name"), "fields win over view");
}
