//! The page that makes a key: with curl, with Node's fetch, with PHP's curl.

use bitting_tests::{
    KEYS, Server,
    tools::{CURL, NODE, PHP},
};

use super::{shape, strings, writer};

const MADE: &str =
    "id company_id name description status secret start_time end_time create_time update_time";

fn url(server: &Server) -> String {
    format!("http://{}{KEYS}", server.address)
}

/// Compares what a program printed with what the page shows, and tries the secret.
async fn assert_made(server: &Server, printed: &str) {
    assert_eq!(shape(printed), strings(MADE));
    let key: serde_json::Value = serde_json::from_str(printed).expect("JSON");
    for (member, value) in [
        ("name", "My API key"),
        ("description", "API key used for ..."),
        ("status", "active"),
        ("start_time", "2024-08-08 13:00:00"),
        ("end_time", "2024-10-09 13:00:00"),
        ("create_time", "2024-08-09 13:05:50"),
        ("update_time", "2024-08-09 13:05:50"),
    ] {
        assert_eq!(key[member], value, "{member}");
    }
    let secret = key["secret"].as_str().expect("a secret");
    assert!(server.accepts(secret).await);
}

#[tokio::test]
async fn curl_makes_a_key() {
    if !CURL.is_there("pages create curl_makes_a_key") {
        return;
    }
    let (server, token) = writer().await;
    let authorization = format!("Authorization: Bearer {token}");
    let body = r#"{
  "name": "My API key",
  "description": "API key used for ...",
  "start_time": "2024-08-08 13:00:00",
  "end_time": "2024-10-09 13:00:00"
}"#;
    let url = url(&server);
    let arguments = [
        "--silent",
        "-X",
        "POST",
        &url,
        "-H",
        &authorization,
        "-H",
        "Content-Type: application/json",
        "-d",
        body,
    ];
    assert_made(&server, &CURL.text(&arguments).await).await;
}

#[tokio::test]
async fn curl_is_told_201_and_where_the_key_is() {
    if !CURL.is_there("pages create curl_is_told_201_and_where_the_key_is") {
        return;
    }
    let (server, token) = writer().await;
    let authorization = format!("Authorization: Bearer {token}");
    let url = url(&server);
    let arguments = [
        "--silent",
        "--include",
        "-X",
        "POST",
        &url,
        "-H",
        &authorization,
        "-H",
        "Content-Type: application/json",
        "-d",
        r#"{"name": "x"}"#,
    ];
    let printed = CURL.text(&arguments).await;
    assert!(printed.starts_with("HTTP/1.1 201 Created\r\n"), "{printed}");
    assert!(
        printed.contains(&format!("location: {KEYS}/2\r\n")),
        "{printed}"
    );
}

/// A body that curl waits with until it is asked for it (`Expect: 100-continue`) is asked for.
#[tokio::test]
async fn curl_sends_a_large_body() {
    if !CURL.is_there("pages create curl_sends_a_large_body") {
        return;
    }
    let (server, token) = writer().await;
    let authorization = format!("Authorization: Bearer {token}");
    let url = url(&server);
    let send = async |size: usize| {
        let body = format!(r#"{{"name":"x","unknown":"{}"}}"#, "n".repeat(size));
        let arguments = [
            "--silent",
            "--output",
            "/dev/null",
            "--write-out",
            "%{http_code}",
            &url,
            "-H",
            &authorization,
            "-H",
            "Content-Type: application/json",
            "-H",
            "Expect: 100-continue",
            "-d",
            &body,
        ];
        CURL.text(&arguments).await
    };
    assert_eq!(send(60_000).await, "201");
    assert_eq!(send(70_000).await, "413");
}

#[tokio::test]
async fn node_makes_a_key() {
    if !NODE.is_there("pages create node_makes_a_key") {
        return;
    }
    let (server, token) = writer().await;
    let program = format!(
        r#"
const url = "{url}";
const options = {{
  method: 'POST',
  headers: {{ Authorization: "Bearer {token}", 'Content-Type': "application/json" }},
  body: JSON.stringify({{
    "name": "My API key",
    "description": "API key used for ...",
    "start_time": "2024-08-08 13:00:00",
    "end_time": "2024-10-09 13:00:00"
  }})
}};
fetch(url, options)
  .then((response) => {{
    if (response.status !== 201) throw new Error(response.status);
    return response.json();
  }})
  .then((data) => console.log(JSON.stringify(data)));
"#,
        url = url(&server)
    );
    assert_made(&server, &NODE.text(&["-e", &program]).await).await;
}

#[tokio::test]
async fn php_makes_a_key() {
    if !PHP.is_there("pages create php_makes_a_key") {
        return;
    }
    let (server, token) = writer().await;
    let program = format!(
        r#"
$ch = curl_init("{url}");
curl_setopt($ch, CURLOPT_HTTPHEADER, ["Authorization: Bearer {token}", "Content-Type: application/json"]);
curl_setopt($ch, CURLOPT_POSTFIELDS, json_encode([
    "name" => "My API key",
    "description" => "API key used for ...",
    "start_time" => "2024-08-08 13:00:00",
    "end_time" => "2024-10-09 13:00:00",
]));
curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
$response = curl_exec($ch);
if (curl_getinfo($ch, CURLINFO_RESPONSE_CODE) !== 201) exit(1);
echo $response;
"#,
        url = url(&server)
    );
    assert_made(&server, &PHP.text(&["-r", &program]).await).await;
}

/// The error that the page shows: its first three members, word for word, and a UUID.
#[tokio::test]
async fn curl_is_told_what_the_page_says_of_a_bad_body() {
    if !CURL.is_there("pages create curl_is_told_what_the_page_says_of_a_bad_body") {
        return;
    }
    let (server, token) = writer().await;
    let authorization = format!("Authorization: Bearer {token}");
    let url = url(&server);
    let arguments = [
        "--silent",
        "-X",
        "POST",
        &url,
        "-H",
        &authorization,
        "-H",
        "Content-Type: application/json",
        "-d",
        "{",
    ];
    let printed = CURL.text(&arguments).await;
    let error: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(error["code"], 400);
    assert_eq!(error["title"], "Bad request.");
    assert_eq!(error["message"], "The request body is not valid.");
    let id = error["trace_id"].as_str().expect("a trace id");
    uuid::Uuid::parse_str(id).expect("a UUID");
}
