"""A book of six accounts in their first 90 days on 21 November 2026, made by the actions.

Adatum (day 22) is late: data waits on them, the second check-in was moved once. Coho (day 11) skipped its recap.
Woodgrove (day 57) closed month 1 a day late, Lucerne (day 81) in time. Tailspin (day 88) got its plan on day 58, and
its first review is late. Trey (day 17) has none.
"""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from csm_tui.actions.plans import StartPlan, settle, start_plan
from csm_tui.actions.steps import MoveStep, SkipStep, WaitStep, move_step, skip_step, wait_step
from csm_tui.clock import moment
from csm_tui.domain.plans import Party, StepState
from csm_tui.playbooks import load
from csm_tui.store.connection import reading
from csm_tui.store.journal import Operation
from csm_tui.store.queries import plans
from csm_tui.store.writing_light import write_light
from tests.blank import empty_book
from tests.conftest import TODAY

if TYPE_CHECKING:
    from csm_tui.domain.plans import Plan

ACCOUNTS = """
INSERT INTO account (id, name, tier, added_on, started_on, arr_cents) VALUES
  (1, 'Adatum', 'high-touch', '2026-10-01', '2026-10-30', 4800000),
  (2, 'Coho Winery', 'high-touch', '2026-10-01', '2026-11-10', 2400000),
  (3, 'Woodgrove Bank', 'high-touch', '2026-09-01', '2026-09-25', 9000000),
  (4, 'Lucerne Publishing', 'low-touch', '2026-09-01', '2026-09-01', 600000),
  (5, 'Tailspin Toys', 'low-touch', '2026-08-01', '2026-08-25', 900000),
  (6, 'Trey Research', 'high-touch', '2026-10-01', '2026-11-04', NULL),
  (7, 'Old Friends', 'high-touch', '2024-01-01', '2024-01-01', 5000000);
INSERT INTO touchpoint (account_id, day, kind, state, direction, summary)
  SELECT id, date(started_on, '+5 days'), 'call', 'held', 'two-way', 'kickoff' FROM account WHERE id < 6;
INSERT INTO kept_up (id, on_day) VALUES (1, '2026-11-21');
INSERT INTO pulse (account_id, value, given_on) VALUES (1, 3, '2026-11-01'), (3, 4, '2026-11-01');
"""


def first_days(path: str) -> str:
    """Make the book at a path; the path."""
    empty_book(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(ACCOUNTS)
    connection.close()
    for account_id, name, made, variant in (
        (1, "Adatum", date(2026, 10, 30), "standard"), (2, "Coho Winery", date(2026, 11, 10), "standard"),
        (3, "Woodgrove Bank", date(2026, 9, 25), "standard"), (4, "Lucerne Publishing", date(2026, 9, 1), "light"),
        (5, "Tailspin Toys", date(2026, 10, 22), "light"),
    ):  # fmt: skip
        _walk(path, begun(path, account_id, name, made, variant), name)
    return path


def begun(path: str, account_id: int, name: str, made: date, variant: str = "standard") -> Plan:
    """An onboarding that was started on a day."""
    connection = sqlite3.connect(path)
    start = connection.execute("SELECT started_on FROM account WHERE id = ?", (account_id,)).fetchone()[0]
    connection.close()
    wanted = StartPlan(account_id, name, load("onboarding"), date.fromisoformat(start), variant)
    plan_id = do(path, start_plan, wanted, made)
    with reading(path, TODAY) as book:
        plan = plans.plan(book, plan_id)
    assert plan is not None
    return plan


def do(path: str, action: Any, wanted: Any, on: date = TODAY) -> Any:
    """An action, as it was carried out on a day."""
    with write_light(path, Operation(wanted.label, "shell", moment()), on) as writing:
        return action(writing, wanted)


def _walk(path: str, plan: Plan, name: str) -> None:
    """Every step is closed on its day up to today; a few go another way."""
    usual = []
    for step in plan.steps:
        if step.state is not StepState.OPEN or step.due_on > TODAY:
            continue
        asked, at = (step.step_id, step.title, name), (name, step.code)
        if at == ("Adatum", "data"):
            do(path, wait_step, WaitStep(*asked, Party.THEM, date(2026, 11, 9)), date(2026, 11, 9))
            do(path, move_step, MoveStep(*asked, date(2026, 11, 24)), date(2026, 11, 11))
        elif at == ("Adatum", "check-in-2"):
            do(path, move_step, MoveStep(*asked, date(2026, 11, 20)), date(2026, 11, 13))
        elif at == ("Coho Winery", "recap"):
            do(path, skip_step, SkipStep(*asked, "they wrote it"), step.due_on)
        elif at != ("Tailspin Toys", "first-qbr"):
            usual.append((step, step.due_on + timedelta(days=at == ("Woodgrove Bank", "month-1"))))
    with write_light(path, Operation(f"Close the steps of {name}", "shell", moment()), TODAY) as writing:
        for step, on in usual:
            settle(writing, writing.find("step", id=step.step_id)[0], StepState.DONE, on)
