"""What a list says that has nothing to show: a sentence, and the keys that fill it, wrapped to the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.tui.widgets.cells import Cell, wrap
from csm_tui.tui.widgets.sheet import BLANK, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Said = tuple[str, ...]
"""Lines: a sentence, nothing, or a key and what it does, with KEY between them."""

KEY = "\t"
INDENT = 4

EMPTY_BOOK: Said = (
    "The book is empty.",
    "Three ways to begin:",
    "",
    f"I{KEY}imports the lists of your CRM, or your own sheets",
    f"a{KEY}adds the first account by hand",
    f"T{KEY}tries everything on a made-up book",
    "",
    "Then l logs a call in one line, and Today says who needs you next. u undoes whatever was done.",
)

NO_ACCOUNT: Said = (
    "The account under the cursor stands here:",
    "how it is and why, what is due, its plans, people and promises, and all that was said.",
)


def rows(said: Sequence[str], width: int) -> list[Row]:
    """The lines as rows that cannot be chosen; a list that has not been laid out yet wraps nothing."""
    return [row for text in said for row in _rows(text, width - 2 if width > INDENT else len(text) + INDENT)]


def _rows(text: str, width: int) -> Iterator[Row]:
    if not text:
        yield BLANK
        return
    key, _, told = text.rpartition(KEY)
    indent = INDENT if key else 0
    for number, part in enumerate(wrap(told, width - indent)):
        head = key if number == 0 else ""
        yield Row("", lambda _width, head=head, part=part: [  # type: ignore[misc]
            Cell(" "), Cell(head.ljust(indent), "accent bold"), Cell(part, "muted"),
        ])  # fmt: skip
