//! The data directory: who may write it, and the files in it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
};

use bitting_core::{Entropy, secret::MasterKey};

/// A data directory, 0700.
#[derive(Debug)]
pub struct DataDirectory {
    path: PathBuf,
}

/// The right to write a data directory, held until dropped: one process at a time has it.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// What is wrong with a data directory or a file in it.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// A file or the directory cannot be used.
    #[error("cannot {action} {path}: {cause}; check the path and its permissions", path = path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
    /// Another process holds the lock.
    #[error(
        "{path} is in use by another bitting process; stop it first, or use another --data",
        path = path.display()
    )]
    InUse {
        /// The directory.
        path: PathBuf,
    },
    /// The master key file does not hold a master key.
    #[error("{path} does not hold a master key (64 hexadecimal digits); restore it from a backup", path = path.display())]
    MasterKey {
        /// The file.
        path: PathBuf,
    },
}

fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> DirectoryError {
    let path = path.to_owned();
    move |cause| DirectoryError::Io {
        action,
        path,
        cause,
    }
}

impl DataDirectory {
    /// The directory at `path`, made (0700) if there is none.
    pub fn open(path: &Path) -> Result<Self, DirectoryError> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder
            .create(path)
            .map_err(io("create the data directory", path))?;
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// The file called `name` in the directory.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The embedded database.
    pub fn database(&self) -> PathBuf {
        self.file("bitting.db")
    }

    /// Takes the right to write the directory, or fails at once when another process has it.
    pub fn lock(&self) -> Result<Lock, DirectoryError> {
        let path = self.file("lock");
        let file = private()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io("open", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(DirectoryError::InUse {
                path: self.path.clone(),
            }),
            Err(TryLockError::Error(cause)) => Err(io("lock", &path)(cause)),
        }
    }

    /// Writes a file that only its owner may read, durably, replacing what was there.
    pub fn write_private(&self, name: &str, text: &str) -> Result<PathBuf, DirectoryError> {
        let path = self.file(name);
        write_private(&path, text)?;
        Ok(path)
    }

    /// Reads the master key from `path`, by default `master.key` in this directory, where it is made on
    /// first use. A path that was given must exist: a mistyped one must not make a second key.
    pub fn master_key(
        &self,
        path: Option<&Path>,
        entropy: &dyn Entropy,
    ) -> Result<MasterKey, DirectoryError> {
        let default = self.file("master.key");
        let file = path.unwrap_or(&default);
        match fs::read_to_string(file).map(zeroize::Zeroizing::new) {
            Ok(text) => MasterKey::parse(&text).map_err(|_| DirectoryError::MasterKey {
                path: file.to_owned(),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_none() => {
                let (key, text) = MasterKey::generate(entropy);
                write_private(file, &format!("{}\n", *text))?;
                Ok(key)
            }
            Err(error) => Err(io("read the master key", file)(error)),
        }
    }
}

/// Options for files that only their owner may read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Makes `path` an empty file that only its owner may read, unless it exists: what opens it later keeps
/// its mode.
pub(crate) fn touch_private(path: &Path) -> Result<(), DirectoryError> {
    private()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map(drop)
        .map_err(io("create", path))
}

fn write_private(path: &Path, text: &str) -> Result<(), DirectoryError> {
    // Written beside and renamed, so that a crash leaves the old file or the new one and nothing between.
    let beside = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = private()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            File::open(parent)?.sync_all()?;
        }
        Ok(())
    };
    write().map_err(io("write", path))
}
