//! What can be set, and where: a flag beats the environment, which beats the file.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde::Deserialize;

use crate::http::{InvalidRates, Rates, Settings};

/// Where the data is.
#[derive(Debug, Default, Args)]
pub(super) struct DataArgs {
    /// The data directory [default: ./bitting-data]
    #[arg(long, env = "BITTING_DATA", value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// A PostgreSQL database in place of the embedded one (not in this version)
    #[arg(
        long,
        env = "BITTING_DATABASE",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub(super) database: Option<String>,
    /// The file with the master key; must exist if given [default: DIR/master.key, made on first start]
    #[arg(long, env = "BITTING_MASTER_KEY", value_name = "FILE")]
    pub(super) master_key: Option<PathBuf>,
}

/// What `serve` takes.
#[derive(Debug, Default, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) data: DataArgs,
    /// The address to listen on; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "BITTING_LISTEN", value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// A TOML file with the same settings, named as these flags with underscores for hyphens
    #[arg(long, env = "BITTING_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// An origin whose pages may call the API; repeatable [default: none, CORS off]
    #[arg(
        long,
        env = "BITTING_CORS_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    cors_origin: Vec<String>,
    /// Whether sealed copies of secrets are kept, so that views and lists can show them [default: true]
    #[arg(long, env = "BITTING_SEAL_SECRETS", value_name = "BOOL")]
    seal_secrets: Option<bool>,
    /// How many personal API keys a page has when the request does not say [default: 20]
    #[arg(long, env = "BITTING_OCAMBA_PAGE_SIZE", value_name = "N")]
    ocamba_page_size: Option<u64>,
    /// How many personal API keys a page may have [default: 1000]
    #[arg(long, env = "BITTING_OCAMBA_PAGE_MAX", value_name = "N")]
    ocamba_page_max: Option<u64>,
    /// How many requests a company may make on personal API keys, such as 10/1s,150/60s [default: any]
    #[arg(long, env = "BITTING_OCAMBA_RATE", value_name = "RATES")]
    ocamba_rate: Option<Rates>,
    /// The least that the log tells [default: info]
    #[arg(long, env = "BITTING_LOG_LEVEL", value_name = "LEVEL")]
    log_level: Option<LogLevel>,
}

/// How much the log tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum LogLevel {
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

/// The configuration file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    master_key: Option<PathBuf>,
    listen: Option<SocketAddr>,
    cors_origin: Option<Vec<String>>,
    seal_secrets: Option<bool>,
    ocamba_page_size: Option<u64>,
    ocamba_page_max: Option<u64>,
    ocamba_rate: Option<String>,
    log_level: Option<LogLevel>,
}

/// Everything that `serve` needs, decided.
#[derive(Debug)]
pub(super) struct Config {
    pub(super) data: DataArgs,
    pub(super) listen: SocketAddr,
    pub(super) seal_secrets: bool,
    pub(super) log_level: LogLevel,
    pub(super) settings: Settings,
}

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConfigError {
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
    #[error("the page size {size} must be from 1 to the page maximum, which is {max}")]
    Page { size: u64, max: u64 },
}

impl ServeArgs {
    /// Joins flags, environment and file.
    pub(super) fn resolve(self) -> Result<Config, ConfigError> {
        let file = match &self.config {
            Some(path) => read(path)?,
            None => File::default(),
        };
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
        let size = self.ocamba_page_size.or(file.ocamba_page_size);
        let max = self.ocamba_page_max.or(file.ocamba_page_max);
        let max = max.unwrap_or(defaults.ocamba_page_max);
        let size = size.unwrap_or(defaults.ocamba_page_size.min(max));
        if size < 1 || size > max {
            return Err(ConfigError::Page { size, max });
        }
        Ok(Config {
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
            },
        })
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

fn read(path: &Path) -> Result<File, ConfigError> {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        serve: ServeArgs,
    }

    fn resolve(file: &str, flags: &[&str]) -> Result<Config, ConfigError> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("bitting.toml");
        fs::write(&path, file).unwrap();
        let path = path.to_str().unwrap();
        let own = ["bitting", "--config", path];
        Flags::parse_from(own.iter().chain(flags)).serve.resolve()
    }

    #[test]
    fn a_flag_beats_the_file() {
        let file = "listen = '127.0.0.1:1'\nocamba_page_size = 5\nlog_level = 'error'";
        let config = resolve(file, &["--listen", "127.0.0.1:2"]).unwrap();
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.settings.ocamba_page_size, 5);
        assert_eq!(config.log_level, LogLevel::Error);
    }

    #[test]
    fn the_defaults_are_those_of_the_readme() {
        let config = resolve("", &[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert!(config.seal_secrets);
        assert_eq!(config.settings.ocamba_page_size, 20);
        assert_eq!(config.settings.ocamba_page_max, 1000);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |file: &str| resolve(file, &[]).unwrap_err().to_string();
        assert!(wrong("lissten = 'x'").contains("lissten"));
        assert!(wrong("\nlisten = 5").contains("line 2, listen: "));
        assert!(wrong("ocamba_rate = '10'").contains("10/1s"));
        assert!(wrong("ocamba_page_size = 2000").contains("2000"));
        assert!(wrong("cors_origin = ['https://a.example/']").contains("https://a.example/"));
        assert!(wrong("cors_origin = ['*']").contains('*'));
    }
}
