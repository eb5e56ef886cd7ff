//! Keys of every origin, as Bitting's own API knows them (K50 to K63).

use bitting_core::{
    CompanyId, Field, KeyDraft, KeyId, KeyRef, KeySettings, Limits, MemberId, Origin, Owner,
    Principal, Quota, Reach, Reason, Refusal, Role, Version, Via, Violation, rules,
    usage::{Counted, Span, Subject},
};
use bitting_store::{PageQuery, Replace, Revoke, SetLimits, StoredKey};

use super::{Caller, Created, Engine};

impl Engine {
    /// Makes a key, for the caller or for another member.
    pub(crate) async fn own_create(
        &self,
        caller: &Caller<'_>,
        draft: KeyDraft,
        owner: Option<MemberId>,
    ) -> Result<Created, Refusal> {
        let draft = self.own_draft(caller, draft, owner).await?;
        self.key_create(caller, Origin::Keys, draft).await
    }

    /// The draft of a key of the caller's, or of the member whose it is to be.
    pub(super) async fn own_draft(
        &self,
        caller: &Caller<'_>,
        mut draft: KeyDraft,
        owner: Option<MemberId>,
    ) -> Result<KeyDraft, Refusal> {
        draft.owner = match owner {
            // Nobody below admin learns which members there are.
            Some(member) if caller.principal.role >= Role::Admin => {
                Some(self.owner(caller, member).await?)
            }
            Some(member) => Some(Owner {
                company: caller.principal.company,
                member,
            }),
            None => None,
        };
        Ok(draft)
    }

    async fn owner(&self, caller: &Caller<'_>, member: MemberId) -> Result<Owner, Refusal> {
        let found = self
            .store
            .owner(member)
            .await
            .map_err(|error| self.fault(caller.asked, error))?;
        found
            .filter(|owner| rules::may_reach(&caller.principal, owner.company).is_ok())
            .ok_or_else(|| Violation::new(Field::Owner, "is no member of the company").into())
    }

    /// One page of the keys that the caller can see, which `query` asks for where it is told to.
    pub(crate) async fn own_page(
        &self,
        caller: &Caller<'_>,
        query: impl FnOnce(Reach) -> PageQuery,
    ) -> Result<Vec<StoredKey>, Refusal> {
        let within = rules::reach_anywhere(&caller.principal);
        self.store
            .page(query(within), caller.now)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }

    /// A key that the caller can see.
    pub(crate) async fn own_view(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
    ) -> Result<StoredKey, Refusal> {
        let within = rules::reach_anywhere(&caller.principal);
        self.view_within(caller, within, id).await
    }

    /// Puts other settings in place of a key's; with `versions`, only if it is still one of these.
    pub(crate) async fn own_update(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
        settings: KeySettings,
        versions: Option<Vec<Version>>,
    ) -> Result<StoredKey, Refusal> {
        let replace = Replace {
            within: rules::reach_anywhere(&caller.principal),
            key: KeyRef::Id(id),
            by: (*caller.principal).clone(),
            settings,
            if_match: versions,
            now: caller.now,
            trail: caller.asked.trail(),
        };
        self.store
            .replace(replace)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }

    /// Puts other limits and another quota in place of a key's; with `versions`, only if it is still one of these.
    pub(crate) async fn own_limit(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
        (limits, quota): (Limits, Option<Quota>),
        versions: Option<Vec<Version>>,
    ) -> Result<StoredKey, Refusal> {
        let limit = SetLimits {
            within: rules::reach_anywhere(&caller.principal),
            key: KeyRef::Id(id),
            by: (*caller.principal).clone(),
            limits,
            quota,
            if_match: versions,
            now: caller.now,
            trail: caller.asked.trail(),
        };
        self.store
            .limit(limit)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }

    /// What verification found of a key that the caller can see.
    pub(crate) async fn own_usage(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
        span: Span,
    ) -> Result<Vec<Counted>, Refusal> {
        let found = self.own_view(caller, id).await?;
        self.usage(caller, Subject::Key(found.number), span).await
    }

    /// What verification found that a company asked for.
    pub(crate) async fn company_usage(
        &self,
        caller: &Caller<'_>,
        company: CompanyId,
        span: Span,
    ) -> Result<Vec<Counted>, Refusal> {
        self.company_view(caller, company).await?;
        self.usage(caller, Subject::Company(company), span).await
    }

    async fn usage(
        &self,
        caller: &Caller<'_>,
        subject: Subject,
        span: Span,
    ) -> Result<Vec<Counted>, Refusal> {
        self.store
            .usage(subject, span)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }

    /// Deletes a key.
    pub(crate) async fn own_delete(&self, caller: &Caller<'_>, id: KeyId) -> Result<(), Refusal> {
        let within = rules::reach_anywhere(&caller.principal);
        self.delete_within(caller, within, KeyRef::Id(id)).await
    }

    /// Revokes a key for good.
    pub(crate) async fn own_revoke(
        &self,
        caller: &Caller<'_>,
        id: KeyId,
        reason: Option<Reason>,
    ) -> Result<StoredKey, Refusal> {
        let within = rules::reach_anywhere(&caller.principal);
        self.revoke_within(caller, within, id, reason).await
    }

    /// The key that the caller presented.
    pub(crate) async fn whoami(&self, caller: &Caller<'_>) -> Result<StoredKey, Refusal> {
        let (within, id) = presented(&caller.principal)?;
        self.view_within(caller, within, id).await
    }

    /// Revokes the key that the caller presented.
    pub(crate) async fn self_revoke(
        &self,
        caller: &Caller<'_>,
        reason: Option<Reason>,
    ) -> Result<StoredKey, Refusal> {
        let (within, id) = presented(&caller.principal)?;
        self.revoke_within(caller, within, id, reason).await
    }

    async fn view_within(
        &self,
        caller: &Caller<'_>,
        within: Reach,
        id: KeyId,
    ) -> Result<StoredKey, Refusal> {
        self.store
            .key(within, KeyRef::Id(id))
            .await
            .map_err(|error| self.fault(caller.asked, error))?
            .ok_or(Refusal::NotFound)
    }

    async fn revoke_within(
        &self,
        caller: &Caller<'_>,
        within: Reach,
        id: KeyId,
        reason: Option<Reason>,
    ) -> Result<StoredKey, Refusal> {
        let revoke = Revoke {
            within,
            key: KeyRef::Id(id),
            by: (*caller.principal).clone(),
            reason,
            now: caller.now,
            trail: caller.asked.trail(),
        };
        self.store
            .revoke(revoke)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }
}

/// The one key that a caller presented, whatever its role may reach.
fn presented(by: &Principal) -> Result<(Reach, KeyId), Refusal> {
    let Via::Key(id) = &by.via else {
        return Err(Refusal::Unauthenticated);
    };
    let within = Reach {
        company: Some(by.company),
        owner: Some(by.member),
        origin: None,
    };
    Ok((within, *id))
}
