"""Plans with their steps, as they stand in the book."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.plans import Party, Plan, Step, StepState
from csm_tui.domain.playbooks import Gate, Owner
from csm_tui.store.queries.accounts import day
from csm_tui.store.queries.active import ACTIVE, listed
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from csm_tui.store.connection import Reading

_STEPS = """
SELECT s.id, s.plan_id, s.account_id, s.n, s.code, s.title, s.phase, s.owner, s.required, s.gate, s.due_on,
  s.baseline_on, s.state, s.closed_on, s.reason, s.waiting_on, s.waiting_since, s.ticked, s.notes, s.day_offset,
  s.done_by, s.template_id
FROM step s"""

_PLANS = """
SELECT p.id, p.account_id, p.playbook, p.name, p.variant, p.anchor_on, p.opened_on, p.closed_on, p.template_id
FROM plan p"""

_OWNERS = {str(owner): owner for owner in Owner}
_STATES = {str(state): state for state in StepState}


def running(reading: Reading, playbook: str) -> list[Plan]:
    """The plans of a playbook that run at the active accounts, with their steps."""
    where = f"p.playbook = :given AND p.closed_on IS NULL AND p.account_id IN (SELECT id FROM account a WHERE {ACTIVE})"
    return _plans(reading, where, playbook)


def of_playbook(reading: Reading, playbook: str) -> list[Plan]:
    """Every plan of a playbook there ever was, with its steps: what the rates look back on."""
    return _plans(reading, "p.playbook = :given", playbook)


def in_first_days(reading: Reading, playbook: str, since: date) -> list[Plan]:
    """The plans of a playbook at the active accounts that run, or whose account started on a day or after it."""
    active = f"SELECT id FROM account a WHERE {ACTIVE}"
    where = f"""p.playbook = :given AND (p.closed_on IS NULL AND p.account_id IN ({active})
      OR p.account_id IN ({active} AND started_on BETWEEN :since AND :today))"""
    return _plans(reading, where, playbook, since=since.isoformat())


def soonest(reading: Reading, playbook: str) -> int | None:
    """The active account whose required step of a playbook is due first, of those that no open gate holds back."""
    of = "(SELECT {} FROM account WHERE id = s.account_id)"
    first = "(SELECT min(n) FROM step WHERE plan_id = s.plan_id AND phase = {})"  # phases stand by their first steps
    sql = f"""SELECT s.account_id FROM step s INDEXED BY step_open JOIN plan p ON p.id = s.plan_id
      WHERE s.state = 'open' AND s.required AND p.playbook = :given AND p.closed_on IS NULL
        AND s.account_id IN (SELECT id FROM account WHERE {ACTIVE}) AND NOT EXISTS (
          SELECT 1 FROM step gate WHERE gate.plan_id = s.plan_id AND gate.state = 'open' AND gate.gate IS NOT NULL
            AND {first.format("gate.phase")} < {first.format("s.phase")})
      ORDER BY s.due_on, -{of.format("coalesce(arr_cents, 0)")}, {of.format("name")}, s.account_id LIMIT 1"""
    row = reading.row(sql, {"given": playbook, "today": reading.today.isoformat()})
    return None if row is None else int(row[0])


def how_many_in_first_days(reading: Reading, playbook: str, since: date) -> int:
    """How many active accounts started on a day or after it, or have a plan of the playbook that runs."""
    sql = f"""SELECT count(*) FROM account a WHERE {ACTIVE} AND (started_on BETWEEN :since AND :today
      OR id IN (SELECT account_id FROM plan WHERE playbook = :given AND closed_on IS NULL))"""
    row = reading.row(sql, {"given": playbook, "since": since.isoformat(), "today": reading.today.isoformat()})
    return 0 if row is None else int(row[0])


def marks_of(reading: Reading, playbook: str, codes: Iterable[str], since: date) -> list[Plan]:
    """The plans of a playbook counted from a day on, the newest first, with those of their steps that have a code."""
    named = {f"code_{place}": code for place, code in enumerate(codes)}
    some = f" AND s.code IN ({', '.join(f':{name}' for name in named)})"
    return _plans(
        reading, "p.playbook = :given AND p.anchor_on > :since", playbook, some, since=since.isoformat(), **named
    )


def of_account(reading: Reading, account_id: int, *, closed: bool = False) -> list[Plan]:
    """The plans that run at an account, or all of them, the newest first."""
    where = "p.account_id = :given" if closed else "p.account_id = :given AND p.closed_on IS NULL"
    return _plans(reading, where, account_id)


def plan(reading: Reading, plan_id: int) -> Plan | None:
    """One plan with its steps; None when there is none of that id."""
    return next(iter(_plans(reading, "p.id = :given", plan_id)), None)


def plan_of_step(reading: Reading, step_id: int) -> Plan | None:
    """The plan to which a step belongs, with all its steps."""
    return next(iter(_plans(reading, "p.id = (SELECT plan_id FROM step WHERE id = :given)", step_id)), None)


def _plans(reading: Reading, where: str, given: int | str, some: str = "", **more: str) -> list[Plan]:
    """The plans for which a condition holds, the newest first, with their steps (or some) in order: two statements."""
    values = {"given": given, "today": reading.today.isoformat(), **more}
    steps: dict[int, list[Step]] = {}
    sql = f"{_STEPS} WHERE s.plan_id IN (SELECT p.id FROM plan p WHERE {where}){some} ORDER BY s.plan_id, s.n"
    for row in reading.rows(sql, values):
        steps.setdefault(row[1], []).append(_step(row))
    found = reading.rows(f"{_PLANS} WHERE {where} ORDER BY p.opened_on DESC, p.id DESC", values)
    return [
        Plan(
            row[0], row[1], row[2], row[3], row[4], date.fromisoformat(row[5]), date.fromisoformat(row[6]), day(row[7]),
            row[8], tuple(steps.get(row[0], ())),
        )
        for row in found
    ]  # fmt: skip


def open_steps(reading: Reading, playbook: str, account_ids: Iterable[int]) -> list[Step]:
    """The open steps of the plans of a playbook that run at some accounts."""
    chosen = listed(account_ids)
    sql = (
        f"{_STEPS} JOIN plan p ON p.id = s.plan_id WHERE s.state = 'open' AND s.account_id IN ({chosen}) "
        "AND p.playbook = ? AND p.closed_on IS NULL"
    )
    return [_step(row) for row in reading.rows(sql, (playbook,))]


def template(reading: Reading, template_id: int) -> str:
    """The playbook as it was when a plan was started with it."""
    row = reading.row("SELECT text FROM template WHERE id = ?", (template_id,))
    return "" if row is None else str(row[0])


def _step(row: tuple[Any, ...]) -> Step:
    (
        step_id, plan_id, account_id, n, code, title, phase, owner, required, gate, due, baseline, state, closed,
        reason, party, since, ticked, notes, offset, done_by, template_id,
    ) = row  # fmt: skip
    read = date.fromisoformat
    return Step(
        step_id, plan_id, account_id, n, code, title, phase, _OWNERS[owner], bool(required),
        Gate(gate) if gate else None, read(due), read(baseline), _STATES[state], read(closed) if closed else None,
        reason or "", Party(party) if party else None, read(since) if since else None, ticked, notes or "", offset,
        done_by, template_id,
    )  # fmt: skip
