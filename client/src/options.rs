//! How a client is set up.

use reqwest::{Certificate, ClientBuilder, header};

use crate::{Retry, SetupError, Token};

/// What a client sends and whom it trusts. A reference to a [`Token`] is as good where nothing else is set.
///
/// ```
/// use bitting_client::{Feldera, Options, SetupError, Token};
///
/// fn client(token: &Token, ca: &[u8]) -> Result<Feldera, SetupError> {
///     Feldera::new("https://localhost:8443", Options::from(token).ca_certificate(ca)?)
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    token: Option<Token>,
    certificates: Vec<Certificate>,
    pub(crate) retry: Retry,
}

impl Options {
    /// No token, for what needs no credential; and nobody is trusted besides whom the system trusts.
    pub fn new() -> Self {
        Self::default()
    }

    /// The token to send with every request.
    #[must_use]
    pub fn token(mut self, token: &Token) -> Self {
        self.token = Some(token.clone());
        self
    }

    /// Trusts the certificate authorities in `pem`, one or more, besides those that the system trusts: for a
    /// server with a certificate of one's own.
    pub fn ca_certificate(mut self, pem: &[u8]) -> Result<Self, SetupError> {
        let certificates =
            Certificate::from_pem_bundle(pem).map_err(|_| SetupError::Certificate)?;
        if certificates.is_empty() {
            return Err(SetupError::Certificate);
        }
        self.certificates.extend(certificates);
        Ok(self)
    }

    /// When requests that failed are sent again; without this, as [`Retry::default`] says.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sets `http` up; `document` is the name and the version of the document that the client is made from.
    pub(crate) fn apply(
        self,
        http: ClientBuilder,
        document: &str,
    ) -> Result<ClientBuilder, SetupError> {
        let mut headers = header::HeaderMap::new();
        if let Some(token) = &self.token {
            headers.insert(header::AUTHORIZATION, token.header()?);
        }
        let http = http
            .user_agent(format!(
                "bitting-client/{} {document}",
                env!("CARGO_PKG_VERSION")
            ))
            .default_headers(headers);
        Ok(if self.certificates.is_empty() {
            http
        } else {
            http.tls_certs_merge(self.certificates)
        })
    }
}

impl From<&Token> for Options {
    fn from(token: &Token) -> Self {
        Self::new().token(token)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Feldera, Keys, Ocamba};

    /// A certificate authority that nobody has the key of.
    const CA: &str = include_str!("options/ca.pem");

    #[test]
    fn certificates_are_trusted_by_every_client() {
        let token = Token::new("hunter2").unwrap();
        let options = Options::from(&token).ca_certificate(CA.as_bytes()).unwrap();
        let two = format!("{CA}\n{CA}");
        let options = options.ca_certificate(two.as_bytes()).unwrap();
        let url = "https://localhost:8443";
        Ocamba::new(url, options.clone()).unwrap();
        Feldera::new(url, options.clone()).unwrap();
        let shown = format!("{options:?} {:?}", Keys::new(url, options.clone()).unwrap());
        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        let broken = CA.replace("MII", "MI!");
        for pem in ["", "not PEM", &broken, "-----BEGIN CERTIFICATE-----"] {
            let refused = Options::new().ca_certificate(pem.as_bytes()).unwrap_err();
            assert!(matches!(refused, SetupError::Certificate), "{pem}");
        }
    }
}
