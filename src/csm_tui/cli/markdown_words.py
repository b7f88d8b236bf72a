"""Running text of Markdown as words that a terminal can show: code, stress and links, wrapped to a width."""

from __future__ import annotations

import re

from csm_tui import safe
from csm_tui.cli.shell import Cell
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Word = list[Cell]

CODE, BOLD = "accent", "bold"
_SPANS = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)"
    r"|\*\*(?P<bold>.+?)\*\*"
    r"|(?<![\w*])\*(?P<stress>[^\s*][^*]*?)\*(?![\w*])"
    r"|\[(?P<text>[^\]]+)\]\((?P<to>[^)\s]+)\)"
)


def words(text: str, *, styled: bool) -> list[Word]:
    """The words of a text. Code keeps its ticks where no colour can tell it; a link to a page says how it is read."""
    found: list[Word] = [[]]
    for cell in _cells(text, styled=styled):
        first, *rest = cell.text.split(" ")
        found[-1].append(Cell(first, cell.role))
        found += [[Cell(piece, cell.role)] for piece in rest]
    return [word for word in found if width(word)]


def width(word: Word) -> int:
    """How many cells of the terminal a word takes."""
    return sum(safe.width(cell.text) for cell in word)


def wrapped(found: list[Word], room: int) -> list[Word]:
    """The words as lines of at most so many cells; a word that is longer is cut."""
    lines: list[Word] = [[]]
    used = 0
    for word in (piece for whole in found for piece in _pieces(whole, room)):
        size = width(word)
        if used and used + 1 + size > room:
            lines.append([])
            used = 0
        lines[-1] += [Cell(" "), *word] if used else word
        used += size + bool(used)
    return lines


def _pieces(word: Word, room: int) -> Iterator[Word]:
    """The word, in pieces that fit where it does not."""
    if width(word) <= room:
        yield word
        return
    for cell in word:
        for piece in safe.wrapped(cell.text, room):
            yield [Cell(piece, cell.role)]


def _cells(text: str, *, styled: bool) -> Iterator[Cell]:
    """The text in pieces of one kind each."""
    at = 0
    for span in _SPANS.finditer(text):
        yield Cell(text[at : span.start()])
        yield from _span(span, styled=styled)
        at = span.end()
    yield Cell(text[at:])


def _span(span: re.Match[str], *, styled: bool) -> Iterator[Cell]:
    if span["code"]:
        yield Cell(span["code"] if styled else span.group(), CODE)
    elif span["to"]:
        yield from _link(span["text"], span["to"], styled=styled)
    else:
        yield Cell(span["bold"] or span["stress"], BOLD if span["bold"] else "")


def _link(text: str, to: str, *, styled: bool) -> Iterator[Cell]:
    """What a link is called, and the command that prints its page, where there is one."""
    from csm_tui.cli.help import TOPICS

    topic = to.partition("#")[0].removeprefix("docs/").removesuffix(".md")
    named = text.strip("`") not in {to, topic}
    if topic not in TOPICS:
        yield from _cells(text, styled=styled)
        return
    command = f"csm help {topic}" if styled else f"`csm help {topic}`"
    if named:
        yield from _cells(f"{text} (", styled=styled)
    yield Cell(command, CODE)
    if named:
        yield Cell(")")
