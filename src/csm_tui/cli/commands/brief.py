"""csm brief: one page before a call, as Markdown, or laid out where somebody reads it in a terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from csm_tui import safe
from csm_tui.cli.fields import ACCOUNT_HELP
from csm_tui.cli.shell import Cell
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.brief_markdown import brief_markdown
from csm_tui.exchange.brief_page import page
from csm_tui.views.brief import as_json, brief
from csm_tui.views.named import find_account

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.exchange.brief_page import Line, Page
    from csm_tui.store.connection import Reading
    from csm_tui.views.brief import Brief

SUMMARY = "One page before a call: last touches, promises both ways, what changed, plan, renewal, people."
EPILOG = """\
  csm brief northwind
  csm brief northwind > brief.md           Markdown in a file or a pipe
  csm brief northwind --format md          Markdown in the terminal too"""
USUAL_WIDTH, WIDEST = 80, 110
MOST_LEAD = 24


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm brief`."""
    parser.add_argument("account", metavar="ACCOUNT", nargs="+", help=ACCOUNT_HELP)
    parser.add_argument("--format", choices=("md", "text"), help="default: text in a terminal, else md")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the brief."""
    shell.keep_up()
    found = shell.read(_found, " ".join(chosen.account))
    if shell.json:
        shell.emit(as_json(found))
    elif (chosen.format or _usual()) == "md":
        for line in brief_markdown(page(found)).splitlines():
            shell.out(line)
    else:
        _lay_out(page(found), shell)
    return 0


def _usual() -> str:
    return "text" if sys.stdout.isatty() else "md"


def _found(reading: Reading, name: str) -> Brief:
    found = brief(reading, find_account(reading, name).id)
    if found is None:
        raise Refusal("The account has gone meanwhile: look again.")
    return found


def _lay_out(made: Page, shell: Shell) -> None:
    """Headings, and lines in three columns as wide as the terminal, but not too wide to read."""
    width = min(WIDEST, _width())
    shell.out(Cell(made.title, "bold"))
    for parts in made.head:
        whole = "\u00a0· ".join(part.replace(" ", "\u00a0") for part in parts)  # no part is broken
        for text in safe.wrapped(whole, width):
            shell.out(text.replace("\u00a0", " "))
    for section in made.sections:
        shell.out("")
        shell.out(Cell(section.title, "heading"), Cell(f"  {section.note}" if section.note else "", "muted"))
        lead = max((min(MOST_LEAD, safe.width(line.lead)) for line in section.lines), default=0)
        tail = max((safe.width(line.tail) for line in section.lines), default=0)
        for line in section.lines:
            _line(line, lead, tail, width, shell)
        if not section.lines:
            shell.out(Cell(f"  {section.empty}", "muted"))
        if section.more:
            shell.out(Cell(f"  and {section.more:,} more", "muted"))


def _line(line: Line, lead: int, tail: int, width: int, shell: Shell) -> None:
    """One line, its text wrapped under itself."""
    room = max(20, width - lead - tail - 6)
    for number, text in enumerate(safe.wrapped(line.text, room)):
        if number:
            shell.out(" " * (lead + 4), text)
        else:
            first = f" {safe.fitted(line.lead, lead)}  {safe.fitted(text, room)}  "
            shell.out(Cell(line.mark, line.role), first, Cell(line.tail.rjust(tail), line.tail_role))


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or USUAL_WIDTH
    except (OSError, ValueError):
        return USUAL_WIDTH
