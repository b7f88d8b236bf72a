"""A list as a Markdown table: a line break in a cell is `<br>`, a sign that would mean something has a backslash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csm_tui.views.exports import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from csm_tui.exchange.exporters import Out
    from csm_tui.views.exports import Column, Row

NAME = "md"

_SIGNS = re.compile(r"[\\|`*_<>\[\]#&~!]")
_BREAKS = {"\n": "<br>", "\r": "<br/>"}
_MEANT = {written: sign for sign, written in _BREAKS.items()}


def escaped(text: str) -> str:
    """A text as one cell that reads as it stands."""
    return re.sub("[\n\r]", lambda found: _BREAKS[found[0]], _SIGNS.sub(r"\\\g<0>", text))


def unescaped(cell: str) -> str:
    """The text of a cell."""
    return re.sub(r"\\(.)|<br/?>", lambda found: found[1] or _MEANT[found[0]], cell)


def write(stream: Out, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write a header and the rows one by one, and say how many there were."""
    stream.write(_line(column.header for column in columns))
    stream.write("| " + " | ".join("---" for _ in columns) + " |\n")
    count = 0
    for row in rows:
        stream.write(_line(as_text(column, value) for column, value in zip(columns, row, strict=True)))
        count += 1
    return count


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |\n"


def read(stream: TextIO) -> list[list[str]]:
    """What was written, header and all, as text."""
    lines = [line for at, line in enumerate(stream) if at != 1]
    return [[unescaped(cell) for cell in line[2:-3].split(" | ")] for line in lines]
