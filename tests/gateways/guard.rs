//! A gateway as a process.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use bitting_tests::{
    Answer, Connection, Request,
    cast::COMPANY,
    tools::{CADDY, NGINX, Tool},
};
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::recipe;

/// When a process that does not listen is said to hang. No test waits for it unless something is broken.
const HANGS: Duration = Duration::from_secs(60);

/// Every kind that tests run.
pub(crate) const KINDS: [Gateway; 2] = [Gateway::Nginx, Gateway::Caddy];

/// A kind of gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gateway {
    Nginx,
    Caddy,
}

impl Gateway {
    pub(crate) fn tool(self) -> Tool {
        match self {
            Self::Nginx => NGINX,
            Self::Caddy => CADDY,
        }
    }

    /// What its blocks in the recipes are marked as.
    pub(crate) fn language(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddyfile",
        }
    }

    /// The recipe between what makes it run here, in `directory` and as whoever runs the tests.
    fn configuration(self, directory: &str, recipe: &str) -> String {
        match self {
            Self::Nginx => format!(
                "daemon off;\nmaster_process off;\npid {directory}/pid;\nerror_log stderr;\nevents {{}}\n\
                 http {{\naccess_log off;\nclient_body_temp_path {directory}/body;\n\
                 proxy_temp_path {directory}/proxy;\nfastcgi_temp_path {directory}/fastcgi;\n\
                 uwsgi_temp_path {directory}/uwsgi;\nscgi_temp_path {directory}/scgi;\n\
                 large_client_header_buffers 4 32k;\n{recipe}}}\n"
            ),
            Self::Caddy => format!("{{\n\tadmin off\n\tauto_https off\n}}\n{recipe}"),
        }
    }

    fn command(self, directory: &Path) -> Command {
        let file = directory.join("config");
        let mut command = match self {
            Self::Nginx => {
                let mut nginx = Command::new("nginx");
                nginx
                    .arg("-p")
                    .arg(directory)
                    .args(["-e", "stderr", "-c"])
                    .arg(file);
                nginx
            }
            Self::Caddy => {
                let mut caddy = Command::new("caddy");
                caddy
                    .args(["run", "--adapter", "caddyfile", "--config"])
                    .arg(file);
                caddy
            }
        };
        for variable in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(variable, directory);
        }
        command
    }
}

/// A running gateway.
pub(crate) struct Guard {
    pub(crate) kind: Gateway,
    address: SocketAddr,
    child: Child,
    directory: TempDir,
}

impl Guard {
    /// Starts one in front of `page` that asks `bitting`, and waits until it listens.
    pub(crate) async fn start(kind: Gateway, bitting: SocketAddr, page: SocketAddr) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let address = free();
        let listen = match kind {
            Gateway::Nginx => ("listen 80;", format!("listen {address};")),
            Gateway::Caddy => {
                let site = format!("http://:{} {{\n\tbind 127.0.0.1", address.port());
                (":80 {", site)
            }
        };
        let recipe = recipe::with(
            kind.language(),
            &[
                listen,
                ("127.0.0.1:8080", bitting.to_string()),
                ("127.0.0.1:9000", page.to_string()),
                ("company=2", format!("company={COMPANY}")),
            ],
        );
        let path = directory.path().to_str().expect("a path of text");
        let configuration = kind.configuration(path, &recipe);
        fs::write(directory.path().join("config"), configuration).unwrap();
        let log = fs::File::create(directory.path().join("log")).unwrap();
        let mut command = kind.command(directory.path());
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the gateway starts");
        let mut guard = Self {
            kind,
            address,
            child,
            directory,
        };
        let ready = tokio::time::timeout(HANGS, guard.listens()).await;
        if !ready.unwrap_or(false) {
            let log = fs::read_to_string(guard.directory.path().join("log"));
            panic!("{kind:?} does not listen: {log:?}");
        }
        guard
    }

    /// Waits until it listens; whether it does, and has not ended.
    async fn listens(&mut self) -> bool {
        loop {
            if TcpStream::connect(self.address).await.is_ok() {
                return true;
            }
            if self.child.try_wait().expect("a child").is_some() {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Sends a request on a connection of its own.
    pub(crate) async fn send(&self, request: &Request) -> Answer {
        let mut connection = Connection::open(self.address).await;
        connection.send(&request.bytes()).await;
        let answer = connection.answer(request.method()).await;
        answer.expect("the gateway answers")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // A test that fails must not leave it behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address that nobody listens on.
fn free() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().unwrap()
}
