//! F61: whom a token was issued to.

use bitting_store::LoginState;
use bitting_tests::{Request, cast::COMPANY};
use serde_json::{Value, json};

use super::{Scene, case, signer, surfaces::members};

/// The members of the company that tokens made: of each, the name and the subject.
async fn made(scene: &Scene) -> Vec<(String, String)> {
    let request = Request::get(format!("{}?limit=1000", members(COMPANY)));
    let page = scene.send(request, &scene.token()).await.expect(200).json();
    let items = page["items"].as_array().expect("items");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    items
        .iter()
        .filter(|member| !member["login"].is_null())
        .map(|member| (text(&member["name"]), text(&member["login"]["subject"])))
        .collect()
}

#[tokio::test]
async fn f61_a_subject_is_required() {
    let scene = Scene::start().await;
    let mut tokens = vec![case("none", signer().token(&scene.claims().without("sub")))];
    for sub in [
        json!(""),
        json!(null),
        json!(7),
        json!(true),
        json!(["alice"]),
        json!({"sub": "alice"}),
        // Longer than OpenID Connect lets it be (Core 1.0, section 2).
        json!("s".repeat(256)),
        json!("s".repeat(10_000)),
        json!("\u{0}"),
        json!("ali\u{0}ce"),
        json!("alice\u{0}"),
        json!("alice\n{\"msg\":\"forged\"}"),
        json!("\u{1b}[2J"),
        json!("\u{7f}"),
    ] {
        let what = format!("{sub:.40}");
        let claims = scene.claims().with("sub", sub);
        tokens.push(case(&what, signer().token(&claims)));
        // Nor where its member could be called something else.
        let named = claims.with("name", "Alice");
        tokens.push(case(&format!("{what}, named"), signer().token(&named)));
    }
    let lone = scene.claims().spelt("sub", "\"\\ud800\"");
    tokens.push(case(
        "half a character",
        signer().token_of(signer().header().to_string(), lone),
    ));
    scene.expect(401, tokens).await;
    assert_eq!(scene.members_made(), 0);
}

#[tokio::test]
async fn f61_any_other_subject_is_taken_as_it_is() {
    let scene = Scene::start().await;
    let subjects = [
        "a".to_owned(),
        "s".repeat(255),
        "\u{e9}".repeat(255),
        "alice@example.com".to_owned(),
        "auth0|5f7c8ec7c33c6c004bbafe82".to_owned(),
        "Alice".to_owned(),
        "ALICE".to_owned(),
        "alice ".to_owned(),
        "0".to_owned(),
        "null".to_owned(),
        "'; DROP TABLE login; --".to_owned(),
        "\u{1F511}".to_owned(),
        // Two that look alike and are not the same.
        "\u{e9}".to_owned(),
        "e\u{301}".to_owned(),
    ];
    for (count, subject) in subjects.iter().enumerate() {
        let token = signer().token(&scene.claims().with("sub", subject.as_str()));
        assert_eq!(scene.status(&token).await, 200, "{subject:?}");
        let count = i64::try_from(count).expect("a few");
        assert_eq!(
            scene.members_made(),
            count + 1,
            "{subject:?} is somebody of its own"
        );
        assert!(matches!(scene.login(subject).await, LoginState::Known(_)));
    }
}

#[tokio::test]
async fn f61_a_member_is_called_what_its_first_token_calls_it() {
    let scene = Scene::start().await;
    let mut expected = vec![("alice".to_owned(), "alice".to_owned())];
    scene
        .at(super::Door::Ocamba, &scene.token())
        .await
        .expect(200);
    for (sub, claims, name) in [
        (
            "s1",
            json!({"name": "Ada Lovelace", "email": "ada@example.com"}),
            "Ada Lovelace",
        ),
        (
            "s2",
            json!({"preferred_username": "ada", "email": "ada@example.com"}),
            "ada",
        ),
        ("s3", json!({"email": "ada@example.com"}), "ada@example.com"),
        ("s4", json!({"name": "", "email": 7}), "s4"),
        ("s5", json!({"name": "   "}), "s5"),
        ("s6", json!({"name": "a\u{0}b"}), "s6"),
        ("s7", json!({"name": ["Ada"]}), "s7"),
    ] {
        let mut all = scene.claims().with("sub", sub);
        for (claim, value) in claims.as_object().expect("an object") {
            all = all.with(claim, value.clone());
        }
        scene
            .at(super::Door::Ocamba, &signer().token(&all))
            .await
            .expect(200);
        // What a later token calls it changes nothing.
        let later = signer().token(&all.with("name", "Somebody else"));
        scene.at(super::Door::Ocamba, &later).await.expect(200);
        expected.push((name.to_owned(), sub.to_owned()));
    }
    let long = scene
        .claims()
        .with("sub", "s8")
        .with("name", "n".repeat(10_000));
    scene
        .at(super::Door::Ocamba, &signer().token(&long))
        .await
        .expect(200);
    expected.push(("n".repeat(255), "s8".to_owned()));
    assert_eq!(made(&scene).await, expected);
}
