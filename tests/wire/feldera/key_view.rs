//! `GET /v0/api_keys/{name}`: F30.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Success, UnknownId},
    Request, Seed, Server,
};
use serde_json::json;

use super::{KEYS, NOBODY, item, writer};

const OP: &str = "key_view";

/// The whole answer to a name that no key has.
fn unknown(name: &str) -> String {
    let quoted = |text: &str| json!(text).to_string();
    format!(
        r#"{{"message":{},"error_code":"UnknownApiKey","details":{{"name":{}}}}}"#,
        quoted(&format!("Unknown API key '{name}'")),
        quoted(name)
    )
}

#[tokio::test]
async fn f30_a_key_is_an_array_of_one() {
    let (server, token) = writer().await;
    server.named("other").await;
    let writes = server.named("writes").await;
    let reads = server.plant(Seed::named("reads").role(Role::Read)).await;
    for (outcome, name, id, rest) in [
        (
            "f30_writes",
            "writes",
            writes.id,
            r#""role":"write","scopes":["Read","Write"]"#,
        ),
        (
            "f30_reads",
            "reads",
            reads.id,
            r#""role":"read","scopes":["Read"]"#,
        ),
    ] {
        let request = Request::get(item(name)).bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        let body = format!(r#"[{{"id":"{id}","name":"{name}",{rest}}}]"#);
        assert_eq!(answer.expect(200).text(), body);
    }
}

#[tokio::test]
async fn f30_a_name_in_a_path_is_percent_decoded_once() {
    let (server, token) = writer().await;
    server.named("a-b_C9").await;
    for (outcome, name) in [
        ("f30_encoded_letter", "%61-b_C9"),
        ("f30_encoded_all", "%61%2D%62%5F%43%39"),
        ("f30_encoded_small_digits", "a%2db%5fC9"),
    ] {
        let request = Request::get(item(name)).bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(super::names(&answer.expect(200)), ["a-b_C9"]);
    }
    let request = Request::get(item("%2561-b_C9")).bearer(&token);
    let answer = server
        .record(OP, UnknownId, "f30_encoded_twice", &request)
        .await;
    assert_eq!(answer.expect(404).text(), unknown("%61-b_C9"));
}

async fn unknown_is_404(server: &Server, token: &str, outcome: &str, segment: &str, name: &str) {
    let request = Request::get(item(segment)).bearer(token);
    let class = match outcome.split_once('_') {
        Some((_, "unknown" | "other_case" | "prefix" | "longer")) => UnknownId,
        _ => BadInput,
    };
    let answer = server.record(OP, class, outcome, &request).await;
    assert_eq!(answer.expect(404).text(), unknown(name), "{outcome}");
}

#[tokio::test]
async fn f30_what_no_key_is_called_is_404_to_the_byte() {
    let (server, token) = writer().await;
    server.named("key").await;
    for (outcome, segment, name) in [
        ("f30_unknown", "nobody", "nobody"),
        ("f30_other_case", "Key", "Key"),
        ("f30_prefix", "ke", "ke"),
        ("f30_longer", "keys", "keys"),
        ("f30_space", "key%20", "key "),
        ("f30_plus", "a+b", "a+b"),
        ("f30_nul", "key%00", "key\0"),
        ("f30_only_nul", "%00", "\0"),
        ("f30_slash", "key%2F", "key/"),
        ("f30_slash_inside", "a%2Fb", "a/b"),
        ("f30_dots", "%2e%2e", ".."),
        ("f30_quote", "it's", "it's"),
        ("f30_double_quote", "%22key%22", "\"key\""),
        ("f30_letter_of_two_bytes", "%C3%A9", "é"),
        ("f30_percent", "%", "%"),
        ("f30_half_an_escape", "%6", "%6"),
        ("f30_no_escape", "%zz", "%zz"),
        ("f30_wildcard", "k*", "k*"),
        ("f30_like", "k%25", "k%"),
        ("f30_parameters", "key;x=y", "key;x=y"),
        ("f30_markup", "%3Cb%3E", "<b>"),
        ("f30_line_break", "a%0d%0ab", "a\r\nb"),
    ] {
        unknown_is_404(&server, &token, outcome, segment, name).await;
    }
}

#[tokio::test]
async fn f30_a_very_long_name_is_unknown_as_well() {
    let (server, token) = writer().await;
    let (long, longer) = ("n".repeat(101), "%6e".repeat(20_000));
    unknown_is_404(&server, &token, "f30_101_bytes", &long, &long).await;
    let name = "n".repeat(20_000);
    unknown_is_404(&server, &token, "f30_very_long", &longer, &name).await;
}

#[tokio::test]
async fn f30_an_id_is_no_name() {
    let (server, token) = writer().await;
    let key = server.named("x").await;
    for id in [key.id.to_string(), key.number.to_string()] {
        let request = Request::get(item(&id)).bearer(&token);
        let answer = server.send(&request).await.expect(404);
        assert_eq!(answer.text(), unknown(&id));
    }
}

#[tokio::test]
async fn f30_a_query_is_not_looked_at_and_a_trailing_slash_accepted() {
    let (server, token) = writer().await;
    server.named("x").await;
    for (outcome, target) in [
        ("f2_trailing_slash", format!("{KEYS}/x/")),
        ("f30_query", format!("{KEYS}/x?name=y&%FF")),
        ("f2_slashes", format!("{KEYS}//x//")),
    ] {
        let request = Request::get(target).bearer(&token);
        let answer = server.record(OP, Success, outcome, &request).await;
        assert_eq!(super::names(&answer.expect(200)), ["x"]);
    }
    server
        .send(&Request::get(NOBODY).bearer(&token))
        .await
        .expect(404);
}
