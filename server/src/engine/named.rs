//! Named keys: a company's keys of the origin `feldera`.

use bitting_core::Refusal;
use bitting_store::NamedKey;

use super::{Caller, Engine};

impl Engine {
    /// The named keys of the caller's company, in the order of their names (F20).
    pub(crate) async fn named_list(&self, caller: &Caller<'_>) -> Result<Vec<NamedKey>, Refusal> {
        self.store
            .named_keys(caller.principal.company)
            .await
            .map_err(|error| self.fault(caller.asked, error))
    }
}
