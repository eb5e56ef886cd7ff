//! Cross-origin requests from browsers (O11).

use dropshot::Body;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};

/// What a page may read of an answer besides what it always may.
const EXPOSED: &str = "x-request-id, retry-after, location, etag, x-ratelimit-limit, \
                       x-ratelimit-remaining, x-ratelimit-reset";
/// What a page may send.
const ALLOWED_HEADERS: &str = "authorization, content-type, if-match, idempotency-key";
/// How long a browser may remember the answer to a preflight, in seconds.
const MAX_AGE: &str = "600";

/// Which origins may call.
pub(super) struct Cors {
    origins: Vec<HeaderValue>,
}

impl Cors {
    pub(super) fn new(origins: &[String]) -> Self {
        // What cannot be a header's value is no browser's origin either.
        let origins = origins.iter().filter_map(|o| o.parse().ok()).collect();
        Self { origins }
    }

    /// Adds to an answer's headers what lets a permitted origin read it. `Vary` goes with every answer while
    /// CORS is on: a cache must not give one origin's answer to another.
    pub(super) fn decorate(&self, request: &HeaderMap, answer: &mut HeaderMap) {
        if self.origins.is_empty() {
            return;
        }
        answer.append(header::VARY, HeaderValue::from_static("Origin"));
        if let Some(origin) = self.permitted(request) {
            answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            answer.insert(
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static(EXPOSED),
            );
        }
    }

    /// The answer to a preflight, if the request is one of a permitted origin.
    pub(super) fn preflight(
        &self,
        method: &Method,
        request: &HeaderMap,
        allowed: &[&str],
    ) -> Option<Response<Body>> {
        let asks = method == Method::OPTIONS
            && request.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        if !asks || self.permitted(request).is_none() {
            return None;
        }
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::NO_CONTENT;
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                answer.headers_mut().insert(name, value);
            }
        };
        set(header::ACCESS_CONTROL_ALLOW_METHODS, &allowed.join(", "));
        set(header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS);
        set(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        Some(answer)
    }

    fn permitted(&self, request: &HeaderMap) -> Option<&HeaderValue> {
        let origin = request.get(header::ORIGIN)?;
        self.origins.iter().find(|known| *known == origin)
    }
}
