//! The audit log, read (K110 to K112).

use bitting_core::{CompanyId, Refusal, rules};
use bitting_store::{AuditEntry, AuditQuery};

use super::{Caller, Engine};

impl Engine {
    /// Records of the audit log, the latest first, that the caller may read and which `query` asks for where it is told
    /// in which company; none where it asks for another one.
    pub(crate) async fn audit(
        &self,
        caller: &Caller<'_>,
        company: Option<CompanyId>,
        query: impl FnOnce(Option<CompanyId>) -> AuditQuery,
    ) -> Result<Vec<AuditEntry>, Refusal> {
        let within = rules::reach_anywhere(&caller.principal).company;
        let company = match (within, company) {
            (Some(own), Some(asked)) if own != asked => return Ok(Vec::new()),
            (own, asked) => asked.or(own),
        };
        self.store
            .audit(query(company))
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }
}
