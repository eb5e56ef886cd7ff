//! A response that documents one type and may answer anything.

use dropshot::{ApiEndpointResponse, Body, HttpError, HttpResponse};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

/// Documents `T`; answers it, or a response made by hand, with headers of the caller's choice.
///
/// Dropshot's own error types cannot carry the request id or a header such as `WWW-Authenticate`, so a
/// handler answers its refusals through here too.
#[derive(Debug)]
pub struct Reply<T> {
    answer: Answer<T>,
    headers: HeaderMap,
}

#[derive(Debug)]
enum Answer<T> {
    Typed(T),
    Raw(Response<Body>),
}

impl<T> Reply<T> {
    /// The documented answer.
    pub fn typed(answer: T) -> Self {
        Self {
            answer: Answer::Typed(answer),
            headers: HeaderMap::new(),
        }
    }

    /// Any other answer.
    pub fn raw(answer: Response<Body>) -> Self {
        Self {
            answer: Answer::Raw(answer),
            headers: HeaderMap::new(),
        }
    }

    /// The same answer with one more header, which replaces what the answer itself has by that name.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The headers to add; each name replaces what the answer itself has by that name.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }
}

impl<T: HttpResponse> HttpResponse for Reply<T> {
    fn to_result(self) -> Result<Response<Body>, HttpError> {
        let mut response = match self.answer {
            Answer::Typed(answer) => answer.to_result()?,
            Answer::Raw(answer) => answer,
        };
        response.headers_mut().extend(self.headers);
        Ok(response)
    }

    fn response_metadata() -> ApiEndpointResponse {
        T::response_metadata()
    }

    fn status_code(&self) -> StatusCode {
        match &self.answer {
            Answer::Typed(answer) => answer.status_code(),
            Answer::Raw(answer) => answer.status(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use dropshot::HttpResponseOk;
    use http::header::{CACHE_CONTROL, CONTENT_TYPE};

    use super::*;

    #[test]
    fn added_headers_replace_and_join_those_of_the_answer() {
        let reply = Reply::typed(HttpResponseOk(1))
            .with_header(CACHE_CONTROL, HeaderValue::from_static("no-store"))
            .with_header(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        assert_eq!(reply.status_code(), 200);
        let response = reply.to_result().unwrap();
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
        let types: Vec<_> = response.headers().get_all(CONTENT_TYPE).iter().collect();
        assert_eq!(types, ["text/plain"]);
    }

    #[test]
    fn a_raw_answer_keeps_its_status() {
        let mut teapot = Response::new(Body::empty());
        *teapot.status_mut() = StatusCode::IM_A_TEAPOT;
        let reply = Reply::<HttpResponseOk<u8>>::raw(teapot);
        assert_eq!(reply.status_code(), 418);
        assert_eq!(reply.to_result().unwrap().status(), 418);
    }
}
