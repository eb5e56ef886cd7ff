//! Programs that tests use and that a machine may lack.

use std::{
    env,
    fs::OpenOptions,
    io::Write,
    process::{Command, Output, Stdio},
};

/// The file that skipped tests are written to, for whoever runs them all.
const SKIPS: &str = "BITTING_SKIPS";

/// A program, how to see that it is there, and how to get it.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// What it is called in the words of a skip.
    pub name: &'static str,
    program: &'static str,
    /// Arguments with which it ends well if it is there and has what is needed.
    check: &'static [&'static str],
    install: &'static str,
}

/// curl.
pub const CURL: Tool = Tool {
    name: "curl",
    program: "curl",
    check: &["--version"],
    install: "sudo apt-get install -y curl",
};

/// bash.
pub const BASH: Tool = Tool {
    name: "bash",
    program: "bash",
    check: &["--version"],
    install: "sudo apt-get install -y bash",
};

/// Node.js with `fetch`.
pub const NODE: Tool = Tool {
    name: "Node.js 18 or later",
    program: "node",
    check: &["-e", "process.exit(typeof fetch === 'function' ? 0 : 1)"],
    install: "sudo apt-get install -y nodejs",
};

/// npm, for the packages of `tests/tools`.
pub const NPM: Tool = Tool {
    name: "npm",
    program: "npm",
    check: &["--version"],
    install: "sudo apt-get install -y npm",
};

/// PHP with curl.
pub const PHP: Tool = Tool {
    name: "PHP with curl",
    program: "php",
    check: &["-r", "exit(function_exists('curl_init') ? 0 : 1);"],
    install: "sudo apt-get install -y php-cli php-curl",
};

/// nginx with `auth_request`.
pub const NGINX: Tool = Tool {
    name: "nginx",
    program: "nginx",
    check: &["-v"],
    install: "sudo apt-get install -y --no-install-recommends nginx",
};

/// Caddy.
pub const CADDY: Tool = Tool {
    name: "Caddy",
    program: "caddy",
    check: &["version"],
    install: "sudo apt-get install -y --no-install-recommends caddy",
};

/// jq.
pub const JQ: Tool = Tool {
    name: "jq",
    program: "jq",
    check: &["--version"],
    install: "sudo apt-get install -y jq",
};

/// Chromium, by whichever of its names it has.
pub const CHROMIUM: Tool = Tool {
    name: "Chromium",
    program: "sh",
    check: &["-c", FIND_CHROMIUM],
    install: "sudo apt-get install -y --no-install-recommends chromium",
};

/// What finds Chromium: it writes its path.
pub const FIND_CHROMIUM: &str =
    "command -v chromium || command -v chromium-browser || command -v google-chrome";

/// Says that `test` is skipped for want of something, and fails where nothing may be (`CI`).
pub fn skip(test: &str, needs: &str, install: &str) {
    let line = format!("SKIPPED {test}: needs {needs}; install it with {install}");
    eprintln!("{line}");
    if let Some(path) = env::var_os(SKIPS) {
        let file = OpenOptions::new().create(true).append(true).open(path);
        let mut file = file.expect("the file of skips can be written");
        writeln!(file, "{line}").expect("the file of skips can be written");
    }
    let ci = env::var("CI").is_ok_and(|ci| !matches!(ci.as_str(), "" | "0" | "false"));
    assert!(!ci, "CI skips nothing: {line}");
}

impl Tool {
    /// Whether it is there. If not, says that `test` is skipped, and fails where nothing may be (`CI`).
    pub fn is_there(self, test: &str) -> bool {
        let check = Command::new(self.program)
            .args(self.check)
            .stdin(Stdio::null())
            .output();
        if check.is_ok_and(|output| output.status.success()) {
            return true;
        }
        skip(test, self.name, self.install);
        false
    }

    /// Runs it, while the server that it talks to goes on.
    pub async fn run(self, arguments: &[&str]) -> Output {
        let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
        let run = move || {
            Command::new(self.program)
                .args(arguments)
                .stdin(Stdio::null())
                .output()
        };
        let output = tokio::task::spawn_blocking(run).await;
        output.expect("no panic").expect("the program runs")
    }

    /// Runs it and returns what it wrote to standard output; it must end well.
    pub async fn text(self, arguments: &[&str]) -> String {
        let output = self.run(arguments).await;
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    }
}
