"""What comes from a terminal: what was typed told from what was pasted, of which no letter is ever a key.

A terminal marks where a paste begins and ends. Textual takes an end mark inside the pasted text for the end, and a
sequence of escape inside it for keys; here a paste ends with the last mark before the terminal falls silent.
"""

from __future__ import annotations

from typing import NamedTuple

BEGIN, END = "\x1b[200~", "\x1b[201~"
AT_ONCE = 1 << 16
"""Bytes that are read at a time."""
SILENCE = 0.05
"""Seconds without a sign after which a paste that has its end mark is whole."""


class Piece(NamedTuple):
    """Some of what came, and whether it was pasted."""

    text: str
    pasted: bool


class Incoming:
    """Sorts the signs of a terminal as they come."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._pasting = False

    @property
    def waits(self) -> bool:
        """Whether something is held back until the terminal is silent."""
        return bool(self._held)

    def came(self, text: str) -> list[Piece]:
        """What can be passed on at once: what was typed before a paste."""
        if self._pasting:
            self._held.append(text)
            return []
        text = "".join(self._held) + text
        self._held.clear()
        typed, mark, rest = text.partition(BEGIN)
        if mark:
            self._pasting, self._held = True, [rest]
        else:
            least = 1 if len(text) > 1 else 2  # a lone escape is the key
            kept = next((size for size in range(len(BEGIN) - 1, least - 1, -1) if text.endswith(BEGIN[:size])), 0)
            typed, self._held = text[: len(text) - kept], [text[len(text) - kept :]] if kept else []
        return [Piece(typed, pasted=False)] if typed else []

    def silent(self) -> list[Piece]:
        """Nothing came for a moment: a paste that has its end is whole, with whatever marks there are in it."""
        text = "".join(self._held)
        if self._pasting and END not in text:
            self._held = [text]
            return []
        pasted, _, typed = text.rpartition(END) if self._pasting else ("", "", text)
        found = [Piece(pasted.replace(END, "").replace(BEGIN, ""), pasted=True)] if self._pasting else []
        self._pasting = False
        self._held.clear()
        return [*found, *([Piece(typed, pasted=False)] if typed else [])]
