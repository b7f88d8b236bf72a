-- Attention: the CSM's own judgement of an account, and the items she put off.

CREATE TABLE pulse (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id    INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  touchpoint_id INTEGER REFERENCES touchpoint (id) ON DELETE SET NULL,
  value         INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
  given_on      TEXT    NOT NULL CHECK (given_on IS date(given_on, '+0 days') AND given_on BETWEEN '1900-01-01' AND '2199-12-31'),
  reason        TEXT
) STRICT;
CREATE INDEX pulse_by_account ON pulse (account_id, given_on DESC, id DESC);

CREATE TABLE snooze (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  item       TEXT    NOT NULL CHECK (item GLOB '[a-z][1-9]*'),
  due_on     TEXT    NOT NULL CHECK (due_on IS date(due_on, '+0 days') AND due_on BETWEEN '1900-01-01' AND '2199-12-31'),
  made_on    TEXT    NOT NULL CHECK (made_on IS date(made_on, '+0 days') AND made_on BETWEEN '1900-01-01' AND '2199-12-31'),
  until_on   TEXT    NOT NULL CHECK (until_on IS date(until_on, '+0 days') AND until_on > made_on),
  reason     TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX snooze_until ON snooze (until_on);
CREATE INDEX snooze_by_item ON snooze (item, id);
