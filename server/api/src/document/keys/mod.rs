//! The document of Bitting's own API.

mod examples;

use bitting_core::{Denial, Field, Refusal, Role, Violation};
use dropshot::semver::Version;
use openapiv3::OpenAPI;
use serde_json::Value;

use super::{
    DocumentError, refusals, stub,
    surface::{self, Texts},
};
use crate::{
    keys::{KeysDialect, keys_api_mod, types::ErrorCode},
    operations::Surface,
};

/// The version of the document; the `v1` of the paths changes only with what no client can bear.
const VERSION: Version = Version::new(0, 1, 0);

pub(super) fn document() -> Result<OpenAPI, DocumentError> {
    let api = keys_api_mod::stub_api_description()?;
    let title = "Bitting: API keys, companies and members";
    let mut document = stub::document(&api, title, VERSION)?;
    surface::enrich::<KeysTexts>(&mut document)?;
    Ok(document)
}

enum KeysTexts {}

impl Texts for KeysTexts {
    const SURFACE: Surface = Surface::Keys;
    const LOCATION: Option<&'static str> = Some("/v1/companies/2");
    const NO_CACHE: bool = false;

    type Dialect = KeysDialect;

    fn description() -> String {
        include_str!("description.md").replace("{error_codes}", &ErrorCode::table())
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
            _ => "The member.",
        }
    }

    fn requests(id: &str) -> Vec<(&'static str, Value)> {
        examples::requests(id)
    }

    fn answers(id: &str) -> Vec<(&'static str, Value)> {
        examples::answers(id)
    }

    fn parameter(name: &str) -> Option<Value> {
        examples::parameter(name)
    }

    fn refusals(code: u16) -> Vec<(&'static str, Refusal)> {
        match code {
            400 => vec![
                (
                    "body",
                    Refusal::Invalid(vec![
                        Violation::new(Field::Name, "is required"),
                        Violation::new(Field::Parameter("first_key"), "must be true or false"),
                    ]),
                ),
                (
                    "query",
                    Violation::new(Field::Parameter("limit"), "must be a number from 1 to 1000")
                        .into(),
                ),
            ],
            403 => vec![
                (
                    "weak_role",
                    Refusal::Forbidden(Denial::RoleTooWeak {
                        required: Role::Admin,
                        actual: Role::Write,
                    }),
                ),
                (
                    "role_above",
                    Refusal::Forbidden(Denial::RoleExceedsCreator {
                        requested: Role::Root,
                        creator: Role::Admin,
                    }),
                ),
                ("token_role", Refusal::Forbidden(Denial::TokenRole)),
            ],
            _ => refusals::samples(code),
        }
    }
}
