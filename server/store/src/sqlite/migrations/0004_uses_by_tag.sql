-- Uses are told by the first eight bytes of a secret's digest instead of by its id: whoever verifies keys has the
-- digest anyway, and would hold the id of millions of secrets for nothing else.
CREATE TABLE tagged (
    key INTEGER NOT NULL,
    secret BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (key, secret)
) STRICT, WITHOUT ROWID;

INSERT INTO tagged (key, secret, at)
SELECT l.key, substr(s.digest, 1, 8), max(l.at)
FROM last_use l JOIN secret s ON s.key = l.key AND s.id = l.secret
GROUP BY l.key, substr(s.digest, 1, 8);

DROP TABLE last_use;
ALTER TABLE tagged RENAME TO last_use;

-- The planner's view, which went with the table.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('last_use', 'last_use', '1000000 2 1');
