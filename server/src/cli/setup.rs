//! `init` and `root-key create`: what is made at the machine, on a store at rest.

use bitting_core::secret::PlainSecret;
use bitting_store::{Initialised, Store};

use super::{
    Failure,
    config::DataArgs,
    open::{Missing, first_key, open, root_key},
    printed::Printed,
};

pub(super) async fn init(args: DataArgs) -> Result<(), Failure> {
    let opened = open(&args, Missing::Make)?;
    let (first, secret) = first_key("init")?;
    let made = opened.store.initialise(first).await?;
    print(made, &secret)?;
    Ok(opened.store.close().await?)
}

pub(super) async fn create_root_key(args: DataArgs) -> Result<(), Failure> {
    let opened = open(&args, Missing::Refuse)?;
    let (key, secret) = root_key("root", "root-key create")?;
    let made = opened.store.create_root_key(key).await?;
    print(made, &secret)?;
    Ok(opened.store.close().await?)
}

fn print(made: Initialised, secret: &PlainSecret) -> Result<(), Failure> {
    let printed = Printed::new(made.company, made.member, made.key, secret);
    printed.print("run `bitting root-key create`")
}
