"""One file per format in which lists go out: text streams, never paths."""

from __future__ import annotations

from typing import Protocol


class Out(Protocol):
    """What a list is written to: a file, a pipe, or a terminal that is kept from being steered."""

    def write(self, text: str, /) -> object:
        """Take a piece of text."""
