//! With what and where the benchmark runs.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Failure, Place};

/// The core of whatever is measured.
const SERVER_CORE: &str = "0";

/// With what and where the benchmark runs.
pub(crate) struct Setting {
    server: PathBuf,
    data: PathBuf,
    pinned: bool,
    pub(crate) quick: bool,
}

impl Setting {
    pub(crate) fn new(place: Place) -> Result<Self, Failure> {
        let Place {
            server,
            data,
            pinned,
            quick,
        } = place;
        if !server.is_file() {
            return Err(
                format!("{} is not there; run: cargo xtask bench", server.display()).into(),
            );
        }
        fs::create_dir_all(&data)?;
        Ok(Self {
            server,
            data,
            pinned,
            quick,
        })
    }

    /// Whether processes are kept to cores.
    pub(crate) fn pinned(&self) -> bool {
        self.pinned
    }

    /// The server's binary, on its core.
    pub(crate) fn server(&self) -> Command {
        self.on(SERVER_CORE, &self.server)
    }

    /// This program again, on the server's core: what is compared with the server is not to have more.
    pub(crate) fn own_on_server_core(&self) -> Result<Command, Failure> {
        Ok(self.on(SERVER_CORE, &env::current_exe()?))
    }

    /// This program again, on every core.
    pub(crate) fn own_everywhere(&self) -> Result<Command, Failure> {
        Ok(self.on("0-1", &env::current_exe()?))
    }

    fn on(&self, cores: &str, program: &Path) -> Command {
        if !self.pinned {
            return Command::new(program);
        }
        let mut taskset = Command::new("taskset");
        taskset.args(["-c", cores]).arg(program);
        taskset
    }

    /// Where `name` is stored.
    pub(crate) fn directory(&self, name: &str) -> PathBuf {
        self.data.join(name)
    }

    /// The directory called `name`, empty.
    pub(crate) fn fresh(&self, name: &str) -> Result<PathBuf, Failure> {
        let directory = self.directory(name);
        if directory.exists() {
            fs::remove_dir_all(&directory)?;
        }
        fs::create_dir_all(&directory)?;
        Ok(directory)
    }
}
