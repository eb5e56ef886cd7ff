//! Asking an issuer for its keys.

use std::{fmt, time::Duration};

use reqwest::{Client, Response, StatusCode, Url, header, redirect};

use super::{LoginSettings, json, key_set::KeySet, settings::may_lead_to};
use crate::net::root_cause;

/// How long an issuer has to answer, for everything that it is asked.
const PATIENCE: Duration = Duration::from_secs(5);

/// The largest body that is read from an issuer, in bytes.
const BODY_MAX: usize = 1024 * 1024;

/// Why there are no keys. It never repeats what an issuer sent.
#[derive(Debug)]
pub(super) enum FetchError {
    Slow,
    Told {
        document: &'static str,
        cause: String,
    },
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slow => write!(f, "no answer within {} seconds", PATIENCE.as_secs()),
            Self::Told { document, cause } => write!(f, "the {document} {cause}"),
        }
    }
}

const DISCOVERY: &str = "discovery document";
const KEYS: &str = "key set";

/// The keys that the issuer has now.
pub(super) async fn key_set(settings: &LoginSettings) -> Result<KeySet, FetchError> {
    let ask = async {
        let jwks_uri = discover(settings).await.map_err(|cause| FetchError::Told {
            document: DISCOVERY,
            cause,
        })?;
        let keys = async { Ok(KeySet::read(&get(&jwks_uri).await?)?) };
        keys.await.map_err(|cause| FetchError::Told {
            document: KEYS,
            cause,
        })
    };
    let answer = tokio::time::timeout(PATIENCE, ask).await;
    answer.unwrap_or(Err(FetchError::Slow))
}

/// Where the issuer has its keys, as it says itself.
async fn discover(settings: &LoginSettings) -> Result<Url, String> {
    let description = get(settings.discovery()).await?;
    let description = json::object(&description).ok_or("is no JSON object")?;
    let text = |name| description.get(name).and_then(json::Json::text);
    // OpenID Connect Discovery 1.0, section 4.3. Whoever answers for another issuer may have other keys.
    if text("issuer") != Some(settings.issuer()) {
        return Err("is of another issuer".to_owned());
    }
    text("jwks_uri")
        .and_then(|uri| Url::parse(uri).ok())
        .filter(|uri| may_lead_to(settings.discovery(), uri))
        .ok_or_else(|| "names no key set (jwks_uri) that may be fetched".to_owned())
}

/// A document, whole.
async fn get(url: &Url) -> Result<Vec<u8>, String> {
    let client = client(url.scheme() == "http").await?;
    let answer = client
        .get(url.clone())
        .header(header::ACCEPT, "application/json")
        .send()
        .await
        .map_err(|error| format!("cannot be fetched: {}", cause(error)))?;
    if answer.status() != StatusCode::OK {
        // A redirect too: it could lead anywhere.
        return Err(format!("was answered with {}", answer.status().as_u16()));
    }
    read(answer).await
}

/// The body, read piece by piece so that no more of it is ever held than may be.
async fn read(mut answer: Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(piece)) if body.len() + piece.len() <= BODY_MAX => {
                body.extend_from_slice(&piece);
            }
            Ok(Some(_)) => return Err(format!("is larger than {BODY_MAX} bytes")),
            Ok(None) => return Ok(body),
            Err(error) => return Err(format!("broke off: {}", cause(error))),
        }
    }
}

/// A client for one document. A new one each time, every ten minutes: it trusts the roots that the platform has
/// now, a machine without any still starts, and no connection goes stale meanwhile.
async fn client(plain: bool) -> Result<Client, String> {
    let build = move || {
        let builder = Client::builder()
            .user_agent(concat!("bitting/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none());
        // Plain HTTP is for this machine only: neither may a proxy see it, nor does it need any root.
        let builder = if plain {
            builder.no_proxy().tls_certs_only([])
        } else {
            builder
        };
        builder.build()
    };
    // The platform's roots are read from files.
    let built = tokio::task::spawn_blocking(build).await;
    built
        .map_err(|_| "cannot be fetched: the client cannot be made".to_owned())?
        .map_err(|error| format!("cannot be fetched: {}", cause(error)))
}

/// Without the URL: an issuer may keep a secret in that of its keys.
fn cause(error: reqwest::Error) -> String {
    root_cause(&error.without_url())
}
