//! Whether a key is good that somebody else's service was shown.

use std::net::IpAddr;

use bitting_core::{
    CompanyId, Refusal, Scope, Timestamp,
    rules::{self, Verdict},
    secret::{Digest, cannot_be_key},
};

use super::{Asked, Caller, Engine, Remembered};

/// What is asked about a key.
#[derive(Clone, Copy)]
pub(crate) struct Question<'q> {
    /// What was presented as a key.
    pub(crate) key: &'q str,
    /// What it must be good for.
    pub(crate) scopes: &'q [Scope],
    /// Where it came from.
    pub(crate) client: Option<IpAddr>,
}

/// What is found.
pub(crate) struct Answer {
    pub(crate) verdict: Verdict,
    /// The key; `None` exactly where there is none to tell of.
    pub(crate) key: Option<Remembered>,
}

const MALFORMED: Answer = Answer {
    verdict: Verdict::Malformed,
    key: None,
};

const NOT_FOUND: Answer = Answer {
    verdict: Verdict::NotFound,
    key: None,
};

impl Engine {
    /// Whether a key of the caller's company is good. Nothing is read where the key is in memory, or surely none.
    pub(crate) async fn verify(
        &self,
        caller: &Caller<'_>,
        question: Question<'_>,
    ) -> Result<Answer, Refusal> {
        self.verify_in(caller.principal.company, question, caller.asked)
            .await
    }

    /// The same of a company, whoever asks.
    pub(super) async fn verify_in(
        &self,
        company: CompanyId,
        question: Question<'_>,
        asked: Asked<'_>,
    ) -> Result<Answer, Refusal> {
        if cannot_be_key(question.key) {
            return Ok(MALFORMED);
        }
        let digest = Digest::of(question.key);
        if let Some(record) = self.memory.key(&digest) {
            let now = Timestamp::of_clock(asked.at_millis);
            return Ok(self.judge(company, &question, record, now));
        }
        if self.is_surely_none(question.key, &digest) {
            return Ok(NOT_FOUND);
        }
        // In a box, as what few requests need.
        let Some(record) = Box::pin(self.find(question.key, digest, asked)).await? else {
            return Ok(NOT_FOUND);
        };
        // After the look-up: a key that ends meanwhile has ended.
        Ok(self.judge(company, &question, record, self.clock.now()))
    }

    async fn find(
        &self,
        presented: &str,
        digest: Digest,
        asked: Asked<'_>,
    ) -> Result<Option<Remembered>, Refusal> {
        let began = self.memory.moment(&digest);
        let found = self.credential(presented, digest, asked).await?;
        Ok(found.map(|found| self.memory.keep_key(digest, began, found)))
    }

    fn judge(
        &self,
        company: CompanyId,
        question: &Question<'_>,
        record: Remembered,
        now: Timestamp,
    ) -> Answer {
        // Another company's key is none, for whoever asks.
        if record.company() != company {
            return NOT_FOUND;
        }
        let verdict = rules::verify(&record.facts(), now, question.client, question.scopes);
        if verdict == Verdict::NotFound {
            return NOT_FOUND;
        }
        if verdict == Verdict::Valid {
            self.memory.key_used(&record, now);
        }
        Answer {
            verdict,
            key: Some(record),
        }
    }
}
