-- What is told of millions of keys shares rows, one for each run of 256 neighbouring keys: a use costs a few bytes of a
-- row instead of a row. Entries have one length and are sorted: the key's place in its run, which secret of it or which
-- verdict on it, and a value of five bytes.
CREATE TABLE run_use (
    run INTEGER PRIMARY KEY,
    uses BLOB NOT NULL
) STRICT;

-- The value: seconds since the first moment of the calendar.
INSERT INTO run_use (run, uses)
SELECT key >> 8,
    unhex(group_concat(printf('%02x', key & 255) || hex(secret) || printf('%010x', at + 62135596800), '' ORDER BY key, secret))
FROM last_use GROUP BY key >> 8;

DROP TABLE last_use;
ALTER TABLE run_use RENAME TO last_use;

-- How often verdicts were found: by hours, and by days of hours that are not kept any more. The id is the hour or the
-- day, times 2^36, and the run.
CREATE TABLE key_usage_hour (
    id INTEGER PRIMARY KEY,
    counts BLOB NOT NULL
) STRICT;

CREATE TABLE key_usage_day (
    id INTEGER PRIMARY KEY,
    counts BLOB NOT NULL
) STRICT;

INSERT INTO key_usage_hour (id, counts)
SELECT (hour << 36) + (subject >> 8),
    unhex(group_concat(printf('%02x%02x%010x', subject & 255, outcome, min(count, 1099511627775)), '' ORDER BY subject, outcome))
FROM usage_hour WHERE subject > 0 GROUP BY hour, subject >> 8;

INSERT INTO key_usage_day (id, counts)
SELECT (day << 36) + (subject >> 8),
    unhex(group_concat(printf('%02x%02x%010x', subject & 255, outcome, min(count, 1099511627775)), '' ORDER BY subject, outcome))
FROM usage_day WHERE subject > 0 GROUP BY day, subject >> 8;

-- Companies are few: each keeps its rows.
CREATE TABLE company_usage_hour (
    hour INTEGER NOT NULL,
    company INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (hour, company, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE company_usage_day (
    day INTEGER NOT NULL,
    company INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, company, outcome)
) STRICT, WITHOUT ROWID;

INSERT INTO company_usage_hour SELECT hour, -subject, outcome, count FROM usage_hour WHERE subject < 0;
INSERT INTO company_usage_day SELECT day, -subject, outcome, count FROM usage_day WHERE subject < 0;

DROP TABLE usage_hour;
DROP TABLE usage_day;

-- The planner's view, which went with the tables.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('last_use', NULL, '10000'),
    ('key_usage_hour', NULL, '100000'),
    ('key_usage_day', NULL, '100000'),
    ('company_usage_hour', 'company_usage_hour', '100000 100 5 1'),
    ('company_usage_day', 'company_usage_day', '100000 100 5 1');
