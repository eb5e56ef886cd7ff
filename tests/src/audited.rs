//! What the audit log holds.

use crate::Server;

/// A record: what, in which company, by whom, in which request, from where, to which member and to which keys.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// What was done.
    pub action: String,
    /// In which company.
    pub company: i64,
    /// By which member; `None` for whoever sits at the machine.
    pub actor: Option<i64>,
    /// How that member proved who it is.
    pub via: Option<String>,
    /// The id of the request.
    pub request: String,
    /// The caller's address.
    pub remote: String,
    /// To which member.
    pub member: Option<i64>,
    /// To which keys, 16 bytes each.
    pub keys: Vec<u8>,
}

/// Stops the server, and reads every record but those of keys that the test put into the store.
pub async fn audited(server: &mut Server) -> Vec<Row> {
    server.stop().await;
    let database = server.database();
    let mut statement = database
        .prepare(
            "SELECT action, company, actor_member, actor_via, request, remote, member, keys
             FROM audit WHERE request <> 'seed' ORDER BY id",
        )
        .expect("a statement");
    let rows = statement.query_map([], |row| {
        Ok(Row {
            action: row.get(0)?,
            company: row.get(1)?,
            actor: row.get(2)?,
            via: row.get(3)?,
            request: row.get(4)?,
            remote: row.get(5)?,
            member: row.get(6)?,
            keys: row.get(7)?,
        })
    });
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}
