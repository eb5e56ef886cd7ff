//! The published documents, served as the very bytes that were committed.

use std::sync::Arc;

use bytes::Bytes;
use dropshot::{
    ApiDescription, ApiDescriptionRegisterError, ApiEndpoint, ApiEndpointVersions, Body, HttpError,
    RequestContext,
};
use http::{HeaderValue, Method, Response, header};

use crate::http::{App, decorate, preflight};

/// Every document: where it is served and its bytes.
const DOCUMENTS: &[(&str, &[u8])] = &[
    (
        "/openapi/keys.json",
        include_bytes!("../../../openapi/keys.json"),
    ),
    (
        "/openapi/ocamba.json",
        include_bytes!("../../../openapi/ocamba.json"),
    ),
    (
        "/openapi/feldera.json",
        include_bytes!("../../../openapi/feldera.json"),
    ),
];

/// Registers the documents; they need no credential.
pub(crate) fn register(
    api: &mut ApiDescription<Arc<App>>,
) -> Result<(), ApiDescriptionRegisterError> {
    for (path, bytes) in DOCUMENTS {
        let get = move |request: RequestContext<Arc<App>>| async move {
            let mut response = Response::new(Body::from(Bytes::from_static(bytes)));
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
            decorate(&request, &mut response);
            Ok::<_, HttpError>(response)
        };
        let versions = || ApiEndpointVersions::All;
        let json = dropshot::CONTENT_TYPE_JSON;
        let name = (*path).to_owned();
        let get = ApiEndpoint::new(name, get, Method::GET, json, path, versions());
        api.register(get.visible(false))?;

        let options = |request: RequestContext<Arc<App>>| async move {
            Ok::<_, HttpError>(preflight(&request, &["GET"]))
        };
        let name = format!("{path} preflight");
        let options = ApiEndpoint::new(name, options, Method::OPTIONS, json, path, versions());
        api.register(options.visible(false))?;
    }
    Ok(())
}
