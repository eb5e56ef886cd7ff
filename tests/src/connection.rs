//! A connection that sends exactly what it is given and hands back exactly what comes.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::answer::Answer;

/// When a server that does not answer is said to hang. No test waits for it unless something is broken.
const HANGS: Duration = Duration::from_secs(60);

/// A TCP connection to a server.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    /// What came after the last answer.
    pending: Vec<u8>,
}

impl Connection {
    /// Connects to `address`.
    pub async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address)
            .await
            .expect("the server accepts connections");
        stream.set_nodelay(true).expect("a TCP option");
        Self {
            stream,
            pending: Vec::new(),
        }
    }

    /// Sends `bytes`. `false` when the server closed the connection instead of reading them all.
    pub async fn send(&mut self, bytes: &[u8]) -> bool {
        within(self.stream.write_all(bytes)).await.is_ok()
    }

    /// Says that nothing more will be sent, and keeps reading.
    pub async fn finish(&mut self) {
        // A connection that the server has closed already has nothing to finish.
        let _ = self.stream.shutdown().await;
    }

    /// The next answer; `None` when the server closes the connection without one.
    ///
    /// `method` is that of the request: the answer to `HEAD` has no body, whatever its headers say.
    pub async fn answer(&mut self, method: &str) -> Option<Answer> {
        loop {
            if let Some((answer, length)) = Answer::read(&self.pending, method) {
                self.pending.drain(..length);
                return Some(answer);
            }
            if !self.more().await {
                return None;
            }
        }
    }

    /// Everything that the server still sends before it closes the connection.
    pub async fn rest(&mut self) -> Vec<u8> {
        while self.more().await {}
        std::mem::take(&mut self.pending)
    }

    /// What has come and was not read yet.
    pub fn pending(&self) -> &[u8] {
        &self.pending
    }

    async fn more(&mut self) -> bool {
        // A reset is the end as well: what came before it was read.
        matches!(within(self.stream.read_buf(&mut self.pending)).await, Ok(n) if n > 0)
    }
}

async fn within<T>(work: impl Future<Output = T>) -> T {
    timeout(HANGS, work)
        .await
        .expect("the server neither answers nor closes the connection: it hangs")
}
