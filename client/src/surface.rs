//! What the generated clients have in common.

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::{Request, Response};

use crate::{Retry, answer, dialect::Dialect, feldera, keys, ocamba};

/// A generated client. Implemented for those of this crate and for no others.
pub trait Surface: ClientInfo<Retry> + sealed::Sealed {
    /// The name of the surface's client.
    const NAME: &'static str;

    /// The generated client over an HTTP client that authenticates by itself.
    fn over(base_url: &str, http: reqwest::Client, retry: Retry) -> Self;
}

mod sealed {
    /// What only this crate can say of a client.
    pub trait Sealed {
        /// The error body of its surface.
        type ErrorBody: super::Dialect;
    }
}

impl sealed::Sealed for ocamba::Client {
    type ErrorBody = ocamba::types::ApiError;
}

impl sealed::Sealed for feldera::Client {
    type ErrorBody = feldera::types::ApiError;
}

impl sealed::Sealed for keys::Client {
    type ErrorBody = keys::types::ApiError;
}

impl Surface for ocamba::Client {
    const NAME: &'static str = "Ocamba";

    fn over(base_url: &str, http: reqwest::Client, retry: Retry) -> Self {
        Self::new_with_client(base_url, http, retry)
    }
}

impl Surface for feldera::Client {
    const NAME: &'static str = "Feldera";

    fn over(base_url: &str, http: reqwest::Client, retry: Retry) -> Self {
        Self::new_with_client(base_url, http, retry)
    }
}

impl Surface for keys::Client {
    const NAME: &'static str = "Keys";

    fn over(base_url: &str, http: reqwest::Client, retry: Retry) -> Self {
        Self::new_with_client(base_url, http, retry)
    }
}

impl ClientHooks<Retry> for ocamba::Client {
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        answer::of::<ocamba::types::ApiError>(self.client(), self.inner(), request).await
    }
}

impl ClientHooks<Retry> for feldera::Client {
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        answer::of::<feldera::types::ApiError>(self.client(), self.inner(), request).await
    }
}

impl ClientHooks<Retry> for keys::Client {
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        answer::of::<keys::types::ApiError>(self.client(), self.inner(), request).await
    }
}
