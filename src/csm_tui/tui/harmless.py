"""The last gate before the terminal: of what is painted, nothing that steers it passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

from csm_tui import safe
from csm_tui.glyphs import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.color import Color


class Harmless(LineFilter):
    """Whatever could steer the terminal is made visible, and signs are drawn as was set."""

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._drawn: Callable[[str], str] = plain if ascii_only else str

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same segments, with harmless text."""
        if all(segment.control or (segment.text.isascii() and segment.text.isprintable()) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(self._drawn(safe.steerless(segment.text, cell_len)), segment.style)
            for segment in segments
        ]
