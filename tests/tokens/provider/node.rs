//! The provider of `tests/tools/oidc-provider`, as a process.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use bitting_tests::{Connection, Request, issuer::Algorithm, packages};

/// Where it is, in `tests/tools`.
const DIRECTORY: &str = "oidc-provider";
/// What its tokens are for.
pub(super) const AUDIENCE: &str = "bitting";
/// Its one client.
pub(super) const CLIENT: &str = "bitting";
/// `bitting:development`, in base 64: the client and its secret.
const CREDENTIALS: &str = "Basic Yml0dGluZzpkZXZlbG9wbWVudA==";
/// When a process that says nothing, or does not end, is said to hang.
const HANGS: Duration = Duration::from_secs(60);

/// Whether the provider can run. If not, says that `test` is skipped.
pub(super) fn is_there(test: &str) -> bool {
    packages::npm(DIRECTORY, test).is_some()
}

/// A running provider.
pub(super) struct Provider {
    child: Child,
    issuer: String,
}

impl Provider {
    /// Starts one that signs like this, and waits until it listens.
    pub(super) fn start(algorithm: Algorithm) -> Self {
        let mut node = Command::new("node");
        node.args([
            "provider.mjs",
            "--port",
            "0",
            "--algorithm",
            algorithm.name(),
        ])
        .args(["--audience", AUDIENCE, "--client", CLIENT])
        .current_dir(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tools")
                .join(DIRECTORY),
        )
        // It ends when this does, and this ends when the test does, however that ends.
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
        let mut child = node.spawn().expect("node starts");
        let output = child.stdout.take().expect("a pipe");
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // Nobody listens any more once it is ready.
                let _ = sender.send(line);
            }
        });
        let mut errors = child.stderr.take().expect("a pipe");
        let errors = thread::spawn(move || {
            let mut text = String::new();
            let _ = errors.read_to_string(&mut text);
            text
        });
        let mut provider = Self {
            child,
            issuer: String::new(),
        };
        while provider.issuer.is_empty() {
            match lines.recv_timeout(HANGS) {
                // It may say something else first.
                Ok(line) if line.starts_with("http://127.0.0.1:") => provider.issuer = line,
                Ok(_) => {}
                Err(_) => {
                    let _ = provider.child.kill();
                    panic!("the provider does not become ready: {:?}", errors.join());
                }
            }
        }
        provider
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// An access token, by the client credentials grant.
    pub(super) async fn token(&self) -> String {
        let address = self.issuer.trim_start_matches("http://");
        let address: SocketAddr = address.parse().expect("an address");
        let request = Request::post("/token")
            .header("authorization", CREDENTIALS)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials");
        let mut connection = Connection::open(address).await;
        connection.send(&request.bytes()).await;
        let answer = connection.answer("POST").await;
        let body = answer.expect("the provider answers").expect(200).json();
        let token = body["access_token"].as_str().expect("a token");
        assert_eq!(token.split('.').count(), 3, "a JWT");
        token.to_owned()
    }

    /// Asks it to end, and waits until it has.
    pub(super) fn stop(mut self) {
        drop(self.child.stdin.take());
        let began = Instant::now();
        let status: ExitStatus = loop {
            match self.child.try_wait().expect("a child") {
                Some(status) => break status,
                None if began.elapsed() > HANGS => panic!("the provider does not end"),
                None => thread::sleep(Duration::from_millis(10)),
            }
        };
        assert!(status.success(), "{status}");
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // A test that fails must not leave it behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
