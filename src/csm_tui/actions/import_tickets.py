"""Takes tickets from a file into the book as counts of an account and a day; the tickets themselves are not kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from csm_tui.actions.import_accounts import FieldChange, Remark
from csm_tui.actions.import_columns import number
from csm_tui.actions.import_outcome import Outcome
from csm_tui.actions.whose import Accounts, Whose
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from csm_tui.store.verbs import Writing

OPENED, CLOSED = "tickets opened", "tickets closed"
"""The names of the measures."""


class TicketRow(NamedTuple):
    """What one line of a file says about a ticket."""

    line: int
    whose: Whose
    opened_on: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportTickets:
    """The tickets of one file, or why a line is none; `source` as undo and history will say it."""

    source: str
    rows: Iterable[TicketRow | Remark]

    @property
    def label(self) -> str:
        """`Import tickets from HubSpot`."""
        return f"Import tickets from {self.source}"


def import_tickets(writing: Writing, wanted: ImportTickets) -> Outcome:
    """Count the tickets. A count of the book only grows: a file may hold a part of the tickets, never too many."""
    accounts, outcome = Accounts(writing), Outcome()
    alike: Counter[tuple[Key, ...]] = Counter()
    lines: dict[tuple[Key, ...], int] = {}
    for row in wanted.rows:
        try:
            keys = _keys(row, accounts)
        except Refusal as refusal:
            outcome.refuse(row.line, str(refusal))
            continue
        lines.setdefault(keys, row.line)
        alike[keys] += 1
    changes = {key: _kept(writing, key, count, wanted.source) for key, count in sorted(_counts(alike).items())}
    for keys, count in alike.items():
        told = [change for key in keys if (change := changes[key]) is not None]
        _tell(outcome, lines[keys], f"{accounts.names[keys[0].account_id]}, {OPENED} on {keys[0].day}", count, told)
    if alike:
        outcome.remarks.append("Tickets are kept as counts of an account and a day, not one by one.")
    return outcome


class Key(NamedTuple):
    """What is counted: one measure of an account on a day."""

    account_id: int
    name: str
    day: str


def _keys(row: TicketRow | Remark, accounts: Accounts) -> tuple[Key, ...]:
    """Where a ticket is counted: as opened and as closed, at each of its accounts. Raises Refusal for a line that is
    no ticket of the book.
    """
    if isinstance(row, Remark):
        raise Refusal(row.reason)
    days = ((OPENED, row.opened_on), (CLOSED, row.closed_on))
    places = accounts.of(row.whose)
    return tuple(Key(place, name, day.isoformat()) for place in places for name, day in days if day is not None)


def _counts(alike: Counter[tuple[Key, ...]]) -> Counter[Key]:
    counts: Counter[Key] = Counter()
    for keys, count in alike.items():
        for key in keys:
            counts[key] += count
    return counts


def _kept(writing: Writing, key: Key, count: int, source: str) -> FieldChange | None:
    """One count kept; what changed, nothing old where there was none."""
    known = writing.find("measure", **key._asdict())
    if not known:
        writing.add("measure", **key._asdict(), value=count, source=source)
        return FieldChange(key.name, "", str(count))
    if number(known[0]["value"]) >= count:
        return None
    writing.change("measure", number(known[0]["id"]), value=count)
    return FieldChange(key.name, str(known[0]["value"]), str(count))


def _tell(outcome: Outcome, line: int, name: str, count: int, told: list[FieldChange]) -> None:
    """What became of the lines that are counted alike: so many were new, changed a count, or were known."""
    new = any(change.field == OPENED and not change.old for change in told)
    for _ in range(count):
        if new:
            outcome.add(line, name)
        else:
            outcome.change(line, name, told)
