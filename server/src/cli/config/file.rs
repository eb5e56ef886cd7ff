//! The configuration file.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{ConfigError, LogLevel};

/// The configuration file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) data: Option<PathBuf>,
    pub(super) database: Option<String>,
    pub(super) master_key: Option<PathBuf>,
    pub(super) listen: Option<SocketAddr>,
    pub(super) cors_origin: Option<Vec<String>>,
    pub(super) seal_secrets: Option<bool>,
    pub(super) ocamba_page_size: Option<u64>,
    pub(super) ocamba_page_max: Option<u64>,
    pub(super) ocamba_rate: Option<String>,
    pub(super) trusted_proxies: Option<Vec<String>>,
    pub(super) docs: Option<bool>,
    pub(super) cache_bytes: Option<usize>,
    pub(super) tls_cert: Option<PathBuf>,
    pub(super) tls_key: Option<PathBuf>,
    pub(super) oidc_issuer: Option<String>,
    pub(super) oidc_audience: Option<String>,
    pub(super) oidc_client_id: Option<String>,
    pub(super) oidc_company_claim: Option<String>,
    pub(super) oidc_role_claim: Option<String>,
    pub(super) log_level: Option<LogLevel>,
}

/// Reads the file at `path`.
pub(super) fn read(path: &Path) -> Result<File, ConfigError> {
    let text = fs::read_to_string(path).map_err(|cause| ConfigError::Read {
        path: path.to_owned(),
        cause,
    })?;
    toml::from_str(&text).map_err(|error| ConfigError::Parse {
        path: path.to_owned(),
        cause: located(&text, &error),
    })
}

/// What is wrong and where: the line, and the setting on it, but not its value, which may be a secret.
fn located(text: &str, error: &toml::de::Error) -> String {
    let message = error.message();
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else {
        return message.to_owned();
    };
    let number = before.matches('\n').count() + 1;
    let line = text.lines().nth(number - 1).unwrap_or_default();
    match line.split_once('=') {
        Some((setting, _)) => format!("line {number}, {}: {message}", setting.trim()),
        None => format!("line {number}: {message}"),
    }
}
