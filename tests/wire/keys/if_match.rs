//! K55: `If-Match`.

use bitting_core::Role;
use bitting_tests::{
    Class::{BadInput, Refused, Success},
    Request, Seed, Server,
};

use super::{blamed, item, plain, viewed, with};

const OP: &str = "key_update";

/// A server, the secret of a key that may write, the path of another, and the tag of that.
async fn planted() -> (Server, String, String, String) {
    let (server, token) = with(Role::Write).await;
    let path = item(&server.plant(Seed::own("before")).await);
    let (_, tag) = viewed(&server, &token, &path).await;
    (server, token, path, tag)
}

fn put(token: &str, path: &str) -> Request {
    Request::put(path)
        .bearer(token)
        .json(plain("after").to_string())
}

const OTHER: &str = "\"00000000000000000000000000000000\"";

#[tokio::test]
async fn k55_it_is_changed_if_one_of_the_tags_is_its_own() {
    for (outcome, values) in [
        ("k55_match", &["TAG"][..]),
        ("k55_any", &["*"]),
        ("k55_one_of_several", &["\"x\", OTHER ,W/\"y\",TAG"]),
        ("k55_two_headers", &["OTHER", "TAG"]),
        ("k55_empty_elements", &[",, TAG ,"]),
    ] {
        let (server, token, path, tag) = planted().await;
        let mut request = put(&token, &path);
        for value in values {
            request = request.header(
                "if-match",
                value.replace("TAG", &tag).replace("OTHER", OTHER),
            );
        }
        let answer = server.record(OP, Success, outcome, &request).await;
        let answer = answer.expect(200);
        assert_eq!(answer.json()["name"], "after");
        assert_ne!(answer.header("etag"), Some(&*tag), "the new one");
        if outcome != "k55_any" {
            server.send(&request).await.expect(412);
        }
    }
}

#[tokio::test]
async fn k55_nothing_is_changed_if_none_of_the_tags_is_its_own() {
    let (server, token, path, tag) = planted().await;
    let (before, _) = viewed(&server, &token, &path).await;
    let bare = tag.trim_matches('"');
    for (outcome, value) in [
        ("k55_other", OTHER.to_owned()),
        ("k55_weak", format!("W/{tag}")),
        ("k55_no_tag_of_ours", "\"x\"".to_owned()),
        ("k55_empty_tag", "\"\"".to_owned()),
        ("k55_capitals", tag.to_uppercase()),
        ("k55_longer", format!("\"{bare}0\"")),
        ("k55_list", format!("{OTHER}, W/{tag}, \"a,b\"")),
    ] {
        let request = put(&token, &path).header("if-match", value);
        let answer = server.record(OP, Refused, outcome, &request).await;
        assert_eq!(
            answer.expect(412).json()["error_code"],
            "changed",
            "{outcome}"
        );
    }
    let (after, same) = viewed(&server, &token, &path).await;
    assert_eq!((after, same), (before, tag));
}

#[tokio::test]
async fn k55_a_header_of_another_form_is_400() {
    let (server, token, path, tag) = planted().await;
    let bare = tag.trim_matches('"');
    let reason =
        "If-Match must be * or a list of entity tags in quotes, as the header ETag has them";
    for (outcome, value) in [
        ("k55_no_quotes", bare.to_owned()),
        ("k55_half_a_quote", format!("\"{bare}")),
        ("k55_any_and_one", format!("*, {tag}")),
        ("k55_no_comma", format!("{tag} {tag}")),
        ("k55_lower_weak", format!("w/{tag}")),
        ("k55_empty", String::new()),
        ("k55_commas", ",,".to_owned()),
        ("k55_space_within", "\"a b\"".to_owned()),
    ] {
        let request = put(&token, &path).header("if-match", value);
        let answer = server.record(OP, BadInput, outcome, &request).await;
        assert_eq!(blamed(&answer.expect(400)), [reason], "{outcome}");
    }
    let request = put(&token, &path)
        .header("if-match", "*")
        .header("if-match", &tag);
    let answer = server
        .record(OP, BadInput, "k55_any_beside_one", &request)
        .await;
    assert_eq!(blamed(&answer.expect(400)), [reason]);
    let request = put(&token, &path).header("if-match", b"\"\xff\"");
    let answer = server.record(OP, BadInput, "k55_no_ascii", &request).await;
    assert_eq!(blamed(&answer.expect(400)), [reason]);
    assert_eq!(
        viewed(&server, &token, &path).await.1,
        tag,
        "nothing was changed"
    );
}

/// Two that read the same version: the second is told, and nothing of the first is lost.
#[tokio::test]
async fn k55_the_second_of_two_is_told() {
    let (server, token, path, tag) = planted().await;
    let named = |name: &str| {
        let body = plain(name).to_string();
        Request::put(&path)
            .bearer(&token)
            .json(body)
            .header("if-match", &tag)
    };
    let (one, two) = tokio::join!(async { server.send(&named("one")).await }, async {
        server.send(&named("two")).await
    });
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let kept = if one.status == 200 { "one" } else { "two" };
    assert_eq!(viewed(&server, &token, &path).await.0["name"], kept);
}

#[tokio::test]
async fn k54_use_does_not_change_the_tag() {
    let (server, token) = with(Role::Write).await;
    let key = server.plant(Seed::own("x")).await;
    let (_, tag) = viewed(&server, &token, &item(&key)).await;
    assert_eq!(super::verdict(&server, &token, &key.secret).await, "valid");
    assert!(server.accepts(&key.secret).await);
    let request = put(&token, &item(&key)).header("if-match", tag);
    server.send(&request).await.expect(200);
}

/// Operations other than updates do not know it.
#[tokio::test]
async fn k55_it_is_for_updates_alone() {
    let (server, token, path, _) = planted().await;
    let revoke = Request::post(format!("{path}/revoke"))
        .bearer(&token)
        .json("{}");
    server
        .send(&revoke.header("if-match", OTHER))
        .await
        .expect(200);
    let delete = Request::delete(&path)
        .bearer(&token)
        .header("if-match", "x");
    server.send(&delete).await.expect(204);
}
