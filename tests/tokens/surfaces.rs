//! One operation of each kind that takes a login token, and how its surface words a refusal.

use bitting_tests::{
    Answer, KEYS, Request, Setup,
    cast::{COMPANY, OTHER_COMPANY},
    dialect::assert_plain,
    issuer::{CLIENT, Issuer},
};
use serde_json::json;

use super::{Scene, signer};

/// The collection of named keys.
pub(crate) const NAMED: &str = "/v0/api_keys";

/// An operation that a token with the role admin may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// The list of personal keys: the role read.
    Ocamba,
    /// The list of named keys: the role write.
    Feldera,
    /// The configuration of the same surface: any role.
    Config,
    /// The list of a company's members: the role admin.
    Keys,
}

impl Door {
    pub(crate) const ALL: [Self; 4] = [Self::Ocamba, Self::Feldera, Self::Config, Self::Keys];

    pub(crate) fn request(self) -> Request {
        match self {
            Self::Ocamba => Request::get(KEYS),
            Self::Feldera => Request::get(NAMED),
            Self::Config => Request::get("/v0/config"),
            Self::Keys => Request::get(members(COMPANY)),
        }
    }
}

/// The members of a company.
pub(crate) fn members(company: i64) -> String {
    format!("/v1/companies/{company}/members")
}

/// Asserts that an answer to a credential is one of its surface's own: what every answer of it is, and where it is
/// refused, with the one code that there is for it.
pub(crate) fn assert_dialect(door: Door, answer: &Answer) {
    assert_plain(&door.request(), answer);
    let challenge = (answer.status == 401).then_some("Bearer");
    assert_eq!(
        answer.header("www-authenticate"),
        challenge,
        "{door:?}\n{answer:?}"
    );
    if answer.status < 400 {
        return;
    }
    let code = answer.json()["error_code"].clone();
    match door {
        // O4, to the letter.
        Door::Ocamba => assert_eq!(answer.text(), ocambas(answer)),
        Door::Feldera | Door::Config if answer.status == 401 => assert_eq!(answer.text(), FELDERAS),
        Door::Feldera | Door::Config => {
            let wanted = match answer.status {
                403 => "InsufficientPermissions",
                503 => "ServiceUnavailable",
                _ => panic!("no answer to a token:\n{answer:?}"),
            };
            assert_eq!(code, wanted, "\n{answer:?}");
        }
        Door::Keys => {
            let wanted: &[&str] = match answer.status {
                401 => &["unauthenticated"],
                403 => &["token_role", "insufficient_role"],
                503 => &["unavailable"],
                _ => panic!("no answer to a token:\n{answer:?}"),
            };
            let code = code.as_str().expect("a code");
            assert!(wanted.contains(&code), "\n{answer:?}");
        }
    }
}

/// The 401 of named keys (F2), to the letter.
const FELDERAS: &str =
    r#"{"message":"Unauthorized API key","error_code":"AuthenticationFailed","details":null}"#;

fn ocambas(answer: &Answer) -> String {
    let text = match answer.status {
        401 => "Unauthorized.",
        403 => "Forbidden.",
        503 => "Service unavailable.",
        _ => panic!("no answer to a token:\n{answer:?}"),
    };
    let (status, id) = (answer.status, answer.request_id());
    format!(r#"{{"code":{status},"title":"{text}","message":"{text}","trace_id":"{id}"}}"#)
}

#[tokio::test]
async fn f61_one_token_is_good_on_every_surface_and_is_one_member_on_all() {
    let scene = Scene::start().await;
    assert_eq!(scene.status(&scene.token()).await, 200);
    assert_eq!(scene.members_made(), 1);
}

#[tokio::test]
async fn o80_a_login_token_is_no_key_to_validate() {
    let scene = Scene::start().await;
    let validate = || Request::post(format!("{KEYS}/validate"));
    let token = scene.token();
    assert_eq!(scene.status(&token).await, 200);
    let asked = scene.issuer.fetches();
    for token in [
        token,
        signer().called("nobody").token(&scene.claims()),
        "..".to_owned(),
    ] {
        let answer = scene.send(validate(), &token).await.expect(401);
        assert_dialect(Door::Ocamba, &answer);
    }
    // No more than that it has three segments is looked at.
    assert_eq!(scene.issuer.fetches(), asked);
}

#[tokio::test]
async fn f50_the_configuration_is_open_to_a_token_of_any_role() {
    let scene = Scene::start().await;
    for role in ["read", "write", "admin"] {
        let token = signer().token(&scene.claims().with("role", role));
        let answer = scene.at(Door::Config, &token).await.expect(200);
        assert_eq!(answer.json()["edition"], "Open source", "{role}");
        assert!(answer.json()["version"].is_string(), "{role}");
    }
}

#[tokio::test]
async fn f51_the_login_configuration_names_the_issuer_and_the_client() {
    let scene = Scene::start().await;
    let request = Request::get("/config/authentication");
    let answer = scene.server.send(&request).await.expect(200);
    assert_eq!(
        answer.json(),
        json!({"GenericOidc": {
            "issuer": scene.issuer.url(),
            "client_id": CLIENT,
            "extra_oidc_scopes": [],
        }})
    );
}

#[tokio::test]
async fn o10_tokens_count_for_their_company() {
    let issuer = Issuer::start(&[signer()]).await;
    let setup = Setup::default().logins(issuer.settings()).rates("3/60s");
    let server = setup.start().await;
    let scene = Scene { server, issuer };
    let of = |sub: &str| signer().token(&scene.claims().with("sub", sub));
    // What is refused for its credential counts for nobody.
    for _ in 0..5 {
        let bad = signer().called("unknown").token(&scene.claims());
        scene.at(Door::Ocamba, &bad).await.expect(401);
    }
    for (sub, remaining) in [("alice", "2"), ("bob", "1"), ("alice", "0")] {
        let answer = scene.at(Door::Ocamba, &of(sub)).await.expect(200);
        assert_eq!(
            answer.header("x-ratelimit-remaining"),
            Some(remaining),
            "{sub}"
        );
    }
    for sub in ["alice", "bob", "carol"] {
        scene
            .send(Door::Ocamba.request(), &of(sub))
            .await
            .expect(429);
    }
    let there = scene.claims().with("company", OTHER_COMPANY.to_string());
    scene
        .at(Door::Ocamba, &signer().token(&there))
        .await
        .expect(200);
}
