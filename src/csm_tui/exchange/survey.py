"""A file looked through once: its source, its kind, its columns, how its days are written, how many rows it has.

The rows themselves are read in a second pass, one by one, so that no file has to fit into memory.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from csm_tui.actions.import_outcome import Remark
from csm_tui.domain.errors import Refusal
from csm_tui.exchange import cells, dialect
from csm_tui.exchange.accounts_file import sheet_of
from csm_tui.exchange.cells import DayColumn, Order
from csm_tui.exchange.columns import FIELDS, Columns, columns, plain
from csm_tui.exchange.importers.headers import ACCOUNTS, PROMISES, kind_of
from csm_tui.exchange.importers.registry import BY_NAME, KIND_BY_NAME, KIND_NAMES, recognised
from csm_tui.exchange.row_cells import MOST_ODD, RowCells, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from csm_tui.exchange.accounts_file import Sheet
    from csm_tui.exchange.dialect import Dialect, Line
    from csm_tui.exchange.given import Given
    from csm_tui.exchange.importers.registry import Source

FIELDS_BY_KIND = {
    ACCOUNTS: FIELDS,
    **{name: tuple(word for word in kind.WORDS if word != "deleted") for name, kind in KIND_BY_NAME.items()},
}
"""What `--map` can name, by kind."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about the files: source and kind, the columns of fields, how days are written, the currency of
    new accounts whose line names none.
    """

    source: str | None = None
    kind: str | None = None
    mapped: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A file that can be imported. `sheet` is there for accounts, `shape` for every other kind.

    `mapped` is what was said or remembered about its columns, `header` what that is remembered by.
    """

    given: Given
    source: Source
    kind: str
    headers: tuple[str, ...]
    mapped: Mapping[str, str]
    told: tuple[str, ...]
    count: int
    sheet: Sheet | None = None
    shape: Shape | None = None
    dialect: Dialect | None = None

    @property
    def header(self) -> str:
        """The header in its normal form, in whatever order the columns stand."""
        return normal_header(self.headers)

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers that were not used."""
        return self.sheet.unused if self.sheet is not None else self.shape.found.unused if self.shape else ()

    def __iter__(self) -> Iterator[Any]:
        """The rows one by one, each as its kind reads it, or as a line with the reason why it cannot be read."""
        width, read = len(self.headers), self._reads()
        with self.given.stream() as stream, dialect.table(stream, self.given.name, self.dialect) as table:
            for line in table.lines:
                try:
                    if line.fault or len(line.cells) > width:
                        _refuse_astray(line, width)
                    yield read(line)
                except Refusal as refusal:
                    yield Remark(line.number, str(refusal))

    def _reads(self) -> Callable[[Line], Any]:
        """How a row is read."""
        if self.sheet is not None:
            return self.sheet.row
        shape, row = self.shape, KIND_BY_NAME[self.kind].row
        assert shape is not None
        return lambda line: row(RowCells(line.number, line.cells, shape))

    def odd_words(self) -> list[str]:
        """What there is to tell once the rows have been read: words that were left out, lines that were helped."""
        told = [f"{count:,} of the lines {text}" for text, count in (self.shape.counted if self.shape else {}).items()]
        for name, words in (self.shape.odd if self.shape is not None else {}).items():
            listed = ", ".join(cells.quoted(word) for word in list(words)[:MOST_ODD])
            more = " and more" if len(words) > MOST_ODD else ""
            if words and self.shape is not None:
                told.append(f"The column “{self.shape.header(name)}” was left out where it says {listed}{more}.")
        return told


def _refuse_astray(line: Line, width: int) -> None:
    if line.fault:
        raise Refusal(line.fault)
    if any(cell.strip() for cell in line.cells[width:]):
        raise Refusal(f"has {len(line.cells)} cells where the header has {width}")


def normal_header(headers: Sequence[str]) -> str:
    """What two files share whose columns are the same, in whatever order, case and spacing."""
    return json.dumps(sorted(plain(header) for header in headers), ensure_ascii=False, separators=(",", ":"))


def surveyed(given: Given, said: Said, remembered: Mapping[str, Mapping[str, str]]) -> Surveyed:
    """Look a file through. `remembered` is what was said earlier about columns, by header and field.

    Raises Refusal for a file that is no table, that holds something that is not taken, that lacks a column it needs, or
    whose days can be read in two ways.
    """
    with given.stream() as stream, dialect.table(stream, given.name) as table:
        headers = tuple(header.strip() for header in table.header.cells)
        source = BY_NAME[said.source] if said.source else recognised(headers)
        kind = said.kind or _kind(headers, said, given.name)
        mapped, told = _mapped(headers, kind, said, remembered)
        file = Surveyed(given, source, kind, headers, mapped, tuple(told), 0)
        return (_accounts if kind == ACCOUNTS else _listed)(file, table, said)


def _kind(headers: Sequence[str], said: Said, name: str) -> str:
    kind = kind_of(headers)
    if kind in KIND_NAMES:
        return kind
    if "name" in said.mapped:
        return ACCOUNTS
    if kind == PROMISES:
        raise Refusal(
            f"{name} holds promises, which cannot be imported on their own: `csm export book` writes them with all "
            "the rest, and `csm import` reads that into a book that is empty."
        )
    raise Refusal(
        f"{name} holds {kind}, which cannot be imported. Export one of {', '.join(KIND_NAMES)}; or, where the "
        "header misleads, say what it holds with --as, such as --as own:accounts."
    )


def _mapped(
    headers: Sequence[str], kind: str, said: Said, remembered: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, str], list[str]]:
    """The columns that were said or remembered, and what is told about the remembered ones."""
    fields = FIELDS_BY_KIND[kind]
    known = {plain(header) for header in headers}
    earlier = {
        name: column
        for name, column in remembered.get(normal_header(headers), {}).items()
        if name in fields and name not in said.mapped
    }
    told = [f"“{column}” is read as {name}, as you said for this header before." for name, column in earlier.items()]
    now = {name: col for name, col in said.mapped.items() if name in fields and (not col or plain(col) in known)}
    return {**earlier, **now}, told


def _accounts(file: Surveyed, table: dialect.Table, said: Said) -> Surveyed:
    """A list of accounts."""
    sheet = sheet_of(table, file.given.name, file.source, file.mapped, said.order)
    told = (*file.told, *table.remarks, *sheet.remarks)
    return replace(file, sheet=sheet, count=sheet.count, told=told, dialect=table.dialect)


def _listed(file: Surveyed, table: dialect.Table, said: Said) -> Surveyed:
    """A list of another kind: its columns, and how each of its columns of days is written."""
    kind, name = KIND_BY_NAME[file.kind], file.given.name
    found = columns(file.headers, file.source.WORDS.get(file.kind, {}), file.mapped, kind.WORDS)
    for fields, what in kind.NEEDS:
        if not any(one in found.at for one in fields):
            raise Refusal(
                f"{name} looks like a list of {file.kind}, but has no column of {what}: export it with that "
                "column, or name one with --map, or say with --as what the file holds."
            )
    days = {day: DayColumn() for day in kind.DAYS if day in found.at}
    count = _seen(table, found, days)
    orders = {day: said.order or seen.order(file.headers[found.at[day]]) for day, seen in days.items()}
    told = [f"More than one column is called “{header}”: the first was used." for header in found.repeated]
    shape = Shape(file.source, found, orders, {}, Counter(), {})
    told = [*file.told, *table.remarks, *told]
    return replace(file, told=tuple(told), count=count, shape=shape, dialect=table.dialect)


def _seen(table: dialect.Table, found: Columns, days: Mapping[str, DayColumn]) -> int:
    """Take every row into account; how many there are."""
    places = [(found.at[day], seen) for day, seen in days.items()]
    count = 0
    for line in table.lines:
        count += 1
        for at, seen in places:
            if at < len(line.cells):
                seen.see(line.cells[at])
    return count
