-- The audit log, read: by time, the latest first; the rowid ends each index and tells equal times apart.
CREATE INDEX audit_by_time ON audit (at_millis);
CREATE INDEX audit_by_company ON audit (company, at_millis);
CREATE INDEX audit_by_action ON audit (action, at_millis);
CREATE INDEX audit_by_company_action ON audit (company, action, at_millis);
CREATE INDEX audit_by_actor ON audit (actor_member, at_millis);
CREATE INDEX audit_by_member ON audit (member, at_millis) WHERE member IS NOT NULL;

-- Which records name a key: one may name many.
CREATE TABLE audit_key (
    key BLOB NOT NULL,
    at_millis INTEGER NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (key, at_millis, record)
) STRICT, WITHOUT ROWID;

WITH RECURSIVE named (record, at_millis, keys, place) AS (
    SELECT id, at_millis, keys, 1 FROM audit WHERE length(keys) >= 16
    UNION ALL
    SELECT record, at_millis, keys, place + 16 FROM named WHERE place + 31 <= length(keys)
)
INSERT OR IGNORE INTO audit_key (key, at_millis, record)
SELECT substr(keys, place, 16), at_millis, record FROM named;
