"""A log line falls into tokens at its white space; quotes hold one together, a backslash makes one a word.

- A quote opens where a token starts with it, or with a sign and it (`@"`, `>"`, `<"`, `we:"`, `they:"`), and
  only where a closing quote follows. The token runs to the white space after the closing quote. Elsewhere,
  and where nothing closes it, a quote is a plain character.
- A backslash at a token's start is dropped and makes it a word, up to the next white space, so two of them at
  a token's start are one. A backslash on its own, and one inside a token, are plain characters.
- A summary is one line: white space inside quotes counts as one blank.
"""

from __future__ import annotations

import re

from csm_tui.typed import NamedTuple

_PIECE = re.compile(r"\S+")
_REST = re.compile(r"\S*")
_OPENING = re.compile(r'(?:[@<>]|we:|they:)?"', re.IGNORECASE)


class Token(NamedTuple):
    """One token, where it stands in the typed text, and its text as the summary would have it."""

    start: int
    end: int
    text: str
    bare: bool
    """Neither in quotes nor behind a backslash: it may be read as something."""


def tokens(text: str) -> list[Token]:
    """All tokens of a line, in order."""
    found: list[Token] = []
    while token := token_at(text, found[-1].end if found else 0):
        found.append(token)
    return found


def token_at(text: str, at: int) -> Token | None:
    """The first token that starts at or after a place; None at the end of the text."""
    piece = _PIECE.search(text, at)
    if piece is None:
        return None
    start, end, typed = piece.start(), piece.end(), piece.group()
    if typed[0] == "\\" and len(typed) > 1:
        return Token(start, end, typed[1:], bare=False)
    end = _closed_end(text, start) or end
    return Token(start, end, " ".join(text[start:end].split()), bare=typed[0] != '"')


def first_piece(text: str, at: int) -> str:
    """What stands from a place to the next white space, quotes or not."""
    piece = _REST.match(text, at)
    return piece.group() if piece else ""


def is_unclosed(text: str) -> bool:
    """Whether the token opens a quote that it does not close, and a later quote would."""
    opening = _OPENING.match(text)
    return opening is not None and '"' not in text[opening.end() :]


def without_quotes(text: str) -> str:
    """The text with its opening and closing quote dropped; as it is where it has no such pair."""
    inside, closing, tail = text[1:].partition('"')
    return " ".join((inside + tail).split()) if text[:1] == '"' and closing else text


def _closed_end(text: str, start: int) -> int | None:
    """Where the token ends that opens a quote at `start`; None where none opens or nothing closes it."""
    opening = _OPENING.match(text, start)
    closing = text.find('"', opening.end()) if opening else -1
    return closing + len(first_piece(text, closing)) if closing >= 0 else None
