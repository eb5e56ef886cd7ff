//! F61: which company a token is for.

use bitting_store::LoginState;
use bitting_tests::{
    KEYS, Request,
    cast::{COMPANY, OTHER_COMPANY},
};
use serde_json::json;

use super::{
    Scene, case, signer,
    surfaces::{Door, members},
};

#[tokio::test]
async fn f61_company_is_a_decimal_id() {
    let scene = Scene::start().await;
    let spelt = |company: &str| {
        case(
            company,
            signer().token_of(
                signer().header().to_string(),
                scene.claims().spelt("company", company),
            ),
        )
    };
    // As the string that every surface shows, or as the number that an issuer may have for it.
    let good = [format!("\"{COMPANY}\""), COMPANY.to_string()];
    scene
        .expect(200, good.iter().map(|company| spelt(company)))
        .await;
    let bad = [
        "\"999\"",
        "999",
        "\"007\"",
        "\"06197120\"",
        "\"0\"",
        "0",
        "-0",
        "\"-6197120\"",
        "-6197120",
        "\"+6197120\"",
        "\" 6197120\"",
        "\"6197120 \"",
        "\"6197120\\u0000\"",
        "\"6_197_120\"",
        "\"6197120.0\"",
        "6197120.0",
        "6197120.5",
        "6.19712e6",
        "\"0x5E8F80\"",
        "\"\u{0666}197120\"",
        "\"\"",
        "\"company\"",
        "\"9223372036854775807\"",
        "\"9223372036854775808\"",
        "9223372036854775808",
        "18446744073709557824",
        "1e300",
        "null",
        "true",
        "[\"6197120\"]",
        "[6197120]",
        "{\"id\":\"6197120\"}",
        "\"6197120' OR '1'='1\"",
    ];
    scene
        .expect(401, bad.iter().map(|company| spelt(company)))
        .await;
    let without = signer().token(&scene.claims().without("company"));
    assert_eq!(scene.status(&without).await, 401, "required");
    assert_eq!(
        scene.count("SELECT count(*) FROM company"),
        2,
        "a token makes no company"
    );
    assert_eq!(scene.members_made(), 1);
}

#[tokio::test]
async fn f61_a_token_works_in_its_company_only() {
    let scene = Scene::start().await;
    let here = scene.token();
    let there = signer().token(&scene.claims().with("company", OTHER_COMPANY.to_string()));
    for (token, own, foreign) in [
        (&here, COMPANY, OTHER_COMPANY),
        (&there, OTHER_COMPANY, COMPANY),
    ] {
        scene
            .send(Request::get(members(own)), token)
            .await
            .expect(200);
        scene
            .send(Request::get(members(foreign)), token)
            .await
            .expect(404);
        let create = Request::post(members(foreign)).json(r#"{"name":"x"}"#);
        scene.send(create, token).await.expect(404);
        let create = Request::post(KEYS).json(r#"{"name":"x"}"#);
        let made = scene.send(create, token).await.expect(201).json();
        assert_eq!(made["company_id"], own.to_string());
        let create = Request::post("/v0/api_keys").json(r#"{"name":"same-name"}"#);
        scene.send(create, token).await.expect(201);
        let list = scene
            .send(Request::get("/v0/api_keys"), token)
            .await
            .expect(200);
        assert_eq!(
            list.json().as_array().map(Vec::len),
            Some(1),
            "its own and no other"
        );
    }
}

#[tokio::test]
async fn f61_one_subject_in_two_companies_is_two_members() {
    let scene = Scene::start().await;
    let there = signer().token(&scene.claims().with("company", OTHER_COMPANY.to_string()));
    assert_eq!(scene.status(&scene.token()).await, 200);
    assert_eq!(
        scene.login_in(OTHER_COMPANY, "alice").await,
        LoginState::New
    );
    scene.at(Door::Ocamba, &there).await.expect(200);
    let (one, other) = (
        scene.login_in(COMPANY, "alice").await,
        scene.login_in(OTHER_COMPANY, "alice").await,
    );
    assert!(matches!(one, LoginState::Known(_)) && matches!(other, LoginState::Known(_)));
    assert_ne!(one, other);
    // Neither sees what the other made.
    let create = Request::post(KEYS).json(r#"{"name":"mine"}"#);
    let made = scene.send(create, &there).await.expect(201).json();
    let key = format!("{KEYS}/{}", made["id"].as_str().expect("an id"));
    scene.send(Request::get(&key), &there).await.expect(200);
    scene
        .send(Request::get(&key), &scene.token())
        .await
        .expect(404);
}

#[tokio::test]
async fn f61_a_company_that_is_switched_off_lets_no_token_in() {
    let scene = Scene::start().await;
    let off = "UPDATE company SET enabled = 0 WHERE id = 6197120";
    scene
        .server
        .database()
        .execute(off, [])
        .expect("it is switched off");
    assert_eq!(scene.status(&scene.token()).await, 401);
    // And one that may do nothing is not told that there is such a company.
    let roleless = signer().token(&scene.claims().with("role", json!("root")));
    assert_eq!(scene.status(&roleless).await, 401);
    assert_eq!(scene.members_made(), 0);
}
