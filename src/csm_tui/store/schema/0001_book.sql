-- The book: accounts with their contract, people, touchpoints, promises; and the journal of every change.
-- Days are ISO text, moments UTC to the millisecond, money whole cents. No REAL and no BLOB: row images are JSON.

CREATE TABLE operation (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  kind      TEXT    NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
  label     TEXT    NOT NULL,
  origin    TEXT    NOT NULL,
  at        TEXT    NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M:%fZ', at, '+0 days')),
  open      INTEGER NOT NULL DEFAULT 0 CHECK (open IN (0, 1)),
  closed    INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
  undoes    INTEGER REFERENCES operation (id),
  undone_by INTEGER REFERENCES operation (id)
) STRICT;
CREATE UNIQUE INDEX operation_open ON operation (open) WHERE open = 1;

CREATE TABLE change (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  operation_id INTEGER REFERENCES operation (id),
  table_name   TEXT    NOT NULL,
  row_id       INTEGER NOT NULL,
  before       TEXT,
  after        TEXT
) STRICT;
CREATE INDEX change_by_operation ON change (operation_id);

CREATE TABLE account (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  name              TEXT    NOT NULL CHECK (trim(name) <> ''),
  tier              TEXT    NOT NULL DEFAULT 'high-touch' CHECK (tier IN ('white-glove', 'high-touch', 'low-touch')),
  domain            TEXT,
  owner             TEXT,
  started_on        TEXT    CHECK (started_on IS date(started_on, '+0 days') AND started_on BETWEEN '1900-01-01' AND '2199-12-31'),
  renewal_on        TEXT    CHECK (renewal_on IS date(renewal_on, '+0 days') AND renewal_on BETWEEN '1900-01-01' AND '2199-12-31'),
  notice_days       INTEGER CHECK (notice_days BETWEEN 0 AND 3650),
  notice_served_on  TEXT    CHECK (notice_served_on IS date(notice_served_on, '+0 days') AND notice_served_on BETWEEN '1900-01-01' AND '2199-12-31'),
  auto_renew_off_on TEXT    CHECK (auto_renew_off_on IS date(auto_renew_off_on, '+0 days') AND auto_renew_off_on BETWEEN '1900-01-01' AND '2199-12-31'),
  arr_cents         INTEGER CHECK (arr_cents BETWEEN 0 AND 1000000000000000),
  currency          TEXT    NOT NULL DEFAULT 'EUR' CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  seats             INTEGER CHECK (seats BETWEEN 0 AND 1000000000),
  interval_days     INTEGER CHECK (interval_days BETWEEN 1 AND 3650),
  added_on          TEXT    NOT NULL CHECK (added_on IS date(added_on, '+0 days') AND added_on BETWEEN '1900-01-01' AND '2199-12-31'),
  churned_on        TEXT    CHECK (churned_on IS date(churned_on, '+0 days') AND churned_on BETWEEN '1900-01-01' AND '2199-12-31'),
  churn_reason      TEXT
) STRICT;
CREATE INDEX account_by_name ON account (name);
CREATE INDEX account_by_renewal ON account (renewal_on) WHERE renewal_on IS NOT NULL;

CREATE TABLE external_id (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id  INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  source      TEXT    NOT NULL CHECK (source <> ''),
  value       TEXT    NOT NULL CHECK (value <> ''),
  UNIQUE (source, value)
) STRICT;
CREATE INDEX external_id_by_account ON external_id (account_id);

CREATE TABLE contact (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name       TEXT    NOT NULL CHECK (trim(name) <> ''),
  title      TEXT,
  role       TEXT    CHECK (role IN ('champion', 'economic buyer', 'executive sponsor', 'admin', 'power user', 'technical', 'procurement', 'detractor')),
  email      TEXT,
  phone      TEXT,
  status     TEXT    NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'left')),
  left_on    TEXT    CHECK (left_on IS date(left_on, '+0 days') AND left_on BETWEEN '1900-01-01' AND '2199-12-31')
) STRICT;
CREATE INDEX contact_by_account ON contact (account_id);

CREATE TABLE touchpoint (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  day        TEXT    NOT NULL CHECK (day IS date(day, '+0 days') AND day BETWEEN '1900-01-01' AND '2199-12-31'),
  time       TEXT    CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]' AND time < '24:00'),
  kind       TEXT    NOT NULL CHECK (kind IN ('call', 'meeting', 'onsite', 'training', 'chat', 'email', 'qbr', 'ebr', 'note')),
  state      TEXT    NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'booked', 'missed')),
  direction  TEXT    NOT NULL CHECK (direction IN ('two-way', 'out', 'in', 'internal')),
  minutes    INTEGER CHECK (minutes BETWEEN 0 AND 10000),
  mood       TEXT    CHECK (mood IN ('happy', 'mixed', 'worried')),
  summary    TEXT    NOT NULL DEFAULT '',
  notes      TEXT
) STRICT;
CREATE INDEX touchpoint_by_account ON touchpoint (account_id, day DESC, id DESC);
CREATE INDEX touchpoint_counted ON touchpoint (account_id, day) WHERE state = 'held' AND direction = 'two-way';
CREATE INDEX touchpoint_booked ON touchpoint (day, account_id) WHERE state = 'booked';

CREATE TABLE touchpoint_contact (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  touchpoint_id INTEGER NOT NULL REFERENCES touchpoint (id) ON DELETE CASCADE,
  contact_id    INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  UNIQUE (touchpoint_id, contact_id)
) STRICT;
CREATE INDEX touchpoint_contact_by_contact ON touchpoint_contact (contact_id);

CREATE TABLE touchpoint_signal (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  touchpoint_id INTEGER NOT NULL REFERENCES touchpoint (id) ON DELETE CASCADE,
  signal        TEXT    NOT NULL CHECK (signal IN ('usage', 'tickets', 'nps', 'champion', 'competitor', 'payment', 'silence', 'stalled', 'value',
                                                   'growth', 'usecase', 'budget', 'advocate', 'limit', 'renewal', 'termination', 'exec')),
  UNIQUE (touchpoint_id, signal)
) STRICT;
CREATE INDEX touchpoint_signal_by_signal ON touchpoint_signal (signal, touchpoint_id);

CREATE TABLE promise (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id    INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  touchpoint_id INTEGER REFERENCES touchpoint (id) ON DELETE SET NULL,
  side          TEXT    NOT NULL CHECK (side IN ('ours', 'theirs')),
  what          TEXT    NOT NULL CHECK (trim(what) <> ''),
  due_on        TEXT    CHECK (due_on IS date(due_on, '+0 days') AND due_on BETWEEN '1900-01-01' AND '2199-12-31'),
  state         TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'broken', 'released')),
  made_on       TEXT    NOT NULL CHECK (made_on IS date(made_on, '+0 days') AND made_on BETWEEN '1900-01-01' AND '2199-12-31'),
  closed_on     TEXT    CHECK (closed_on IS date(closed_on, '+0 days') AND closed_on BETWEEN '1900-01-01' AND '2199-12-31'),
  reason        TEXT,
  CHECK ((state = 'open') = (closed_on IS NULL))
) STRICT;
CREATE INDEX promise_by_account ON promise (account_id);
CREATE INDEX promise_open ON promise (due_on, account_id) WHERE state = 'open';
