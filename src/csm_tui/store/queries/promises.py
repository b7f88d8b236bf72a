"""Promises of both sides, open and closed."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.promises import PromiseFacts, PromiseState
from csm_tui.domain.touchpoints import Side
from csm_tui.store.queries.accounts import day
from csm_tui.store.queries.active import ACTIVE
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from csm_tui.store.connection import Reading

_COLUMNS = "SELECT id, account_id, side, what, due_on, state, made_on, closed_on, reason, step_id FROM promise"


def of_account(reading: Reading, account_id: int) -> list[PromiseFacts]:
    """An account's promises: the open by day, then the closed, newest first."""
    order = " WHERE account_id = ? ORDER BY state <> 'open', CASE state WHEN 'open' THEN due_on END, closed_on DESC, id"
    return [_facts(row) for row in reading.rows(_COLUMNS + order, (account_id,))]


def open_promises(reading: Reading) -> list[PromiseFacts]:
    """Every open promise of the active accounts by its day, those without a day last."""
    sql = (
        f"{_COLUMNS} WHERE state = 'open' AND account_id IN (SELECT id FROM account WHERE {ACTIVE}) "
        "ORDER BY due_on IS NULL, due_on, id"
    )
    return [_facts(row) for row in reading.rows(sql, {"today": reading.today.isoformat()})]


def due_by(reading: Reading, horizon: date) -> list[PromiseFacts]:
    """Open promises with a day on or before the horizon; those that stand for a step show as that step."""
    sql = f"{_COLUMNS} WHERE state = 'open' AND due_on <= ? AND step_id IS NULL"
    return [_facts(row) for row in reading.rows(sql, (horizon.isoformat(),))]


def closed_promises(reading: Reading) -> list[PromiseFacts]:
    """Every closed promise of the book, newest first."""
    return [_facts(row) for row in reading.rows(f"{_COLUMNS} WHERE state <> 'open' ORDER BY closed_on DESC, id DESC")]


def _facts(row: tuple[Any, ...]) -> PromiseFacts:
    return PromiseFacts(
        row[0], row[1], Side(row[2]), row[3], day(row[4]), PromiseState(row[5]), date.fromisoformat(row[6]),
        day(row[7]), row[8] or "", row[9] or 0,
    )  # fmt: skip
