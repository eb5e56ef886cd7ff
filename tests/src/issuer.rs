//! An issuer of login tokens inside a test or a benchmark: it listens on loopback, answers what it is told to
//! answer, counts what it is asked, and signs whatever it is given.
//!
//! ```no_run
//! use bitting_tests::issuer::{Algorithm, Issuer, Signer};
//!
//! # async fn example() {
//! let signer = Signer::new(Algorithm::Es256, "key-1");
//! let issuer = Issuer::start(&[&signer]).await;
//! let settings = issuer.settings(); // for `Setup::logins`, or `Logins::new`
//! let token = signer.token(&issuer.claims(1_700_000_000));
//! # }
//! ```

mod claims;
mod signer;

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bitting_server::login::LoginSettings;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    task::AbortHandle,
};

pub use claims::Claims;
pub use signer::{Algorithm, Signer, compact, hmac_signature};

/// What tokens of this issuer are for: what `aud` names.
pub const AUDIENCE: &str = "bitting-api";
/// The client that gets them.
pub const CLIENT: &str = "bitting-app";
/// Where an issuer describes itself.
const DISCOVERY: &str = "/.well-known/openid-configuration";
/// Where this one has its keys.
const KEYS: &str = "/keys";
/// The longest head of a request that is read.
const HEAD_MAX: usize = 16 * 1024;

/// How a document is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// 200 with this JSON.
    Json(Value),
    /// 200 with these bytes.
    Bytes(Vec<u8>),
    /// This status, with a body that would be good with a 200.
    Status(u16),
    /// To the same document at another place of this issuer, where it is good.
    Redirect,
    /// 200 and a body without end.
    Endless,
    /// The request is read, and nothing comes.
    Hang,
    /// A head comes, and then nothing.
    HangInBody,
    /// The connection is closed in the middle of the body.
    BreakOff,
    /// The connection is closed without an answer.
    Close,
}

#[derive(Debug)]
struct Script {
    discovery: Option<Reply>,
    keys: Option<Reply>,
    delay: Duration,
    description: Value,
    key_set: Value,
    discoveries: usize,
    fetches: usize,
}

/// An issuer.
#[derive(Debug)]
pub struct Issuer {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    /// Holds the address while nobody listens there.
    reserved: Option<TcpSocket>,
    task: Option<AbortHandle>,
}

impl Issuer {
    /// An issuer that listens and publishes these keys.
    #[expect(clippy::unused_async, reason = "it must be inside a runtime")]
    pub async fn start(signers: &[&Signer]) -> Self {
        let mut issuer = Self::absent();
        issuer.publish(signers);
        issuer.appear();
        issuer
    }

    /// An address that is kept for an issuer: whoever connects is refused, until [`Issuer::appear`].
    pub fn absent() -> Self {
        let socket = bind(SocketAddr::from(([127, 0, 0, 1], 0)));
        let address = socket.local_addr().expect("a bound socket has an address");
        let url = format!("http://{address}");
        let script = Script {
            discovery: None,
            keys: None,
            delay: Duration::ZERO,
            description: json!({
                "issuer": url,
                "jwks_uri": format!("{url}{KEYS}"),
                "authorization_endpoint": format!("{url}/authorize"),
                "token_endpoint": format!("{url}/token"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA"],
            }),
            key_set: json!({ "keys": [] }),
            discoveries: 0,
            fetches: 0,
        };
        Self {
            address,
            script: Arc::new(Mutex::new(script)),
            reserved: Some(socket),
            task: None,
        }
    }

    /// Listens. Must be inside a Tokio runtime.
    pub fn appear(&mut self) {
        let socket = self.reserved.take().unwrap_or_else(|| bind(self.address));
        let listener = socket.listen(1024).expect("the address can be listened on");
        let script = Arc::clone(&self.script);
        self.task = Some(tokio::spawn(accept(listener, script)).abort_handle());
    }

    /// Stops listening: whoever connects is refused, until [`Issuer::appear`].
    pub async fn disappear(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            while !task.is_finished() {
                tokio::task::yield_now().await;
            }
            self.reserved = Some(bind(self.address));
        }
    }

    /// What its tokens call it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A server's settings for its tokens, with the claims called as in the contract.
    pub fn settings(&self) -> LoginSettings {
        LoginSettings::new(&self.url(), AUDIENCE, CLIENT, "company", "role")
            .expect("an issuer on loopback is taken")
    }

    /// The claims of a good token that is made at `now` (seconds since 1970) and expires five minutes later: of
    /// the subject `alice`, in the company of [`crate::cast`], with the role admin.
    pub fn claims(&self, now: i64) -> Claims {
        Claims::good(&self.url(), now)
    }

    /// Publishes these keys, in this order, and no others.
    pub fn publish(&self, signers: &[&Signer]) {
        let keys: Vec<_> = signers.iter().map(|signer| signer.jwk()).collect();
        self.publish_jwks(&keys);
    }

    /// Publishes these keys, however odd they are.
    pub fn publish_jwks(&self, keys: &[Value]) {
        self.script().key_set = json!({ "keys": keys });
    }

    /// Answers the next requests for its key set like this.
    pub fn answer_keys(&self, reply: Reply) {
        self.script().keys = Some(reply);
    }

    /// Answers the next requests for its description like this.
    pub fn answer_discovery(&self, reply: Reply) {
        self.script().discovery = Some(reply);
    }

    /// Says this in its description, which is otherwise true.
    pub fn describe(&self, member: &str, value: Value) {
        self.script().description[member] = value;
    }

