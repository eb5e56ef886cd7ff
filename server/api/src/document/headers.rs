//! The response headers that documents speak of.

use std::collections::BTreeSet;

use openapiv3::{
    Components, Header, HeaderStyle, IntegerFormat, IntegerType, OpenAPI, ParameterSchemaOrContent,
    ReferenceOr, Response, Schema, SchemaData, SchemaKind, StringType, Type,
    VariantOrUnknownOrEmpty,
};

/// The entity tag of every example.
pub(super) const ENTITY_TAG: &str = "\"5d1f3c9e0b7a48d2a6e4f80917c3b25d\"";

/// A response header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    RequestId,
    Location,
    EntityTag,
    NoStore,
    NeverStored,
    NoCache,
    Challenge,
    PresentedKey,
    PresentedCompany,
    PresentedMember,
    PresentedScopes,
    RetryAfter,
    /// The same, where waiting may not help.
    RetryAfterIfEver,
    RateLimit,
    RateRemaining,
    RateReset,
}

impl Named {
    const ALL: [Self; 16] = [
        Self::RequestId,
        Self::Location,
        Self::EntityTag,
        Self::NoStore,
        Self::NeverStored,
        Self::NoCache,
        Self::Challenge,
        Self::PresentedKey,
        Self::PresentedCompany,
        Self::PresentedMember,
        Self::PresentedScopes,
        Self::RetryAfter,
        Self::RetryAfterIfEver,
        Self::RateLimit,
        Self::RateRemaining,
        Self::RateReset,
    ];

    /// The headers of a response that no rate limit stopped.
    pub(super) const RATE: [Self; 3] = [Self::RateLimit, Self::RateRemaining, Self::RateReset];

