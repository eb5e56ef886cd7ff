//! What can be set, and where: a flag beats the environment, which beats the file.

mod args;
mod file;
mod login;
#[cfg(test)]
mod tests;

use std::{net::SocketAddr, path::PathBuf};

use bitting_core::{AddressBlock, InvalidAddressBlock};

use crate::{
    engine::CACHE_BYTES,
    http::{InvalidRates, Proxies, Settings},
    login::{InvalidLoginSettings, LoginSettings},
    tls::TlsFiles,
};
use args::LoginArgs;
pub(in crate::cli) use args::{DataArgs, LogLevel, ServeArgs};
use file::File;

/// Less than this holds next to nothing.
const CACHE_MIN: usize = 1 << 20;

/// Everything that `serve` needs, decided.
#[derive(Debug)]
pub(in crate::cli) struct Config {
    pub(in crate::cli) data: DataArgs,
    pub(in crate::cli) listen: SocketAddr,
    pub(in crate::cli) seal_secrets: bool,
    pub(in crate::cli) log_level: LogLevel,
    pub(in crate::cli) settings: Settings,
    /// How much memory keys may take.
    pub(in crate::cli) cache_bytes: usize,
    /// What the server proves itself with; `None` for plain HTTP.
    pub(in crate::cli) tls: Option<TlsFiles>,
    /// Whose login tokens are taken, if anybody's.
    pub(in crate::cli) login: Option<LoginSettings>,
}

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum ConfigError {
    #[error("cannot read the configuration file {path}: {cause}", path = path.display())]
    Read {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("the configuration file {path} is not right: {cause}", path = path.display())]
    Parse { path: PathBuf, cause: String },
    #[error("ocamba_rate: {0}")]
    Rate(#[from] InvalidRates),
    #[error(
        "{0:?} is not an origin: write scheme, host and, if it is not the usual, port, such as \
         https://app.example.com"
    )]
    Origin(String),
    #[error("trusted_proxies: {text:?} {cause}")]
    Proxy {
        text: String,
        cause: InvalidAddressBlock,
    },
    #[error(
        "--tls-{given} is of no use without --tls-{missing}; give both, or neither for plain HTTP"
    )]
    HalfOfTls {
        given: &'static str,
        missing: &'static str,
    },
    #[error(
        "--oidc-{0} is of no use without --oidc-issuer; name the issuer of login tokens, or leave it out"
    )]
    NoIssuer(&'static str),
    #[error(
        "--oidc-issuer takes login tokens for nobody; say for whom they must be (their aud) with --oidc-audience"
    )]
    NoAudience,
    #[error("login tokens (--oidc-…): {0}")]
    Login(#[from] InvalidLoginSettings),
    #[error(
        "--cache-bytes {0} is too little; give at least {CACHE_MIN}, or leave it out for {CACHE_BYTES}"
    )]
    Cache(usize),
    #[error("the page size {size} must be from 1 to the page maximum, which is {max}")]
    Page { size: u64, max: u64 },
}

impl ServeArgs {
    /// Joins flags, environment and file.
    pub(in crate::cli) fn resolve(self) -> Result<Config, ConfigError> {
        let file = match &self.config {
            Some(path) => file::read(path)?,
            None => File::default(),
        };
        let tls = tls(
            self.tls.cert.or(file.tls_cert),
            self.tls.key.or(file.tls_key),
        )?;
        let login = login::resolve(&LoginArgs {
            issuer: self.login.issuer.or(file.oidc_issuer),
            audience: self.login.audience.or(file.oidc_audience),
            client_id: self.login.client_id.or(file.oidc_client_id),
            company_claim: self.login.company_claim.or(file.oidc_company_claim),
            role_claim: self.login.role_claim.or(file.oidc_role_claim),
        })?;
        let defaults = Settings::default();
        let ocamba_rates = match (self.ocamba_rate, file.ocamba_rate) {
            (Some(rates), _) => rates,
            (None, Some(text)) => text.parse()?,
            (None, None) => defaults.ocamba_rates,
        };
        let cors_origins = if self.cors_origin.is_empty() {
            file.cors_origin.unwrap_or_default()
        } else {
            self.cors_origin
        };
        if let Some(wrong) = cors_origins.iter().find(|origin| !is_origin(origin)) {
            return Err(ConfigError::Origin(wrong.clone()));
        }
        let trusted_proxies = if self.trusted_proxies.is_empty() {
            proxies(file.trusted_proxies.unwrap_or_default())?
        } else {
            self.trusted_proxies
        };
        let size = self.ocamba_page_size.or(file.ocamba_page_size);
        let max = self.ocamba_page_max.or(file.ocamba_page_max);
        let max = max.unwrap_or(defaults.ocamba_page_max);
        let size = size.unwrap_or(defaults.ocamba_page_size.min(max));
        if size < 1 || size > max {
            return Err(ConfigError::Page { size, max });
        }
        let cache_bytes = self.cache_bytes.or(file.cache_bytes).unwrap_or(CACHE_BYTES);
        if cache_bytes < CACHE_MIN {
            return Err(ConfigError::Cache(cache_bytes));
        }
        Ok(Config {
            cache_bytes,
            data: DataArgs {
                data: self.data.data.or(file.data),
                database: self.data.database.or(file.database),
                master_key: self.data.master_key.or(file.master_key),
            },
            listen: self
                .listen
                .or(file.listen)
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            seal_secrets: self.seal_secrets.or(file.seal_secrets).unwrap_or(true),
            log_level: self.log_level.or(file.log_level).unwrap_or(LogLevel::Info),
            settings: Settings {
                cors_origins,
                ocamba_page_size: size,
                ocamba_page_max: max,
                ocamba_rates,
                docs: self.docs.or(file.docs).unwrap_or(defaults.docs),
                trusted_proxies: Proxies::new(trusted_proxies),
            },
            tls,
            login,
        })
    }
}

/// The proxies that a file names.
fn proxies(texts: Vec<String>) -> Result<Vec<AddressBlock>, ConfigError> {
    let read = |text: String| {
        let block = text.parse();
        block.map_err(|cause| ConfigError::Proxy { text, cause })
    };
    texts.into_iter().map(read).collect()
}

/// Both files or neither.
fn tls(cert: Option<PathBuf>, key: Option<PathBuf>) -> Result<Option<TlsFiles>, ConfigError> {
    let half = |given, missing| Err(ConfigError::HalfOfTls { given, missing });
    match (cert, key) {
        (Some(cert), Some(key)) => Ok(Some(TlsFiles { cert, key })),
        (None, None) => Ok(None),
        (Some(_), None) => half("cert", "key"),
        (None, Some(_)) => half("key", "cert"),
    }
}

/// Whether a browser could send this as an `Origin`: it would never match with a path or a final slash.
fn is_origin(text: &str) -> bool {
    text.parse::<http::Uri>().is_ok_and(|uri| {
        let host = uri.authority().map_or("", |authority| authority.as_str());
        let scheme = uri.scheme_str().unwrap_or_default();
        !host.contains('@') && text == format!("{scheme}://{host}")
    })
}
