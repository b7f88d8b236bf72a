"""Risks with their signals, escalations, and what the exit tests measure."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.risks import Escalation, Evidence, How, Risk, Severity
from csm_tui.domain.touchpoints import Signal
from csm_tui.store.queries.accounts import day
from csm_tui.store.queries.active import ACTIVE, listed
from csm_tui.store.queries.agenda import OPEN_ESCALATIONS
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from csm_tui.store.connection import Reading

_RISKS = """
SELECT id, account_id, plan_id, severity, opened_on, closed_on, how, because FROM risk r"""

_SIGNALS = """
SELECT id, risk_id, signal, evidence, seen_on, confirmed_on, met_on, proof FROM risk_signal"""


def open_risks(reading: Reading) -> list[Risk]:
    """The risks that are open at the active accounts."""
    where = f"r.closed_on IS NULL AND r.account_id IN (SELECT id FROM account a WHERE {ACTIVE})"
    return _risks(reading, where, {"today": reading.today.isoformat()})


def risks_of(reading: Reading, account_id: int) -> list[Risk]:
    """Every risk an account ever had, the open one first, then the newest."""
    return _risks(reading, "r.account_id = :account", {"account": account_id})


def open_risk(reading: Reading, account_id: int) -> Risk | None:
    """The risk that is open at an account."""
    return next((risk for risk in risks_of(reading, account_id) if risk.closed_on is None), None)


def _risks(reading: Reading, where: str, given: dict[str, Any]) -> list[Risk]:
    found = reading.rows(f"{_RISKS} WHERE {where} ORDER BY closed_on IS NOT NULL, opened_on DESC, id DESC", given)
    seen: dict[int, list[Evidence]] = {}
    signals = f"{_SIGNALS} WHERE risk_id IN (SELECT r.id FROM risk r WHERE {where}) ORDER BY seen_on, id"
    for row in reading.rows(signals, given):
        seen.setdefault(row[1], []).append(_evidence(row))
    return [
        Risk(
            row[0], row[1], row[2], Severity(row[3]), date.fromisoformat(row[4]), day(row[5]),
            How(row[6]) if row[6] else None, row[7] or "", tuple(seen.get(row[0], ())),
        )
        for row in found
    ]  # fmt: skip


def _evidence(row: tuple[Any, ...]) -> Evidence:
    return Evidence(row[0], Signal(row[2]), row[3], date.fromisoformat(row[4]), day(row[5]), day(row[6]), row[7] or "")


def signals_seen(reading: Reading, account_id: int, since: date) -> list[tuple[Signal, str, date, int]]:
    """The signals in the held touchpoints of an account from a day on, in order: signal, words, day, touchpoint."""
    sql = (
        "SELECT s.signal, t.summary, t.day, t.id FROM touchpoint t JOIN touchpoint_signal s ON s.touchpoint_id = t.id "
        "WHERE t.account_id = ? AND t.state = 'held' AND t.day BETWEEN ? AND ? ORDER BY t.day, t.id, s.id"
    )
    rows = reading.rows(sql, (account_id, since.isoformat(), reading.today.isoformat()))
    return [(Signal(row[0]), row[1], date.fromisoformat(row[2]), row[3]) for row in rows]


def escalations(reading: Reading, account_id: int | None = None) -> list[Escalation]:
    """The open escalations of the book, or of an account, the oldest first."""
    some = "" if account_id is None else " AND account_id = :account"
    sql = f"{OPEN_ESCALATIONS}{some} ORDER BY opened_on, id"
    return [escalation(row) for row in reading.rows(sql, {"account": account_id})]


def escalation(row: tuple[Any, ...]) -> Escalation:
    """An escalation as a row of `OPEN_ESCALATIONS` gives it."""
    return Escalation(
        row[0], row[1], Severity(row[2]), row[3], date.fromisoformat(row[4]), day(row[5]), day(row[6]), row[7] or ""
    )


_SINCE = "t.state = 'held' AND t.direction = 'two-way' AND t.day BETWEEN r.opened_on AND ?"


def talked(reading: Reading, risk_ids: Iterable[int]) -> set[int]:
    """Those of some risks since whose opening a two-way touchpoint was held."""
    sql = (
        f"SELECT r.id FROM risk r WHERE r.id IN ({listed(risk_ids)}) AND EXISTS ("
        f"SELECT 1 FROM touchpoint t WHERE t.account_id = r.account_id AND {_SINCE})"
    )
    return {row[0] for row in reading.rows(sql, (reading.today.isoformat(),))}


def ran_since(reading: Reading, playbook: str, risk_ids: Iterable[int]) -> set[int]:
    """Those of some risks since whose opening a plan of a playbook has run at the account."""
    sql = (
        f"SELECT r.id FROM risk r WHERE r.id IN ({listed(risk_ids)}) AND EXISTS (SELECT 1 FROM plan p "
        "WHERE p.account_id = r.account_id AND p.playbook = ? AND (p.closed_on IS NULL OR p.closed_on >= r.opened_on))"
    )
    return {row[0] for row in reading.rows(sql, (playbook,))}


def engaged(reading: Reading, risk_ids: Iterable[int]) -> dict[int, list[str]]:
    """For some risks, the role of everybody still there who was in a two-way touchpoint since; empty for none."""
    sql = (
        "SELECT r.id, coalesce(c.role, '') FROM risk r JOIN contact c ON c.account_id = r.account_id "
        f"WHERE r.id IN ({listed(risk_ids)}) AND c.status = 'active' AND EXISTS ("
        "SELECT 1 FROM touchpoint_contact tc JOIN touchpoint t ON t.id = tc.touchpoint_id "
        f"WHERE tc.contact_id = c.id AND {_SINCE})"
    )
    found: dict[int, list[str]] = {}
    for risk_id, role in reading.rows(sql, (reading.today.isoformat(),)):
        found.setdefault(risk_id, []).append(role)
    return found
