//! The one JSON object that commands which make a key print.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::AsFd,
};

use bitting_core::{CompanyId, KeyId, MemberId, secret::PlainSecret};
use serde::Serialize;
use zeroize::Zeroizing;

use super::Failure;

/// What was made. Nothing else goes to standard output.
#[derive(Serialize)]
pub(super) struct Printed<'a> {
    pub(super) company_id: String,
    pub(super) member_id: String,
    pub(super) key_id: String,
    pub(super) secret: &'a str,
}

impl<'a> Printed<'a> {
    /// A key and whose it is.
    pub(super) fn new(
        company: CompanyId,
        member: MemberId,
        key: KeyId,
        secret: &'a PlainSecret,
    ) -> Self {
        Self {
            company_id: company.to_string(),
            member_id: member.to_string(),
            key_id: key.to_string(),
            secret: secret.expose(),
        }
    }

    /// Prints it. The secret is nowhere else: where it cannot be printed it is lost, and `remedy` is what to do
    /// then.
    pub(super) fn print(&self, remedy: &str) -> Result<(), Failure> {
        let line = Zeroizing::new(serde_json::to_string(self)?);
        write(&line).map_err(|cause| {
            Failure(format!(
                "the key was made, but it could not be printed and its secret is lost ({cause}); {remedy}"
            ))
        })
    }
}

fn write(line: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()?;
    // A full disk can be slow to say so.
    let file = File::from(stdout.as_fd().try_clone_to_owned()?);
    if file.metadata()?.is_file() {
        file.sync_all()?;
    }
    Ok(())
}
