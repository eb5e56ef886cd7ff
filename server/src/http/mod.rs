//! The HTTP server: one port, every surface, one way through.

mod cors;
pub(crate) mod fixed;
mod handle;
mod presented;
mod proxies;
mod rate;
mod server;

use bitting_core::bounds;

use crate::engine::Engine;
use cors::Cors;
use rate::Limiter;

pub(crate) use handle::{handle, handle_presented, handle_public, refuse};
pub use proxies::Proxies;
pub use rate::{InvalidRates, Rates};
pub use server::{Running, StartError, start};

/// What an operator may set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Origins whose pages may call the API; none turns CORS off.
    pub cors_origins: Vec<String>,
    /// How many items a page of `ocamba` holds when the request does not say.
    pub ocamba_page_size: u64,
    /// How many items a page of `ocamba` may hold.
    pub ocamba_page_max: u64,
    /// How many requests a company may make on `ocamba` (O10); none turns the limits off.
    pub ocamba_rates: Rates,
    /// Whether there is a page that shows the documents.
    pub docs: bool,
    /// Whose word about where a request came from is taken (K124).
    pub trusted_proxies: Proxies,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cors_origins: Vec::new(),
            ocamba_page_size: bounds::PAGE_SIZE,
            ocamba_page_max: bounds::PAGE_MAX,
            ocamba_rates: Rates::default(),
            docs: true,
            trusted_proxies: Proxies::default(),
        }
    }
}

/// What requests share.
pub(crate) struct App {
    pub(crate) engine: Engine,
    pub(crate) settings: Settings,
    cors: Cors,
    limiter: Limiter,
}

impl App {
    fn new(engine: Engine, settings: Settings) -> Self {
        Self {
            cors: Cors::new(&settings.cors_origins),
            limiter: Limiter::new(settings.ocamba_rates.clone()),
            engine,
            settings,
        }
    }
}
