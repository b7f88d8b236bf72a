"""A line that was read can be written again, and reading what was written gives the same line.

The law, for every text: `parse(format(line, today), today)` equals `line` apart from its marks, where `line`
was read on the same day. Contacts that were unknown are words by then, and are written as words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from csm_tui.domain.logline import LogLine, ReadPromise
from csm_tui.domain.logline_direction import default_direction
from csm_tui.domain.logline_tokens import Token, first_piece, is_unclosed, token_at
from csm_tui.domain.logline_words import (
    ARROWS,
    MOODS,
    contact,
    head_word,
    is_comparison,
    is_sign,
    lone_promise,
    names_day,
)
from csm_tui.domain.touchpoints import Side

Reads = Callable[[int, Token, Token | None, str | None], bool]
"""Whether a token would be read as something: its place, it, the one after, the text of the one before."""


def format(line: LogLine, today: date) -> str:
    """The line as one would type it: head, contacts and signs first, then the words, then the promises."""
    head, words = list(_head(line, today)), _words(line, today)
    promises = [part for promise in line.promises for part in _promise(promise, today)]
    return " ".join([*head, *words, *promises])


def _head(line: LogLine, today: date) -> Iterator[str]:
    yield from line.impossible
    if line.day != today:
        yield line.day.isoformat()
    if line.time:
        yield line.time
    if line.kind_given:
        yield line.kind + _arrow(line)
    if line.minutes:
        yield f"{line.minutes}m"
    yield from (_contact(name) for name in line.contacts)
    yield from (f"#{signal}" for signal in line.signals)
    yield from (sign for sign, mood in MOODS.items() if mood is line.mood)
    if line.pulse:
        yield f"pulse:{line.pulse}"


def _arrow(line: LogLine) -> str:
    """The arrow behind the kind, where the words alone would be read as another direction."""
    if line.direction is default_direction(line.kind, line.words, line.contacts):
        return ""
    return next((arrow for arrow, direction in ARROWS.items() if direction is line.direction), "")


def _contact(name: str) -> str:
    named = None if " " in name else contact(f"@{name}")
    return f"@{name}" if named and named.name == name else f'@"{name}"'


def _words(line: LogLine, today: date) -> list[str]:
    filled = {
        slot
        for slot, is_written in (
            ("day", line.day != today),
            ("time", line.time),
            ("kind", line.kind_given),
            ("minutes", line.minutes),
        )
        if is_written
    }

    def reads(place: int, token: Token, after: Token | None, before: str | None) -> bool:
        opens_head = place == 0 and head_word(token, after, filled, today) is not None
        return opens_head or _is_read(token, after, is_comparison(before, 0, today))

    return _protected(line.words, reads)


def _promise(promise: ReadPromise, today: date) -> list[str]:
    """`>` where a letter follows, else `we:`; the day behind a *by*, so that the text keeps its own *by*."""
    first = first_piece(promise.what, 0)
    twin, sign = ("we:", ">") if promise.side is Side.OURS else ("they:", "<")
    if not first[:1].isalpha():
        sign = twin + "\\" if first[:1] in ('"', "\\") else twin

    def reads(place: int, token: Token, after: Token | None, before: str | None) -> bool:
        ends_in_day = after is None and promise.due_on is None and names_day(token.text, today)
        return ends_in_day or _is_read(token, after, is_comparison(before, place, today))

    text = f"{promise.what} by {promise.due_on.isoformat()}" if promise.due_on else promise.what
    return [sign + first, *_protected(text, reads, first)]


def _is_read(token: Token, after: Token | None, compares: bool) -> bool:
    """Whether the token would be read; a lone `we:` counts, since the token behind it may get a backslash."""
    if token.text in ("<", ">"):
        return lone_promise(token, after, compares) is not None
    return is_sign(token.text)


def _protected(text: str, reads: Reads, first: str = "") -> list[str]:
    """The tokens of a text behind its first piece, if one is written already.

    Each that would be read as anything but a word gets a backslash.
    """
    parts: list[str] = []
    before, at, written = first or None, len(first), int(bool(first))
    while token := token_at(text, at):
        after = token_at(text, token.end)
        is_literal = text[token.start] == "\\" or is_unclosed(token.text)
        is_protected = is_literal or (token.bare and reads(written + len(parts), token, after, before))
        before = first_piece(text, token.start) if is_protected else token.text
        parts.append("\\" + before if is_protected else before)
        at = token.start + len(before)
    return parts
