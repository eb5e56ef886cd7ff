//! F61: what a token lets do.

use bitting_server::login::LoginSettings;
use bitting_tests::{
    KEYS, Request, Setup,
    cast::COMPANY,
    issuer::{AUDIENCE, CLIENT, Issuer},
};
use serde_json::{Value, json};

use super::{
    Scene, signer,
    surfaces::{Door, NAMED, members},
};

fn with_role(scene: &Scene, role: impl Into<Value>) -> String {
    signer().token(&scene.claims().with("role", role))
}

#[tokio::test]
async fn f61_each_role_may_do_its_own_on_every_surface() {
    let scene = Scene::start().await;
    let company = format!("/v1/companies/{COMPANY}");
    let operations = || {
        [
            ("read", 200, Request::get(KEYS)),
            ("write", 201, Request::post(KEYS).json(r#"{"name":"x"}"#)),
            ("write", 200, Request::get(NAMED)),
            ("read", 200, Request::get("/v0/config")),
            ("admin", 200, Request::get(members(COMPANY))),
            (
                "admin",
                201,
                Request::post(members(COMPANY)).json(r#"{"name":"x"}"#),
            ),
            ("root", 200, Request::get(&company)),
            ("root", 200, Request::get("/v1/companies")),
            (
                "root",
                201,
                Request::post("/v1/companies").json(r#"{"name":"x"}"#),
            ),
        ]
    };
    let order = ["read", "write", "admin", "root"];
    let rank = |role: &str| order.iter().position(|known| *known == role);
    for (role, token) in [
        ("read", with_role(&scene, "read")),
        ("write", with_role(&scene, "write")),
        ("admin", with_role(&scene, "admin")),
        // Absent means read.
        ("read", signer().token(&scene.claims().without("role"))),
    ] {
        for (required, success, request) in operations() {
            let may = rank(role) >= rank(required);
            let what = format!("{role}: {} {}", request.method(), request.target());
            let answer = scene.send(request, &token).await;
            assert_eq!(answer.status, if may { success } else { 403 }, "{what}");
        }
    }
    let companies = scene.count("SELECT count(*) FROM company");
    assert_eq!(companies, 2, "no token makes a company");
}

#[tokio::test]
async fn f1_a_token_that_may_only_read_is_told_so() {
    let scene = Scene::start().await;
    for token in [
        with_role(&scene, "read"),
        signer().token(&scene.claims().without("role")),
    ] {
        let key = format!("{NAMED}/x");
        for request in [
            Request::get(NAMED),
            Request::post(NAMED).json(r#"{"name":"x"}"#),
            Request::post(NAMED).body("neither JSON nor said to be"),
            Request::get(&key),
            Request::delete(&key),
        ] {
            let body = scene.send(request, &token).await.expect(403).json();
            assert_eq!(body["error_code"], "InsufficientPermissions");
            assert_eq!(
                body["details"],
                json!({"required": "write", "actual": "read"})
            );
        }
        let answer = scene.at(Door::Keys, &token).await.expect(403);
        let body = answer.json();
        assert_eq!(body["error_code"], "insufficient_role");
        assert_eq!(
            body["details"],
            json!({"required": "admin", "actual": "read"})
        );
    }
}

#[tokio::test]
async fn f61_any_other_role_is_403_and_makes_nobody() {
    let scene = Scene::start().await;
    for role in [
        json!("root"),
        json!("none"),
        json!("verify"),
        json!("owner"),
        json!("Admin"),
        json!("ADMIN"),
        json!(" admin"),
        json!("admin "),
        json!("admin\u{0}"),
        json!("admin,root"),
        json!("read write"),
        json!(""),
        json!(null),
        json!(0),
        json!(5),
        json!(true),
        json!(["admin"]),
        json!([]),
        json!({"role": "admin"}),
    ] {
        let what = role.to_string();
        let token = with_role(&scene, role);
        // Twice: what is known of a token must not make it good.
        for _ in 0..2 {
            assert_eq!(scene.status(&token).await, 403, "{what}");
            let answer = scene.at(Door::Keys, &token).await;
            assert_eq!(answer.json()["error_code"], "token_role", "{what}");
        }
    }
    assert_eq!(scene.members_made(), 0);
}

#[tokio::test]
async fn f61_what_is_401_for_any_other_reason_is_401_with_a_bad_role_too() {
    let scene = Scene::start().await;
    for claims in [
        scene.claims().with("company", "999"),
        scene.claims().without("sub"),
        scene.claims().with("exp", 0),
        scene.claims().with("aud", "other"),
    ] {
        let token = signer().token(&claims.with("role", "root"));
        assert_eq!(scene.status(&token).await, 401);
    }
}

#[tokio::test]
async fn f61_each_token_of_a_member_lets_do_what_it_says_itself() {
    let scene = Scene::start().await;
    let (strong, weak) = (with_role(&scene, "admin"), with_role(&scene, "read"));
    for _ in 0..2 {
        scene.at(Door::Keys, &strong).await.expect(200);
        scene.at(Door::Keys, &weak).await.expect(403);
        scene.at(Door::Ocamba, &weak).await.expect(200);
    }
    assert_eq!(scene.members_made(), 1);
}

#[tokio::test]
async fn k9_a_token_grants_no_role_above_its_own() {
    let scene = Scene::start().await;
    let token = with_role(&scene, "admin");
    let grant = |role: &str| {
        let body = json!({"name": "x", "role": role}).to_string();
        Request::post(members(COMPANY)).json(body)
    };
    let body = scene.send(grant("root"), &token).await.expect(403).json();
    assert_eq!(body["error_code"], "role_exceeds_creator");
    assert_eq!(
        body["details"],
        json!({"requested": "root", "creator": "admin"})
    );
    scene.send(grant("admin"), &token).await.expect(201);
}

#[tokio::test]
async fn f60_the_claims_may_have_other_names() {
    let issuer = Issuer::start(&[signer()]).await;
    let (company, role) = ("https://bitting.example/company", "custom:role");
    let settings = LoginSettings::new(&issuer.url(), AUDIENCE, CLIENT, company, role);
    let settings = settings.expect("good settings");
    let server = Setup::default().logins(settings).start().await;
    let scene = Scene { server, issuer };
    let named = scene
        .claims()
        .with(company, COMPANY.to_string())
        .with(role, "write");
    let token = signer().token(&named.clone().without("company").without("role"));
    scene.at(Door::Feldera, &token).await.expect(200);
    // What has the usual name is not looked at: neither a stronger role nor a company.
    scene
        .at(Door::Keys, &signer().token(&named.clone()))
        .await
        .expect(403);
    let token = signer().token(&named.without(company));
    scene.at(Door::Feldera, &token).await.expect(401);
}
