"""The cells of one row as the typed facts of one account; a cell that cannot be read refuses the row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from csm_tui.actions.import_accounts import AccountRow
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import normal_domain
from csm_tui.domain.money import MOST_CENTS, Amount, currency_of
from csm_tui.exchange import cells
from csm_tui.safe import accepted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MONTHS_A_YEAR = 12


class Shape(NamedTuple):
    """What the whole file says about each row: columns and headers by field, how days are written, whose ids."""

    at: Mapping[str, int]
    headers: Mapping[str, str]
    orders: Mapping[str, cells.Order]
    id_source: str
    currency: str | None
    title: str
    other_ids: tuple[tuple[int, str], ...] = ()
    """Columns of ids of other systems, and which: read where the column of ids says nothing."""


class _Cell(NamedTuple):
    """Where a fact stands, what it is called here and there, and how it is read."""

    at: int
    fact: str
    header: str
    read: Callable[[str], Any]


def _words(text: str) -> str | None:
    return cells.said(text) or None


_READ: dict[str, tuple[str, Callable[[str], Any]]] = {
    "id": ("external_id", cells.external_id),
    "domain": ("domain", normal_domain),
    "owner": ("owner", _words),
    "tier": ("tier", cells.tier),
    "notice": ("notice_days", cells.notice_days),
    "seats": ("seats", cells.count),
    "pulse": ("pulse", cells.pulse),
    "champion": ("champion", _words),
    "arr": ("arr", cells.amount),
    "mrr": ("mrr", cells.amount),
    "currency": ("currency", cells.currency),
    "health": ("health", cells.pulse),
    "churned": ("churned", cells.holds),
    "archived": ("archived", cells.holds),
}
_DAYS = {"start": "started_on", "renewal": "renewal_on", "last_touch": "last_touch_on"}


class Typing:
    """How every row of one file is read."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._name = shape.at["name"]
        self._deleted = shape.at.get("deleted")
        self._cells = [self._cell(field, at) for field, at in shape.at.items() if field not in {"name", "deleted"}]
        self._pays = not {"arr", "mrr", "currency", "health"}.isdisjoint(shape.at)

    def _cell(self, field: str, at: int) -> _Cell:
        if field in _DAYS:
            read: Callable[[str], Any] = partial(cells.day, order=self._shape.orders[field])
            return _Cell(at, _DAYS[field], self._shape.headers[field], read)
        fact, read = _READ[field]
        return _Cell(at, fact, self._shape.headers[field], read)

    def row(self, line: int, row: list[str]) -> AccountRow:
        """One row as facts. Raises Refusal, with its header before the reason, for a cell that cannot be read."""
        width = len(row)
        name = row[self._name].strip() if self._name < width else ""
        if self._deleted is not None and self._deleted < width and cells.true(row[self._deleted]):
            raise Refusal(f"is deleted in {self._shape.title}")
        if not name:
            raise Refusal("has no name")
        accepted(name, "name")
        facts: dict[str, Any] = {}
        for at, fact, header, read in self._cells:
            text = row[at].strip() if at < width else ""
            if text:
                try:
                    facts[fact] = read(text if text.isprintable() else accepted(text, header))
                except Refusal as refusal:
                    raise Refusal(f"{header}: {str(refusal).rstrip('.')}") from None
        if self._pays:
            self._reckon(facts)
        return AccountRow(line, name, self._id_source(row, facts), **facts)

    def _id_source(self, row: list[str], facts: dict[str, Any]) -> str:
        """Whose the id of a row is; without one it has the first that stands in a column of another system's."""
        if facts.get("external_id") is None:
            for at, source in self._shape.other_ids:
                text = row[at].strip() if at < len(row) else ""
                facts["external_id"] = cells.external_id(accepted(text, "id")) if text else None
                if facts["external_id"] is not None:
                    return source
        return self._shape.id_source

    def _reckon(self, facts: dict[str, Any]) -> None:
        """What the account pays in a year, and in which currency: a monthly amount counts twelve times."""
        yearly: Amount | None = facts.pop("arr", None)
        monthly: Amount | None = facts.pop("mrr", None)
        health = facts.pop("health", None)
        facts["pulse"] = facts.get("pulse") or health
        amount = yearly or (None if monthly is None else Amount(monthly.cents * MONTHS_A_YEAR, monthly.currency))
        if amount is None:
            return
        if amount.cents > MOST_CENTS:
            raise Refusal(f"{self._shape.headers['mrr']}: twelve months are more than ten trillion: check the number")
        facts["arr_cents"] = amount.cents
        facts["currency"] = currency_of(amount, facts.get("currency"), self._shape.currency)
