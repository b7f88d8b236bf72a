"""Which rows of a table the lines of a file have spoken for: what is needed of millions of them takes one bit each."""

from __future__ import annotations


class SpokenFor:
    """The ids of rows, of which each was added or not."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def __contains__(self, row_id: int) -> bool:
        return row_id >> 3 < len(self._bits) and bool(self._bits[row_id >> 3] & (1 << (row_id & 7)))

    def add(self, row_id: int) -> None:
        """From now on it is in."""
        if row_id >> 3 >= len(self._bits):
            self._bits.extend(bytes((row_id >> 3) + 1024 - len(self._bits)))
        self._bits[row_id >> 3] |= 1 << (row_id & 7)
