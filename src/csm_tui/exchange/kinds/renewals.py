"""A list of opportunities or deals: what its columns are called, and one of its rows as an open renewal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csm_tui.actions.import_renewals import ImportRenewals, RenewalRow, import_renewals
from csm_tui.domain.errors import Refusal
from csm_tui.domain.money import currency_of
from csm_tui.exchange import cells
from csm_tui.exchange.row_cells import WHOSE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.actions.import_accounts import Remark
    from csm_tui.actions.import_outcome import Outcome
    from csm_tui.exchange.row_cells import RowCells
    from csm_tui.store.verbs import Writing

NAME = "renewals"
WORDS: dict[str, tuple[str, ...]] = {
    "id": ("deal id", "opportunity id"),
    **WHOSE,
    "name": ("opportunity name", "deal name", "name"),
    "closes": ("close date", "renewal date", "closes on"),
    "amount": ("amount",),
    "currency": ("amount currency", "currency", "currency iso code", "deal currency code"),
    "term": ("contract term", "contract term months", "contract term (months)", "term months", "term (months)", "term"),
    "type": ("opportunity type", "deal type", "type"),
    "pipeline": ("pipeline", "deal pipeline"),
    "stage": ("deal stage", "stage name", "stage"),
    "closed": ("is closed", "closed", "is deal closed"),
    "won": ("is won", "won", "is closed won"),
    "deleted": (),
}  # fmt: skip
DAYS = ("closes",)
NEEDS = (
    (("type", "name", "pipeline"), "what each deal is (Type, Pipeline or Name)"),
    (("closes",), "the days on which they close (Close Date)"),
)
NOT_RENEWALS = "not a renewal"
_RENEWS = re.compile(r"renew|prolong|verlänger", re.IGNORECASE)
_CLOSED = re.compile(r"closed.*|won|lost|closedwon|closedlost", re.IGNORECASE)


def row(found: RowCells) -> RenewalRow:
    """One row as an open renewal. Raises Refusal for one that is deleted, no renewal, closed, or cannot be read."""
    found.live()
    _renews(found)
    stage = found.text("stage") or ""
    if found.yes("closed") or found.yes("won") or _CLOSED.fullmatch(stage):
        raise Refusal(f"is closed{f' ({stage})' if stage else ''}: only open renewals are taken")
    closes_on = found.day("closes")
    if closes_on is None:
        raise Refusal("has no day on which it closes")
    amount, currency = found.one("amount", cells.amount), found.one("currency", cells.currency)
    return RenewalRow(
        line=found.line,
        whose=found.whose(),
        name=found.text("name") or "renewal",
        closes_on=closes_on,
        amount_cents=None if amount is None else amount.cents,
        currency=None if amount is None else currency_of(amount, currency, found.shape.found.currency),
        term_months=found.one("term", _months),
    )


def _renews(found: RowCells) -> None:
    """Refuse what is no renewal: by its type where it has one, else by its pipeline or its name."""
    kind = found.text("type")
    if kind is not None:
        if not _RENEWS.search(kind):
            raise Refusal(f"is {NOT_RENEWALS} (type {cells.quoted(kind)}): only renewals are taken")
    elif not any(_RENEWS.search(found.text(field) or "") for field in ("pipeline", "name")):
        raise Refusal(f"is {NOT_RENEWALS} by its name or pipeline: only renewals are taken")


_TERM = re.compile(r"(\d{1,4})(?:[.,]0{1,2})?\s*(m|mo|months?|y|yrs?|years?)?", re.IGNORECASE | re.ASCII)


def _months(text: str) -> int | None:
    """A term in months: `12`, `12 months`, `3 years`."""
    match = _TERM.fullmatch(text)
    if match is None:
        raise Refusal(f"{cells.quoted(text)} is not a term: write months, such as 12")
    months = int(match[1]) * (12 if (match[2] or "m")[0].casefold() == "y" else 1)
    if not 1 <= months <= 1200:
        raise Refusal(f"{cells.quoted(text)} is not a term of 1 to 1200 months: check the number")
    return months


def take(writing: Writing, title: str, rows: Iterable[RenewalRow | Remark]) -> Outcome:
    """The rows into the book, and how many deals were none."""
    outcome = import_renewals(writing, ImportRenewals(title, rows))
    others = sum(NOT_RENEWALS in remark.reason for remark in outcome.refused)
    if others:
        outcome.remarks.append(
            f"{others:,} of the deals {'is not a renewal' if others == 1 else 'are not renewals'}, but new business, "
            "expansion or the like: not taken."
        )
    return outcome
