//! The page of all keys.

use bitting_tests::{
    Answer, KEYS, Seed, Server,
    tools::{CURL, NODE, PHP},
};
use serde_json::Value;

use super::{VIEWED, shape, strings, writer};

/// Keys 2 to 5: `Test`, `My API Key`, `sousa`, `Test`.
async fn planted() -> (Server, String) {
    let (server, token) = writer().await;
    for name in ["Test", "My API Key", "sousa", "Test"] {
        let seed = Seed::personal(name)
            .description("My API Key")
            .end("2030-01-01 00:00:00");
        server.plant(seed).await;
    }
    (server, token)
}

/// The ids on a page, in order.
fn ids(printed: &str) -> Vec<String> {
    let page: Value = serde_json::from_str(printed)
        .unwrap_or_else(|error| panic!("the answer is no page ({error}): {printed:?}"));
    assert_eq!(Answer::members(printed), ["total", "items"]);
    assert!(page["total"].is_u64(), "{printed}");
    let items = page["items"].as_array().expect("items");
    let id = |item: &Value| item["id"].as_str().expect("an id").to_owned();
    items.iter().map(id).collect()
}

/// Queries as the page spells them, and the ids that they find. Quotes are encoded, as in every URL.
const QUERIES: [(&str, &[&str]); 13] = [
    ("", &["2", "3", "4", "5"]),
    ("?page=1,10", &["2", "3", "4", "5"]),
    ("?page=2,3", &["5"]),
    ("?page=1", &["2", "3", "4", "5"]),
    ("?sort=name", &["3", "2", "5", "4"]),
    ("?sort=-id", &["5", "4", "3", "2"]),
    ("?sort=id,-name", &["2", "3", "4", "5"]),
    ("?q=sou", &["4"]),
    ("?q=sou&q_fields=name,description", &["4"]),
    ("?id=%223%22", &["3"]),
    ("?name=%22Test%22", &["2", "5"]),
    ("?view=full&sort=-name&page=1,1", &["4"]),
    ("?id=3&name=Test", &[]),
];

fn url(server: &Server, query: &str) -> String {
    format!("http://{}{KEYS}{query}", server.address)
}

#[tokio::test]
async fn curl_lists_keys_as_the_page_says() {
    if !CURL.is_there("pages list curl_lists_keys_as_the_page_says") {
        return;
    }
    let (server, token) = planted().await;
    let authorization = format!("Authorization: Bearer {token}");
    for (query, expected) in QUERIES {
        let url = url(&server, query);
        let printed = CURL.text(&["--silent", &url, "-H", &authorization]).await;
        assert_eq!(ids(&printed), expected, "{query}");
    }
}

#[tokio::test]
async fn node_lists_keys_as_the_page_says() {
    if !NODE.is_there("pages list node_lists_keys_as_the_page_says") {
        return;
    }
    let (server, token) = planted().await;
    for (query, expected) in QUERIES {
        let program = format!(
            "fetch({url:?}, {{ headers: {{ Authorization: 'Bearer {token}' }} }})
               .then((response) => response.text()).then((text) => process.stdout.write(text));",
            url = url(&server, query)
        );
        let printed = NODE.text(&["-e", &program]).await;
        assert_eq!(ids(&printed), expected, "{query}");
    }
}

#[tokio::test]
async fn php_lists_keys_as_the_page_says() {
    if !PHP.is_there("pages list php_lists_keys_as_the_page_says") {
        return;
    }
    let (server, token) = planted().await;
    for (query, expected) in QUERIES {
        let program = format!(
            "$ch = curl_init('{url}');
             curl_setopt($ch, CURLOPT_HTTPHEADER, ['Authorization: Bearer {token}']);
             curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
             echo curl_exec($ch);",
            url = url(&server, query)
        );
        let printed = PHP.text(&["-r", &program]).await;
        assert_eq!(ids(&printed), expected, "{query}");
    }
}

#[tokio::test]
async fn the_items_have_the_members_of_the_page() {
    if !CURL.is_there("pages list the_items_have_the_members_of_the_page") {
        return;
    }
    let (server, token) = planted().await;
    let authorization = format!("Authorization: Bearer {token}");
    for (query, members) in [("", VIEWED), ("?fields=name,id", "id name")] {
        let url = url(&server, query);
        let printed = CURL.text(&["--silent", &url, "-H", &authorization]).await;
        // The text of the first item, as it was sent.
        let items = printed.split_once(r#""items":["#).expect("items").1;
        let first = &items[..=items.find('}').expect("an end")];
        assert_eq!(shape(first), strings(members), "{query}");
        assert!(printed.starts_with(r#"{"total":4,"#), "{printed}");
    }
}

/// The page writes `id="1001"`. How a program comes to send that is its own: curl encodes what it is told to, PHP
/// what it builds a query from.
#[tokio::test]
async fn quoted_filters_are_sent_as_programs_send_them() {
    const FILTERS: [(&str, &str, &[&str]); 3] = [
        ("id", "\"3\"", &["3"]),
        ("name", "\"Test\"", &["2", "5"]),
        ("name", "\"My API Key\"", &["3"]),
    ];
    let here = "pages list quoted_filters_are_sent_as_programs_send_them";
    let (curl, node, php) = (CURL.is_there(here), NODE.is_there(here), PHP.is_there(here));
    let (server, token) = planted().await;
    let authorization = format!("Authorization: Bearer {token}");
    let url = url(&server, "");
    for (name, value, expected) in FILTERS {
        if curl {
            let pair = format!("{name}={value}");
            let arguments = [
                "--silent",
                "-G",
                &url,
                "--data-urlencode",
                &pair,
                "-H",
                &authorization,
            ];
            assert_eq!(ids(&CURL.text(&arguments).await), expected, "curl {pair}");
        }
        if node {
            // Not encoded by hand: `fetch` does it.
            let program = format!(
                "fetch('{url}?{name}={value}', {{ headers: {{ Authorization: 'Bearer {token}' }} }})
                   .then((response) => response.text()).then((text) => process.stdout.write(text));"
            );
            assert_eq!(
                ids(&NODE.text(&["-e", &program]).await),
                expected,
                "node {value}"
            );
        }
        if php {
            let program = format!(
                "$ch = curl_init('{url}?' . http_build_query(['{name}' => '{value}']));
                 curl_setopt($ch, CURLOPT_HTTPHEADER, ['Authorization: Bearer {token}']);
                 curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
                 echo curl_exec($ch);"
            );
            assert_eq!(
                ids(&PHP.text(&["-r", &program]).await),
                expected,
                "php {value}"
            );
        }
    }
}
