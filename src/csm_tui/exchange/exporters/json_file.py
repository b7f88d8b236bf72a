"""A list as JSON: one array with an object a row, each on a line of its own, whose text can steer no terminal."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from csm_tui.safe import STEERING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from csm_tui.exchange.exporters import Out
    from csm_tui.views.exports import Column, Row

NAME = "json"


def encoded(value: object) -> str:
    """One value on one line; characters that could steer a terminal stand as their escapes."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if text.isprintable() else re.sub(STEERING, lambda found: json.dumps(found.group())[1:-1], text)


def write(stream: Out, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write the rows one by one, and say how many there were."""
    keys = [column.key for column in columns]
    return write_array(stream, (dict(zip(keys, row, strict=True)) for row in rows))


def write_array(stream: Out, values: Iterable[object]) -> int:
    """Write an array with a value a line, and say how many there were."""
    stream.write("[")
    count = 0
    for count, value in enumerate(values, 1):
        stream.write(f"{',' if count > 1 else ''}\n{encoded(value)}")
    stream.write("\n]\n" if count else "]\n")
    return count


def read(stream: TextIO) -> list[dict[str, object]]:
    """What was written."""
    found: list[dict[str, object]] = json.load(stream)
    return found
