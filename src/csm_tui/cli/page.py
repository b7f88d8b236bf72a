"""A page of sections laid out for a terminal: headings, and lines in three columns that fit its width."""

from __future__ import annotations

import os
import sys

from csm_tui import safe
from csm_tui.cli.shell import Cell
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.cli.shell import Shell
    from csm_tui.exchange.brief_page import Line, Page

USUAL_WIDTH, WIDEST = 80, 110
MOST_LEAD = 24


def lay_out(made: Page, shell: Shell) -> None:
    """Headings, and lines in three columns as wide as the terminal, but not too wide to read."""
    room = width()
    shell.out(Cell(made.title, "bold"))
    for parts in made.head:
        whole = "\u00a0· ".join(part.replace(" ", "\u00a0") for part in parts)  # no part is broken
        for text in safe.wrapped(whole, room):
            shell.out(text.replace("\u00a0", " "))
    for section in made.sections:
        shell.out("")
        if section.title or section.note:
            shell.out(Cell(section.title, "heading"), Cell(f"  {section.note}" if section.note else "", "muted"))
        lead = max((min(MOST_LEAD, safe.width(line.lead)) for line in section.lines), default=0)
        tail = max((safe.width(line.tail) for line in section.lines), default=0)
        for line in section.lines:
            _line(line, lead, tail, room, shell)
        if not section.lines:
            shell.out(Cell(f"  {section.empty}", "muted"))
        if section.more:
            shell.out(Cell(f"  and {section.more:,} more", "muted"))


def _line(line: Line, lead: int, tail: int, whole: int, shell: Shell) -> None:
    """One line, its text wrapped under itself."""
    room = max(20, whole - lead - tail - 6)
    for number, text in enumerate(safe.wrapped(line.text, room)):
        if number:
            shell.out(" " * (lead + 4), text)
        else:
            first = f" {safe.fitted(line.lead, lead)}  {safe.fitted(text, room)}  "
            shell.out(Cell(line.mark, line.role), first, Cell(line.tail.rjust(tail), line.tail_role))


def width() -> int:
    """How wide the terminal is, in cells, but not too wide to read."""
    try:
        return min(WIDEST, os.get_terminal_size(sys.stdout.fileno()).columns or USUAL_WIDTH)
    except (OSError, ValueError):
        return USUAL_WIDTH
