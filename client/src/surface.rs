//! What the generated clients have in common.

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::{Request, Response};

use crate::{answer, feldera, keys, ocamba};

/// A generated client. Implemented for those of this crate and for no others.
pub trait Surface: ClientInfo<()> + sealed::Sealed {
    /// The name of the surface's client.
    const NAME: &'static str;

    /// The generated client over an HTTP client that authenticates by itself.
    fn over(base_url: &str, http: reqwest::Client) -> Self;
}

mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for ocamba::Client {}
impl sealed::Sealed for feldera::Client {}
impl sealed::Sealed for keys::Client {}

impl Surface for ocamba::Client {
    const NAME: &'static str = "Ocamba";

    fn over(base_url: &str, http: reqwest::Client) -> Self {
        Self::new_with_client(base_url, http)
    }
}

impl Surface for feldera::Client {
    const NAME: &'static str = "Feldera";

    fn over(base_url: &str, http: reqwest::Client) -> Self {
        Self::new_with_client(base_url, http)
    }
}

impl Surface for keys::Client {
    const NAME: &'static str = "Keys";

    fn over(base_url: &str, http: reqwest::Client) -> Self {
        Self::new_with_client(base_url, http)
    }
}

impl ClientHooks<()> for ocamba::Client {
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        answer::of::<ocamba::types::ApiError>(self.client(), request).await
    }
}

impl ClientHooks<()> for feldera::Client {
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        answer::of::<feldera::types::ApiError>(self.client(), request).await
    }
}

impl ClientHooks<()> for keys::Client {
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        answer::of::<keys::types::ApiError>(self.client(), request).await
    }
}
