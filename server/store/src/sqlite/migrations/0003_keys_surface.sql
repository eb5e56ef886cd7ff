-- What a key of Bitting's own surface has besides.
-- Compact JSON; NULL for {}.
ALTER TABLE api_key ADD COLUMN metadata TEXT;
-- Blocks of addresses, joined by a space; '' for anywhere.
ALTER TABLE api_key ADD COLUMN addresses TEXT NOT NULL DEFAULT '';
ALTER TABLE api_key ADD COLUMN prefix TEXT;
ALTER TABLE api_key ADD COLUMN revoked_reason TEXT;

-- All that a walk over every credential reads of a secret; the digest, which is the primary key, ends it.
DROP INDEX secret_by_key;
CREATE INDEX secret_by_key ON secret (key, created_at, id, retires_at);

-- When a secret was last used. Of secrets that are gone there is no row: whatever removes a secret removes its
-- row, and nothing adds one for a secret that is not there. Without a reference to either table, which would be
-- looked up for every row of a write that has thousands.
CREATE TABLE last_use (
    key INTEGER NOT NULL,
    secret BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (key, secret)
) STRICT, WITHOUT ROWID;

-- The orders of Bitting's own list, for a company and for all of them; a member's come from the indexes of 0001,
-- merged. The rowid ends each and breaks ties in the direction of the walk, so that one index serves both.
CREATE INDEX api_key_company ON api_key (company);
CREATE INDEX api_key_company_name ON api_key (company, name);
CREATE INDEX api_key_company_end ON api_key (company, end_at);
CREATE INDEX api_key_company_updated ON api_key (company, updated_at);
CREATE INDEX api_key_all_name ON api_key (name);
CREATE INDEX api_key_all_end ON api_key (end_at);
CREATE INDEX api_key_all_updated ON api_key (updated_at);

-- The planner's view, fixed as in 0001.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('secret', 'secret_by_key', '1000000 2 1 1 1'),
    ('api_key', 'api_key_company', '1000000 200000'),
    ('api_key', 'api_key_company_name', '1000000 200000 2'),
    ('api_key', 'api_key_company_end', '1000000 200000 4'),
    ('api_key', 'api_key_company_updated', '1000000 200000 2'),
    ('api_key', 'api_key_all_name', '1000000 4'),
    ('api_key', 'api_key_all_end', '1000000 20'),
    ('api_key', 'api_key_all_updated', '1000000 4'),
    ('last_use', 'last_use', '1000000 2 1');
