"""A list as CSV: what a spreadsheet would take for a formula gets an apostrophe, which reading takes off again."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from csm_tui.views.exports import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from csm_tui.exchange.exporters import Out
    from csm_tui.views.exports import Column, Row

NAME = "csv"

_FORMULA = re.compile("'*[=+\\-@\t\r]")
_GUARDED = re.compile("'+[=+\\-@\t\r]")


def guarded(text: str) -> str:
    """A text that no spreadsheet calculates; one that looks guarded already gets one apostrophe more."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded, or any other as it is."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text


def write(stream: Out, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write a header and the rows one by one, and say how many there were."""
    writer = csv.writer(stream)
    writer.writerow([column.header for column in columns])
    count = 0
    for row in rows:
        writer.writerow([guarded(as_text(column, value)) for column, value in zip(columns, row, strict=True)])
        count += 1
    return count


def write_texts(stream: Out, rows: Iterable[Sequence[str]]) -> int:
    """Write rows of text as they are shown, without a header."""
    writer = csv.writer(stream)
    count = 0
    for row in rows:
        writer.writerow([guarded(text) for text in row])
        count += 1
    return count


def read(stream: TextIO) -> list[list[str]]:
    """What was written, header and all, as text."""
    return [[unguarded(cell) for cell in row] for row in csv.reader(stream, strict=True)]
