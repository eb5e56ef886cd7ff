//! On a store at rest: whoever sits at the machine may do everything.

use bitting_core::{Clock, CompanyId, DisplayName, Refusal, Role};
use bitting_store::{CompanyCreate, FirstMember, GrantedKey, MemberCreate, Store, StoreError};

use super::{ANOTHER_MEMBER, Failure, another_admin};
use crate::{
    cli::{
        open::{Opened, trail},
        printed::Printed,
    },
    engine::{FirstKey, grant},
    system::{OsEntropy, SystemClock},
};

/// Refuses a store without a first company: it has no root key, and another company would hide that.
pub(super) async fn check(opened: &Opened) -> Result<(), Failure> {
    if opened.store.is_initialised().await? {
        Ok(())
    } else {
        Err(StoreError::NotInitialised.into())
    }
}

pub(super) async fn create_company(
    opened: Opened,
    name: DisplayName,
    member_name: DisplayName,
) -> Result<(), Failure> {
    let (granted, key) = first_key(Role::Admin)?;
    let create = CompanyCreate {
        name,
        first: Some(FirstMember {
            name: member_name,
            key: granted,
        }),
        by: None,
        now: SystemClock.now(),
        trail: trail("company create"),
    };
    let made = opened.store.create_company(create).await?;
    let remedy = another_admin(made.company.id);
    let member = made.member.ok_or_else(|| {
        Failure(format!(
            "the company was made without its first member; {remedy}"
        ))
    })?;
    Printed::new(made.company.id, member.id, key.id, &key.secret).print(&remedy)?;
    Ok(opened.store.close().await?)
}

pub(super) async fn create_member(
    opened: Opened,
    company: CompanyId,
    name: DisplayName,
    role: Role,
) -> Result<(), Failure> {
    let (granted, key) = first_key(role)?;
    let create = MemberCreate {
        company,
        name,
        key: Some(granted),
        by: None,
        now: SystemClock.now(),
        trail: trail("member create"),
    };
    let made = opened.store.create_member(create).await;
    let made = made.map_err(|error| match error {
        StoreError::Refused(Refusal::NotFound) => Failure(format!(
            "there is no company {company} in {}; make one with `bitting company create NAME`, or name another \
             with --company",
            opened.path.display()
        )),
        other => other.into(),
    })?;
    let printed = Printed::new(made.company, made.id, key.id, &key.secret);
    printed.print(ANOTHER_MEMBER)?;
    Ok(opened.store.close().await?)
}

fn first_key(role: Role) -> Result<(GrantedKey, FirstKey), Failure> {
    grant(role, &SystemClock, &OsEntropy)
        .map_err(|refusal| Failure(format!("a key cannot be made: {}", refusal.name())))
}
