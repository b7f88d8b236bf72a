"""The cells of one row of people, deals, touchpoints or tickets, read by field; an unreadable one refuses the row."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from csm_tui.actions.whose import Whose
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import normal_domain
from csm_tui.exchange import cells
from csm_tui.exchange.columns import plain
from csm_tui.exchange.importers import hubspot
from csm_tui.exchange.markup import plain_text
from csm_tui.safe import accepted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from csm_tui.exchange.columns import Columns
    from csm_tui.exchange.importers.registry import Source

Value = TypeVar("Value")
MOST_ODD = 5

WHOSE: dict[str, tuple[str, ...]] = {
    "account_ids": ("account id", "company id", "customer id", "client id", "associated company ids"),
    "account": ("account name", "company name", "customer name", "client name", "account", "company", "customer",
                "client", "organisation", "organization"),
    "domain": ("domain", "company domain", "account domain"),
}  # fmt: skip
"""What the columns are called by which any row says to which account it belongs; `RowCells.whose` reads them."""

_REFERENCE = re.compile(r"\s*(.*?)\s*\((\d{1,20})\)\s*", re.DOTALL | re.ASCII)


class Shape(NamedTuple):
    """What the whole file says about each of its rows.

    `odd` gathers the words that were left out, by field; `counted` how many lines there is something to tell about.
    `linked` are the companies and contacts that another file links its rows to, by their ids.
    """

    source: Source
    found: Columns
    orders: Mapping[str, cells.Order]
    odd: dict[str, dict[str, None]]
    counted: Counter[str]
    linked: Mapping[str, Mapping[str, list[str]]]

    def header(self, field: str) -> str:
        """The header of a field's column."""
        return self.found.headers[self.found.at[field]]

    def id_source(self, field: str) -> str:
        """Whose ids a column holds: the source's own, unless its header names another system."""
        header = plain(self.header(field)) if field in self.found.at else ""
        return self.source.ID_SOURCES.get(header, self.source.NAME)


class Reference(NamedTuple):
    """One of the things that a cell refers to: by name, by id, or as `Name (id)`."""

    name: str | None
    id: str | None


class RowCells:
    """The cells of one row, by field; empty ones, and those that say nothing, are not there."""

    def __init__(self, line: int, row: list[str], shape: Shape) -> None:
        self.line = line
        self.shape = shape
        self._row = row

        self.ours = bool(self._bare("csm_id"))
        """Whether csm wrote this row: then each cell says what stands there, be it `?`, a `tbd`, or the name Na."""

    def text(self, field: str) -> str | None:
        """What a cell says. Raises Refusal for what no file can keep."""
        bare = self._bare(field)
        return accepted(bare if self.ours else cells.said(bare), field.replace("_", " ")) or None

    def _bare(self, field: str) -> str:
        at = self.shape.found.at.get(field, len(self._row))
        return self._row[at].strip() if at < len(self._row) else ""

    def part_of_name(self, field: str) -> str | None:
        """A person's first or last name."""
        return accepted(cells.part_of_name(self._bare(field)), field.replace("_", " ")) or None

    def prose(self, field: str) -> str:
        """The text that a cell was meant as: what csm wrote as it stands, and what others wrote without its HTML."""
        text = self.text(field) or ""
        return text if self.ours else plain_text(text)

    def one(self, field: str, read: Callable[[str], Value | None]) -> Value | None:
        """One cell, read. Raises Refusal, with the header before the reason."""
        text = self.text(field)
        if text is None:
            return None
        try:
            return read(text)
        except Refusal as refusal:
            raise Refusal(f"{self.shape.header(field)}: {str(refusal).rstrip('.')}") from None

    def word(self, field: str, read: Callable[[str], Value | None]) -> Value | None:
        """One cell whose word means something; a word that means nothing to us is left out and told at the end."""
        value = self.one(field, read)
        text = self.text(field)
        odd = self.shape.odd.setdefault(field, {})
        if value is None and text is not None and len(odd) <= MOST_ODD:
            odd.setdefault(text)
        return value

    def day(self, field: str) -> date | None:
        """A day, written as its whole column is."""
        return self.one(field, lambda text: cells.day(text, self.shape.orders[field]))

    def yes(self, field: str) -> bool:
        """Whether a cell says yes."""
        return cells.true(self.text(field) or "")

    def references(self, field: str, *, ids: bool = False) -> list[Reference]:
        """What a cell refers to, several parted by `;` where they are ids or, in HubSpot, each is a `Name (id)`."""
        text = self.text(field)
        if text is None:
            return []
        parts = [part.strip() for part in text.split(";") if part.strip()]
        found = [_REFERENCE.fullmatch(part) for part in parts if self.shape.source.NAME == hubspot.NAME]
        if any(found):
            return [Reference(match[1] or None, match[2]) for match in found if match]
        if ids:
            return [Reference(None, one) for one in map(cells.external_id, parts) if one]
        return [Reference(text, None)]

    def live(self) -> None:
        """Refuse a row that is deleted where it comes from."""
        if self.yes("deleted"):
            raise Refusal(f"is deleted in {self.shape.source.TITLE}")

    def whose(self, emails: Collection[str] = ()) -> Whose:
        """What the row says about the account that it belongs to."""
        named = self.references("account")
        ids = [*self.references("account_ids", ids=True), *self._related_accounts(), *named, *self.linked("company")]
        from_where = {normal_domain(email) for email in emails} - {None}
        return Whose(
            source=self.shape.id_source("account_ids"),
            ids=tuple(dict.fromkeys(one.id for one in ids if one.id)),
            domain=self.one("domain", normal_domain),
            name=next((one.name for one in named if one.name), None),
            writes_from=from_where.pop() if len(from_where) == 1 else None,
        )

    def _related_accounts(self) -> list[Reference]:
        """What a Salesforce activity is about, where that is an account: its ids begin with 001."""
        return [one for one in self.references("what", ids=True) if (one.id or "").startswith("001")]

    def linked(self, what: str) -> list[Reference]:
        """The companies or contacts that another file links the row to."""
        known = self.shape.linked.get(what)
        return [Reference(None, one) for one in known.get(self.text("id") or "", ())] if known else []

    def emails(self, field: str) -> tuple[str, ...]:
        """The addresses in a cell; other text is left out and told at the end."""
        return self.word(field, _addresses) or ()


_ADDRESS = re.compile(r"[^\s@<>;,\"()]+@[^\s@<>;,\"()]+", re.ASCII)


def _addresses(text: str) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(_ADDRESS.findall(text))) or None
