//! An issuer on loopback whose answers a test controls and counts.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    task::AbortHandle,
};

use super::signer::Signer;

/// How a document is answered.
#[derive(Clone)]
pub(crate) enum Answer {
    Json(Value),
    Bytes(Vec<u8>),
    Status(u16),
    /// To another place of the same issuer, where the keys are.
    Redirect,
    /// A head that says so many bytes, and then zeros until nobody reads any more.
    Endless {
        length: Option<u64>,
    },
    /// Nothing, ever.
    Hang,
    /// A head, and then nothing.
    HangInBody,
    /// Half a body.
    BreakOff,
}

#[derive(Default)]
struct Script {
    discovery: Option<Answer>,
    keys: Option<Answer>,
    delay: Duration,
    discoveries: usize,
    fetches: usize,
    sent: u64,
}

pub(crate) struct Issuer {
    pub(crate) address: SocketAddr,
    script: Arc<Mutex<Script>>,
    /// Holds the address while nobody listens there: no other test may get it meanwhile.
    seat: Option<TcpSocket>,
    task: Option<AbortHandle>,
}

impl Issuer {
    /// An issuer with these keys.
    pub(crate) fn new(signers: &[&Signer]) -> Self {
        let mut issuer = Self::absent();
        issuer.publish(signers);
        issuer.appear();
        issuer
    }

    /// An address at which nobody listens yet.
    pub(crate) fn absent() -> Self {
        let seat = seat(([127, 0, 0, 1], 0).into());
        Self {
            address: seat.local_addr().unwrap(),
            script: Arc::default(),
            seat: Some(seat),
            task: None,
        }
    }

    pub(crate) fn appear(&mut self) {
        let listener = self.seat.take().unwrap().listen(64).unwrap();
        let (script, url) = (Arc::clone(&self.script), self.url());
        let task = tokio::spawn(async move {
            loop {
                let (connection, _) = listener.accept().await.unwrap();
                let (script, url) = (Arc::clone(&script), url.clone());
                // Whoever asked may be gone.
                tokio::spawn(async move { serve(connection, &script, &url).await.ok() });
            }
        });
        self.task = Some(task.abort_handle());
    }

    /// Nobody listens any more.
    pub(crate) async fn disappear(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            while !task.is_finished() {
                tokio::task::yield_now().await;
            }
            self.seat = Some(seat(self.address));
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn publish(&self, signers: &[&Signer]) {
        let keys: Vec<_> = signers.iter().map(|signer| signer.jwk()).collect();
        self.answer_keys(Answer::Json(json!({ "keys": keys })));
    }

    pub(crate) fn answer_keys(&self, answer: Answer) {
        self.script.lock().unwrap().keys = Some(answer);
    }

    pub(crate) fn answer_discovery(&self, answer: Answer) {
        self.script.lock().unwrap().discovery = Some(answer);
    }

    /// Describes itself truthfully, but for one member.
    pub(crate) fn describe(&self, name: &str, value: Value) {
        let mut description = description(&self.url());
        description[name] = value;
        self.answer_discovery(Answer::Json(description));
    }

    /// How long it thinks about the keys.
    pub(crate) fn delay(&self, delay: Duration) {
        self.script.lock().unwrap().delay = delay;
    }

    /// How often it was asked for its keys.
    pub(crate) fn fetches(&self) -> usize {
        self.script.lock().unwrap().fetches
    }

    /// How often it was asked to describe itself.
    pub(crate) fn discoveries(&self) -> usize {
        self.script.lock().unwrap().discoveries
    }

    /// How many bytes of endless bodies were taken off its hands.
    pub(crate) fn sent(&self) -> u64 {
        self.script.lock().unwrap().sent
    }
}

fn seat(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address).unwrap();
    socket
}

impl Drop for Issuer {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

fn description(url: &str) -> Value {
    json!({"issuer": url, "jwks_uri": format!("{url}/keys"), "token_endpoint": "https://x"})
}

async fn serve(mut to: TcpStream, script: &Mutex<Script>, url: &str) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(to.read_u8().await?);
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split(' ').nth(1).unwrap();
    let (answer, delay) = {
        let mut script = script.lock().unwrap();
        match path {
            "/.well-known/openid-configuration" => {
                script.discoveries += 1;
                let truth = || Answer::Json(description(url));
                (
                    script.discovery.clone().unwrap_or_else(truth),
                    Duration::ZERO,
                )
            }
            "/keys" => {
                script.fetches += 1;
                (script.keys.clone().unwrap(), script.delay)
            }
            _ => panic!("nobody asks for {path}"),
        }
    };
    tokio::time::sleep(delay).await;
    match answer {
        Answer::Json(value) => whole(&mut to, value.to_string().as_bytes()).await?,
        Answer::Bytes(bytes) => whole(&mut to, &bytes).await?,
        Answer::Status(status) => {
            let head = format!("HTTP/1.1 {status} x\r\nContent-Length: 2\r\n\r\n{{}}");
            to.write_all(head.as_bytes()).await?;
        }
        Answer::Redirect => {
            let head = format!(
                "HTTP/1.1 302 Found\r\nLocation: {url}/elsewhere\r\nContent-Length: 0\r\n\r\n"
            );
            to.write_all(head.as_bytes()).await?;
        }
        Answer::Endless { length } => {
            let length = length.map_or_else(
                || "Connection: close".to_owned(),
                |length| format!("Content-Length: {length}"),
            );
            let head = format!("HTTP/1.1 200 OK\r\n{length}\r\n\r\n");
            to.write_all(head.as_bytes()).await?;
            loop {
                to.write_all(&[b' '; 4096]).await?;
                script.lock().unwrap().sent += 4096;
            }
        }
        Answer::Hang => std::future::pending().await,
        Answer::HangInBody => {
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
            to.write_all(head).await?;
            std::future::pending::<()>().await;
        }
        Answer::BreakOff => {
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
            to.write_all(head).await?;
        }
    }
    to.shutdown().await
}

async fn whole(to: &mut TcpStream, body: &[u8]) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    to.write_all(head.as_bytes()).await?;
    to.write_all(body).await
}
