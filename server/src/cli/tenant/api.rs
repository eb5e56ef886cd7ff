//! Through a server, by its API.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use bitting_client::{
    Error, Keys, Token, TokenError,
    keys::{
        ClientInfo as _,
        types::{self, FirstKey, KeyImportResult, KeyImportResults, Member},
    },
};
use bitting_core::{CompanyId, DisplayName, Role};
use http::StatusCode;
use reqwest::{Certificate, ClientBuilder, Url, redirect::Policy};

use super::{ANOTHER_MEMBER, Failure, another_admin};
use crate::{
    cli::{open::ROOT_KEY, printed::Printed},
    net::{is_loopback, root_cause},
};

/// What has a token for commands: a flag could be read by everybody on the machine.
const TOKEN: &str = "BITTING_TOKEN";
/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// A server that has the store.
pub(in crate::cli) struct Remote {
    keys: Keys,
    url: String,
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
        if Url::parse(url).is_ok_and(|url| url.scheme() == "http" && !is_loopback(&url)) {
            return Err(Failure(
                "--url: plain http would show the key to everybody on the way; name the server with https".to_owned(),
            ));
        }
        let token = token(data)?;
        let http = client(url, ca)?;
        let keys = Keys::with_http(url, &token, http)
            // The URL is not repeated: it may have a password in it.
            .map_err(|error| Failure(format!("--url: {error}")))?;
        Ok(Self {
            keys,
            url: url.to_owned(),
            in_use: (!is_named).then(|| data.to_owned()),
        })
    }

    pub(super) async fn create_company(
        &self,
        name: &DisplayName,
        member_name: &DisplayName,
    ) -> Result<(), Failure> {
        let body = types::CompanyCreate::builder()
            .name(name.as_str())
            .member_name(member_name.as_str().to_owned());
        let made = self.keys.company_create().body(body).send().await;
        let lost = "look whether the company is there, and make another admin of it with `bitting member create`";
        let made = made.map_err(|error| self.failure(error.into(), lost))?;
        let made = made.into_inner();
        let remedy = another_admin(&made.company.id);
        self.print(made.company.id.as_str(), made.member, made.key, &remedy)
    }

    pub(super) async fn create_member(
        &self,
        company: CompanyId,
        name: &DisplayName,
        role: Role,
    ) -> Result<(), Failure> {
        let role: types::Role = role.name().parse()?;
        let body = types::MemberCreate::builder()
            .name(name.as_str())
            .role(role);
        let company = company.to_string();
        let create = self
            .keys
            .member_create()
            .company(company.as_str())
            .body(body);
        let made = create.send().await.map_err(|error| {
            let error = Error::from(error);
            if error.is_not_found() && error.code().is_some() {
                let url = &self.url;
                return Failure(format!(
                    "{url} knows no company {company}, or none that the key may see; make one with `bitting \
                     company create NAME`, or name another with --company"
                ));
            }
            self.failure(error, ANOTHER_MEMBER)
        })?;
        let made = made.into_inner();
        self.print(&company, Some(made.member), made.key, ANOTHER_MEMBER)
    }

    /// Imports keys, each a JSON object: what became of each, in order.
    pub(in crate::cli) async fn import(
        &self,
        keys: &[&str],
    ) -> Result<Vec<KeyImportResult>, Failure> {
        // As they were written: what reads metadata and writes it again changes how numbers are spelt.
        let body = format!("{{\"keys\":[{}]}}", keys.join(","));
        let sent = self
            .keys
            .client()
            .post(format!("{}/v1/imports", self.keys.baseurl()))
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(body)
            .send()
            .await;
        let lost = "run it again, which skips what is there";
        let answer = sent.map_err(|error| self.failure(Error::Connection(error), lost))?;
        let status = answer.status();
        let body = answer.bytes().await;
        let body = body.map_err(|error| self.failure(Error::Connection(error), lost))?;
        if status == StatusCode::OK {
            let results: KeyImportResults = serde_json::from_slice(&body)?;
            return Ok(results.results);
        }
        let said: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        let message = said["message"]
            .as_str()
            .unwrap_or("the answer has no error body");
        let remedy = match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                format!("; set {TOKEN} to an active key of the role admin or root")
            }
            _ => String::new(),
        };
        let url = &self.url;
        Err(Failure(format!(
            "{url} refused ({status}): {message}{remedy}"
        )))
    }

    fn print(
        &self,
        company: &str,
        member: Option<Member>,
        key: Option<FirstKey>,
        remedy: &str,
    ) -> Result<(), Failure> {
        let (Some(member), Some(key)) = (member, key) else {
            let url = &self.url;
            return Err(Failure(format!("{url} made no key; {remedy}")));
        };
        let printed = Printed {
            company_id: company.to_owned(),
            member_id: member.id.to_string(),
            key_id: key.id.to_string(),
            secret: key.secret.expose(),
        };
        printed.print(remedy)
    }

    /// Why nothing was made, or, where nobody can tell, that something may have been and what to do then.
    fn failure(&self, error: Error, lost: &str) -> Failure {
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
                    None => format!(
                        "no answer came from {url} ({cause}); if it was made all the same, the secret of its \
                         key is lost: {lost}"
                    ),
                }
            }
            Error::Answer(cause) => format!(
                "the answer of {url} cannot be read ({cause}) and the secret in it is lost; {lost}"
            ),
            Error::Refused(refused) => {
                let remedy = match refused.status {
                    StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                        format!("; set {TOKEN} to one of its active root keys")
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
fn token(data: &Path) -> Result<Token, Failure> {
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
        let name = DisplayName::new("Acme".to_owned()).unwrap();
        let said = async |is_named| {
            // Nobody listens on the port of tcpmux.
            let remote = remote("http://127.0.0.1:1", is_named).unwrap();
            let failure = remote.create_company(&name, &name).await.unwrap_err();
            failure.to_string()
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
