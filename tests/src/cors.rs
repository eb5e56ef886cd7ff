//! Requests as browsers send them for pages of other origins.

use crate::{Answer, Request, Server, Setup};

/// An origin that [`permitting`] permits.
pub const ORIGIN: &str = "https://app.example";

/// A server that permits two origins, [`ORIGIN`] among them.
pub async fn permitting() -> Server {
    Setup::default()
        .origins(&["https://other.example:8443", ORIGIN])
        .start()
        .await
}

/// What a browser asks before it sends `method` to `path` for a page of `origin`.
pub fn preflight(path: &str, method: &str, origin: &str) -> Request {
    Request::new("OPTIONS", path)
        .header("origin", origin)
        .header("access-control-request-method", method)
        .header(
            "access-control-request-headers",
            "authorization,content-type",
        )
}

/// The origin that an answer permits.
pub fn permitted(answer: &Answer) -> Option<&str> {
    answer.header("access-control-allow-origin")
}
