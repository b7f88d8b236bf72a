"""What the words of a search mean, and where a text answers them: whole words or their beginnings, in any letters.

Words stand apart at whatever is neither letter nor digit; capitals and the accents of Latin letters make no difference.
What is written without blanks between words (Chinese, Japanese, Thai …) is found wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata

from csm_tui.domain.errors import Refusal
from csm_tui.typed import NamedTuple

MARKS = range(0x0300, 0x0370)
"""Accents that stand as characters of their own."""

UNSPACED = re.compile(
    "[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fffd]"
)
"""Letters of scripts whose words touch each other; the index marks the same ones (a test holds the two together)."""

BEFORE, EXCERPT = 32, 96
"""Characters of a text that are shown before the first hit, and in all."""


class Phrase(NamedTuple):
    """Words that must follow each other, the last of them perhaps only begun."""

    words: tuple[str, ...]
    unspaced: bool
    pattern: re.Pattern[str]


Search = tuple[Phrase, ...]
"""All of them must be found, in any order."""


class Piece(NamedTuple):
    """A stretch of an excerpt, and whether it is what was looked for."""

    text: str
    hit: bool


class _Letters(dict[int, str]):
    """Each character as comparison sees it: one character, or none for an accent."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        apart = unicodedata.normalize("NFD", character)
        if apart[0].isascii() and all(ord(mark) in MARKS for mark in apart[1:]):
            character = apart[0]
        small = character.casefold() if len(character.casefold()) == 1 else character.lower()
        self[code] = "" if code in MARKS else small if len(small) == 1 else character
        return self[code]


_LETTERS = _Letters()


def plain(text: str) -> str:
    """A text without capitals and accents, never longer than it was."""
    return text.lower() if text.isascii() else text.translate(_LETTERS)


def phrases(text: str) -> Search:
    """What is looked for: words, and “phrases in quotes”; nothing where there is neither a letter nor a digit yet."""
    parts = re.findall(r'"([^"]*)"|([^\s"]+)', text)
    return tuple(phrase for quoted, word in parts if (phrase := _phrase(plain(quoted or word))) is not None)


def search(text: str) -> Search:
    """The same. Raises Refusal where nothing is looked for."""
    found = phrases(text)
    if not found:
        raise Refusal("What should be found? Give a word, or the beginning of one.")
    return found


def _phrase(text: str) -> Phrase | None:
    words = tuple(re.findall(r"[^\W_]+", text))
    if not words:
        return None
    unspaced = UNSPACED.search(text) is not None
    if unspaced:
        pattern = r"\s+".join(re.escape(part) for part in text.split())
    else:
        pattern = r"(?<![^\W_])" + r"[\W_]+".join(re.escape(word) for word in words)
    return Phrase(words, unspaced, re.compile(pattern))


def answers(wanted: Search, *texts: str) -> bool:
    """Whether each phrase is in one of the texts."""
    told = [plain(text) for text in texts]
    return all(any(phrase.pattern.search(text) for text in told) for phrase in wanted)


def excerpt(wanted: Search, text: str) -> tuple[Piece, ...]:
    """The text around its first hit with every hit apart; empty where there is none."""
    hits = _hits(wanted, text)
    if not hits:
        return ()
    start = _word_start(text, hits[0][0] - BEFORE) if hits[0][0] > BEFORE else 0
    end = min(len(text), max(start + EXCERPT, hits[0][1]))
    pieces = [Piece("…", False)] if start else []
    for first, last in hits:
        if last <= end:
            pieces += [Piece(text[start:first], False), Piece(text[first:last], True)]
            start = last
    pieces.append(Piece(text[start:end] + ("…" if end < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece.text)


def _word_start(text: str, at: int) -> int:
    """The beginning of the next word after a place, where one is near."""
    blank = text.find(" ", at, at + BEFORE // 2)
    return at if blank < 0 else blank + 1


def _hits(wanted: Search, text: str) -> list[tuple[int, int]]:
    """Where the phrases stand in the text as it was given, in order, those that meet as one."""
    told = plain(text)
    there = range(len(text)) if len(told) == len(text) else [at for at, one in enumerate(text) if plain(one)]
    found = sorted(match.span() for phrase in wanted for match in phrase.pattern.finditer(told))
    hits: list[tuple[int, int]] = []
    for first, last in ((there[first], _with_marks(text, there[last - 1] + 1)) for first, last in found):
        if hits and first <= hits[-1][1]:
            hits[-1] = (hits[-1][0], max(last, hits[-1][1]))
        else:
            hits.append((first, last))
    return hits


def _with_marks(text: str, end: int) -> int:
    """The end of a hit, past the accents of its last letter."""
    while end < len(text) and ord(text[end]) in MARKS:
        end += 1
    return end
