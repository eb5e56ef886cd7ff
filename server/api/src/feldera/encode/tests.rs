#![allow(clippy::unwrap_used)]

use bitting_core::secret::Format;

use super::*;
use crate::fixtures::{key_id, secret};

const ID: &str = "00000000-0000-7000-8000-000000000000";

fn json(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).unwrap()
}

#[test]
fn f10_a_created_key_to_the_byte() {
    let name = KeyName::plain("n".into()).unwrap();
    let plain = secret(&Format::Alphanumeric);
    let secret = plain.expose().to_owned();
    assert_eq!(
        json(created(key_id(), &name, &plain)),
        format!(r#"{{"id":"{ID}","name":"n","api_key":"{secret}"}}"#)
    );
}

#[test]
fn f20_a_list_to_the_byte() {
    let (a, b) = (KeyName::plain("a".into()), KeyName::plain("b".into()));
    let (a, b) = (a.unwrap(), b.unwrap());
    let keys = [(key_id(), &a, Role::Read), (key_id(), &b, Role::Write)];
    assert_eq!(
        json(key_list(keys)),
        format!(
            r#"[{{"id":"{ID}","name":"a","role":"read","scopes":["Read"]}},{{"id":"{ID}","name":"b","role":"write","scopes":["Read","Write"]}}]"#
        )
    );
    assert_eq!(json(key_list([])), "[]");
}

#[test]
fn f30_one_key_is_an_array_of_one() {
    let name = KeyName::plain("n".into()).unwrap();
    let one = key_view(key_id(), &name, Role::Write);
    assert_eq!(one, key_list([(key_id(), &name, Role::Write)]));
}

#[test]
fn f50_and_f51_what_clients_ask_about_the_service() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        json(config()),
        format!(r#"{{"edition":"Open source","version":"{version}"}}"#)
    );
    assert_eq!(json(cluster_health()), r#"{"all_healthy":true}"#);
    assert_eq!(json(health()), r#"{"status":"healthy"}"#);
    assert_eq!(json(login_config(None)), "{}");
    assert_eq!(
        json(login_config(Some(("https://login.example", "bitting")))),
        r#"{"GenericOidc":{"issuer":"https://login.example","client_id":"bitting","extra_oidc_scopes":[]}}"#
    );
}
