"""A page of Markdown laid out for a terminal: headings, text in its width, lists, and tables without their pipes."""

from __future__ import annotations

import re

from csm_tui.cli import markdown_words
from csm_tui.cli.shell import Cell
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Line = list[Cell]

INDENT, GAP, LINE = "  ", 2, "─"
LEAST = 4
"""No column of a table is made narrower than this."""
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_ITEM = re.compile(r"(?P<mark>- |\d+\. )(?P<text>.*)")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|:\- ]+")
HEADING, FENCE, CODE, TABLE = "#", "```", "    ", "|"


def laid_out(page: str, width: int, *, styled: bool) -> Iterator[Line]:
    """The page in lines of at most so many cells, but for code, which stays as it is."""
    room, listing = width - len(INDENT), False
    for block in _blocks(_COMMENT.sub("", page)):
        first, listed = block[0], listing
        listing = bool(_ITEM.match(first))
        if first.startswith(HEADING):
            level, _, text = first.partition(" ")
            yield from ([] if level == HEADING else [[]])
            yield [Cell(_plain(text), "bold")]
            continue
        yield from ([] if listed and listing else [[]])
        for line in _body(block, room, styled=styled):
            yield [Cell(INDENT), *line] if line else []


def _blocks(page: str) -> Iterator[list[str]]:
    """The page in pieces of one kind: a heading, a paragraph, an item of a list, a table, a piece of code."""
    block: list[str] = []
    for line in page.split("\n"):
        fenced = bool(block) and block[0].startswith(FENCE)
        if fenced:
            block.append(line)
            ends = line.startswith(FENCE)
        else:
            if block and _begins(line, block):
                yield block
                block = []
            block += [line] if line.strip() else []
            ends = line.startswith(HEADING)
        if ends and block:
            yield block
            block = []
    if block:
        yield block


def _begins(line: str, block: list[str]) -> bool:
    """Whether a line belongs to another block than the lines before it."""
    if block[0].startswith((TABLE, CODE)):
        return not line.startswith(block[0][:1] if block[0].startswith(TABLE) else CODE)
    return not line.strip() or line.startswith((HEADING, FENCE, TABLE)) or bool(_ITEM.match(line))


def _body(block: list[str], room: int, *, styled: bool) -> Iterator[Line]:
    first = block[0]
    if first.startswith(FENCE):
        yield from ([Cell(INDENT), Cell(line)] for line in block[1:-1])
    elif first.startswith(CODE):
        yield from ([Cell(INDENT), Cell(line.removeprefix(CODE))] for line in block)
    elif first.startswith(TABLE):
        yield from _table(block, room, styled=styled)
    else:
        yield from _text(block, room, styled=styled)


def _text(block: list[str], room: int, *, styled: bool) -> Iterator[Line]:
    """A paragraph, or an item of a list with its lines under its first word."""
    text = " ".join(line.strip() for line in block)
    item = _ITEM.match(text)
    mark = item["mark"] if item else ""
    found = markdown_words.words(item["text"] if item else text, styled=styled)
    for number, line in enumerate(markdown_words.wrapped(found, room - len(mark))):
        yield [Cell(" " * len(mark) if number else mark), *line]


def _table(block: list[str], room: int, *, styled: bool) -> Iterator[Line]:
    """A table in columns that fit; where a first cell takes several lines, a blank one parts the rows."""
    rows = [[markdown_words.words(cell, styled=styled) for cell in _row(line)] for line in block if not _is_rule(line)]
    sizes = _sizes([[sum(map(markdown_words.width, cell)) + len(cell) - 1 for cell in row] for row in rows], room)
    lines = [[markdown_words.wrapped(cell, size) for cell, size in zip(row, sizes, strict=False)] for row in rows]
    apart = any(len(row[0]) > 1 for row in lines)
    for number, row in enumerate(lines):
        if number > 1 and apart:
            yield []
        for at in range(max(map(len, row))):
            yield _beside([cell[at] if at < len(cell) else [] for cell in row], sizes)
        if not number:
            yield _beside([[Cell(LINE * size, "muted")] for size in sizes], sizes)


def _beside(cells: list[Line], sizes: list[int]) -> Line:
    """One line of the cells of a row, each as wide as its column; behind the last there is nothing."""
    line: Line = []
    room = 0
    for cell, size in zip(cells, sizes, strict=False):
        line += [Cell(" " * room), *cell] if cell else []
        room = size - markdown_words.width(cell) + GAP + (0 if cell else room)
    return line


def _sizes(wanted: list[list[int]], room: int) -> list[int]:
    """How wide each column is: as wide as it would be, or its share of what those leave that need less."""
    columns = [max(row[at] if at < len(row) else 0 for row in wanted) for at in range(len(wanted[0]))]
    left, open_ = room - GAP * (len(columns) - 1), len(columns)
    sizes = [0] * len(columns)
    for at in sorted(range(len(columns)), key=columns.__getitem__):
        sizes[at] = min(columns[at], max(LEAST, left // open_))
        left, open_ = left - sizes[at], open_ - 1
    return sizes


def _row(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(line.strip())[1:-1]]


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line))


def _plain(text: str) -> str:
    return text.replace("`", "")
