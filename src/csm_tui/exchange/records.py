"""Lines of text as rows of cells, each with the number of the line on which it begins; one that is astray stands alone.

A quotation mark that is not closed would swallow every row below it. Its row is given with its fault, and reading goes
on at the next line that is a whole row by itself.
"""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.errors import Refusal
from csm_tui.exchange.exporters.csv_file import unguarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LONGEST_LINE = 1 << 22
"""Characters in one line, and in one row: more is a file without line ends, not a table."""

MOST_LINES = 10_000
"""Lines in one row: more is a quotation mark that was never closed."""

_NO_ACCIDENT = 4
"""Delimiters in the lines of one cell, from which on it is no accident that they stand as in rows."""

ASTRAY = (
    "a quotation mark in the row that begins there is not closed, or stands in the middle of a quoted cell: "
    "take it out or double it"
)


class Line(NamedTuple):
    """One row: the number of the line on which it begins, and its cells.

    Where `fault` says why it cannot be read as a row, its cells are its text as it stands.
    """

    number: int
    cells: list[str]
    fault: str = ""


class Records:
    """The rows of a text, one by one; blank ones are passed over, and `width` is that of the header, once known."""

    def __init__(self, readline: Callable[[int], str], delimiter: str, name: str) -> None:
        self._readline = readline
        self._delimiter = delimiter
        self._name = name
        self.line = 0
        """The number of the line that was read last."""
        self._row: list[str] = []
        self._size = 0
        self._again: deque[str] = deque()
        self.width = 0
        csv.field_size_limit(LONGEST_LINE)

    def __iter__(self) -> Iterator[Line]:
        """Every row that is not blank, and every one that is astray.

        Most lines are whole rows, and are cut as such: those without a quotation mark at its delimiters.
        """
        delimiter, padded = self._delimiter, f"{self._delimiter} "
        fed: deque[str] = deque()
        reader = self._reader(iter(fed.popleft, None))
        while line := self._line():
            if '"' not in line and padded not in line:
                cells = line.rstrip("\r\n").split(delimiter)
            else:
                fed.append(line)
                try:
                    cells = next(reader)
                except (csv.Error, IndexError):  # the row goes on, or is astray
                    reader = self._reader(iter(fed.popleft, None))
                    found = self._longer(line)
                    if found is not None:
                        yield found
                    continue
            if "'" in line:
                cells = [unguarded(cell) for cell in cells]
            if cells and (cells[0].strip() or "".join(cells).strip()):
                yield Line(self.line, cells)

    def _reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self._delimiter, strict=True, skipinitialspace=True)

    def _longer(self, line: str) -> Line | None:
        """A row that is not whole with its first line, which was read last."""
        self._again.appendleft(line)
        self.line -= 1
        return self._record()

    def _record(self) -> Line | None:
        """The row that begins with the next line, which may be astray; None for a blank one."""
        self._row.clear()
        self._size = 0
        began = self.line + 1
        try:
            cells = next(self._reader(self._lines()), None)
        except csv.Error:
            return self._astray(began)
        if cells is None:
            return None
        if len(self._row) > 1 and self._swallowed(self._row):
            return self._astray(began)
        said = "".join(cells)
        if not said or said.isspace():
            return None
        return Line(began, [unguarded(cell) for cell in cells] if "'" in said else cells)

    def passed(self) -> str:
        """The next line, which is no row."""
        return self._line()

    def _lines(self) -> Iterator[str]:
        """The lines as they come, each kept until its row is whole."""
        row = self._row
        while line := self._line():
            row.append(line)
            self._size += len(line)
            if self._size > LONGEST_LINE or len(row) > MOST_LINES:
                raise Refusal(f"{self._name}, line {self.line + 1 - len(row)}: {ASTRAY}.")
            yield line

    def _line(self) -> str:
        if self._again:
            line = self._again.popleft()
        else:
            line = self._readline(LONGEST_LINE)
            if len(line) >= LONGEST_LINE:
                raise Refusal(f"{self._name}, line {self.line + 1}: the line has no end: this is not a table of lines.")
        if line:
            self.line += 1
        return line

    def _astray(self, began: int) -> Line:
        """The row that is astray; what it had swallowed is given back, from its first whole row on."""
        lines = list(self._row)
        kept = next((at for at in range(1, len(lines)) if self._whole(lines[at])), len(lines))
        self._again.extendleft(reversed(lines[kept:]))
        self.line = began + kept - 1
        until = f" (lines {began} to {began + kept - 1})" if kept > 1 else ""
        return Line(began, ["".join(lines[:kept]).rstrip("\r\n")], f"{ASTRAY}{until}")

    def _whole(self, line: str) -> bool:
        """Whether a line is a row by itself, as wide as the header."""
        try:
            cells = next(self._reader([line]), [])
        except csv.Error:
            return False
        return len(cells) == (self.width or len(cells)) and bool("".join(cells).strip())

    def _swallowed(self, row: list[str]) -> bool:
        """Whether each line of a row would be a row of its own, were its quotation marks not there."""
        wanted = self.width - 1
        if wanted * (len(row) - 1) < _NO_ACCIDENT:
            return False
        return all(line.count(self._delimiter) == wanted for line in row)
