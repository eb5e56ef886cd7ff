//! A server that commands ask.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use bitting_client::{Error, Keys, Token, TokenError};
use http::StatusCode;
use reqwest::{Certificate, ClientBuilder, Url, redirect::Policy};

use super::{Failure, open::ROOT_KEY};
use crate::net::{is_loopback, root_cause};

/// What has a token for commands: a flag could be read by everybody on the machine.
const TOKEN: &str = "BITTING_TOKEN";
/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// A server that has the store.
pub(super) struct Remote {
    pub(super) keys: Keys,
    pub(super) url: String,
    /// The store that is in use, if that is why the server is asked and nobody named it.
    in_use: Option<PathBuf>,
}

impl Remote {
    /// The server at `url`. Where it is not the operator's choice (`is_named`), the store at `data` is in use.
    pub(super) fn new(
        url: &str,
        is_named: bool,
        data: &Path,
        ca: Option<&Path>,
    ) -> Result<Self, Failure> {
        Self::with_token(url, is_named, data, ca, || token(data))
    }

    /// The same with a token of the caller's choice.
    pub(super) fn with_token(
        url: &str,
        is_named: bool,
        data: &Path,
        ca: Option<&Path>,
        token: impl FnOnce() -> Result<Token, Failure>,
    ) -> Result<Self, Failure> {
        if Url::parse(url).is_ok_and(|url| url.scheme() == "http" && !is_loopback(&url)) {
            return Err(Failure(
                "--url: plain http would show the key to everybody on the way; name the server with https".to_owned(),
            ));
        }
        let http = client(url, ca)?;
        let keys = Keys::with_http(url, &token()?, http)
            // The URL is not repeated: it may have a password in it.
            .map_err(|error| Failure(format!("--url: {error}")))?;
        Ok(Self {
            keys,
            url: url.to_owned(),
            in_use: (!is_named).then(|| data.to_owned()),
        })
    }

    /// Why nothing was made, or, where nobody can tell, that something may have been and what to do then.
    pub(super) fn failure(&self, error: Error, remedies: &Remedies<'_>) -> Failure {
        let Remedies {
            lost,
            unread,
            token,
        } = remedies;
        let url = &self.url;
        let said = match error {
            Error::Connection(error) => {
                let cause = root_cause(&error);
                match unreachable(url, &cause) {
                    Some(said) => said,
                    None if error.is_connect() => format!(
                        "nothing answers at {url} ({cause}); {}",
                        self.other_server()
                    ),
                    None => format!("no answer came from {url} ({cause}); {lost}"),
                }
            }
            Error::Answer(cause) => {
                format!("the answer of {url} cannot be read ({cause}){unread}")
            }
            Error::Refused(refused) => {
                let remedy = match refused.status {
                    StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                        format!("; set {TOKEN} to {token}")
                    }
                    _ => String::new(),
                };
                format!("{url} refused: {refused}{remedy}")
            }
            other @ Error::Request(_) => other.to_string(),
        };
        match &self.in_use {
            Some(data) => Failure(format!(
                "{} is in use by another process, and {said}",
                data.display()
            )),
            None => Failure(said),
        }
    }

    fn other_server(&self) -> &'static str {
        if self.in_use.is_some() {
            "name the server with --url"
        } else {
            "start the server, or name another with --url"
        }
    }
}

/// What to do when a request did not do what it was to do.
pub(super) struct Remedies<'a> {
    /// Where no answer came.
    pub(super) lost: String,
    /// Where the answer cannot be read; it follows what was wrong with it.
    pub(super) unread: String,
    /// What token it takes.
    pub(super) token: &'a str,
}

impl Remedies<'_> {
    /// Where a key with a secret was to be made, and `remedy` makes another.
    pub(super) fn of_a_secret(remedy: &str) -> Self {
        Self {
            lost: format!("if it was made all the same, the secret of its key is lost: {remedy}"),
            unread: format!(" and the secret in it is lost; {remedy}"),
            token: "one of its active root keys",
        }
    }
}

/// What is wrong with a connection over which nothing was asked, where the words of those who know can be put
/// plainly.
fn unreachable(url: &str, cause: &str) -> Option<String> {
    if cause.contains("invalid peer certificate") {
        return Some(format!(
            "the certificate of {url} is not trusted ({cause}); give its CA with --ca-cert, and with --url a host \
             that it is for"
        ));
    }
    let (given, other) = match cause {
        _ if cause.contains("InvalidContentType") => ("https", "http"),
        _ if cause.contains("invalid HTTP version") => ("http", "https"),
        _ => return None,
    };
    let rest = url.strip_prefix(given)?;
    Some(format!(
        "the server at {url} does not speak {given} ({cause}); name it with --url {other}{rest}"
    ))
}

