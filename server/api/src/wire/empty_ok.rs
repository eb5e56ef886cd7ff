//! A success that says nothing but 200.

use dropshot::{ApiEndpointResponse, Body, HttpError, HttpResponse, HttpResponseUpdatedNoContent};
use http::{Response, StatusCode};

/// 200 without a body (F40). Dropshot's own answers without a body are all 204.
#[derive(Clone, Copy, Debug)]
pub struct EmptyOk;

impl HttpResponse for EmptyOk {
    fn to_result(self) -> Result<Response<Body>, HttpError> {
        Ok(Response::new(Body::empty()))
    }

    fn response_metadata() -> ApiEndpointResponse {
        ApiEndpointResponse {
            success: Some(StatusCode::OK),
            ..HttpResponseUpdatedNoContent::response_metadata()
        }
    }

    fn status_code(&self) -> StatusCode {
        StatusCode::OK
    }
}