    /// The headers that tell a gateway whose key was presented.
    pub(super) const PRESENTED: [Self; 5] = [
        Self::NeverStored,
        Self::PresentedKey,
        Self::PresentedCompany,
        Self::PresentedMember,
        Self::PresentedScopes,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::RequestId => "x-request-id",
            Self::Location => "Location",
            Self::EntityTag => "ETag",
            Self::NoStore | Self::NeverStored | Self::NoCache => "Cache-Control",
            Self::Challenge => "WWW-Authenticate",
            Self::PresentedKey => "X-Bitting-Key-Id",
            Self::PresentedCompany => "X-Bitting-Company-Id",
            Self::PresentedMember => "X-Bitting-Member-Id",
            Self::PresentedScopes => "X-Bitting-Scopes",
            Self::RetryAfter | Self::RetryAfterIfEver => "Retry-After",
            Self::RateLimit => "X-RateLimit-Limit",
            Self::RateRemaining => "X-RateLimit-Remaining",
            Self::RateReset => "X-RateLimit-Reset",
        }
    }

    fn component(self) -> &'static str {
        match self {
            Self::RequestId => "RequestId",
            Self::Location => "Location",
            Self::EntityTag => "ETag",
            Self::NoStore => "NoStore",
            Self::NeverStored => "NeverStored",
            Self::NoCache => "NoCache",
            Self::Challenge => "Challenge",
            Self::PresentedKey => "PresentedKey",
            Self::PresentedCompany => "PresentedCompany",
            Self::PresentedMember => "PresentedMember",
            Self::PresentedScopes => "PresentedScopes",
            Self::RetryAfter => "RetryAfter",
            Self::RetryAfterIfEver => "RetryAfterIfEver",
            Self::RateLimit => "RateLimit",
            Self::RateRemaining => "RateRemaining",
            Self::RateReset => "RateReset",
        }
    }

    fn reference(self) -> String {
        format!("#/components/headers/{}", self.component())
    }

    fn description(self) -> &'static str {
        match self {
            Self::RequestId => {
                "The id that the server gave to this request, a UUID, under which its log has it: name it when \
                 you ask for help."
            }
            Self::Location => "The path of what was made.",
            Self::EntityTag => {
                "The version of what is shown, in quotes: for `If-Match`. Use does not change it."
            }
            Self::NoStore => "`no-store` when the response shows a secret.",
            Self::NoCache => "`no-cache`: ask again before the response is used again.",
            Self::NeverStored => "`no-store`: it is for this request alone.",
            Self::Challenge => "How to authenticate: `Bearer`.",
            Self::PresentedKey => "The id of the presented key.",
            Self::PresentedCompany => "The id of the company that the presented key belongs to.",
            Self::PresentedMember => "The id of the member whose key the presented one is.",
            Self::PresentedScopes => {
                "What the presented key is good for: scopes between commas, in order; `-` for none."
            }
            Self::RetryAfter => "Seconds until the next request may succeed.",
            Self::RetryAfterIfEver => {
                "Seconds until the next request may succeed; left out where waiting does not help."
            }
            Self::RateLimit => {
                "How many requests the window with the fewest left allows. Only where limits are configured."
            }
            Self::RateRemaining => {
                "How many requests are left in that window. Only where limits are configured."
            }
            Self::RateReset => {
                "Seconds until that window begins anew. Only where limits are configured."
            }
        }
    }

    /// Whether every response that documents the header has it.
    fn required(self) -> bool {
        matches!(
            self,
            Self::RequestId
                | Self::Location
                | Self::EntityTag
                | Self::NeverStored
                | Self::NoCache
                | Self::Challenge
                | Self::PresentedKey
                | Self::PresentedCompany
                | Self::PresentedMember
                | Self::PresentedScopes
                | Self::RetryAfter
        )
    }

    fn example(self, location: &str) -> serde_json::Value {
        match self {
            Self::RequestId => super::refusals::REQUEST_ID.into(),
            Self::Location => location.into(),
            Self::EntityTag => ENTITY_TAG.into(),
            Self::NoStore | Self::NeverStored => "no-store".into(),
            Self::NoCache => "no-cache".into(),
            Self::Challenge => "Bearer".into(),
            Self::PresentedKey => "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17".into(),
            Self::PresentedCompany => "2".into(),
            Self::PresentedMember => "3".into(),
            Self::PresentedScopes => "orders:read,orders:write".into(),
            Self::RetryAfter | Self::RetryAfterIfEver | Self::RateReset => 12.into(),
            Self::RateLimit => 150.into(),
            Self::RateRemaining => 149.into(),
        }
    }

    fn kind(self) -> Type {
        match self {
            Self::RequestId
            | Self::Location
            | Self::EntityTag
            | Self::NoStore
            | Self::NeverStored
            | Self::NoCache
            | Self::Challenge
            | Self::PresentedKey
            | Self::PresentedCompany
            | Self::PresentedMember
            | Self::PresentedScopes => Type::String(StringType::default()),
            Self::RetryAfter
            | Self::RetryAfterIfEver
            | Self::RateLimit
            | Self::RateRemaining
            | Self::RateReset => Type::Integer(IntegerType {
                format: VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64),
                minimum: Some(0),
                ..IntegerType::default()
            }),
        }
    }

    fn header(self, location: &str) -> Header {
        Header {
            description: Some(self.description().to_owned()),
            style: HeaderStyle::Simple,
            required: self.required(),
            deprecated: None,
            format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(Schema {
                schema_data: SchemaData::default(),
                schema_kind: SchemaKind::Type(self.kind()),
            })),
            example: Some(self.example(location)),
            examples: [].into(),
            extensions: [].into(),
        }
    }
}

/// What the responses of `document` refer to.
pub(super) fn used(document: &OpenAPI) -> BTreeSet<String> {
    let operations = document.operations().map(|(_, _, operation)| operation);
    let answers = operations.flat_map(|operation| operation.responses.responses.values());
    let shared = document
        .components
        .iter()
        .flat_map(|c| c.responses.values());
    answers
        .chain(shared)
        .filter_map(ReferenceOr::as_item)
        .flat_map(|response| response.headers.values())
        .filter_map(|header| match header {
            ReferenceOr::Reference { reference } => Some(reference.clone()),
            ReferenceOr::Item(_) => None,
        })
        .collect()
}

/// Writes every header that is used once, for responses to refer to. `location` is an example of the path of a new
/// thing.
pub(super) fn declare(
    components: &mut Components,
    used: &BTreeSet<String>,
    location: Option<&str>,
) {
    let location = location.unwrap_or_default();
    for header in Named::ALL {
        if used.contains(&header.reference()) {
            let written = ReferenceOr::Item(header.header(location));
            let name = header.component().to_owned();
            components.headers.insert(name, written);
        }
    }
}

/// Says that `response` has `headers`.
pub(super) fn add(response: &mut Response, headers: impl IntoIterator<Item = Named>) {
    for header in headers {
        let reference = header.reference();
        response.headers.insert(
            header.name().to_owned(),
            ReferenceOr::Reference { reference },
        );
    }
}
