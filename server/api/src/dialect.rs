//! How a surface words what core refuses.

use bitting_core::Refusal;
use dropshot::Body;
use http::Response;

/// A surface's error answers. Implementations match on [`Refusal`] exhaustively, so that a new refusal does
/// not compile until every surface has its words for it; and nothing else writes an error body.
pub trait Dialect {
    /// The whole answer to `refusal`: status, headers and body.
    ///
    /// The header `x-request-id` is Dropshot's to set; `request_id` is for the body.
    fn refuse(refusal: &Refusal, request_id: &str) -> Response<Body>;
}
