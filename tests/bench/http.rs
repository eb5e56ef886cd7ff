//! A client that costs next to nothing: one connection, one request at a time.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use crate::Failure;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that is kept.
pub(crate) struct Connection {
    stream: TcpStream,
    token: String,
    buffer: Vec<u8>,
}

/// An answer: how long it took to the last byte, and its body.
pub(crate) struct Answer<'a> {
    pub(crate) took: Duration,
    pub(crate) body: &'a [u8],
    /// How long the whole answer is, with its head.
    pub(crate) bytes: usize,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr, token: String) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            token,
            buffer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Asks for `path` and reads the answer, which must be 200.
    pub(crate) fn get(&mut self, path: &str) -> Result<Answer<'_>, Failure> {
        self.ask("GET", path, None, 200)
    }

    /// Posts a JSON body to `path` and reads the answer, which must be 200.
    pub(crate) fn post(&mut self, path: &str, body: &str) -> Result<Answer<'_>, Failure> {
        self.ask("POST", path, Some(body), 200)
    }

    /// Asks, and reads the answer, which must have the status `wanted`.
    pub(crate) fn ask(
        &mut self,
        method: &str,
        path: &str,
        body: Option<&str>,
        wanted: u16,
    ) -> Result<Answer<'_>, Failure> {
        let mut headers = format!("Authorization: Bearer {}\r\n", self.token);
        if body.is_some() {
            headers.push_str("Content-Type: application/json\r\n");
        }
        self.send(method, path, &headers, body, wanted)
    }

    /// The same with `headers` of one's own.
    pub(crate) fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: Option<&str>,
        wanted: u16,
    ) -> Result<Answer<'_>, Failure> {
        let length = body.map(|body| format!("Content-Length: {}\r\n", body.len()));
        let request = [
            &format!("{method} {path} HTTP/1.1\r\nHost: bench\r\n"),
            headers,
            &length.unwrap_or_default(),
            "\r\n",
            body.unwrap_or_default(),
        ]
        .concat();
        self.buffer.clear();
        let started = Instant::now();
        self.stream.write_all(request.as_bytes())?;
        let mut chunk = [0; 8 * 1024];
        let mut body = None;
        while body.is_none_or(|(start, length)| self.buffer.len() < start + length) {
            let read = self.stream.read(&mut chunk)?;
            if read == 0 {
                return Err(format!("the server closed the connection on {method} {path}").into());
            }
            self.buffer.extend_from_slice(&chunk[..read]);
            if body.is_none() {
                body = head(&self.buffer);
            }
        }
        let took = started.elapsed();
        let (start, _) = body.unwrap_or_default();
        let body = &self.buffer[start..];
        if !self
            .buffer
            .starts_with(format!("HTTP/1.1 {wanted} ").as_bytes())
        {
            let told = String::from_utf8_lossy(&self.buffer);
            return Err(format!("{method} {path} was answered\n{told}").into());
        }
        let bytes = self.buffer.len();
        Ok(Answer { took, body, bytes })
    }
}

/// Where the body begins and how long it is, once the head is there.
fn head(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end])
        .ok()?
        .to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    Some((end + 4, length?.trim().parse().ok()?))
}
