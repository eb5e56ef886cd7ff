//! Files that are compiled in, and the one way in which they are served: no credential, an `ETag`, compressed for
//! those who accept that.

mod content;
mod negotiate;

use std::sync::Arc;

use dropshot::{
    ApiDescription, ApiDescriptionRegisterError, ApiEndpoint, ApiEndpointVersions, Body, HttpError,
    RequestContext,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};

pub(crate) use content::Content;

use super::{App, handle::allow};

type Request = RequestContext<Arc<App>>;

/// The methods of every file.
const METHODS: &[&str] = &["GET", "HEAD", "OPTIONS"];
/// What a page of any origin may read of an answer, besides what it always may.
const EXPOSED: &str = "etag, link, x-request-id";
/// What a page of any origin may send.
const ALLOWED_HEADERS: &str = "if-none-match";
/// How long a browser may remember the answer to a preflight, in seconds.
const MAX_AGE: &str = "86400";
/// The `Cache-Control` of what changes with the server: a copy is good after asking.
pub(crate) const ASK_FIRST: &str = "no-cache";
/// The `Cache-Control` of what has another name when it is another.
pub(crate) const FOREVER: &str = "public, max-age=31536000, immutable";

/// A file that is compiled in.
pub(crate) struct Fixed {
    /// Where it is.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) content: Arc<Content>,
    /// Its `Content-Type`.
    pub(crate) media: &'static str,
    /// Its `Cache-Control`.
    pub(crate) cache: &'static str,
    /// Whether pages of every origin may read it, whatever `--cors-origin` says. Nothing in it is anybody's own.
    pub(crate) open: bool,
    /// What else its answers say.
    pub(crate) headers: Vec<(HeaderName, &'static str)>,
}

impl Fixed {
    /// Serves it.
    pub(crate) fn mount(
        self,
        api: &mut ApiDescription<Arc<App>>,
    ) -> Result<(), ApiDescriptionRegisterError> {
        let file = Arc::new(self);
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            let name = format!("{method} {}", file.path);
            let served = Arc::clone(&file);
            let handler = move |request: Request| {
                let file = Arc::clone(&served);
                async move {
                    let request = &request.request;
                    if request.uri().path().ends_with('/') {
                        return Ok::<_, HttpError>(file.elsewhere());
                    }
                    Ok(file.answer(request.headers(), request.method()))
                }
            };
            let (json, all) = (dropshot::CONTENT_TYPE_JSON, ApiEndpointVersions::All);
            let endpoint = ApiEndpoint::new(name, handler, method, json, &file.path, all);
            api.register(endpoint.visible(false))?;
        }
        Ok(())
    }

    /// With a slash after its path it would have another place, from which what it names is not to be found. Where it is
    /// is said as seen from there: a proxy may show it below a path of its own.
    fn elsewhere(&self) -> Response<Body> {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::PERMANENT_REDIRECT;
        let (_, name) = self.path.rsplit_once('/').unwrap_or_default();
        set(&mut answer, header::LOCATION, &format!("../{name}"));
        set(&mut answer, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        answer
    }

    fn answer(&self, asked: &HeaderMap, method: &Method) -> Response<Body> {
        let mut answer = if method == Method::OPTIONS {
            self.options(asked)
        } else {
            self.representation(asked, method)
        };
        if self.open {
            set(&mut answer, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }
        set(&mut answer, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        answer
    }

    /// What it is, to `GET` and `HEAD`.
    fn representation(&self, asked: &HeaderMap, method: &Method) -> Response<Body> {
        let gzip = negotiate::accepts_gzip(asked);
        let tag = self.content.tag(gzip);
        let mut answer = Response::new(Body::empty());
        // A 304 says what a 200 would have said about the copy that is there (RFC 9110, 15.4.5).
        set(&mut answer, header::ETAG, tag);
        set(&mut answer, header::CACHE_CONTROL, self.cache);
        set(&mut answer, header::VARY, "Accept-Encoding");
        for (name, value) in &self.headers {
            set(&mut answer, name.clone(), value);
        }
        if self.open {
            set(&mut answer, header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        if negotiate::is_known(asked, tag) {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            return answer;
        }
        set(&mut answer, header::CONTENT_TYPE, self.media);
        if gzip {
            set(&mut answer, header::CONTENT_ENCODING, "gzip");
        }
        let bytes = self.content.bytes(gzip);
        // Of a HEAD too, for which nothing else would tell it.
        let length = HeaderValue::from(bytes.len());
        answer.headers_mut().insert(header::CONTENT_LENGTH, length);
        if method == Method::GET {
            *answer.body_mut() = Body::from(bytes);
        }
        answer
    }

    /// The methods: for a preflight, where pages of other origins may ask, in its own words.
    fn options(&self, asked: &HeaderMap) -> Response<Body> {
        let mut answer = allow(METHODS);
        if self.open && asked.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
            let methods = METHODS.join(", ");
            set(&mut answer, header::ACCESS_CONTROL_ALLOW_METHODS, &methods);
            set(
                &mut answer,
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                ALLOWED_HEADERS,
            );
            set(&mut answer, header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        }
        answer
    }
}

/// Sets a header to a value of ours, all of which are visible ASCII.
fn set(answer: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}
