"""A line of a list as cells with roles, laid out in columns by how many cells a terminal gives each character."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from csm_tui.safe import shown

_SIGNS = "·–—−‘’“”„…•€£×←↑→↓⇧⏎●○◌◆◇▲△✓✗❯▸▪"
_NARROW = dict.fromkeys((*map(ord, _SIGNS), *range(0xC0, 0x250), *range(0x2500, 0x25A2)))
"""Signs and Latin letters that everybody counts as one cell: a text of these and of ASCII is as wide as it is long."""


class Cell(NamedTuple):
    """A piece of a line: its text, and its role (words such as `error bold`), from which the colour follows."""

    text: str
    role: str = ""


class Column(NamedTuple):
    """One column of a line: what stands in it, how wide it is (0: all that is left), and to which side it is set."""

    text: str
    width: int = 0
    role: str = ""
    right: bool = False


GAP = 1


def plain(text: str) -> bool:
    """Whether a text has nothing but signs of one cell; control characters have none."""
    return text.isprintable() and (text.isascii() or text.translate(_NARROW).isascii())


def cell_len(text: str) -> int:
    """How many cells a text takes. Rich, whose count Textual lays out by, is asked only where it could differ."""
    if plain(text):
        return len(text)
    from rich.cells import cell_len as counted

    return counted(text)


def _sized(text: str, width: int) -> str:
    """A text cut or padded to so many cells; a wide sign that would be halved becomes a blank."""
    if plain(text):
        return text[:width].ljust(width)
    from rich.cells import set_cell_size

    return set_cell_size(text, width)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """A text cut or padded to exactly so many cells; what was cut ends in `…`."""
    text = shown(text)
    length = cell_len(text)
    if length > width:
        return _sized(text, width - 1) + "…" if width > 0 else ""
    room = " " * (width - length)
    return room + text if right else text + room


def line(width: int, columns: list[Column], gap: int = GAP) -> list[Cell]:
    """Columns side by side over a whole width; those of width 0 share what is left. Too narrow, the last ones go."""
    kept = list(columns)
    while len(kept) > 1 and _fixed(kept, gap) + _least(kept) > width:
        kept.pop()
    flexible = sum(1 for column in kept if column.width == 0)
    left = max(0, width - _fixed(kept, gap))
    cells: list[Cell] = []
    for place, column in enumerate(kept):
        size = column.width
        if size == 0:
            size, left, flexible = left // flexible, left - left // flexible, flexible - 1
        cells.append(Cell(fit(column.text, size, right=column.right), column.role))
        if place < len(kept) - 1:
            cells.append(Cell(" " * gap))
    return cells


def heading_cells(text: str, count: int, role: str, width: int) -> list[Cell]:
    """A group's heading with its count."""
    return [Cell(" "), *line(width - 1, [Column(text, len(text), f"{role} bold"), Column(f"{count:,}", 0, "dim")])]


def thumb(y: int, top: int, height: int, total: int) -> Cell:
    """One cell of the scroll bar of a list."""
    size = max(1, height * height // total)
    first = top * (height - size) // max(1, total - height)
    return Cell("▐", "bar") if first <= y < first + size else Cell(" ")


def name_width(width: int) -> int:
    """How much of a row an account's name is given."""
    return min(28, max(12, (width - 4) // 3))


def _fixed(columns: list[Column], gap: int) -> int:
    return sum(column.width for column in columns) + gap * (len(columns) - 1)


def _least(columns: list[Column]) -> int:
    return 8 * sum(1 for column in columns if column.width == 0)


def clipped(cells: list[Cell], width: int) -> list[Cell]:
    """Cells up to a width; the one that does not fit is cut and ends in `…`."""
    kept: list[Cell] = []
    for cell in cells:
        size = cell_len(cell.text)
        if size > width:
            return [*kept, Cell(fit(cell.text, width), cell.role)]
        kept.append(cell)
        width -= size
    return kept


def runs(cells: list[Cell], width: int, *, merge: bool = True) -> list[Cell]:
    """Cells that fill a width, those of one role as one: each costs a terminal two sequences.

    With `merge`, blanks have the role of what stands before them, since they show none.
    """
    used = sum(cell_len(cell.text) for cell in cells)
    if used > width:
        cells, used = clipped(cells, width), width
    found: list[Cell] = []
    for cell in (*cells, Cell(" " * (width - used))):
        if found and (cell.role == found[-1].role or (merge and not cell.text.strip())):
            found[-1] = Cell(found[-1].text + cell.text, found[-1].role)
        elif cell.text:
            found.append(cell)
    return found


def flowed(parts: list[str], width: int) -> list[str]:
    """Parts with a dot between them, in as many lines as they need; no part is broken."""
    lines = [""]
    for part in map(shown, parts):
        longer = f"{lines[-1]} · {part}" if lines[-1] else part
        if lines[-1] and cell_len(longer) > width:
            lines.append(part)
        else:
            lines[-1] = longer
    return lines


DOT = Cell(" · ", "muted")


def flowed_cells(cells: list[Cell], width: int) -> list[list[Cell]]:
    """Cells with dots between them, in as many lines as they need; only at a dot is there another line."""
    lines: list[list[Cell]] = [[]]
    for is_dot, group in groupby(cells, key=lambda cell: cell == DOT):
        part = [] if is_dot else list(group)
        longer = [*lines[-1], *([DOT] if lines[-1] and part else []), *part]
        if lines[-1] and sum(cell_len(cell.text) for cell in longer) > width:
            lines.append(part)
        else:
            lines[-1] = longer
    return lines


def _enough(lines: list[str], most: int) -> bool:
    """Whether there are more lines than are wanted: a long text is not broken to its end for nothing."""
    return 0 < most < sum(1 for one in lines if one)


def wrap(text: str, width: int, most: int = 0) -> list[str]:
    """A text in lines of at most so many cells, broken at blanks; with `most`, what is left over ends in `…`."""
    width = max(1, width)
    words, lines, used = shown(text).split(" "), [""], 0
    for word in words:
        if _enough(lines, most):
            break
        length = cell_len(word)
        if used and used + 1 + length > width:
            lines.append("")
            used = 0
        while length > width and not _enough(lines, most):
            head = _sized(word, width - (used + 1 if used else 0)).rstrip()
            head = head or word[:1]
            lines[-1] += (" " if used else "") + head
            word, used = word[len(head) :], 0  # noqa: PLW2901
            length = cell_len(word)
            lines.append("")
        lines[-1] += (" " if used else "") + word
        used += length + (1 if used else 0)
    lines = [one for one in lines if one] or [""]
    if most and len(lines) > most:
        lines = [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), width).rstrip()]
    return lines


SHORT = 20
UNBROKEN = "\N{NO-BREAK SPACE}"


def sentence_in(text: str, width: int) -> list[str]:
    """A sentence in lines of at most so many cells; a short last part, such as `· u undoes`, is not torn apart."""
    head, dot, last = text.rpartition(" · ")
    if dot and len(last) <= SHORT:
        text = f"{head} ·{UNBROKEN}{last.replace(' ', UNBROKEN)}"
    return [one.replace(UNBROKEN, " ") for one in wrap(text, max(SHORT, width))]
