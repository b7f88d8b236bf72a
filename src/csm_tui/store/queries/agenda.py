"""What may be due: the accounts, meetings and snoozes worth asking the agenda about, and no others.

The conditions here only leave out what cannot be due by the horizon; whether a thing is due is the agenda's to say.
"""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.due import MeetingFacts, Snooze, StepFacts
from csm_tui.domain.touchpoints import Kind
from csm_tui.store.queries.active import ACTIVE, listed
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from csm_tui.domain.risks import Escalation
    from csm_tui.store.connection import Reading

_ALARMS = f"""
SELECT id FROM account WHERE {ACTIVE} AND (
  renewal_on < :today OR notice_served_on >= :news_since OR auto_renew_off_on >= :news_since
  OR (julianday(renewal_on) - notice_days BETWEEN julianday(:today) AND julianday(:near) AND id NOT IN (
    SELECT t.account_id FROM touchpoint_signal s JOIN touchpoint t ON t.id = s.touchpoint_id
    WHERE s.signal = 'renewal' AND t.state = 'held' AND t.day BETWEEN :talk_since AND :today)))
UNION SELECT t.account_id FROM touchpoint_signal s JOIN touchpoint t ON t.id = s.touchpoint_id
  WHERE s.signal = 'termination'
UNION SELECT account_id FROM pulse p WHERE value <= 2 AND given_on <= :today AND NOT EXISTS (
    SELECT 1 FROM pulse q
    WHERE q.account_id = p.account_id AND q.given_on <= :today AND (q.given_on, q.id) > (p.given_on, p.id))
  AND NOT EXISTS (SELECT 1 FROM promise
    WHERE account_id = p.account_id AND state = 'open' AND due_on IS NOT NULL AND step_id IS NULL)
  AND NOT EXISTS (SELECT 1 FROM touchpoint WHERE account_id = p.account_id AND state = 'booked' AND day >= :today)
UNION SELECT account_id FROM risk WHERE closed_on IS NULL
"""


_STEPS = """
SELECT s.id, s.account_id, s.title, s.due_on, s.code, s.owner, s.done_by, coalesce(s.waiting_on, '')
FROM step s INDEXED BY {index} JOIN plan p ON p.id = s.plan_id
WHERE s.state = 'open' AND p.closed_on IS NULL AND NOT EXISTS (
  SELECT 1 FROM step gate INDEXED BY step_gate
  WHERE gate.plan_id = s.plan_id AND gate.state = 'open' AND gate.gate IS NOT NULL AND gate.phase <> s.phase
    AND (SELECT min(n) FROM step WHERE plan_id = gate.plan_id AND phase = gate.phase)
      < (SELECT min(n) FROM step WHERE plan_id = s.plan_id AND phase = s.phase))"""
"""The phases stand in the order of their first steps; see `plans.held_back_by`."""

_BY_HORIZON = f"{_STEPS.format(index='step_open')} AND s.due_on <= :horizon"
_LATE_MONTH = f"""{_STEPS.format(index="step_month_1")} AND s.code = 'month-1' AND s.due_on > :horizon
  AND (SELECT started_on FROM account WHERE id = s.account_id) <= :started"""
_OPEN_MONTHS = f"""{_STEPS.format(index="step_month_1")} AND s.code = 'month-1'
  AND (SELECT started_on FROM account WHERE id = s.account_id) <= :started"""
_OF_SOME = _STEPS.format(index="step_by_account")


def due_steps(reading: Reading, horizon: date) -> list[StepFacts]:
    """Open steps with a day on or before the horizon whose phase no open gate holds back, of the plans that run.

    A first month that should have been closed by now is there too, however far its day was moved: it may not wait.
    """
    given = {"horizon": horizon.isoformat(), "started": _onboarded_by(reading)}
    return _steps(reading.rows(f"{_BY_HORIZON} UNION ALL {_LATE_MONTH}", given))


