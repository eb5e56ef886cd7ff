//! What is done to answers before generated code reads them.

use bytes::Bytes;
use reqwest::{Client, Request, Response};

use crate::{Retry, dialect::Dialect};

/// The answer to `request`.
///
/// Generated code reads the error body of a documented status and, should it not be one, forgets the status
/// and the headers with it. A proxy's HTML page or a broken body is therefore replaced by an error body that
/// says what happened, before generated code sees it.
pub(crate) async fn of<D: Dialect>(
    client: &Client,
    retry: &Retry,
    request: Request,
) -> reqwest::Result<Response> {
    let mut answer = retry.send(client, request).await?;
    let status = answer.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if is_error && serde_json::from_slice::<D>(answer.body()).is_err() {
        // Strings and numbers always serialise.
        let body = serde_json::to_vec(&D::stand_in(status)).unwrap_or_default();
        *answer.body_mut() = body.into();
    }
    Ok(answer.into())
}

/// The answer to `request`, to its last byte: one that ends too early is none.
pub(crate) async fn whole(
    client: &Client,
    request: Request,
) -> reqwest::Result<http::Response<Bytes>> {
    let response = client.execute(request).await?;
    let (status, version) = (response.status(), response.version());
    let (headers, extensions) = (response.headers().clone(), response.extensions().clone());
    let mut whole = http::Response::new(response.bytes().await?);
    *whole.status_mut() = status;
    *whole.version_mut() = version;
    *whole.headers_mut() = headers;
    *whole.extensions_mut() = extensions;
    Ok(whole)
}
