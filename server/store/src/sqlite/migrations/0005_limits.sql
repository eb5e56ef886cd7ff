-- How often a key may be verified: 'name/limit/seconds', joined by a space; '' for as often as anybody likes.
ALTER TABLE api_key ADD COLUMN limits TEXT NOT NULL DEFAULT '';
-- The id of the key's quota; NULL for none.
ALTER TABLE api_key ADD COLUMN quota INTEGER;

-- What is left to keys that may not be used without end. A quota that is set anew is a new row: what was used of
-- the one before, and comes late, finds nothing to take it from.
CREATE TABLE quota (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    remaining INTEGER NOT NULL,
    -- To how much it is filled up, how often, and when next; NULL for never.
    amount INTEGER,
    seconds INTEGER,
    next_at INTEGER
) STRICT;
