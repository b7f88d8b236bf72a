"""The promise ledger: what is owed in both directions, and by how much past promises slipped."""

from __future__ import annotations

from csm_tui.domain.promises import PromiseFacts, PromiseState, days_late, median_slip
from csm_tui.store.queries import accounts, promises
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.store.connection import Reading


class PromiseLine(NamedTuple):
    """One promise with the account it belongs to."""

    promise: PromiseFacts
    account: str
    days_late: int


class Ledger(NamedTuple):
    """The promises, and the median slip of our kept ones (None below five)."""

    lines: list[PromiseLine]
    slip: float | None


def ledger(reading: Reading, everything: bool = False) -> Ledger:
    """Open promises by day; with `everything`, the closed after them."""
    names = dict(accounts.names(reading))
    closed = promises.closed_promises(reading)
    found = promises.open_promises(reading) + (closed if everything else [])
    lines = [PromiseLine(one, names[one.account_id], days_late(one, reading.today)) for one in found]
    return Ledger(lines, median_slip(closed))


def as_json(line: PromiseLine) -> dict[str, object]:
    """A promise for scripts."""
    promise = line.promise
    return {
        "id": f"p{promise.promise_id}",
        "account": line.account,
        "account_id": promise.account_id,
        "side": str(promise.side),
        "what": promise.what,
        "due_on": _iso(promise.due_on),
        "made_on": _iso(promise.made_on),
        "closed_on": _iso(promise.closed_on),
        "state": str(promise.state),
        "days_late": line.days_late,
        "overdue": promise.state is PromiseState.OPEN and line.days_late > 0,
        "reason": promise.reason,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