def open_months(reading: Reading) -> list[StepFacts]:
    """The first months that should have been closed by now: of all steps only these can be must-dos."""
    return _steps(reading.rows(_OPEN_MONTHS, {"started": _onboarded_by(reading)}))


def _onboarded_by(reading: Reading) -> str:
    return (reading.today - timedelta(days=reading.policy.plans.onboarded_by)).isoformat()


def steps_of(reading: Reading, account_ids: Iterable[int]) -> list[StepFacts]:
    """The steps of some accounts that are open and not held back, however far ahead."""
    chosen = listed(account_ids)
    return _steps(reading.rows(f"{_OF_SOME} AND s.account_id IN ({chosen})"))


def _steps(rows: list[tuple[Any, ...]]) -> list[StepFacts]:
    """The steps of rows; a day that many of them share is read once."""
    days = {text: date.fromisoformat(text) for text in {row[3] for row in rows}}
    return [
        StepFacts(step_id, account_id, title, days[due_on], code, owner, done_by, waiting_on)
        for step_id, account_id, title, due_on, code, owner, done_by, waiting_on in rows
    ]


OPEN_ESCALATIONS = """
SELECT id, account_id, severity, what, opened_on, updated_on, closed_on, reason FROM escalation WHERE closed_on IS NULL
"""


def escalations(reading: Reading) -> list[Escalation]:
    """The open escalations of the book; what one is gets loaded only where there are any."""
    rows = reading.rows(OPEN_ESCALATIONS)
    if not rows:
        return []
    from csm_tui.store.queries.risks import escalation

    return [escalation(row) for row in rows]


def booked_ids(reading: Reading, horizon: date) -> list[int]:
    """The accounts with a booked touchpoint on or before the horizon: it may stand for their check-in."""
    sql = "SELECT DISTINCT account_id FROM touchpoint WHERE state = 'booked' AND day BETWEEN ? AND ?"
    return [row[0] for row in reading.rows(sql, (reading.today.isoformat(), horizon.isoformat()))]


def alarm_ids(reading: Reading) -> list[int]:
    """The accounts about whose renewal or risk there may be an alarm, or whose open risk asks for contact sooner."""
    today, policy = reading.today, reading.policy.renewals
    days = {
        "today": today,
        "near": today + timedelta(days=policy.opt_out_near),
        "news_since": today - timedelta(days=policy.news_for),
        "talk_since": today - timedelta(days=policy.talk_within),
    }
    found = reading.rows(_ALARMS, {name: day.isoformat() for name, day in days.items()})
    return [row[0] for row in found]


def unanswered_meetings(reading: Reading) -> list[MeetingFacts]:
    """Booked two-way touchpoints whose day has come."""
    found = reading.rows(
        "SELECT id, account_id, kind, day, summary FROM touchpoint "
        "WHERE state = 'booked' AND direction = 'two-way' AND day <= ?",
        (reading.today.isoformat(),),
    )
    return [MeetingFacts(row[0], row[1], Kind(row[2]), date.fromisoformat(row[3]), row[4]) for row in found]


def account_of(reading: Reading, table: str, row_id: int) -> int | None:
    """The account of a promise or a touchpoint; None when there is none of that id."""
    row = reading.row(f"SELECT account_id FROM {table} WHERE id = ?", (row_id,))
    return None if row is None else int(row[0])


def snoozes(reading: Reading) -> dict[str, Snooze]:
    """The snoozes that still lie ahead, by item; only the newest of an item counts, even once it has ended."""
    found = reading.rows(
        "SELECT item, due_on, made_on, until_on, reason FROM snooze s WHERE until_on > ? "
        "AND NOT EXISTS (SELECT 1 FROM snooze newer WHERE newer.item = s.item AND newer.id > s.id)",
        (reading.today.isoformat(),),
    )
    return {
        row[0]: Snooze(
            row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[4]
        )
        for row in found
    }
