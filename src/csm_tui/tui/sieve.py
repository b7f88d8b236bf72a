"""The filter of one list: what was typed, as far as it can be read, asked of rows that are looked up once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from csm_tui.domain.filters import Filter, matches, narrower, understood
from csm_tui.views.filters import Known, known

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.store.connection import Reading
    from csm_tui.views.filters import Abouts


class LookedUp(NamedTuple):
    """What the book knows that a filter may ask for, and with it the rows of these lines, by their keys."""

    known: Known
    lines: dict[str, Any]
    rows: dict[str, RowFacts]


def looked_up(reading: Reading, lines: dict[str, Any], facts: Callable[[Any, Abouts], RowFacts]) -> LookedUp:
    """Look up, off the screen's thread, what the first letter of a filter will ask of every line."""
    found = known(reading)
    return LookedUp(found, lines, {key: facts(one, found.about) for key, one in lines.items()})


class Sieve:
    """Lets rows through by their keys. `facts` says what is known of the row of a key."""

    def __init__(self, fields: frozenset[str], facts: Callable[[str, Abouts], RowFacts]) -> None:
        self._fields, self._facts = fields, facts
        self._rows: dict[str, RowFacts] = {}
        self._known = Known({}, [])
        self._wanted = Filter()
        self._last: tuple[Filter, Sequence[str], list[str]] | None = None
        """What was asked for last, of which keys, and what came of it."""
        self.text = ""
        self.wrong = ""

    def set(self, text: str) -> None:
        """Take another filter."""
        self.text = text.strip()
        self._wanted, self.wrong = understood(text, self._fields, self._known.texts)

    def know(self, known: Known, rows: dict[str, RowFacts] | None = None) -> None:
        """What the book knows that a filter may ask for, and the rows that were looked up with it."""
        self._known = known
        self._rows = rows if rows is not None else {}
        self._last = None
        self.set(self.text)

    def forget(self) -> None:
        """The rows have changed."""
        self._rows, self._last = {}, None

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return bool(self._wanted.terms)

    def through(self, keys: Sequence[str]) -> list[str]:
        """The keys of the rows that match; with another letter only those that did are looked at again."""
        left = keys
        if self._last is not None and self._last[1] is keys and narrower(self._wanted, self._last[0]):
            left = self._last[2]
        found = [key for key in left if matches(self._wanted, self._row(key))]
        self._last = self._wanted, keys, found
        return found

    def _row(self, key: str) -> RowFacts:
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = self._facts(key, self._known.about)
        return row
