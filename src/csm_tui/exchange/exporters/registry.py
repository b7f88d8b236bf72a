"""Every format in which a list can be exported, and every list that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from csm_tui.exchange.exporters import csv_file, json_file, markdown
from csm_tui.views.exports import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csm_tui.exchange.exporters import Out
    from csm_tui.views.exports import Column, Row


class Format(Protocol):
    """What the file of a format holds: its name, and how rows are written."""

    @property
    def NAME(self) -> str: ...  # noqa: N802

    def write(self, stream: Out, columns: Sequence[Column], rows: Iterable[Row]) -> int:
        """Write the rows one by one, and say how many there were."""


FORMATS: tuple[Format, ...] = (csv_file, json_file, markdown)
BY_NAME = {each.NAME: each for each in FORMATS}

BOOK = "book"
WHAT = (*LISTS, BOOK)
"""Everything that can be exported; the whole book in a format of its own."""
