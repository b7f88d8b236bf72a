"""csm export: a list or the whole book, to standard output or into a file of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from csm_tui import safe, words
from csm_tui.cli.usage import WrongUsage
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.book_file import write_book
from csm_tui.exchange.exporters.registry import BOOK, BY_NAME, WHAT
from csm_tui.exchange.written import taken, written
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.exports import LISTS, rows

if TYPE_CHECKING:
    import argparse
    from typing import TextIO

    from csm_tui.cli.shell import Shell
    from csm_tui.exchange.exporters import Out
    from csm_tui.store.connection import Reading

SUMMARY = "Write accounts, contacts, touchpoints, promises or the whole book, as CSV, JSON or Markdown."
EPILOG = """\
  csm export accounts > accounts.csv
  csm export touchpoints --format md --out touchpoints.md
  csm export book --out book.json          everything; csm import book.json reads it
                                           into a book that is empty
A file that is there is replaced only when you say so, or with --force."""

STANDARD = "-"
"""What stands for standard output where a file is asked for."""

_SUFFIXES = {f".{name}": name for name in BY_NAME}


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm export`."""
    parser.add_argument("what", metavar="WHAT", choices=WHAT, help=f"one of {', '.join(WHAT)}")
    parser.add_argument(
        "--format", choices=sorted(BY_NAME), help="default: as FILE ends; else csv, and json for the book"
    )
    parser.add_argument("--out", metavar="FILE", help="where to, 0600 (default, and -: standard output)")
    parser.add_argument("--force", action="store_true", help="replace the file without asking")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Write, and say how much where it went into a file."""
    form = _format(chosen, shell)
    if chosen.out in {None, STANDARD}:
        shell.read(_write, Harmless(sys.stdout) if sys.stdout.isatty() else sys.stdout, chosen.what, form)
        return 0
    replace = _replaces(chosen.out, shell, force=chosen.force)
    with written(chosen.out, replace=replace) as stream:
        count = shell.read(_write, stream, chosen.what, form)
    shell.say(f"Wrote {words.plural(count, 'row')} to {chosen.out}.")
    return 0


def _format(chosen: argparse.Namespace, shell: Shell) -> str:
    """The format that was asked for, or what the name of the file says, or what its kind is usually written in."""
    usual = "json" if shell.json or chosen.what == BOOK else "csv"
    form: str = chosen.format or _SUFFIXES.get(Path(chosen.out or "").suffix.casefold(), usual)
    if chosen.what == BOOK and form != "json":
        raise WrongUsage("the whole book is written as JSON only; csv and md hold one list each")
    return form


def _write(reading: Reading, stream: Out, what: str, form: str) -> int:
    if what == BOOK:
        return write_book(stream, reading)
    return BY_NAME[form].write(stream, LISTS[what][0], rows(reading, what))


def _replaces(path: str, shell: Shell, *, force: bool) -> bool:
    """Whether a file in the way is to be replaced: `--force`, or a yes where somebody can answer."""
    if not os.path.lexists(path):
        return False
    there = Path(path)
    if there.exists() and Path(shell.path).exists() and there.samefile(shell.path):
        raise Refusal(f"{path} is the book itself: give another name.")
    if force or not there.is_file():
        return force
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refusal(f"{path} is there already and was left as it is: give another name, or --force to replace it.")
    shell.say(f"{path} is there already. Replace it? y/N")
    if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
        raise taken(path)
    return True


class Harmless:
    """A terminal that is written to without being steered; a file or a pipe gets what is stored, letter for letter."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the lines, each made harmless."""
        return self._stream.write("\n".join(safe.shown(line) for line in text.split("\n")))
