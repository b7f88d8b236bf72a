"""What may be due: the accounts, promises, meetings and snoozes worth asking the agenda about, and no others.

The conditions here only leave out what cannot be due by the horizon; whether a thing is due is the agenda's to say.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from csm_tui.domain.agenda import MeetingFacts, Snooze
from csm_tui.domain.promises import PromiseFacts, PromiseState
from csm_tui.domain.touchpoints import Kind, Side
from csm_tui.store.queries.accounts import day

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading

_ALARMS = """
SELECT id FROM account WHERE (churned_on IS NULL OR churned_on > :today) AND (
  renewal_on < :today OR date(renewal_on, '-' || notice_days || ' days') BETWEEN :today AND :near
  OR notice_served_on >= :week_ago OR auto_renew_off_on >= :week_ago)
UNION SELECT t.account_id FROM touchpoint_signal s JOIN touchpoint t ON t.id = s.touchpoint_id WHERE s.signal = 'termination'
UNION SELECT account_id FROM pulse p WHERE value <= 2 AND given_on <= :today AND NOT EXISTS (
  SELECT 1 FROM pulse q WHERE q.account_id = p.account_id AND q.given_on <= :today AND (q.given_on, q.id) > (p.given_on, p.id))
  AND NOT EXISTS (SELECT 1 FROM promise WHERE account_id = p.account_id AND state = 'open' AND due_on IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM touchpoint WHERE account_id = p.account_id AND state = 'booked' AND day >= :today)
"""


def booked_ids(reading: Reading, horizon: date) -> list[int]:
    """The accounts with a booked touchpoint on or before the horizon: it may stand for their check-in."""
    sql = "SELECT DISTINCT account_id FROM touchpoint WHERE state = 'booked' AND day BETWEEN ? AND ?"
    return [row[0] for row in reading.rows(sql, (reading.today.isoformat(), horizon.isoformat()))]


def alarm_ids(reading: Reading, near_days: int, news_days: int) -> list[int]:
    """The accounts about whose renewal or risk there may be an alarm."""
    today = reading.today
    found = reading.rows(
        _ALARMS,
        {
            "today": today.isoformat(),
            "near": (today + timedelta(days=near_days)).isoformat(),
            "week_ago": (today - timedelta(days=news_days)).isoformat(),
        },
    )
    return [row[0] for row in found]


def open_promises(reading: Reading, horizon: date) -> list[PromiseFacts]:
    """Open promises with a day on or before the horizon."""
    found = reading.rows(
        "SELECT id, account_id, side, what, due_on, state, made_on FROM promise WHERE state = 'open' AND due_on <= ?",
        (horizon.isoformat(),),
    )
    return [
        PromiseFacts(row[0], row[1], Side(row[2]), row[3], day(row[4]), PromiseState(row[5]), date.fromisoformat(row[6]))
        for row in found
    ]


def unanswered_meetings(reading: Reading) -> list[MeetingFacts]:
    """Booked two-way touchpoints whose day has come."""
    found = reading.rows(
        "SELECT id, account_id, kind, day, summary FROM touchpoint WHERE state = 'booked' AND direction = 'two-way' AND day <= ?",
        (reading.today.isoformat(),),
    )
    return [MeetingFacts(row[0], row[1], Kind(row[2]), date.fromisoformat(row[3]), row[4]) for row in found]


def snoozes(reading: Reading) -> dict[str, Snooze]:
    """The snoozes that still lie ahead, by item; only the newest of an item counts, even once it has ended."""
    found = reading.rows(
        "SELECT item, due_on, made_on, until_on, reason FROM snooze s WHERE until_on > ? "
        "AND NOT EXISTS (SELECT 1 FROM snooze newer WHERE newer.item = s.item AND newer.id > s.id)",
        (reading.today.isoformat(),),
    )
    return {
        row[0]: Snooze(row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[4])
        for row in found
    }
