-- The answers to requests that may be sent again, sealed, for a day (K100). The scope is a digest of who asked for what
-- under which name, and the request one of what was asked for. An answer that was erased leaves its row behind: what was
-- done is not done again.
CREATE TABLE once (
    scope BLOB PRIMARY KEY,
    request BLOB NOT NULL,
    -- The id of the key whose secret the answer has. No reference: the row outlives the key.
    key BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    answer BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX once_by_key ON once (key) WHERE answer IS NOT NULL;
CREATE INDEX once_by_age ON once (created_at);
