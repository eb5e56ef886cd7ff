//! Flags, and the environment variables that stand for them.

use std::{net::SocketAddr, path::PathBuf};

use bitting_core::AddressBlock;
use clap::{Args, ValueEnum};
use serde::Deserialize;

use crate::http::Rates;

/// Where the data is.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct DataArgs {
    /// The data directory [default: ./bitting-data]
    #[arg(long, env = "BITTING_DATA", value_name = "DIR")]
    pub(in crate::cli) data: Option<PathBuf>,
    /// A PostgreSQL database in place of the embedded one (not in this version)
    #[arg(
        long,
        env = "BITTING_DATABASE",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub(in crate::cli) database: Option<String>,
    /// The file with the master key; must exist if given [default: DIR/master.key, made on first start]
    #[arg(long, env = "BITTING_MASTER_KEY", value_name = "FILE")]
    pub(in crate::cli) master_key: Option<PathBuf>,
}

/// What `serve` takes.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct ServeArgs {
    #[command(flatten)]
    pub(super) data: DataArgs,
    /// The address to listen on; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "BITTING_LISTEN", value_name = "ADDR")]
    pub(super) listen: Option<SocketAddr>,
    /// A TOML file with the same settings, named as these flags with underscores for hyphens
    #[arg(long, env = "BITTING_CONFIG", value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// An origin whose pages may call the API; repeatable [default: none, CORS off]
    #[arg(
        long,
        env = "BITTING_CORS_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    pub(super) cors_origin: Vec<String>,
    /// Whether sealed copies of secrets are kept, so that views and lists can show them [default: true]
    #[arg(long, env = "BITTING_SEAL_SECRETS", value_name = "BOOL")]
    pub(super) seal_secrets: Option<bool>,
    /// How many personal API keys a page has when the request does not say [default: 20]
    #[arg(long, env = "BITTING_OCAMBA_PAGE_SIZE", value_name = "N")]
    pub(super) ocamba_page_size: Option<u64>,
    /// How many personal API keys a page may have [default: 1000]
    #[arg(long, env = "BITTING_OCAMBA_PAGE_MAX", value_name = "N")]
    pub(super) ocamba_page_max: Option<u64>,
    /// How many requests a company may make on personal API keys, such as 10/1s,150/60s [default: any]
    #[arg(long, env = "BITTING_OCAMBA_RATE", value_name = "RATES")]
    pub(super) ocamba_rate: Option<Rates>,
    /// A proxy, or a block of them, whose X-Forwarded-For is believed; repeatable [default: none]
    #[arg(
        long,
        env = "BITTING_TRUSTED_PROXIES",
        value_name = "CIDR",
        value_delimiter = ','
    )]
    pub(super) trusted_proxies: Vec<AddressBlock>,
    /// Whether /docs shows the documents of the API and lets people try it [default: true]
    #[arg(long, env = "BITTING_DOCS", value_name = "BOOL")]
    pub(super) docs: Option<bool>,
    /// How many bytes of memory keys may take that verify is asked about [default: 268435456]
    #[arg(long, env = "BITTING_CACHE_BYTES", value_name = "BYTES")]
    pub(super) cache_bytes: Option<usize>,
    #[command(flatten)]
    pub(super) tls: TlsArgs,
    #[command(flatten)]
    pub(super) login: LoginArgs,
    /// The least that the log tells [default: info]
    #[arg(long, env = "BITTING_LOG_LEVEL", value_name = "LEVEL")]
    pub(super) log_level: Option<LogLevel>,
}

/// What the server proves itself with.
#[derive(Debug, Default, Args)]
pub(super) struct TlsArgs {
    /// The server's certificate, PEM, and after it those between it and its CA [default: none, plain HTTP]
    #[arg(long = "tls-cert", env = "BITTING_TLS_CERT", value_name = "FILE")]
    pub(super) cert: Option<PathBuf>,
    /// The private key of the certificate, PEM
    #[arg(long = "tls-key", env = "BITTING_TLS_KEY", value_name = "FILE")]
    pub(super) key: Option<PathBuf>,
}

/// Whose login tokens are taken.
#[derive(Debug, Default, Args)]
pub(super) struct LoginArgs {
    /// The `OpenID` Connect issuer whose login tokens are taken [default: none]
    #[arg(
        long = "oidc-issuer",
        env = "BITTING_OIDC_ISSUER",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub(super) issuer: Option<String>,
    /// The audience (aud) that login tokens must be for; needed with an issuer
    #[arg(
        long = "oidc-audience",
        env = "BITTING_OIDC_AUDIENCE",
        value_name = "AUD"
    )]
    pub(super) audience: Option<String>,
    /// The client that gets login tokens for people [default: the audience]
    #[arg(
        long = "oidc-client-id",
        env = "BITTING_OIDC_CLIENT_ID",
        value_name = "ID"
    )]
    pub(super) client_id: Option<String>,
    /// The claim of a login token with the id of the company [default: company]
    #[arg(
        long = "oidc-company-claim",
        env = "BITTING_OIDC_COMPANY_CLAIM",
        value_name = "CLAIM"
    )]
    pub(super) company_claim: Option<String>,
    /// The claim of a login token with the role: read, write or admin [default: role]
    #[arg(
        long = "oidc-role-claim",
        env = "BITTING_OIDC_ROLE_CLAIM",
        value_name = "CLAIM"
    )]
    pub(super) role_claim: Option<String>,
}

/// How much the log tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum LogLevel {
    /// Faults of ours.
    Error,
    /// And what an operator should look at.
    Warning,
    /// And a line for every request.
    Info,
}

impl From<LogLevel> for slog::Level {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::Error,
            LogLevel::Warning => Self::Warning,
            LogLevel::Info => Self::Info,
        }
    }
}
