-- Plans: playbooks that were started, their dated steps, risks with their signals, escalations, reviews let go.

ALTER TABLE account ADD COLUMN review_days INTEGER CHECK (review_days BETWEEN 0 AND 3650);
ALTER TABLE account ADD COLUMN review_kind TEXT CHECK (review_kind IN ('qbr', 'ebr'));

-- The playbook as it was when a plan was started with it; plans of the same text share one row.
CREATE TABLE template (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  digest TEXT    NOT NULL UNIQUE,
  text   TEXT    NOT NULL
) STRICT;

CREATE TABLE plan (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id  INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  playbook    TEXT    NOT NULL CHECK (trim(playbook) <> ''),
  name        TEXT    NOT NULL CHECK (trim(name) <> ''),
  variant     TEXT    NOT NULL DEFAULT 'standard',
  template_id INTEGER NOT NULL REFERENCES template (id),
  anchor_on   TEXT    NOT NULL CHECK (anchor_on IS date(anchor_on, '+0 days') AND anchor_on BETWEEN '1900-01-01' AND '2199-12-31'),
  opened_on   TEXT    NOT NULL CHECK (opened_on IS date(opened_on, '+0 days') AND opened_on BETWEEN '1900-01-01' AND '2199-12-31'),
  closed_on   TEXT    CHECK (closed_on IS date(closed_on, '+0 days') AND closed_on BETWEEN '1900-01-01' AND '2199-12-31')
) STRICT;
CREATE INDEX plan_by_account ON plan (account_id, playbook);
CREATE INDEX plan_running ON plan (playbook, account_id) WHERE closed_on IS NULL;

CREATE TABLE step (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  plan_id       INTEGER NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
  account_id    INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  n             INTEGER NOT NULL CHECK (n > 0),
  template_id   INTEGER NOT NULL REFERENCES template (id),
  code          TEXT    NOT NULL,
  title         TEXT    NOT NULL CHECK (trim(title) <> ''),
  phase         TEXT    NOT NULL DEFAULT '',
  owner         TEXT    NOT NULL DEFAULT 'us' CHECK (owner IN ('us', 'them', 'both', 'AE', 'support', 'product', 'executive', 'finance')),
  day_offset    INTEGER NOT NULL DEFAULT 0,
  required      INTEGER NOT NULL DEFAULT 0 CHECK (required IN (0, 1)),
  gate          TEXT    CHECK (gate IN ('all checks ticked', 'two-way talk held', 'review held', 'half the seats active')),
  done_by       TEXT    NOT NULL DEFAULT '',
  due_on        TEXT    NOT NULL CHECK (due_on IS date(due_on, '+0 days') AND due_on BETWEEN '1900-01-01' AND '2199-12-31'),
  baseline_on   TEXT    NOT NULL CHECK (baseline_on IS date(baseline_on, '+0 days') AND baseline_on BETWEEN '1900-01-01' AND '2199-12-31'),
  state         TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'skipped', 'passed')),
  closed_on     TEXT    CHECK (closed_on IS date(closed_on, '+0 days') AND closed_on BETWEEN '1900-01-01' AND '2199-12-31'),
  reason        TEXT,
  waiting_on    TEXT    CHECK (waiting_on IN ('us', 'them', 'third party')),
  waiting_since TEXT    CHECK (waiting_since IS date(waiting_since, '+0 days') AND waiting_since BETWEEN '1900-01-01' AND '2199-12-31'),
  ticked        INTEGER NOT NULL DEFAULT 0 CHECK (ticked >= 0),
  notes         TEXT,
  UNIQUE (plan_id, n),
  CHECK ((state IN ('done', 'skipped')) = (closed_on IS NOT NULL)),
  CHECK ((waiting_on IS NULL) = (waiting_since IS NULL))
) STRICT;
-- All that Today shows of a step, so that it reads the steps of its days side by side and no others.
CREATE INDEX step_open ON step (due_on, account_id, plan_id, phase, owner, done_by, waiting_on, code, title, state)
  WHERE state = 'open';
CREATE INDEX step_by_account ON step (account_id, plan_id) WHERE state = 'open';
CREATE INDEX step_by_phase ON step (plan_id, phase, n);
CREATE INDEX step_gate ON step (plan_id, phase, gate, state) WHERE state = 'open' AND gate IS NOT NULL;
CREATE INDEX step_month_1 ON step (account_id) WHERE state = 'open' AND code = 'month-1';

ALTER TABLE promise ADD COLUMN step_id INTEGER REFERENCES step (id) ON DELETE CASCADE;
CREATE INDEX promise_by_step ON promise (step_id) WHERE step_id IS NOT NULL;
CREATE INDEX promise_dated ON promise (account_id, due_on) WHERE state = 'open' AND due_on IS NOT NULL AND step_id IS NULL;

