//! Secrets that were brought from elsewhere and are known by foreign digests until they are presented (K133).

use bitting_core::{Refusal, secret::Digest};
use bitting_store::Credential;

use super::{Asked, Engine};

impl Engine {
    /// Whether it is certain that a presented text, whose digest is `digest`, is no secret of anybody's. Where secrets
    /// were brought from elsewhere, its foreign digest is looked for as well, in the same memory.
    pub(super) fn is_surely_none(&self, presented: &str, digest: &Digest) -> bool {
        self.memory.has_never_seen(digest) && self.foreign(presented).is_none()
    }

    /// What a presented secret leads to, in one read. One that is known by its foreign digest is known by its own from
    /// then on.
    pub(super) async fn credential(
        &self,
        presented: &str,
        digest: Digest,
        asked: Asked<'_>,
    ) -> Result<Option<Credential>, Refusal> {
        let fault = |error| self.fault(asked, error);
        let Some(foreign) = self.foreign(presented) else {
            return self.store.credential(digest).await.map_err(fault);
        };
        let found = self.store.credential_of(digest, foreign).await;
        let Some((found, was_foreign)) = found.map_err(fault)? else {
            return Ok(None);
        };
        if was_foreign {
            // Not gone on without: what is remembered of a secret is forgotten by the digest that the store has of it.
            self.store.adopt(foreign, digest).await.map_err(fault)?;
        }
        Ok(Some(found))
    }

    /// The foreign digest of a presented text, where a secret may be known by it.
    fn foreign(&self, presented: &str) -> Option<Digest> {
        if !self.store.has_foreign() {
            return None;
        }
        let foreign = Digest::foreign(presented);
        (!self.memory.has_never_seen(&foreign)).then_some(foreign)
    }
}
