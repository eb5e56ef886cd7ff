//! Sending a request again.

use std::{
    hash::{BuildHasher as _, RandomState},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, header::RETRY_AFTER};
use reqwest::{Client, Request};

use crate::{answer, time};

/// The header that makes it safe to send a creation again.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Asked on behalf of a gateway: it uses the limits of the key that it is about, and its 429 is the answer.
const FORWARD_AUTH: &str = "/v1/forward-auth";
/// The longest pause that nobody asked for.
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// When a request that failed is sent again, by the client itself.
///
/// | what happened | what is sent again |
/// | --- | --- |
/// | the connection could not be opened: nothing was sent | any request |
/// | 429 with `Retry-After`: nothing was done | any request |
/// | 408, 502, 503, 504, a time-out, a connection that was cut | what can be done twice: `GET`, and a `POST` with an `Idempotency-Key` |
/// | anything else | nothing |
///
/// A verification counts against the limits of the key, so that it is no request that can be done twice; and what a
/// gateway asks (`forward_auth`) is sent again only where nothing was sent, because its 429 is an answer about the key.
///
/// The pause is what `Retry-After` says and up to 0.1 seconds more, or else between 0.1 and 0.2 seconds, doubled each
/// time: clients that failed together do not come back together. No request is sent again after
/// [`within`](Self::within), and none for which the server asks to wait longer than that: the error tells how long.
///
/// ```
/// use std::time::Duration;
/// use bitting_client::{Options, Retry, Token};
///
/// # fn example() -> Result<(), bitting_client::TokenError> {
/// let token = Token::from_env("BITTING_TOKEN")?;
/// let patient = Options::from(&token).retry(Retry::default().attempts(5).within(Duration::from_secs(120)));
/// let once = Options::from(&token).retry(Retry::none());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    within: Duration,
    pause: Duration,
}

impl Default for Retry {
    /// At most three times in all, the last begun within 30 seconds of the first.
    fn default() -> Self {
        Self {
            attempts: 3,
            within: Duration::from_secs(30),
            pause: Duration::from_millis(200),
        }
    }
}

impl Retry {
    /// Every request is sent once.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// How often a request is sent at most, the first time included.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// How long after the first time a request may be sent again.
    #[must_use]
    pub fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// The whole answer to `request`.
    pub(crate) async fn send(
        &self,
        client: &Client,
        mut request: Request,
    ) -> reqwest::Result<http::Response<Bytes>> {
        let began = Instant::now();
        let kind = Kind::of(&request);
        for attempt in 1.. {
            // What was read from a stream cannot be sent again.
            let again = (attempt < self.attempts).then(|| request.try_clone());
            let answer = answer::whole(client, request).await;
            let wait = self.wait(kind, attempt, &answer);
            let (Some(Some(again)), Some(wait)) = (again, wait) else {
                return answer;
            };
            if began.elapsed().saturating_add(wait) > self.within {
                return answer;
            }
            tokio::time::sleep(wait).await;
            request = again;
        }
        answer::whole(client, request).await
    }

    /// How long to wait before the same request is sent again; `None` if it is not.
    fn wait(
        &self,
        kind: Kind,
        attempt: u32,
        answer: &reqwest::Result<http::Response<Bytes>>,
    ) -> Option<Duration> {
        match answer {
            Err(error) if error.is_connect() => Some(self.pause(attempt)),
            Err(error) if error.is_builder() => None,
            Err(_) => (kind == Kind::Repeatable).then(|| self.pause(attempt)),
            Ok(answer) => self.wait_after(kind, attempt, answer.status(), answer.headers()),
        }
    }

    /// The same after an answer.
    fn wait_after(
        &self,
        kind: Kind,
        attempt: u32,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Duration> {
        let chance = self.pause(1).saturating_sub(self.pause / 2);
        let told = retry_after(headers).map(|told| told.saturating_add(chance));
        let pause = told.unwrap_or_else(|| self.pause(attempt));
        let again = match status {
            // Where it does not say how long to wait, waiting does not help.
            StatusCode::TOO_MANY_REQUESTS => kind != Kind::Gateway && told.is_some(),
            StatusCode::REQUEST_TIMEOUT
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => kind == Kind::Repeatable,
            _ => false,
        };
        again.then_some(pause)
    }

    /// A pause that nobody asked for: half of it for sure, the rest by chance.
    fn pause(&self, attempt: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let pause = self.pause.saturating_mul(doubled).min(PAUSE_MAX);
        // What the standard library keeps its maps in disorder with is disorder enough.
        let chance = u32::from(RandomState::new().hash_one(attempt).to_le_bytes()[0]);
        pause / 2 + pause / 2 * chance / u32::from(u8::MAX)
    }
}

/// What a request is, as to whether it can be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Doing it twice is as good as doing it once.
    Repeatable,
    /// Doing it twice may do it twice.
    Once,
    /// A gateway's question.
    Gateway,
}

impl Kind {
    fn of(request: &Request) -> Self {
        let keyed = request.headers().contains_key(IDEMPOTENCY_KEY);
        match *request.method() {
            Method::GET if request.url().path().ends_with(FORWARD_AUTH) => Self::Gateway,
            Method::GET | Method::HEAD => Self::Repeatable,
            Method::POST if keyed => Self::Repeatable,
            _ => Self::Once,
        }
    }
}

/// How long to wait, by `Retry-After`: a number of seconds, or, from what stands in between, a date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = text.parse().ok().map(Duration::from_secs);
    seconds.or_else(|| time::until(text))
}

#[cfg(test)]
mod tests;