    /// Answers with what it publishes again, and at once.
    pub fn answer_well(&self) {
        let mut script = self.script();
        script.discovery = None;
        script.keys = None;
        script.delay = Duration::ZERO;
    }

    /// Thinks for so long before it answers with its key set.
    pub fn delay(&self, delay: Duration) {
        self.script().delay = delay;
    }

    /// How often its key set was asked for.
    pub fn fetches(&self) -> usize {
        self.script().fetches
    }

    /// How often its description was asked for.
    pub fn discoveries(&self) -> usize {
        self.script().discoveries
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        locked(&self.script)
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

fn locked(script: &Mutex<Script>) -> MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}

fn bind(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("a socket");
    // The address is taken again although connections of before may linger.
    socket.set_reuseaddr(true).expect("a TCP option");
    socket.bind(address).expect("the address is free");
    socket
}

async fn accept(listener: TcpListener, script: Arc<Mutex<Script>>) {
    // An issuer that can accept no more is one that is gone, which is what its clients then see.
    while let Ok((connection, _)) = listener.accept().await {
        let script = Arc::clone(&script);
        // Whoever asked may have gone away meanwhile.
        tokio::spawn(async move { answer(connection, &script).await.ok() });
    }
}

async fn answer(mut to: TcpStream, script: &Mutex<Script>) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() == HEAD_MAX {
            return Ok(());
        }
        head.push(to.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head);
    let path = head.split(' ').nth(1).unwrap_or_default();
    // Wherever a redirection leads, the document is there: a client that follows it gets what it must not.
    let (path, moved) = match path.strip_prefix("/moved") {
        Some(path) => (path, true),
        None => (path, false),
    };
    let (document, reply, delay) = {
        let mut script = locked(script);
        match path {
            DISCOVERY => {
                script.discoveries += 1;
                let document = script.description.clone();
                (document, script.discovery.clone(), Duration::ZERO)
            }
            KEYS => {
                script.fetches += 1;
                (script.key_set.clone(), script.keys.clone(), script.delay)
            }
            _ => (Value::Null, Some(Reply::Status(404)), Duration::ZERO),
        }
    };
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let document = document.to_string();
    match reply.filter(|_| !moved) {
        None => send(&mut to, 200, "", document.as_bytes()).await?,
        Some(Reply::Json(value)) => send(&mut to, 200, "", value.to_string().as_bytes()).await?,
        Some(Reply::Bytes(bytes)) => send(&mut to, 200, "", &bytes).await?,
        Some(Reply::Status(status)) => send(&mut to, status, "", document.as_bytes()).await?,
        Some(Reply::Redirect) => {
            let location = format!("Location: /moved{path}\r\n");
            send(&mut to, 302, &location, b"").await?;
        }
        Some(Reply::Endless) => {
            to.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
                .await?;
            loop {
                to.write_all(&[b' '; 4096]).await?;
            }
        }
        Some(Reply::Hang) => std::future::pending().await,
        Some(Reply::HangInBody) => {
            to.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
                .await?;
            std::future::pending::<()>().await;
        }
        Some(Reply::BreakOff) => {
            to.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
                .await?;
        }
        Some(Reply::Close) => {}
    }
    to.shutdown().await
}

async fn send(to: &mut TcpStream, status: u16, headers: &str, body: &[u8]) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status} Whatever\r\nContent-Type: application/json\r\nConnection: close\r\n\
         {headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    to.write_all(head.as_bytes()).await?;
    to.write_all(body).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Connection, Request};

    async fn get(issuer: &Issuer, path: &str) -> Option<crate::Answer> {
        let mut connection = Connection::open(issuer.address).await;
        connection.send(&Request::get(path).bytes()).await;
        connection.answer("GET").await
    }

    #[tokio::test]
    async fn it_describes_itself_and_publishes_and_counts() {
        let signer = Signer::new(Algorithm::EdDsa, "a");
        let issuer = Issuer::start(&[&signer]).await;
        let description = get(&issuer, DISCOVERY).await.expect("an answer").json();
        assert_eq!(description["issuer"], issuer.url());
        assert_eq!(description["jwks_uri"], format!("{}{KEYS}", issuer.url()));
        let keys = get(&issuer, KEYS).await.expect("an answer").json();
        assert_eq!(keys["keys"][0]["kid"], "a");
        assert_eq!((issuer.discoveries(), issuer.fetches()), (1, 1));
    }

    #[tokio::test]
    async fn it_fails_as_it_is_told_to_and_recovers() {
        let issuer = Issuer::start(&[]).await;
        issuer.answer_keys(Reply::Close);
        assert!(get(&issuer, KEYS).await.is_none());
        issuer.answer_keys(Reply::Status(500));
        assert_eq!(get(&issuer, KEYS).await.expect("an answer").status, 500);
        issuer.answer_keys(Reply::Redirect);
        let moved = get(&issuer, KEYS).await.expect("an answer").expect(302);
        let there = moved.header("location").expect("a place");
        get(&issuer, there).await.expect("an answer").expect(200);
        issuer.answer_well();
        get(&issuer, KEYS).await.expect("an answer").expect(200);
    }

    #[tokio::test]
    async fn it_goes_and_comes_back_at_the_same_address() {
        let mut issuer = Issuer::absent();
        for _ in 0..3 {
            assert!(TcpStream::connect(issuer.address).await.is_err());
            issuer.appear();
            get(&issuer, KEYS).await.expect("an answer").expect(200);
            issuer.disappear().await;
        }
    }
}
