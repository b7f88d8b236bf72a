"""What the rules that open plans and risks by themselves ask about."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.store.queries.active import ACTIVE, listed
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.store.connection import Reading


class Started(NamedTuple):
    """A plan there is or was: of which playbook, from which day it counts, when it was opened, whether it runs."""

    plan_id: int
    account_id: int
    playbook: str
    anchor_on: date
    opened_on: date
    runs: bool


def started(reading: Reading, playbooks: tuple[str, ...]) -> dict[tuple[int, str], list[Started]]:
    """The plans of some playbooks there are or were, by account and playbook."""
    marks = ", ".join("?" for _ in playbooks)
    found: dict[tuple[int, str], list[Started]] = {}
    columns = "id, account_id, playbook, anchor_on, opened_on, closed_on IS NULL"
    sql = f"SELECT {columns} FROM plan WHERE playbook IN ({marks})"
    for plan_id, account_id, playbook, anchor, opened, runs in reading.rows(sql, playbooks):
        one = Started(plan_id, account_id, playbook, date.fromisoformat(anchor), date.fromisoformat(opened), bool(runs))
        found.setdefault((account_id, playbook), []).append(one)
    return found


def starting(reading: Reading, since: date, until: date) -> list[tuple[int, str, str, date]]:
    """The active accounts that start between two days: id, name, tier, start."""
    sql = f"SELECT id, name, tier, started_on FROM account WHERE {ACTIVE} AND started_on BETWEEN :since AND :until"
    given = {"today": reading.today.isoformat(), "since": since.isoformat(), "until": until.isoformat()}
    return [(row[0], row[1], row[2], date.fromisoformat(row[3])) for row in reading.rows(sql, given)]


def renewing(reading: Reading, days: int) -> list[tuple[int, str, date, int | None]]:
    """The active accounts whose opt-out day or renewal lies within so many days: id, name, renewal, notice days."""
    sql = (
        f"SELECT id, name, renewal_on, notice_days FROM account WHERE {ACTIVE} AND renewal_on >= :today "
        "AND date(renewal_on, '-' || coalesce(notice_days, 0) || ' days') <= :until"
    )
    given = {"today": reading.today.isoformat(), "until": (reading.today + timedelta(days=days)).isoformat()}
    return [(row[0], row[1], date.fromisoformat(row[2]), row[3]) for row in reading.rows(sql, given)]


def signals_seen(reading: Reading, signal: str) -> dict[int, list[tuple[date, str]]]:
    """When a signal was seen at each account, in risks open or closed, with the evidence."""
    found: dict[int, list[tuple[date, str]]] = {}
    sql = (
        "SELECT r.account_id, s.seen_on, s.evidence FROM risk_signal s JOIN risk r ON r.id = s.risk_id "
        "WHERE s.signal = ?"
    )
    for account_id, seen, evidence in reading.rows(sql, (signal,)):
        found.setdefault(account_id, []).append((date.fromisoformat(seen), evidence))
    return found


def brought_in(reading: Reading, ids: Iterable[int]) -> set[int]:
    """Those of some accounts whose newest two-way contact came out of a file."""
    chosen = listed(ids)
    sql = (
        "SELECT account_id FROM touchpoint t INDEXED BY touchpoint_counted "
        f"WHERE account_id IN ({chosen}) AND source IS NOT NULL AND state = 'held' AND direction = 'two-way' "
        "AND NOT EXISTS (SELECT 1 FROM touchpoint newer WHERE newer.account_id = t.account_id AND newer.state = 'held' "
        "AND newer.direction = 'two-way' AND newer.day <= :today AND (newer.day, newer.id) > (t.day, t.id))"
    )
    return {row[0] for row in reading.rows(sql, {"today": reading.today.isoformat()})}


def names(reading: Reading) -> dict[int, str]:
    """The names of the active accounts."""
    given = {"today": reading.today.isoformat()}
    return dict(reading.rows(f"SELECT id, name FROM account WHERE {ACTIVE}", given))
