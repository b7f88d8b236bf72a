"""A file of accounts looked through once: columns found, and what each of them shows about how its cells are written.

Its rows are read in a second pass, one by one, so that no file has to fit into memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csm_tui.actions.import_accounts import Doubt
from csm_tui.domain.errors import Refusal
from csm_tui.exchange import cells
from csm_tui.exchange.cells import DayColumn, WordColumn
from csm_tui.exchange.columns import columns, plain
from csm_tui.exchange.typed_row import Shape, Typing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csm_tui.actions.import_accounts import AccountRow
    from csm_tui.exchange.cells import Order
    from csm_tui.exchange.columns import Columns
    from csm_tui.exchange.dialect import Line, Table
    from csm_tui.exchange.importers.registry import Source

DAYS = ("start", "renewal", "last_touch")
WORDS: dict[str, Callable[[str], object]] = {"tier": cells.tier, "health": cells.pulse, "pulse": cells.pulse}

_MOST_HEADERS = 6
"""Headers that a refusal lists."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file of accounts is like: how its rows are read, how many they are, and what is not used of them."""

    typing: Typing
    count: int
    surest: Doubt
    unused: tuple[str, ...]
    remarks: tuple[str, ...]

    def row(self, line: Line) -> AccountRow:
        """One row as an account. Raises Refusal for one that cannot be read."""
        return self.typing.row(line.number, line.cells)


def sheet_of(table: Table, name: str, source: Source, mapped: Mapping[str, str], order: Order | None = None) -> Sheet:
    """Look a table of accounts through to its end; `name` is what a refusal calls it.

    `mapped` says outright where a field stands, `order` how days are written. Raises Refusal for a table without a
    column of names, or with days that can be read in two ways.
    """
    headers = [header.strip() for header in table.header.cells]
    found = columns(headers, source.SYNONYMS, mapped)
    if "name" not in found.at:
        raise _nameless(name, headers)
    days = {day: DayColumn() for day in DAYS if day in found.at}
    words = {each: WordColumn(read) for each, read in WORDS.items() if each in found.at}
    seen: dict[str, DayColumn | WordColumn] = {**days, **words}
    count = _seen(table, [(found.at[each], column) for each, column in seen.items()])
    left_out = _left_out(words)
    remarks = [f"More than one column is called “{header}”: the first was used." for header in found.repeated]
    remarks += [_odd(found, each, column) for each, column in words.items() if column.odd and each not in left_out]
    shape = Shape(
        at={each: at for each, at in found.at.items() if each not in left_out},
        headers={each: found.headers[at] for each, at in found.at.items()},
        orders={day: order or each.order(found.headers[found.at[day]]) for day, each in days.items()},
        id_source=_id_source(found, source),
        currency=found.currency,
        title=source.TITLE,
        other_ids=_other_ids(found, source) if "id" not in mapped else (),
    )
    unused = _unused(found, left_out, {at for at, _ in shape.other_ids})
    return Sheet(Typing(shape), count, _surest(shape), unused, tuple(remarks))


def _nameless(name: str, headers: list[str]) -> Refusal:
    there = [" ".join(header.split()) for header in headers if header]
    listed = ", ".join(cells.quoted(header) for header in there[:_MOST_HEADERS])
    more = " and more" if len(there) > _MOST_HEADERS else ""
    only = f", only {listed}{more}" if there else ""
    return Refusal(
        f"{name} has no column that names accounts{only}: its first line must name the columns, one of them "
        "Account, Company, Customer or Name; or say which with --map name=COLUMN."
    )


def _seen(table: Table, columns: list[tuple[int, DayColumn | WordColumn]]) -> int:
    """Take every row into account; how many there are."""
    count = 0
    for line in table.lines:
        count += 1
        row = line.cells
        for at, column in columns:
            if at < len(row) and not line.fault:
                column.see(row[at])
    return count


def _left_out(words: Mapping[str, WordColumn]) -> frozenset[str]:
    """The columns of tiers or pulses that mean something else; a colour says nothing beside her own pulse."""
    out = {each for each, column in words.items() if not column.read or (each == "health" and column.odd)}
    return frozenset(out | ({"health"} if {"health", "pulse"} <= words.keys() and "pulse" not in out else set()))


def _odd(found: Columns, name: str, column: WordColumn) -> str:
    listed = ", ".join(cells.quoted(text) for text in column.odd)
    more = f" and {column.more:,} more" if column.more else ""
    return f"The column “{found.headers[found.at[name]]}” was left out where it says {listed}{more}."


def _id_source(found: Columns, source: Source) -> str:
    """Whose ids the column holds: the source's own, unless its header names another system."""
    header = found.headers[found.at["id"]] if "id" in found.at else ""
    return source.ID_SOURCES.get(plain(header), source.NAME)


def _other_ids(found: Columns, source: Source) -> tuple[tuple[int, str], ...]:
    """The columns of ids of other systems beside that of ids, such as `Salesforce ID`."""
    used = set(found.at.values())
    named = ((at, source.ID_SOURCES.get(plain(header))) for at, header in enumerate(found.headers) if at not in used)
    return tuple((at, name) for at, name in named if name is not None)


def _surest(shape: Shape) -> Doubt:
    return Doubt.ID if "id" in shape.at or shape.other_ids else Doubt.DOMAIN if "domain" in shape.at else Doubt.NAME


def _unused(found: Columns, left_out: frozenset[str], other_ids: set[int]) -> tuple[str, ...]:
    unused = {*found.unused, *(found.headers[found.at[name]] for name in left_out)}
    unused -= {found.headers[at] for at in other_ids}
    return tuple(dict.fromkeys(header for header in found.headers if header in unused))