CREATE TABLE risk (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  plan_id    INTEGER NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
  severity   TEXT    NOT NULL DEFAULT 'medium' CHECK (severity IN ('critical', 'high', 'medium', 'low')),
  opened_on  TEXT    NOT NULL CHECK (opened_on IS date(opened_on, '+0 days') AND opened_on BETWEEN '1900-01-01' AND '2199-12-31'),
  closed_on  TEXT    CHECK (closed_on IS date(closed_on, '+0 days') AND closed_on BETWEEN '1900-01-01' AND '2199-12-31'),
  how        TEXT    CHECK (how IN ('recovered', 'right-sized', 'lost', 'not-a-risk')),
  because    TEXT,
  CHECK ((closed_on IS NULL) = (how IS NULL))
) STRICT;
CREATE UNIQUE INDEX risk_open ON risk (account_id) WHERE closed_on IS NULL;
CREATE INDEX risk_by_account ON risk (account_id);

CREATE TABLE risk_signal (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  risk_id       INTEGER NOT NULL REFERENCES risk (id) ON DELETE CASCADE,
  touchpoint_id INTEGER REFERENCES touchpoint (id) ON DELETE SET NULL,
  signal        TEXT    NOT NULL CHECK (signal IN ('usage', 'tickets', 'nps', 'champion', 'competitor', 'payment', 'silence', 'stalled', 'value')),
  evidence      TEXT    NOT NULL DEFAULT '',
  seen_on       TEXT    NOT NULL CHECK (seen_on IS date(seen_on, '+0 days') AND seen_on BETWEEN '1900-01-01' AND '2199-12-31'),
  confirmed_on  TEXT    CHECK (confirmed_on IS date(confirmed_on, '+0 days') AND confirmed_on BETWEEN '1900-01-01' AND '2199-12-31'),
  met_on        TEXT    CHECK (met_on IS date(met_on, '+0 days') AND met_on BETWEEN '1900-01-01' AND '2199-12-31'),
  proof         TEXT,
  CHECK ((met_on IS NULL) = (proof IS NULL))
) STRICT;
CREATE INDEX risk_signal_by_risk ON risk_signal (risk_id);

CREATE TABLE escalation (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  risk_id    INTEGER REFERENCES risk (id) ON DELETE CASCADE,
  severity   TEXT    NOT NULL CHECK (severity IN ('critical', 'high', 'medium', 'low')),
  what       TEXT    NOT NULL DEFAULT '',
  opened_on  TEXT    NOT NULL CHECK (opened_on IS date(opened_on, '+0 days') AND opened_on BETWEEN '1900-01-01' AND '2199-12-31'),
  updated_on TEXT    CHECK (updated_on IS date(updated_on, '+0 days') AND updated_on BETWEEN '1900-01-01' AND '2199-12-31'),
  closed_on  TEXT    CHECK (closed_on IS date(closed_on, '+0 days') AND closed_on BETWEEN '1900-01-01' AND '2199-12-31'),
  reason     TEXT
) STRICT;
CREATE INDEX escalation_open ON escalation (account_id) WHERE closed_on IS NULL;

CREATE TABLE review_skip (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  due_on     TEXT    NOT NULL CHECK (due_on IS date(due_on, '+0 days') AND due_on BETWEEN '1900-01-01' AND '2199-12-31'),
  skipped_on TEXT    NOT NULL CHECK (skipped_on IS date(skipped_on, '+0 days') AND skipped_on BETWEEN '1900-01-01' AND '2199-12-31'),
  reason     TEXT    NOT NULL DEFAULT '',
  UNIQUE (account_id, due_on)
) STRICT;
CREATE INDEX touchpoint_reviews ON touchpoint (state, direction, account_id, day, kind) WHERE kind IN ('qbr', 'ebr');

-- The last contact of each account is asked for every day: with its own condition in it, the index alone answers.
DROP INDEX touchpoint_counted;
CREATE INDEX touchpoint_counted ON touchpoint (account_id, day, state, direction)
  WHERE state = 'held' AND direction = 'two-way';

-- The day for which the rules have opened what they open by themselves; a changed account makes them look again.
CREATE TABLE kept_up (
  id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id = 1),
  on_day TEXT NOT NULL CHECK (on_day IS date(on_day, '+0 days'))
) STRICT;
CREATE TRIGGER account_added_looks_again AFTER INSERT ON account BEGIN DELETE FROM kept_up; END;
CREATE TRIGGER account_changed_looks_again AFTER UPDATE ON account BEGIN DELETE FROM kept_up; END;
