//! The published documents, served as the very bytes that were committed.

use std::sync::Arc;

use dropshot::{
    ApiDescription, ApiDescriptionRegisterError, ApiEndpoint, ApiEndpointVersions, Body, HttpError,
    RequestContext,
};
use http::{HeaderValue, Method, Response, header};

use crate::http::App;

/// Every document: where it is served and its bytes.
const DOCUMENTS: &[(&str, &[u8])] = &[(
    "/openapi/ocamba.json",
    include_bytes!("../../../openapi/ocamba.json"),
)];

/// Registers the documents; they need no credential.
pub(crate) fn register(
    api: &mut ApiDescription<Arc<App>>,
) -> Result<(), ApiDescriptionRegisterError> {
    for (path, bytes) in DOCUMENTS {
        let endpoint = ApiEndpoint::new(
            (*path).to_owned(),
            move |_: RequestContext<Arc<App>>| async move {
                let mut response = Response::new(Body::from(bytes.to_vec()));
                let headers = response.headers_mut();
                let json = HeaderValue::from_static("application/json");
                headers.insert(header::CONTENT_TYPE, json);
                Ok::<_, HttpError>(response)
            },
            Method::GET,
            dropshot::CONTENT_TYPE_JSON,
            path,
            ApiEndpointVersions::All,
        );
        api.register(endpoint.visible(false))?;
    }
    Ok(())
}
