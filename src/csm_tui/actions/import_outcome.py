"""What became of the lines of a file: how many, the first of them in words, and every refusal with its reason."""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar, overload

from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Row = TypeVar("Row")

MOST_NEW, MOST_CHANGED, MOST_REMARKS = 20, 1000, 100
"""How many lines are told in words; all are counted."""


class FieldChange(NamedTuple):
    """One fact that a line changes, in words: nothing old where there was nothing."""

    field: str
    old: str
    new: str


class Remark(NamedTuple):
    """A line, and why it was refused."""

    line: int
    reason: str


class NewLine(NamedTuple):
    """A line that the book did not have, and what it is called."""

    line: int
    name: str


class ChangedLine(NamedTuple):
    """A line that knows something else, or more, than the book."""

    line: int
    name: str
    fields: tuple[FieldChange, ...]


class Refusals(Sequence[Remark]):
    """Lines and their reasons in a few bytes each: a file of a million lines may be refused line by line."""

    def __init__(self, remarks: Iterable[Remark] = ()) -> None:
        self._lines = array("L")
        self._reasons = array("I")
        self._words: dict[str, int] = {}
        self._said: list[str] = []
        for remark in remarks:
            self.put(remark)

    def put(self, remark: Remark) -> None:
        """One more line."""
        at = self._words.setdefault(remark.reason, len(self._said))
        if at == len(self._said):
            self._said.append(remark.reason)
        self._lines.append(remark.line)
        self._reasons.append(at)

    def sort(self) -> None:
        """Put the lines into the order of the file."""
        if any(later < line for line, later in pairwise(self._lines)):
            order = sorted(range(len(self._lines)), key=self._lines.__getitem__)
            self._lines = array("L", (self._lines[at] for at in order))
            self._reasons = array("I", (self._reasons[at] for at in order))

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> Remark: ...
    @overload
    def __getitem__(self, at: slice) -> list[Remark]: ...
    def __getitem__(self, at: int | slice) -> Remark | list[Remark]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return Remark(self._lines[at], self._said[self._reasons[at]])

    def __iter__(self) -> Iterator[Remark]:
        return (self[at] for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)


class Outcome:
    """What became of every line so far; each line ends in one of the four ways."""

    def __init__(self) -> None:
        self.new = self.changed = self.unchanged = 0
        self.first_new: list[NewLine] = []
        self.first_changed: list[ChangedLine] = []
        self.refused = Refusals()
        self.remarks: list[str] = []
        self._remarked = 0

    def add(self, line: int, name: str) -> None:
        """A line was new."""
        self.new += 1
        if len(self.first_new) < MOST_NEW or line < self.first_new[-1].line:
            insort(self.first_new, NewLine(line, name))
            del self.first_new[MOST_NEW:]

    def change(self, line: int, name: str, fields: Sequence[FieldChange]) -> None:
        """A line changed facts, or none."""
        if not fields:
            self.unchanged += 1
            return
        self.changed += 1
        if len(self.first_changed) < MOST_CHANGED or line < self.first_changed[-1].line:
            insort(self.first_changed, ChangedLine(line, name, tuple(fields)))
            del self.first_changed[MOST_CHANGED:]

    def refuse(self, line: int, reason: str) -> None:
        """A line cannot go in."""
        self.refused.put(Remark(line, reason))

    def remark(self, line: int, reason: str) -> None:
        """Something should be known about a line that went in; the first hundred are told."""
        self._remarked += 1
        if self._remarked <= MOST_REMARKS:
            self.remarks.append(f"Line {line}: {reason}.")
        else:
            more = self._remarked - MOST_REMARKS
            self.remarks[MOST_REMARKS:] = [f"There is as much to say about {more:,} more lines."]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outcome) and vars(self) == vars(other)


def take_all(rows: Iterable[Row | Remark], take: Callable[[Row], None], outcome: Outcome) -> None:
    """Hand over each line that could be read; the others are refused with their reason."""
    for row in rows:
        if isinstance(row, Remark):
            outcome.refuse(*row)
        else:
            take(row)
