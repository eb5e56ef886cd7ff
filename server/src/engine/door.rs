//! The door of a gateway: a key that is judged because it was presented.

use bitting_core::{CompanyId, Refusal, rules};

use super::{Asked, Engine, Question, Remembered};

impl Engine {
    /// The key that was presented, if it is a good one of `company` for what is asked. It is its own credential: there
    /// is no caller besides.
    pub(crate) async fn let_in(
        &self,
        company: CompanyId,
        question: Question<'_>,
        asked: Asked<'_>,
    ) -> Result<Remembered, Refusal> {
        let answer = self.verify_in(company, question, asked).await?;
        let wait = answer.charge.and_then(|charge| charge.retry_after);
        rules::let_in(answer.verdict, wait)?;
        answer.key.ok_or(Refusal::Internal)
    }
}
