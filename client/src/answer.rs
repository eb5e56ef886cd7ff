//! What is done to answers before generated code reads them.

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::{Request, Response};
use serde_json::json;

use crate::ocamba::{self, types::ApiError};

/// Generated code reads the error body of a documented status and, should it not be one, forgets the status
/// and the headers with it. A proxy's HTML page or a broken body is therefore replaced by an error body that
/// says what happened, before generated code sees it.
impl ClientHooks<()> for ocamba::Client {
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        let response = self.client().execute(request).await?;
        let status = response.status();
        if !status.is_client_error() && !status.is_server_error() {
            return Ok(response);
        }
        let (version, headers) = (response.version(), response.headers().clone());
        let extensions = response.extensions().clone();
        let mut body: Vec<u8> = response.bytes().await?.into();
        if serde_json::from_slice::<ApiError>(&body).is_err() {
            body = stand_in(status);
        }
        let mut rebuilt = http::Response::new(body);
        *rebuilt.status_mut() = status;
        *rebuilt.version_mut() = version;
        *rebuilt.headers_mut() = headers;
        *rebuilt.extensions_mut() = extensions;
        Ok(rebuilt.into())
    }
}

fn stand_in(status: reqwest::StatusCode) -> Vec<u8> {
    let title = status.canonical_reason().unwrap_or("Unknown status");
    let body = json!({
        "code": status.as_u16(),
        "title": title,
        "message": "The answer has no error body of Bitting's: something in between may have answered.",
    });
    body.to_string().into_bytes()
}
