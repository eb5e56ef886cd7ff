//! Keys that are imported through a server.

use bitting_client::{
    Error,
    keys::types::{KeyImportResult, KeyImportResults},
};
use http::{Method, header::CONTENT_TYPE};

use crate::cli::{
    Failure,
    remote::{Remedies, Remote},
};

impl Remote {
    /// Imports keys, each a JSON object: what became of each, in order.
    pub(super) async fn import(&self, keys: &[&str]) -> Result<Vec<KeyImportResult>, Failure> {
        // As they were written: what reads metadata and writes it again changes how numbers are spelt.
        let body = format!("{{\"keys\":[{}]}}", keys.join(","));
        let request = self.keys.request(Method::POST, "/v1/imports");
        let request = request.header(CONTENT_TYPE, "application/json").body(body);
        let remedies = Remedies {
            lost: "run it again, which skips what is there".to_owned(),
            unread: "; run it again, which skips what is there".to_owned(),
            token: "an active key of the role admin or root",
        };
        let failure = |error| self.failure(error, &remedies);
        let request = request.build()?;
        let answer = self.keys.execute(request).await.map_err(failure)?;
        let body = answer
            .bytes()
            .await
            .map_err(|error| failure(Error::Connection(error)))?;
        let results: KeyImportResults = serde_json::from_slice(&body)?;
        Ok(results.results)
    }
}
