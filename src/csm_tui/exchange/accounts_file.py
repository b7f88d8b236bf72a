"""A file of accounts as typed rows: source recognised, columns found, each row read or refused."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.actions.import_accounts import Remark
from csm_tui.domain.errors import Refusal
from csm_tui.exchange import cells, dialect
from csm_tui.exchange.cells import DayColumn, Order
from csm_tui.exchange.columns import columns, plain
from csm_tui.exchange.importers.registry import BY_NAME, other_than_accounts, recognised
from csm_tui.exchange.typed_row import Draft, Shape, typed
from csm_tui.safe import accepted

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable

    from csm_tui.actions.import_accounts import AccountRow
    from csm_tui.exchange.columns import Columns
    from csm_tui.exchange.importers.registry import Source

DAYS = ("start", "renewal", "last_touch")
MOST_REMARKS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said about the file: its source, the columns of fields, how its days are written."""

    source: str | None = None
    mapped: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None


class Sheet(NamedTuple):
    """What a file holds: rows that can go into the book, lines that cannot, and what was not used."""

    source: str
    title: str
    rows: tuple[AccountRow, ...]
    refused: tuple[Remark, ...]
    unused: tuple[str, ...]
    remarks: tuple[str, ...]


def read_accounts(stream: io.BufferedReader, name: str, asked: Asked) -> Sheet:
    """The accounts in a stream of bytes; `name` is what a refusal calls it.

    Raises Refusal for a file that is no table, that has no column of names, that holds something other than
    accounts, or whose days can be read in two ways.
    """
    with dialect.table(stream, name) as table:
        headers = [header.strip() for header in table.header.cells]
        source = BY_NAME[asked.source] if asked.source else recognised(headers)
        found = _found(headers, source, name, asked)
        reading = _Reading(found, source, asked)
        for line in table.lines:
            reading.take(line)
        return reading.sheet([*table.remarks, *_told(found)])


def _found(headers: list[str], source: Source, name: str, asked: Asked) -> Columns:
    """The columns, refused when they are not those of a list of accounts."""
    other = other_than_accounts(headers)
    if other is not None and "name" not in asked.mapped:
        raise Refusal(
            f"{name} holds {other}, not accounts: export the accounts (companies) and import those, or name "
            "the column of account names with --map name=COLUMN."
        )
    found = columns(headers, source.SYNONYMS, asked.mapped)
    if "name" not in found.at:
        raise Refusal(
            f"{name} has no column that names accounts: its first line must name the columns, one of them "
            "Account, Company, Customer or Name; or say which with --map name=COLUMN."
        )
    return found


def _told(found: Columns) -> list[str]:
    """What she should know about how the columns were found."""
    return [f"More than one column is called “{header}”: the first was used." for header in found.repeated]


class _Reading:
    """The rows on their way: drafts until every column has shown how its days and words are written."""

    def __init__(self, found: Columns, source: Source, asked: Asked) -> None:
        self._found = found
        self._source = source
        self._asked = asked
        self._drafts: deque[Draft] = deque()
        self._refused: list[Remark] = []
        self._days = {day: DayColumn() for day in DAYS if day in found.at}
        self._words: dict[str, dict[str, str]] = {each: {} for each in ("tier", "health", "pulse") if each in found.at}
        self._left_out: set[str] = set()

    def take(self, line: dialect.Line) -> None:
        """One row: kept, or refused for its shape or its letters."""
        if line.fault:
            self._refuse(line.number, line.fault)
            return
        width = len(self._found.headers)
        if any(cell.strip() for cell in line.cells[width:]):
            self._refuse(line.number, f"has {len(line.cells)} cells where the header has {width}")
            return
        row = {name: line.cells[at].strip() for name, at in self._found.at.items() if at < len(line.cells)}
        row = {name: cell for name, cell in row.items() if cell}
        try:
            self._check(row)
        except Refusal as refusal:
            self._refuse(line.number, str(refusal))
            return
        for name, seen in self._days.items():
            seen.see(row.get(name, ""))
        for name, words in self._words.items():
            words.setdefault(cells.said(row.get(name, "")).casefold(), row.get(name, ""))
        self._drafts.append(Draft(line.number, row))

    def _check(self, row: Mapping[str, str]) -> None:
        """Refuse a row that names nobody, is deleted where it comes from, or holds what no file can keep."""
        for name, cell in row.items():
            accepted(cell, name.replace("_", " "))
        if cells.true(row.get("deleted", "")):
            raise Refusal(f"is deleted in {self._source.TITLE}")
        if "name" not in row:
            raise Refusal("has no name")

    def _refuse(self, line: int, reason: str) -> None:
        self._refused.append(Remark(line, reason))

    def sheet(self, told: Iterable[str]) -> Sheet:
        """All rows typed, now that the columns are known."""
        remarks = (*told, *self._unread_words())
        shape = self._shape()
        rows = []
        while self._drafts:
            draft = self._drafts.popleft()
            try:
                rows.append(typed(draft, shape))
            except Refusal as refusal:
                self._refuse(draft.line, str(refusal))
        refused = tuple(sorted(self._refused))
        return Sheet(self._source.NAME, self._source.TITLE, tuple(rows), refused, self._unused(), remarks)

    def _shape(self) -> Shape:
        return Shape(
            headers={name: self._header(name) for name in self._found.at},
            orders={name: self._asked.order or seen.order(self._header(name)) for name, seen in self._days.items()},
            id_source=self._id_source(),
            currency=self._found.currency,
            left_out=frozenset(self._left_out),
        )

    def _id_source(self) -> str:
        """Whose ids the column holds: the source's own, unless its header names another system."""
        header = self._header("id") if "id" in self._found.at else ""
        return self._source.ID_SOURCES.get(plain(header), self._source.NAME)

    def _header(self, name: str) -> str:
        return self._found.headers[self._found.at[name]]

    def _unused(self) -> tuple[str, ...]:
        unused = {*self._found.unused, *(self._header(name) for name in self._left_out)}
        return tuple(dict.fromkeys(header for header in self._found.headers if header in unused))

    def _unread_words(self) -> list[str]:
        """A column of tiers or pulses that means something else is left out; single odd words are named."""
        remarks = []
        for name, words in self._words.items():
            unread = [text for said, text in words.items() if said and _meant(name, text) is None]
            if len(unread) == len(words) - ("" in words) or (name == "health" and unread):
                self._left_out.add(name)
            elif unread:
                listed = ", ".join(cells.quoted(text) for text in unread[:MOST_REMARKS])
                more = f" and {len(unread) - MOST_REMARKS} more" if len(unread) > MOST_REMARKS else ""
                remarks.append(f"The column “{self._header(name)}” was left out where it says {listed}{more}.")
        if "health" in self._words and "pulse" in self._words and "pulse" not in self._left_out:
            self._left_out.add("health")
        return remarks


def _meant(name: str, text: str) -> object:
    return cells.tier(text) if name == "tier" else cells.pulse(text)
