"""On which line of a playbook's text a table and its fields stand; tomllib does not tell."""

from __future__ import annotations

import re

from csm_tui.typed import NamedTuple

_OPAQUE = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*''',
    re.DOTALL,
)
"""Texts and comments: what looks like a table or a field inside them is none."""
_HEADER = re.compile(r"""\s*\[\[?\s*["']?([\w.\-]+)["']?\s*\]\]?\s*$""")
_KEY = re.compile(r"""\s*(["']?)([\w\-]+)\1\s*[=.]""")


class Lines(NamedTuple):
    """Where fields are given, by table, the how-manieth of them, and name; the name "" is the table's heading."""

    given: dict[tuple[str, int, str], int]

    def of(self, table: str, at: int, field: str) -> int:
        """The line of a field, else of the heading of its table, else the first."""
        return self.given.get((table, at, field)) or self.given.get((table, at, "")) or 1


def lines(text: str) -> Lines:
    """Where everything stands in a text that is TOML."""
    given: dict[tuple[str, int, str], int] = {}
    counts: dict[str, int] = {}
    table, at = "", 0
    for number, line in enumerate(_OPAQUE.sub(_blanked, text).split("\n"), 1):
        if header := _HEADER.match(line):
            table = header.group(1)
            at = counts[table] = counts.get(table, 0) + 1
            given[table, at, ""] = number
            given.setdefault(("", 0, table), number)
        elif key := _KEY.match(line):
            given.setdefault((table, at, key.group(2)), number)
    return Lines(given)


def _blanked(found: re.Match[str]) -> str:
    """A text of one line stays (it may be the name of a field); of others and of comments only the line ends."""
    piece = found.group()
    several = piece.startswith(("#", '"""', "'''"))
    return "\n" * piece.count("\n") if several else piece
