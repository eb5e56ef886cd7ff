-- Digests of secrets that were brought from elsewhere, of which only the digest of another kind is known: the first half
-- of their SHA-512 stands where that of ours does until they are presented for the first time. Empty on nearly every
-- instance, and whether it is decides whether presented secrets are looked for by it at all.
CREATE TABLE foreign_digest (
    digest BLOB PRIMARY KEY REFERENCES secret (digest) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
