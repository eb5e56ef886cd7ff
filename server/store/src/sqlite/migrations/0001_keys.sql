-- Times are whole seconds since 1970. A key without an end has end_at = 253402300800, one second past the
-- year 9999, so that "no end" sorts last and every comparison is on integers.

CREATE TABLE company (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    enabled INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    company INTEGER NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    enabled INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_key (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    company INTEGER NOT NULL REFERENCES company (id),
    owner INTEGER NOT NULL REFERENCES member (id),
    issuer INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    -- Folded by the application (Rust's str::to_lowercase), so that every database agrees.
    name_folded TEXT NOT NULL,
    description_folded TEXT,
    role TEXT NOT NULL,
    scopes TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    revoked_at INTEGER,
    recoverable INTEGER NOT NULL,
    -- What the clock said when the row was last written or found due: 0 active, 1 expired, 2 pending. True
    -- until phase_until; a read that comes later has the writer bring it up to date first.
    phase INTEGER NOT NULL,
    phase_until INTEGER
) STRICT;

-- One index for every sort. The rowid, which is the decimal id, ends each of them and breaks ties upwards;
-- a descending sort has an index of its own because its ties still go upwards.
CREATE INDEX api_key_by_name ON api_key (owner, origin, name);
CREATE INDEX api_key_by_name_desc ON api_key (owner, origin, name DESC);
CREATE INDEX api_key_by_phase ON api_key (owner, origin, phase);
CREATE INDEX api_key_by_phase_desc ON api_key (owner, origin, phase DESC);
CREATE INDEX api_key_by_start ON api_key (owner, origin, start_at);
CREATE INDEX api_key_by_start_desc ON api_key (owner, origin, start_at DESC);
CREATE INDEX api_key_by_end ON api_key (owner, origin, end_at);
CREATE INDEX api_key_by_end_desc ON api_key (owner, origin, end_at DESC);
CREATE INDEX api_key_by_created ON api_key (owner, origin, created_at);
CREATE INDEX api_key_by_created_desc ON api_key (owner, origin, created_at DESC);
CREATE INDEX api_key_by_updated ON api_key (owner, origin, updated_at);
CREATE INDEX api_key_by_updated_desc ON api_key (owner, origin, updated_at DESC);

-- Everything that a filter or a search reads, in the default order: what is too broad for the indexes above
-- is answered by one walk along this one, without touching the table.
CREATE INDEX api_key_scan ON api_key (
    owner, origin, number, phase, enabled, revoked_at, start_at, end_at, created_at, updated_at, name,
    name_folded, description_folded
);

-- The keys whose phase ends with time.
CREATE INDEX api_key_due ON api_key (owner, origin, phase_until) WHERE phase_until IS NOT NULL;

-- The root keys, of which one must stay.
CREATE INDEX api_key_root ON api_key (number) WHERE role = 'root';

-- Substring search. Holds no text, only which key has which three characters in which column.
CREATE VIRTUAL TABLE api_key_text USING fts5 (
    name, description,
    content = '', contentless_delete = 1, detail = column, tokenize = 'trigram case_sensitive 1'
);

CREATE TABLE secret (
    digest BLOB PRIMARY KEY,
    key INTEGER NOT NULL REFERENCES api_key (number),
    id BLOB NOT NULL,
    hint TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retires_at INTEGER,
    sealed BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX secret_by_key ON secret (key, created_at);

-- How many keys a member has from one origin, so that a total needs no counting; and the latest moment at
-- which one of their stored phases began: an earlier clock must not trust them.
CREATE TABLE collection (
    owner INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    total INTEGER NOT NULL,
    phased_at INTEGER NOT NULL,
    PRIMARY KEY (owner, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at_millis INTEGER NOT NULL,
    action TEXT NOT NULL,
    company INTEGER NOT NULL,
    actor_member INTEGER,
    -- "key" and its id, or "token", its issuer and its subject.
    actor_via TEXT,
    request TEXT NOT NULL,
    remote TEXT NOT NULL,
    -- The keys' ids, 16 bytes each: the record of a list of secrets names every key.
    keys BLOB NOT NULL
) STRICT;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The planner's view of a large member. Fixed, never gathered: a plan that was right when it was tested must
-- not change with the data (tests hold the plans). The numbers: rows, then rows per value of each prefix.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('api_key', 'api_key_by_name', '1000000 100000 100000 2'),
    ('api_key', 'api_key_by_name_desc', '1000000 100000 100000 2'),
    ('api_key', 'api_key_by_phase', '1000000 100000 100000 200'),
    ('api_key', 'api_key_by_phase_desc', '1000000 100000 100000 200'),
    ('api_key', 'api_key_by_start', '1000000 100000 100000 2'),
    ('api_key', 'api_key_by_start_desc', '1000000 100000 100000 2'),
    ('api_key', 'api_key_by_end', '1000000 100000 100000 2'),
    ('api_key', 'api_key_by_end_desc', '1000000 100000 100000 2'),
    ('api_key', 'api_key_by_created', '1000000 100000 100000 2'),
    ('api_key', 'api_key_by_created_desc', '1000000 100000 100000 2'),
    ('api_key', 'api_key_by_updated', '1000000 100000 100000 2'),
    ('api_key', 'api_key_by_updated_desc', '1000000 100000 100000 2'),
    ('api_key', 'api_key_scan', '1000000 100000 100000 1 1 1 1 1 1 1 1 1 1 1'),
    ('api_key', 'api_key_due', '1000000 100000 100000 2'),
    ('secret', 'secret_by_key', '1000000 2 1');
