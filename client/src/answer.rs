//! What is done to answers before generated code reads them.

use reqwest::{Client, Request, Response};

use crate::dialect::Dialect;

/// The answer to `request`.
///
/// Generated code reads the error body of a documented status and, should it not be one, forgets the status
/// and the headers with it. A proxy's HTML page or a broken body is therefore replaced by an error body that
/// says what happened, before generated code sees it.
pub(crate) async fn of<D: Dialect>(client: &Client, request: Request) -> reqwest::Result<Response> {
    let response = client.execute(request).await?;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return Ok(response);
    }
    let (version, headers) = (response.version(), response.headers().clone());
    let extensions = response.extensions().clone();
    let mut body: Vec<u8> = response.bytes().await?.into();
    if serde_json::from_slice::<D>(&body).is_err() {
        // Strings and numbers always serialise.
        body = serde_json::to_vec(&D::stand_in(status)).unwrap_or_default();
    }
    let mut rebuilt = http::Response::new(body);
    *rebuilt.status_mut() = status;
    *rebuilt.version_mut() = version;
    *rebuilt.headers_mut() = headers;
    *rebuilt.extensions_mut() = extensions;
    Ok(rebuilt.into())
}
