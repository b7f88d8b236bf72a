"""What became of the lines of a file: how many, the first of them in words, and every refusal with its reason."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from csm_tui.actions.import_accounts import FieldChange, Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_NEW, MOST_CHANGED = 20, 1000
"""How many lines are told in words; all are counted."""


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
        self._lines = array("Q")
        self._reasons = array("L")
        self._words: dict[str, int] = {}
        self._said: list[str] = []
        for remark in remarks:
            self.put(remark)

    def put(self, remark: Remark) -> None:
        """One more line, in the order of the file."""
        at = self._words.setdefault(remark.reason, len(self._said))
        if at == len(self._said):
            self._said.append(remark.reason)
        self._lines.append(remark.line)
        self._reasons.append(at)

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

    __hash__ = None  # type: ignore[assignment]


class Outcome:
    """What became of every line so far; each line ends in one of the four ways."""

    def __init__(self) -> None:
        self.new = self.changed = self.unchanged = 0
        self.first_new: list[NewLine] = []
        self.first_changed: list[ChangedLine] = []
        self.refused = Refusals()
        self.remarks: list[str] = []

    def add(self, line: int, name: str) -> None:
        """A line was new."""
        self.new += 1
        if len(self.first_new) < MOST_NEW:
            self.first_new.append(NewLine(line, name))

    def change(self, line: int, name: str, fields: Sequence[FieldChange]) -> None:
        """A line changed facts, or none."""
        if not fields:
            self.unchanged += 1
            return
        self.changed += 1
        if len(self.first_changed) < MOST_CHANGED:
            self.first_changed.append(ChangedLine(line, name, tuple(fields)))

    def refuse(self, line: int, reason: str) -> None:
        """A line cannot go in."""
        self.refused.put(Remark(line, reason))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outcome) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]
