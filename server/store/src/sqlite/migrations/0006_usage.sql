-- What verification found, counted. The subject is the number of a key, or a company's id below zero; the outcome is
-- the place of a verdict in the contract's order (K71). Rows of a key that is gone stay until they are too old:
-- numbers are never given again.
CREATE TABLE usage_hour (
    hour INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (hour, subject, outcome)
) STRICT, WITHOUT ROWID;

-- The same by days, of hours that are not kept any more.
CREATE TABLE usage_day (
    day INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, subject, outcome)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('usage_hour', 'usage_hour', '1000000 10000 2 1'),
    ('usage_day', 'usage_day', '1000000 10000 2 1');
