//! The document of Bitting's own API.

mod parameters;
mod request_headers;

use openapiv3::{OpenAPI, ParameterData};
use serde_json::Value;

use super::{
    DocumentError, Examples, integers, stub,
    surface::{self, Texts},
    versions,
};
use crate::{codes, keys::keys_api_mod, operations::Surface};

pub(super) fn document(examples: &Examples) -> Result<OpenAPI, DocumentError> {
    let api = keys_api_mod::stub_api_description()?;
    let title = "Bitting: API keys, companies and members";
    let mut document = stub::document(&api, title, versions::of(Surface::Keys)?)?;
    surface::enrich::<KeysTexts>(&mut document, examples)?;
    integers::with_known_formats(&document)
}

enum KeysTexts {}

impl Texts for KeysTexts {
    const SURFACE: Surface = Surface::Keys;
    const LOCATION: Option<&'static str> = Some("/v1/companies/2");
    const NO_CACHE: bool = false;
    const NULL_IS_ABSENT: bool = true;

    fn description() -> String {
        include_str!("description.md").replace("{error_codes}", &codes::table(Surface::Keys))
    }

    fn success(id: &str) -> &'static str {
        match id {
            "company_create" => {
                "The company was made. This is its first key, if it was to have one."
            }
            "company_list" => "One page of the companies.",
            "company_view" => "The company.",
            "member_create" => "The member was made. This is its first key, if it was to have one.",
            "member_list" => "One page of the company's members.",
            "member_view" => "The member.",
            "company_update" => "The company, with its new settings.",
            "company_delete" => "The company was deleted.",
            "member_update" => "The member, with its new settings.",
            "member_delete" => "The member was deleted.",
            "key_create" => "The key was made. This is its secret.",
            "key_import" => "What became of each key.",
            "key_list" => "One page of the keys.",
            "key_update" => "The key, with its new settings.",
            "key_usage" => "What was found of the key.",
            "company_usage" => "What was found that the company asked for.",
            "key_limits_update" => "The key, with its new limits and quota.",
            "key_delete" => "The key was deleted.",
            "key_revoke" | "self_revoke" => "The key, revoked.",
            "key_rotate" => "The key, with its new secret.",
            "secret_list" => "The secrets of the key that work.",
            "secret_retire" => "The secret has stopped working.",
            "key_reveal" => "The secret that the key keeps.",
            "audit_list" => "One page of the records.",
            "key_verify" => "What was found, good or not.",
            "key_verify_batch" => "What was found of each.",
            "introspect" => "What was found: whether the token is active, and then what it is.",
            "forward_auth" => "The request may go in. Whose key it is, is in the headers.",
            "whoami" => "The key that the request was made with.",
            _ => "The key.",
        }
    }

    fn parameter(id: &str, name: &str) -> Option<Value> {
        parameters::example(id, name)
    }

    fn headers(id: &str) -> Vec<ParameterData> {
        match id {
            "key_update" | "key_limits_update" => vec![request_headers::if_match()],
            "key_create" | "key_rotate" => vec![request_headers::idempotency_key()],
            _ => Vec::new(),
        }
    }

    fn meaning(code: u16) -> Option<&'static str> {
        match code {
            403 => Some(
                "The credential is good, but its role does not allow this, or it asks for what it cannot grant, or for a \
                 change to a key whose role is above its own; or the presented key lacks a scope, or is used from \
                 another address than its own.",
            ),
            415 => Some(
                "The body's content type is not `application/json`, or that of a form for an introspection.",
            ),
            413 => Some(
                "The body is larger than 64 KiB, or than 256 KiB for a batch, or 4 MiB for an import.",
            ),
            _ => None,
        }
    }
}
