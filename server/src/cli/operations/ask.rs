//! Asking a server.

use std::path::{Path, PathBuf};

use bitting_client::{Error, Token, keys::ClientInfo as _};
use clap::Args;
use http::{Method, header};
use reqwest::{Request, Url};
use zeroize::Zeroizing;

use super::{
    document::{Document, Operation},
    flags::{self, PAGE_TOKEN},
    request::Said,
};
use crate::cli::{
    Failure,
    config::DataArgs,
    open::data_path,
    remote::{Remedies, Remote, token},
    tenant::served_at,
};

const IF_MATCH: &str = "If-Match";

/// Which server a command asks, and with what.
#[derive(Debug, Args)]
pub(super) struct ServerArgs {
    /// The server [default: the one that has the data directory]
    #[arg(long, env = "BITTING_URL", hide_env_values = true, value_name = "URL")]
    url: Option<String>,
    /// The file with the token
    #[arg(
        long,
        value_name = "FILE",
        help = "The file with the token [default: the environment variable BITTING_TOKEN, or else DIR/root.key]"
    )]
    token_file: Option<PathBuf>,
    /// The CA of a server with https, PEM; no other is trusted then [default: those that the system trusts]
    #[arg(long, env = "BITTING_CA_CERT", value_name = "FILE")]
    ca_cert: Option<PathBuf>,
    /// The data directory [default: ./bitting-data]
    #[arg(long, env = "BITTING_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
}

impl ServerArgs {
    fn remote(&self) -> Result<Remote, Failure> {
        let data = data_path(&DataArgs {
            data: self.data.clone(),
            ..DataArgs::default()
        });
        let url = self.url.clone().or_else(|| served_at(&data)).ok_or_else(|| {
            let data = data.display();
            Failure(format!(
                "no server runs on {data}; start it with `bitting serve`, or name one with --url or another directory \
                 with --data"
            ))
        })?;
        let token = || self.token(&data);
        Remote::with_token(&url, true, &data, self.ca_cert.as_deref(), token)
    }

    /// The token of the file that was named, of the environment, or of the server's own directory.
    fn token(&self, data: &Path) -> Result<Token, Failure> {
        match &self.token_file {
            Some(file) => {
                Token::from_file(file).map_err(|error| Failure(format!("--token-file: {error}")))
            }
            None => token(data),
        }
    }
}

/// An operation that a server is asked to do.
pub(super) struct Question<'a> {
    document: &'a Document,
    operation: Operation<'a>,
    said: Said,
    remote: Remote,
}

/// What a server answers.
pub(super) struct Answer {
    pub(super) body: Zeroizing<String>,
}

impl<'a> Question<'a> {
    pub(super) fn new(
        document: &'a Document,
        operation: Operation<'a>,
        said: Said,
        server: &ServerArgs,
    ) -> Result<Self, Failure> {
        Ok(Self {
            document,
            operation,
            said,
            remote: server.remote()?,
        })
    }

    /// The page after `token`, from then on.
    pub(super) fn turn_to(&mut self, token: &str) {
        self.said.query.retain(|(name, _)| name != PAGE_TOKEN);
        self.said
            .query
            .push((PAGE_TOKEN.to_owned(), token.to_owned()));
    }

    /// Has the server do it.
    pub(super) async fn ask(&mut self) -> Result<Answer, Failure> {
        if flags::keeps_others(self.document, self.operation) {
            self.complete().await?;
        }
        let method = Method::from_bytes(self.operation.method.to_uppercase().as_bytes())?;
        let mut request = self.request(method)?;
        if let Some((media, _)) = self.document.body(self.operation) {
            let body = self
                .said
                .body
                .take()
                .map(|body| body.text(media))
                .transpose()?;
            *request.body_mut() = body.map(|body| body.as_bytes().to_vec().into());
            let media = header::HeaderValue::from_str(media)?;
            request.headers_mut().insert(header::CONTENT_TYPE, media);
        }
        let (_, body) = self.send(request).await?;
        Ok(Answer { body })
    }

    /// Reads what is there, and says of it what was not said: all of it is replaced. Nobody else's change is lost,
    /// where the operation can tell.
    async fn complete(&mut self) -> Result<(), Failure> {
        let (version, there) = self.send(self.request(Method::GET)?).await?;
        let takes = |name| {
            let mut inputs = self.document.inputs(self.operation).into_iter();
            inputs.any(|input| input.name == name)
        };
        let is_said = self.said.headers.iter().any(|(name, _)| name == IF_MATCH);
        if let Some(version) = version.filter(|_| takes(IF_MATCH) && !is_said) {
            self.said.headers.push((IF_MATCH.to_owned(), version));
        }
        let body = self.document.body(self.operation);
        let names: Vec<_> = body
            .into_iter()
            .flat_map(|(_, body)| body.properties())
            .collect();
        let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
        match &mut self.said.body {
            Some(body) => body.complete(&names, &there),
            None => Ok(()),
        }
    }

    /// The request, without a body.
    fn request(&self, method: Method) -> Result<Request, Failure> {
        let keys = &self.remote.keys;
        let mut url = Url::parse(keys.baseurl())?;
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(&self.said.path);
        }
        if !self.said.query.is_empty()
            && method.as_str().eq_ignore_ascii_case(self.operation.method)
        {
            url.query_pairs_mut().extend_pairs(&self.said.query);
        }
        let is_read_first = !method.as_str().eq_ignore_ascii_case(self.operation.method);
        let mut request = Request::new(method, url);
        for (name, value) in self.said.headers.iter().filter(|_| !is_read_first) {
            let value = header::HeaderValue::from_str(value)
                .map_err(|_| Failure(format!("{name}: {value:?} cannot be sent in a header")))?;
            let name = header::HeaderName::from_bytes(name.as_bytes())?;
            request.headers_mut().insert(name, value);
        }
        Ok(request)
    }

    /// The version and the body of the answer.
    async fn send(&self, request: Request) -> Result<(Option<String>, Zeroizing<String>), Failure> {
        let lost = if request.method() == Method::GET {
            "try again"
        } else {
            "it may have been done all the same: look before you do it again"
        };
        let remedies = Remedies {
            lost: lost.to_owned(),
            unread: "; name a Bitting of this version with --url".to_owned(),
            token: "an active key that may do this, or name the file of one with --token-file",
        };
        let failure = |error| self.remote.failure(error, &remedies);
        let answer = self.remote.keys.execute(request).await.map_err(failure)?;
        let version = answer.headers().get(header::ETAG);
        let version = version
            .and_then(|version| version.to_str().ok())
            .map(str::to_owned);
        let body = answer
            .text()
            .await
            .map_err(|error| failure(Error::Connection(error)))?;
        Ok((version, Zeroizing::new(body)))
    }
}
