//! Whether a key is good that somebody else's service was shown.

use std::net::IpAddr;

use bitting_core::{
    CompanyId, Refusal, Scope, Timestamp, bounds,
    rules::{self, Charge, Cost, Verdict},
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
    /// What it costs of the key's limits and quota.
    pub(crate) cost: Cost<'q>,
}

/// What is found.
pub(crate) struct Answer {
    pub(crate) verdict: Verdict,
    /// The key; `None` exactly where there is none to tell of.
    pub(crate) key: Option<Remembered>,
    /// What was charged, where the key is metered and everything else about it is good.
    pub(crate) charge: Option<Charge>,
}

const MALFORMED: Answer = Answer {
    verdict: Verdict::Malformed,
    key: None,
    charge: None,
};

const NOT_FOUND: Answer = Answer {
    verdict: Verdict::NotFound,
    key: None,
    charge: None,
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
        // Before it is hashed: a body has room for much more.
        if question.key.len() > bounds::PRESENTED_MAX {
            return Ok(self.refused(company, MALFORMED, asked));
        }
        let digest = Digest::of(question.key);
        if let Some(record) = self.memory.key(&digest) {
            return Ok(self.judge(company, &question, record, asked.at_millis));
        }
        // Only what is not in memory is looked at: what is there was a key's.
        if cannot_be_key(question.key) {
            return Ok(self.refused(company, MALFORMED, asked));
        }
        if self.is_surely_none(question.key, &digest) {
            return Ok(self.refused(company, NOT_FOUND, asked));
        }
        // In a box, as what few requests need.
        let Some(record) = Box::pin(self.find(question.key, digest, asked)).await? else {
            return Ok(self.refused(company, NOT_FOUND, asked));
        };
        // After the look-up: a key that ends meanwhile has ended.
        let now = self.clock.now_millis();
        Ok(self.judge(company, &question, record, now))
    }

    /// Counts that there is no such key.
    fn refused(&self, company: CompanyId, answer: Answer, asked: Asked<'_>) -> Answer {
        let now = Timestamp::of_clock(asked.at_millis);
        self.memory.key_refused(company, None, answer.verdict, now);
        answer
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
        now_millis: i64,
    ) -> Answer {
        let now = Timestamp::of_clock(now_millis);
        // Another company's key is none, for whoever asks.
        if record.company() != company {
            self.memory
                .key_refused(company, None, Verdict::NotFound, now);
            return NOT_FOUND;
        }
        let mut verdict = rules::verify(&record.facts(), now, question.client, question.scopes);
        if verdict == Verdict::NotFound {
            self.memory.key_refused(company, None, verdict, now);
            return NOT_FOUND;
        }
        let mut charge = None;
        if verdict == Verdict::Valid {
            charge = self.memory.charge(&record, question.cost, now_millis);
            verdict = charge.as_ref().map_or(verdict, |charge| charge.verdict);
        }
        if verdict == Verdict::Valid {
            self.memory.key_used(&record, now);
        } else {
            self.memory
                .key_refused(company, Some(&record), verdict, now);
        }
        Answer {
            verdict,
            key: Some(record),
            charge,
        }
    }
}
