"""The cells of one row as the typed facts of one account; a cell that cannot be read refuses the row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from csm_tui.actions.import_accounts import AccountRow
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import normal_domain
from csm_tui.domain.money import MOST_CENTS, Amount
from csm_tui.exchange import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

Value = TypeVar("Value")

MONTHS_A_YEAR = 12


class Shape(NamedTuple):
    """What the whole file says about each row: headers by field, how days are written, whose ids they are."""

    headers: Mapping[str, str]
    orders: Mapping[str, cells.Order]
    id_source: str
    currency: str | None
    left_out: frozenset[str]


class Draft(NamedTuple):
    """A row of which only the cells that will be used are kept, by field; empty ones are not there."""

    line: int
    texts: Mapping[str, str]


def typed(draft: Draft, shape: Shape) -> AccountRow:
    """One row as facts. Raises Refusal, with its header before the reason, for a cell that cannot be read."""
    row = _Cells(draft.texts, shape)
    arr_cents, currency = row.arr()
    return AccountRow(
        line=draft.line,
        name=draft.texts["name"],
        id_source=shape.id_source,
        external_id=row.one("id", cells.external_id),
        domain=row.one("domain", normal_domain),
        owner=row.one("owner", _words),
        tier=row.one("tier", cells.tier),
        started_on=row.day("start"),
        renewal_on=row.day("renewal"),
        notice_days=row.one("notice", cells.notice_days),
        arr_cents=arr_cents,
        currency=currency,
        seats=row.one("seats", cells.count),
        pulse=row.one("pulse", cells.pulse) or row.one("health", cells.pulse),
        last_touch_on=row.day("last_touch"),
        champion=row.one("champion", _words),
    )


def _words(text: str) -> str | None:
    return cells.said(text) or None


class _Cells:
    """The cells of one row, read by field."""

    def __init__(self, texts: Mapping[str, str], shape: Shape) -> None:
        self._texts = texts
        self._shape = shape

    def one(self, field: str, read: Callable[[str], Value | None]) -> Value | None:
        """One cell, read; None where there is nothing to read."""
        text = self._texts.get(field)
        if text is None or field in self._shape.left_out:
            return None
        try:
            return read(text)
        except Refusal as refusal:
            reason = str(refusal).rstrip(".")
            raise Refusal(f"{self._shape.headers[field]}: {reason}") from None

    def day(self, field: str) -> date | None:
        """A day, written as its whole column is."""
        return self.one(field, lambda text: cells.day(text, self._shape.orders[field]))

    def arr(self) -> tuple[int | None, str | None]:
        """What the account pays in a year, and in which currency: a monthly amount counts twelve times."""
        yearly = self.one("arr", cells.amount)
        monthly = self.one("mrr", cells.amount)
        amount = yearly or (None if monthly is None else Amount(monthly.cents * MONTHS_A_YEAR, monthly.currency))
        currency = self.one("currency", cells.currency)
        if amount is None:
            return None, currency
        if amount.cents > MOST_CENTS:
            raise Refusal(f"{self._shape.headers['mrr']}: twelve months are more than ten trillion: check the number")
        named = amount.currency or currency
        if currency is not None and named != currency:
            raise Refusal(f"is in {named} by its amount and in {currency} by its currency")
        return amount.cents, named or self._shape.currency
