//! The clients that people make.

use std::{fmt, ops::Deref, time::Duration};

use progenitor_client::ResponseValue;
use reqwest::{ClientBuilder, Method, Request, RequestBuilder, Response, Url, redirect::Policy};

use crate::{Error, Options, Refused, Surface, TokenError, answer, feldera, keys, ocamba};

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// A client of one surface: every operation of the generated client `S`, with the token sent along.
#[derive(Clone)]
pub struct Api<S>(S);

/// A client of personal API keys: every operation of [`ocamba::Client`].
pub type Ocamba = Api<ocamba::Client>;

/// A client of named API keys: every operation of [`feldera::Client`].
pub type Feldera = Api<feldera::Client>;

/// A client of Bitting's own API: every operation of [`keys::Client`].
pub type Keys = Api<keys::Client>;

/// Why a client cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The base URL is none.
    #[error(
        "the base URL must be http:// or https:// and a host, without user, password, query or fragment"
    )]
    BaseUrl,
    /// The token cannot be sent.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The certificate is none.
    #[error("a CA certificate must be PEM: one or more blocks of BEGIN CERTIFICATE")]
    Certificate,
    /// The HTTP client cannot be made, most often for want of the system's certificates.
    #[error("cannot set up HTTP: {0}")]
    Http(reqwest::Error),
}

impl<S: Surface> Api<S> {
    /// A client of the server at `base_url`, such as `https://bitting.example`, with a [`Token`](crate::Token) or
    /// with more [`Options`].
    ///
    /// Requests time out after 15 seconds, and redirects are not followed: this API has none, and a token is
    /// not to be carried to wherever one points.
    pub fn new(base_url: &str, options: impl Into<Options>) -> Result<Self, SetupError> {
        let http = ClientBuilder::new()
            .connect_timeout(TIMEOUT)
            .timeout(TIMEOUT)
            .redirect(Policy::none());
        Self::with_http(base_url, options, http)
    }

    /// The same with timeouts and proxies of the caller's choice. The options and the user agent are set on top of
    /// them.
    pub fn with_http(
        base_url: &str,
        options: impl Into<Options>,
        http: ClientBuilder,
    ) -> Result<Self, SetupError> {
        let base_url = check(base_url)?;
        let options = options.into();
        let retry = options.retry;
        let document = format!("{}/{}", S::NAME.to_lowercase(), S::api_version());
        let http = options.apply(http, &document)?;
        let http = http.build().map_err(SetupError::Http)?;
        Ok(Self(S::over(&base_url, http, retry)))
    }

    /// A request for what the generated operations do not say, such as one that is newer than this client: `path` is
    /// what comes after the base URL, with its slash. [`execute`](Self::execute) sends it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.0.baseurl());
        self.0.client().request(method, url)
    }

    /// Sends a request as the operations do: with the token, again where [`Retry`](crate::Retry) says so, and with a
    /// refusal as an [`Error`]. The answer is one of a status below 400.
    pub async fn execute(&self, request: Request) -> Result<Response, Error> {
        let (client, retry) = (self.0.client(), self.0.inner());
        let answer = answer::of::<S::ErrorBody>(client, retry, request).await;
        let answer = answer.map_err(Error::Connection)?;
        let status = answer.status();
        if !status.is_client_error() && !status.is_server_error() {
            return Ok(answer);
        }
        let refusal = ResponseValue::<S::ErrorBody>::from_response::<()>(answer).await;
        let refusal = refusal.map_err(|_| Error::Answer(format!("the status is {status}")))?;
        Err(Error::Refused(Box::new(Refused::from(refusal))))
    }
}

/// The base URL without a slash at its end, to which paths are appended.
fn check(base_url: &str) -> Result<String, SetupError> {
    let url = Url::parse(base_url).map_err(|_| SetupError::BaseUrl)?;
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() || !plain {
        return Err(SetupError::BaseUrl);
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

impl<S> Deref for Api<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.0
    }
}

impl<S: Surface> fmt::Debug for Api<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", S::NAME, self.0.baseurl())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Token;

    fn token() -> Token {
        Token::new("hunter2").unwrap()
    }

    #[test]
    fn base_urls() {
        for (given, used) in [
            ("https://bitting.example", "https://bitting.example"),
            ("https://bitting.example/", "https://bitting.example"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://h.example/keys//", "https://h.example/keys"),
        ] {
            assert_eq!(Ocamba::new(given, &token()).unwrap().baseurl, used);
        }
        for bad in [
            "",
            "bitting.example",
            "ftp://bitting.example",
            "https://user:pass@bitting.example",
            "https://user@bitting.example",
            "https://bitting.example?x=1",
            "https://bitting.example/#x",
        ] {
            let error = Ocamba::new(bad, &token()).unwrap_err();
            assert!(matches!(error, SetupError::BaseUrl), "{bad}");
        }
    }

    #[test]
    fn no_client_shows_its_token() {
        let url = "https://bitting.example";
        let client = Ocamba::new(url, &token()).unwrap();
        let shown = format!("{client:?} {:?} {:?}", *client, client.key_view().id("1"));
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(
            shown.starts_with("Ocamba(https://bitting.example)"),
            "{shown}"
        );
        let (feldera, keys) = (Feldera::new(url, &token()), Keys::new(url, &token()));
        let (feldera, keys) = (feldera.unwrap(), keys.unwrap());
        let shown = format!("{feldera:?} {:?} {keys:?} {:?}", *feldera, *keys);
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
