//! The response headers that documents speak of.

use openapiv3::{
    Components, Header, HeaderStyle, IntegerType, ParameterSchemaOrContent, ReferenceOr, Response,
    Schema, SchemaData, SchemaKind, StringType, Type,
};

/// A response header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    RequestId,
    Location,
    NoStore,
    Challenge,
    RetryAfter,
    RateLimit,
    RateRemaining,
    RateReset,
}

impl Named {
    const ALL: [Self; 8] = [
        Self::RequestId,
        Self::Location,
        Self::NoStore,
        Self::Challenge,
        Self::RetryAfter,
        Self::RateLimit,
        Self::RateRemaining,
        Self::RateReset,
    ];

    /// The headers of a response that no rate limit stopped.
    pub(super) const RATE: [Self; 3] = [Self::RateLimit, Self::RateRemaining, Self::RateReset];

    fn name(self) -> &'static str {
        match self {
            Self::RequestId => "x-request-id",
            Self::Location => "Location",
            Self::NoStore => "Cache-Control",
            Self::Challenge => "WWW-Authenticate",
            Self::RetryAfter => "Retry-After",
            Self::RateLimit => "X-RateLimit-Limit",
            Self::RateRemaining => "X-RateLimit-Remaining",
            Self::RateReset => "X-RateLimit-Reset",
        }
    }

    fn component(self) -> &'static str {
        match self {
            Self::RequestId => "RequestId",
            Self::Location => "Location",
            Self::NoStore => "NoStore",
            Self::Challenge => "Challenge",
            Self::RetryAfter => "RetryAfter",
            Self::RateLimit => "RateLimit",
            Self::RateRemaining => "RateRemaining",
            Self::RateReset => "RateReset",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::RequestId => {
                "The id that the server gave to this request, a UUID: the same as in an error's body and in \
                 the server's log."
            }
            Self::Location => "The path of what was made.",
            Self::NoStore => "`no-store` when the response shows a secret.",
            Self::Challenge => "How to authenticate: `Bearer`.",
            Self::RetryAfter => "Seconds until the next request may succeed.",
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
            Self::RequestId | Self::Location | Self::Challenge | Self::RetryAfter
        )
    }

    fn example(self, location: &str) -> serde_json::Value {
        match self {
            Self::RequestId => super::refusals::REQUEST_ID.into(),
            Self::Location => location.into(),
            Self::NoStore => "no-store".into(),
            Self::Challenge => "Bearer".into(),
            Self::RetryAfter | Self::RateReset => 12.into(),
            Self::RateLimit => 150.into(),
            Self::RateRemaining => 149.into(),
        }
    }

    fn kind(self) -> Type {
        match self {
            Self::RequestId | Self::Location | Self::NoStore | Self::Challenge => {
                Type::String(StringType::default())
            }
            Self::RetryAfter | Self::RateLimit | Self::RateRemaining | Self::RateReset => {
                Type::Integer(IntegerType {
                    minimum: Some(0),
                    ..IntegerType::default()
                })
            }
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

/// Writes every header once, for responses to refer to. `location` is an example of the path of a new thing.
pub(super) fn declare(components: &mut Components, location: &str) {
    for header in Named::ALL {
        let written = ReferenceOr::Item(header.header(location));
        components
            .headers
            .insert(header.component().to_owned(), written);
    }
}

/// Says that `response` has `headers`.
pub(super) fn add(response: &mut Response, headers: impl IntoIterator<Item = Named>) {
    for header in headers {
        let reference = format!("#/components/headers/{}", header.component());
        response.headers.insert(
            header.name().to_owned(),
            ReferenceOr::Reference { reference },
        );
    }
}
