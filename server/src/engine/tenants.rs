//! Companies and their members.

use bitting_core::{
    Company, CompanyChange, CompanyDraft, CompanyId, Member, MemberChange, MemberDraft, MemberId,
    Refusal, Role, rules,
};
use bitting_store::{CompanyCreate, CompanyUpdate, FirstMember, MemberCreate, MemberUpdate, Seek};

use super::{
    Caller, Engine,
    grant::{FirstKey, grant},
};

/// A company that was just made.
pub(crate) struct CompanyMade {
    pub(crate) company: Company,
    pub(crate) first: Option<(Member, FirstKey)>,
}

/// A member that was just made.
pub(crate) struct MemberMade {
    pub(crate) member: Member,
    pub(crate) key: Option<FirstKey>,
}

/// A page of a list.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Whether there are others after it.
    pub(crate) more: bool,
}

impl<T> Page<T> {
    /// One item more than a page holds: whether it is there tells whether there is another page.
    fn seek(after: i64, limit: usize) -> Seek {
        Seek {
            after,
            limit: limit + 1,
        }
    }

    fn new(mut items: Vec<T>, limit: usize) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        Self { items, more }
    }
}

impl Engine {
    /// Makes a company.
    pub(crate) async fn company_create(
        &self,
        caller: &Caller<'_>,
        draft: CompanyDraft,
    ) -> Result<CompanyMade, Refusal> {
        let (first, key) = match draft.first_member {
            Some(name) => {
                let (granted, key) = grant(Role::Admin, &*self.clock, &*self.entropy)?;
                let first = FirstMember { name, key: granted };
                (Some(first), Some(key))
            }
            None => (None, None),
        };
        let create = CompanyCreate {
            name: draft.name,
            first,
            by: Some((*caller.principal).clone()),
            now: caller.now,
            trail: caller.asked.trail(),
        };
        let made = self
            .store
            .create_company(create)
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        Ok(CompanyMade {
            company: made.company,
            first: made.member.zip(key),
        })
    }

    /// A page of the companies, by ascending id.
    pub(crate) async fn company_list(
        &self,
        caller: &Caller<'_>,
        after: i64,
        limit: usize,
    ) -> Result<Page<Company>, Refusal> {
        let found = self
            .store
            .companies(Page::<Company>::seek(after, limit))
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        Ok(Page::new(found, limit))
    }

    /// A company.
    pub(crate) async fn company_view(
        &self,
        caller: &Caller<'_>,
        company: CompanyId,
    ) -> Result<Company, Refusal> {
        rules::may_reach(&caller.principal, company)?;
        self.store
            .company(company)
            .await
            .map_err(|error| self.fault(caller.asked, error))?
            .ok_or(Refusal::NotFound)
    }

    /// Makes a member.
    pub(crate) async fn member_create(
        &self,
        caller: &Caller<'_>,
        company: CompanyId,
        draft: MemberDraft,
    ) -> Result<MemberMade, Refusal> {
        rules::may_reach(&caller.principal, company)?;
        let (granted, key) = match draft.first_key {
            Some(role) => {
                rules::may_grant(Some(&caller.principal), role)?;
                let (granted, key) = grant(role, &*self.clock, &*self.entropy)?;
                (Some(granted), Some(key))
            }
            None => (None, None),
        };
        let create = MemberCreate {
            company,
            name: draft.name,
            key: granted,
            by: Some((*caller.principal).clone()),
            now: caller.now,
            trail: caller.asked.trail(),
        };
        let member = self
            .store
            .create_member(create)
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        Ok(MemberMade { member, key })
    }

    /// A page of the members of a company, by ascending id.
    pub(crate) async fn member_list(
        &self,
        caller: &Caller<'_>,
        company: CompanyId,
        after: i64,
        limit: usize,
    ) -> Result<Page<Member>, Refusal> {
        rules::may_reach(&caller.principal, company)?;
        let found = self
            .store
            .members(company, Page::<Member>::seek(after, limit))
            .await
            .map_err(|error| self.fault(caller.asked, error))?
            .ok_or(Refusal::NotFound)?;
        Ok(Page::new(found, limit))
    }

    /// A member of a company.
    pub(crate) async fn member_view(
        &self,
        caller: &Caller<'_>,
        company: CompanyId,
        member: MemberId,
    ) -> Result<Member, Refusal> {
        rules::may_reach(&caller.principal, company)?;
        self.store
            .member(company, member)
            .await
            .map_err(|error| self.fault(caller.asked, error))?
            .ok_or(Refusal::NotFound)
    }

    /// Changes a company's settings, or removes it; the company as it is afterwards, and none that was removed.
    pub(crate) async fn company_change(
        &self,
        caller: &Caller<'_>,
        company: CompanyId,
        change: CompanyChange,
    ) -> Result<Option<Company>, Refusal> {
        let update = CompanyUpdate {
            company,
            change,
            by: (*caller.principal).clone(),
            now: caller.now,
            trail: caller.asked.trail(),
        };
        self.store
            .update_company(update)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }

    /// Changes a member's settings, or removes it; the member as it is afterwards, and none that was removed.
    pub(crate) async fn member_change(
        &self,
        caller: &Caller<'_>,
        company: CompanyId,
        member: MemberId,
        change: MemberChange,
    ) -> Result<Option<Member>, Refusal> {
        let update = MemberUpdate {
            company,
            member,
            change,
            by: Some((*caller.principal).clone()),
            now: caller.now,
            trail: caller.asked.trail(),
        };
        self.store
            .update_member(update)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }
}
