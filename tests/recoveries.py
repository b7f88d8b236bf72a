"""The walk of each of the nine signals from its mark to its close, as data: whoever walks it leaves the same rows.

The shell walks them in tests/cli/test_recover.py, the workspace in its own test; `rows` is what both must leave.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any, NamedTuple

from csm_tui.domain.touchpoints import Signal

ACCOUNT = "Acme"
FILL = """
INSERT INTO account (name, tier, added_on, started_on, renewal_on, notice_days, arr_cents, seats) VALUES
  ('Acme', 'high-touch', '2026-01-05', '2025-11-01', '2027-02-14', 30, 4800000, 60),
  ('Beta', 'high-touch', '2026-01-05', '2025-11-01', '2027-06-01', 30, 900000, 10);
INSERT INTO contact (account_id, name, role) VALUES
  (1, 'Jon Bell', 'admin'), (1, 'Maya Chen', 'economic buyer');
INSERT INTO touchpoint (account_id, day, kind, state, direction, summary) VALUES
  (1, '2026-11-09', 'call', 'held', 'two-way', 'all good'), (2, '2026-11-09', 'call', 'held', 'two-way', 'all good');
INSERT INTO pulse (account_id, value, given_on) VALUES (1, 2, '2026-11-09');
INSERT INTO kept_up (on_day) VALUES ('2026-11-21');
"""
"""A book of two accounts, for which the rules have been asked already."""

STALLED = """
INSERT INTO template (digest, text) VALUES ('x', '');
INSERT INTO plan (account_id, playbook, name, template_id, anchor_on, opened_on)
  VALUES (1, 'onboarding', 'Onboarding', 1, '2026-09-01', '2026-09-01');
INSERT INTO step (plan_id, account_id, n, template_id, code, title, phase, required, due_on, baseline_on)
  VALUES (1, 1, 1, 1, 'live', 'First team live', 'Month 1', 1, '2026-11-02', '2026-11-02');
"""
"""An onboarding whose required milestone is 19 days late."""


class Deed(NamedTuple):
    """One thing that is done at a recovery: `step` is the code of the step it is done to, `text` what is said of it.

    `milestone` does the open step of that code in whatever plan holds it.
    """

    what: str
    step: str = ""
    text: str = ""


class Walk(NamedTuple):
    """How one signal is walked: what said so, what is done, as what and why it closes."""

    signal: Signal
    evidence: str
    deeds: tuple[Deed, ...]
    how: str
    because: str
    sql: str = ""


def prove(text: str) -> Deed:
    """The exit test is stated as met, by this."""
    return Deed("prove", "", text)


BEGIN = (
    Deed("confirm"),
    Deed("tick", "confirm", "1"),
    Deed("tick", "confirm", "2"),
    Deed("note", "confirm", "They moved to another team."),
    Deed("done", "confirm"),
    Deed("done", "play"),
    Deed("log", "", "call @jon @maya what changed, and what would make it right"),
)
"""Up to the diagnostic talk, which its own line completes."""

GO_ON = (
    Deed("wait", "recovery-plan", "them"),
    Deed("move", "recovery-plan", "2026-11-30"),
    Deed("done", "recovery-plan"),
    Deed("skip", "executive", "not needed"),
    Deed("done", "update"),
)
"""From the plan to the first update, with which all is done that had to be."""

WALKS = {
    walk.signal: walk
    for walk in (
        Walk(
            Signal.USAGE, "logins down by half", (*BEGIN, *GO_ON, prove("back to 41 of 52 since 5 Nov")),
            "recovered", "adoption",
        ),
        Walk(
            Signal.TICKETS, "16 in 30 days", (*BEGIN, Deed("escalate", "", "high"), *GO_ON, prove("no P1, 3 in 14 d")),
            "recovered", "quality",
        ),
        Walk(Signal.NPS, "a 3 from Jon", (*BEGIN, *GO_ON, prove("Jon accepted it by mail")), "recovered", "support"),
        Walk(Signal.CHAMPION, "Ana left on Friday", (*BEGIN, *GO_ON), "recovered", "champion"),
        Walk(
            Signal.COMPETITOR, "asked for an export", (*BEGIN, *GO_ON, prove("Maya wrote that the search is over")),
            "recovered", "competitor",
        ),
        Walk(Signal.PAYMENT, "invoice 41 days late", (*BEGIN, *GO_ON), "right-sized", "budget"),
        Walk(Signal.SILENCE, "no answer for 60 days", (*BEGIN, *GO_ON), "recovered", "engagement"),
        Walk(
            Signal.STALLED, "first team not live", (*BEGIN, *GO_ON, Deed("milestone", "live")),
            "recovered", "solved", STALLED,
        ),
        Walk(Signal.VALUE, "still needed?", (*BEGIN, *GO_ON, prove("Maya: 12 h a week, 20 Nov")), "recovered", "value"),
    )
}  # fmt: skip
"""Payment ends in a smaller contract without its exit test; champion, silence and stalled are measured by the book."""

TABLES = {
    "risk": "id, account_id, plan_id, severity, opened_on, closed_on, how, because",
    "risk_signal": "id, risk_id, touchpoint_id, signal, evidence, seen_on, confirmed_on, met_on, proof",
    "plan": "id, account_id, playbook, name, variant, template_id, anchor_on, opened_on, closed_on",
    "step": "id, plan_id, n, code, title, phase, owner, required, due_on, baseline_on, state, closed_on, reason, "
    "waiting_on, waiting_since, ticked, notes",
    "promise": "id, account_id, side, what, due_on, state, closed_on, reason, step_id",
    "escalation": "id, account_id, risk_id, severity, what, opened_on, updated_on, closed_on, reason",
    "touchpoint": "id, account_id, day, kind, state, direction, summary",
    "touchpoint_contact": "touchpoint_id, contact_id",
}


def filled(path: str, walk: Walk) -> None:
    """Fill a new book as the walk needs it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(FILL + walk.sql)


def rows(path: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that a walk may touch, as it stands in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY id").fetchall()
            for table, columns in TABLES.items()
        }


def open_step(path: str, code: str) -> tuple[int, int]:
    """The id and the number of the open step of a code."""
    sql = "SELECT id, n FROM step WHERE code = ? AND state = 'open' ORDER BY n"
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(sql, (code,)).fetchone()
    assert found is not None, f"no step {code} is open"
    return int(found[0]), int(found[1])
