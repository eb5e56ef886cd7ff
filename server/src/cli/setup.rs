//! `init` and `root-key create`: what is made at the machine, on a store at rest.

use std::io::{self, Write};

use bitting_core::secret::PlainSecret;
use bitting_store::{Initialised, Store};
use serde::Serialize;
use zeroize::Zeroizing;

use super::{
    Failure,
    config::DataArgs,
    open::{Missing, first_key, open, root_key},
};

/// What these commands print, and nothing else.
#[derive(Serialize)]
struct Printed<'a> {
    company_id: String,
    member_id: String,
    key_id: String,
    secret: &'a str,
}

pub(super) async fn init(args: DataArgs) -> Result<(), Failure> {
    let opened = open(&args, Missing::Make)?;
    let (first, secret) = first_key("init")?;
    let made = opened.store.initialise(first).await?;
    opened.store.close().await?;
    print(made, &secret)
}

pub(super) async fn create_root_key(args: DataArgs) -> Result<(), Failure> {
    let opened = open(&args, Missing::Refuse)?;
    let (key, secret) = root_key("root", "root-key create")?;
    let made = opened.store.create_root_key(key).await?;
    opened.store.close().await?;
    print(made, &secret)
}

fn print(made: Initialised, secret: &PlainSecret) -> Result<(), Failure> {
    let printed = Printed {
        company_id: made.company.to_string(),
        member_id: made.member.to_string(),
        key_id: made.key.to_string(),
        secret: secret.expose(),
    };
    let line = Zeroizing::new(serde_json::to_string(&printed)?);
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", *line)
        .and_then(|()| stdout.flush())
        .map_err(|cause| {
            Failure(format!(
                "the key was made, but it could not be printed and its secret is lost ({cause}); \
                 run `bitting root-key create`"
            ))
        })
}
