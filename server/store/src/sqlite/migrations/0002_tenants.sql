-- To which member it was done, where it was done to one and not only to keys.
ALTER TABLE audit ADD COLUMN member INTEGER;

-- Who a login token is for, by what its issuer calls them. A row without a member is what a removed one leaves
-- behind: its login tokens are refused for good, and never make it again.
CREATE TABLE login (
    company INTEGER NOT NULL REFERENCES company (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    member INTEGER REFERENCES member (id),
    PRIMARY KEY (company, issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX login_by_member ON login (member);

-- The members of a company. The rowid, which is the id, ends it.
CREATE INDEX member_by_company ON member (company);

-- Keys of the origin feldera (2) are known by their names: no company has two of one. Keys of other origins are
-- in neither index and pay for neither.
CREATE UNIQUE INDEX api_key_named ON api_key (company, name) WHERE origin = 2;
-- All that their list shows, in its order: the rows lie scattered among the keys of every company.
CREATE INDEX api_key_named_list ON api_key (company, name, role, id) WHERE origin = 2;

-- The planner's view of a company with many named keys, fixed as in 0001. The other tables have one index for
-- each question, and no choice to make.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('api_key', 'api_key_named', '100000 10000 1'),
    ('api_key', 'api_key_named_list', '100000 10000 1 1 1');
