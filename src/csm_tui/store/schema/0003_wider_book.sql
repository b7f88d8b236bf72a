-- The wider book: more about accounts, where imported rows came from, tags, counts, words that were saved.

ALTER TABLE account ADD COLUMN ae TEXT;
ALTER TABLE account ADD COLUMN industry TEXT;
ALTER TABLE account ADD COLUMN plan TEXT;
ALTER TABLE account ADD COLUMN notes TEXT;
ALTER TABLE account ADD COLUMN term_months INTEGER CHECK (term_months BETWEEN 1 AND 1200);
ALTER TABLE account ADD COLUMN auto_renew INTEGER CHECK (auto_renew IN (0, 1));
ALTER TABLE account ADD COLUMN archived_on TEXT CHECK (archived_on IS date(archived_on, '+0 days') AND archived_on BETWEEN '1900-01-01' AND '2199-12-31');

ALTER TABLE contact ADD COLUMN notes TEXT;
ALTER TABLE contact ADD COLUMN source TEXT;
ALTER TABLE contact ADD COLUMN source_id TEXT;
CREATE UNIQUE INDEX contact_by_source ON contact (source, source_id, account_id) WHERE source_id IS NOT NULL;

ALTER TABLE touchpoint ADD COLUMN source TEXT;
ALTER TABLE touchpoint ADD COLUMN source_id TEXT;
CREATE UNIQUE INDEX touchpoint_by_source ON touchpoint (source, source_id, account_id) WHERE source_id IS NOT NULL;

CREATE TABLE account_tag (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  tag        TEXT    NOT NULL CHECK (trim(tag) <> ''),
  UNIQUE (account_id, tag)
) STRICT;
CREATE INDEX account_tag_by_tag ON account_tag (tag, account_id);

CREATE TABLE measure (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name       TEXT    NOT NULL CHECK (trim(name) <> ''),
  day        TEXT    NOT NULL CHECK (day IS date(day, '+0 days') AND day BETWEEN '1900-01-01' AND '2199-12-31'),
  value      INTEGER NOT NULL,
  source     TEXT,
  UNIQUE (account_id, name, day)
) STRICT;

CREATE TABLE saved_filter (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT    NOT NULL UNIQUE CHECK (trim(name) <> ''),
  text TEXT    NOT NULL
) STRICT;

-- How a corrected file is read the next time, and when the workspace was last looked at: neither is part of undo.
CREATE TABLE import_mapping (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  header TEXT    NOT NULL UNIQUE,
  fields TEXT    NOT NULL
) STRICT;

CREATE TABLE last_look (
  id        INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id = 1),
  at        TEXT    NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M:%fZ', at, '+0 days')),
  change_id INTEGER NOT NULL
) STRICT;