/// The token from the environment; without one, the root key that the first start left in the data directory.
pub(super) fn token(data: &Path) -> Result<Token, Failure> {
    if env::var_os(TOKEN).is_some() {
        return Token::from_env(TOKEN).map_err(|error| match error {
            TokenError::Malformed => Failure(format!("{TOKEN}: {error}")),
            other => other.into(),
        });
    }
    Token::from_file(data.join(ROOT_KEY))
        .map_err(|error| Failure(format!("{error}; set {TOKEN} to a key of the role root")))
}

fn client(url: &str, ca: Option<&Path>) -> Result<ClientBuilder, Failure> {
    let mut http = ClientBuilder::new()
        .connect_timeout(TIMEOUT)
        .timeout(TIMEOUT)
        .redirect(Policy::none());
    let url = Url::parse(url).ok();
    if let Some(path) = ca {
        let refused = |cause: &dyn std::fmt::Display| {
            let path = path.display();
            Failure(format!(
                "--ca-cert: cannot use {path}: {cause}; give a PEM file (BEGIN CERTIFICATE)"
            ))
        };
        let pem = fs::read(path).map_err(|cause| refused(&cause))?;
        let certificates =
            Certificate::from_pem_bundle(&pem).map_err(|cause| refused(&root_cause(&cause)))?;
        if certificates.is_empty() {
            return Err(refused(&"it has no certificate"));
        }
        http = http.tls_certs_only(certificates);
    } else if url.as_ref().is_some_and(|url| url.scheme() == "http") {
        // Nobody is asked for a certificate, and a system need not have any to compare it with.
        http = http.tls_certs_only([]);
    }
    if url.is_some_and(|url| is_loopback(&url)) {
        // A root key does not leave the machine to reach the machine.
        http = http.no_proxy();
    }
    Ok(http)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn remote(url: &str, is_named: bool) -> Result<Remote, Failure> {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join(ROOT_KEY), "hunter2\n").unwrap();
        Remote::new(url, is_named, data.path(), None)
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_is_named_with_the_remedy() {
        let said = async |is_named| {
            // Nobody listens on the port of tcpmux.
            let remote = remote("http://127.0.0.1:1", is_named).unwrap();
            let asked = remote.keys.whoami().send().await.unwrap_err();
            let remedies = Remedies::of_a_secret("none");
            remote.failure(asked.into(), &remedies).to_string()
        };
        let named = said(true).await;
        assert!(
            named.starts_with("nothing answers at http://127.0.0.1:1 ("),
            "{named}"
        );
        assert!(
            named.ends_with("; start the server, or name another with --url"),
            "{named}"
        );
        let unnamed = said(false).await;
        let middle = " is in use by another process, and nothing answers at http://127.0.0.1:1 (";
        assert!(unnamed.contains(middle), "{unnamed}");
        assert!(
            unnamed.ends_with("; name the server with --url"),
            "{unnamed}"
        );
    }

    #[test]
    fn a_url_that_is_none_is_not_repeated() {
        let refused = remote("http://user:hunter2@h.example", true).err().unwrap();
        let said = refused.to_string();
        assert!(
            said.starts_with("--url: ") && !said.contains("hunter2"),
            "{said}"
        );
    }

    #[test]
    fn a_server_that_speaks_otherwise_is_named_otherwise() {
        let said = unreachable("http://h:1", "invalid HTTP version parsed").unwrap();
        assert!(said.ends_with("--url https://h:1"), "{said}");
        let said = unreachable("https://h:1", "corrupt message: InvalidContentType").unwrap();
        assert!(said.ends_with("--url http://h:1"), "{said}");
        let said = unreachable("https://h:1", "invalid peer certificate: Expired").unwrap();
        assert!(said.contains("--ca-cert"), "{said}");
        assert_eq!(unreachable("http://h:1", "Connection refused"), None);
    }

    #[test]
    fn proxies_are_for_other_machines() {
        let local = |url: &str| is_loopback(&Url::parse(url).unwrap());
        assert!(
            local("http://127.0.0.1:8080") && local("https://[::1]") && local("http://localhost")
        );
        assert!(!local("http://192.0.2.1") && !local("http://localhost.example"));
    }
}
