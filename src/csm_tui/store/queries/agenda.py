"""What may be due: the accounts, promises, meetings and snoozes worth asking the agenda about, and no others.

The conditions here only leave out what cannot be due by the horizon; whether a thing is due is the agenda's to say.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from csm_tui.domain.agenda import MeetingFacts, Snooze
from csm_tui.domain.promises import PromiseFacts, PromiseState
from csm_tui.domain.touchpoints import Kind, Side
from csm_tui.store.queries.accounts import LAST_TWO_WAY, day

if TYPE_CHECKING:
    from csm_tui.domain.cadence import CadencePolicy
    from csm_tui.store.connection import Reading

_CHECK_INS = f"""
SELECT id FROM (
  SELECT a.id, a.started_on, a.tier, a.interval_days, {LAST_TWO_WAY} AS last FROM account a WHERE a.churned_on IS NULL OR a.churned_on > :today)
WHERE last IS NULL OR last <= CASE
    WHEN interval_days IS NOT NULL THEN date(:reach, '-' || interval_days || ' days')
    WHEN started_on IS NOT NULL AND last <= date(started_on, :value_last) THEN :early
    WHEN tier = 'low-touch' THEN :low_touch ELSE :ongoing END
"""

_ALARMS = """
SELECT id FROM account WHERE (churned_on IS NULL OR churned_on > :today) AND (
  renewal_on < :today OR date(renewal_on, '-' || notice_days || ' days') BETWEEN :today AND :near
  OR notice_served_on >= :week_ago OR auto_renew_off_on >= :week_ago)
UNION SELECT t.account_id FROM touchpoint_signal s JOIN touchpoint t ON t.id = s.touchpoint_id WHERE s.signal = 'termination'
UNION SELECT account_id FROM pulse WHERE value <= 2
"""


def check_in_ids(reading: Reading, horizon: date, policy: CadencePolicy) -> list[int]:
    """The accounts whose check-in may fall on or before the horizon."""
    reach = policy.calendar.reach(horizon)
    shortest = min(policy.onboarding, policy.adoption, policy.value)
    found = reading.rows(
        _CHECK_INS,
        {
            "today": reading.today.isoformat(),
            "reach": reach.isoformat(),
            "value_last": "+90 days",
            "early": (reach - timedelta(days=shortest)).isoformat(),
            "low_touch": (reach - timedelta(days=policy.ongoing_low_touch)).isoformat(),
            "ongoing": (reach - timedelta(days=policy.ongoing)).isoformat(),
        },
    )
    return [row[0] for row in found]


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
    """The snoozes that still lie ahead, by item; the newest of an item counts."""
    found = reading.rows(
        "SELECT item, due_on, made_on, until_on, reason FROM snooze WHERE until_on > ? ORDER BY id", (reading.today.isoformat(),)
    )
    return {
        row[0]: Snooze(row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[4])
        for row in found
    }
