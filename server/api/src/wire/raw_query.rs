//! The query string as it was sent.

use std::{fmt, marker::PhantomData};

use async_trait::async_trait;
use dropshot::{
    ApiEndpointBodyContentType, ExtractorMetadata, HttpError, Query, RequestContext, ServerContext,
    SharedExtractor,
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

/// Documents `Query<T>` and hands over the query string undecoded.
///
/// Dropshot decodes a query before the handler can authenticate, and answers a bad one itself; this never
/// fails, so that the handler decodes when it is time and refuses in its surface's dialect.
pub struct RawQuery<T> {
    text: String,
    documents: PhantomData<fn() -> T>,
}

impl<T> RawQuery<T> {
    /// The query string, without the question mark; empty when there is none.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T> From<String> for RawQuery<T> {
    fn from(text: String) -> Self {
        Self {
            text,
            documents: PhantomData,
        }
    }
}

impl<T> fmt::Debug for RawQuery<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the text: people put secrets where they do not belong, and this may end in a log.
        f.write_str("RawQuery(..)")
    }
}

#[async_trait]
impl<T> SharedExtractor for RawQuery<T>
where
    T: JsonSchema + DeserializeOwned + Send + Sync + 'static,
{
    async fn from_request<C: ServerContext>(rqctx: &RequestContext<C>) -> Result<Self, HttpError> {
        let query = rqctx.request.uri().query().unwrap_or_default();
        Ok(query.to_owned().into())
    }

    fn metadata(content_type: ApiEndpointBodyContentType) -> ExtractorMetadata {
        <Query<T> as SharedExtractor>::metadata(content_type)
    }
}
