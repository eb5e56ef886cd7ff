//! Large stores that are kept for the next run, by what is in them.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use crate::{Failure, setting::Setting};

const MIGRATIONS: &str = "../server/store/src/sqlite/migrations";

/// Stores that are made alike.
pub(crate) struct Kept {
    /// What their directories begin with.
    pub(crate) prefix: &'static str,
    /// Raised when what is put into them changes.
    pub(crate) edition: u32,
    /// What this program is to be told to make one of a size in a directory.
    pub(crate) arguments: fn(&Path, u64) -> Vec<OsString>,
    /// Whether the store in a directory was made whole.
    pub(crate) is_whole: fn(&Path) -> bool,
}

impl Kept {
    /// The directory of a store with so many keys, made where there is none from an earlier run. Stores of other
    /// editions are removed: they are large.
    pub(crate) fn directory(&self, setting: &Setting, size: u64) -> Result<PathBuf, Failure> {
        let edition = self.edition()?;
        self.forget_others(setting, &edition)?;
        let name = format!("{edition}{size}");
        let directory = setting.directory(&name);
        if (self.is_whole)(&directory) {
            return Ok(directory);
        }
        eprintln!("bench: loading {size} keys into {}", directory.display());
        let directory = setting.fresh(&name)?;
        let mut load = setting.own_everywhere()?;
        load.args((self.arguments)(&directory, size));
        if !load.status()?.success() {
            return Err("the store could not be loaded".into());
        }
        Ok(directory)
    }

    /// What the names of stores begin with: another schema or other keys have another one.
    fn edition(&self) -> Result<String, Failure> {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(MIGRATIONS);
        let mut files: Vec<_> = fs::read_dir(directory)?
            .map(|entry| entry.map(|e| e.path()))
            .collect::<Result<_, _>>()?;
        files.sort();
        // FNV-1a: nobody attacks this.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for file in files {
            for byte in fs::read(file)? {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        Ok(format!("{}{hash:016x}-{}-", self.prefix, self.edition))
    }

    fn forget_others(&self, setting: &Setting, edition: &str) -> Result<(), Failure> {
        for entry in fs::read_dir(setting.directory(""))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(self.prefix) && !name.starts_with(edition) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }
}
