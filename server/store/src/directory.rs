//! The data directory: who may write it, and the files in it.

use std::{
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
};

use bitting_core::{Entropy, secret::MasterKey};
use zeroize::Zeroizing;

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
    /// There is no store where one has to be.
    #[error(
        "{path} has no store; name the directory of one with --data, or make one with `bitting init`",
        path = path.display()
    )]
    NoStore {
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
    /// The directory at `path`, made if there is none, and closed to everybody but its owner (0700).
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
        close_to_others(path, 0o700)?;
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// The directory at `path`, if a store was made in it.
    pub fn existing(path: &Path) -> Result<Self, DirectoryError> {
        let directory = Self {
            path: path.to_owned(),
        };
        if directory.database().is_file() {
            Self::open(path)
        } else {
            Err(DirectoryError::NoStore {
                path: path.to_owned(),
            })
        }
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
        close_to_others(&path, 0o600)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(DirectoryError::InUse {
                path: self.path.clone(),
            }),
            Err(TryLockError::Error(cause)) => Err(io("lock", &path)(cause)),
        }
    }

    /// Writes a line to a file that only its owner may read, durably, replacing what was there.
    pub fn write_private(&self, name: &str, line: &str) -> Result<PathBuf, DirectoryError> {
        let path = self.file(name);
        write_private(&path, line)?;
        Ok(path)
    }

    /// Reads the master key from `path`, by default `master.key` in this directory. Where there is no such
    /// file yet, a key is made: [`NewMasterKey::keep`] writes it, which is for after the store took it: a
    /// lost key must not be hidden by a new one. A path that was given must exist: a mistyped one must not
    /// make a second key.
    pub fn master_key(
        &self,
        path: Option<&Path>,
        entropy: &dyn Entropy,
    ) -> Result<(MasterKey, Option<NewMasterKey>), DirectoryError> {
        let default = self.file(MASTER_KEY);
        let file = path.unwrap_or(&default);
        match fs::read_to_string(file).map(Zeroizing::new) {
            Ok(text) => {
                if path.is_none() {
                    close_to_others(file, 0o600)?;
                }
                let key = MasterKey::parse(&text).map_err(|_| DirectoryError::MasterKey {
                    path: file.to_owned(),
                })?;
                Ok((key, None))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_none() => {
                let (key, text) = MasterKey::generate(entropy);
                let new = NewMasterKey {
                    path: default,
                    text,
                };
                Ok((key, Some(new)))
            }
            Err(error) => Err(io("read the master key", file)(error)),
        }
    }
}

const MASTER_KEY: &str = "master.key";

/// A master key that is not in a file yet.
pub struct NewMasterKey {
    path: PathBuf,
    text: Zeroizing<String>,
}

impl NewMasterKey {
    /// Writes the key to its file (0600).
    pub fn keep(self) -> Result<(), DirectoryError> {
        write_private(&self.path, &self.text)
    }
}

impl fmt::Debug for NewMasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewMasterKey({}, ..)", self.path.display())
    }
}

/// Takes from a file or directory what others than its owner may do with it, if that is anything.
#[cfg(unix)]
fn close_to_others(path: &Path, mode: u32) -> Result<(), DirectoryError> {
    use std::os::unix::fs::PermissionsExt;
    let now = fs::metadata(path).map_err(io("look at", path))?;
    let others = now.permissions().mode() & 0o077;
    if others == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(io("take others' access from", path))
}

#[cfg(not(unix))]
fn close_to_others(_: &Path, _: u32) -> Result<(), DirectoryError> {
    Ok(())
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

/// Makes `path` an empty file unless it exists, and closes it to everybody but its owner: what opens it later
/// keeps its mode.
pub(crate) fn touch_private(path: &Path) -> Result<(), DirectoryError> {
    private()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map(drop)
        .map_err(io("create", path))?;
    close_to_others(path, 0o600)
}

fn write_private(path: &Path, line: &str) -> Result<(), DirectoryError> {
    // Written beside and renamed, so that a crash leaves the old file or the new one and nothing between.
    let beside = path.with_extension("new");
    let write = || -> io::Result<()> {
        // What is there already was left by a crash, or put there by somebody who would like to read along.
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private().write(true).create_new(true).open(&beside)?;
        file.write_all(line.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            File::open(parent)?.sync_all()?;
        }
        Ok(())
    };
    write().map_err(io("write", path))
}
