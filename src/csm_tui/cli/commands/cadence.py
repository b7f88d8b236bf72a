"""csm cadence: who is owed a touchpoint, most overdue first."""

from __future__ import annotations

from csm_tui import safe, words
from csm_tui.cli.board import Board, show
from csm_tui.cli.filter_words import filter_words
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.cadence import as_json, cadence_board
from csm_tui.views.filters import cadence_through

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.store.connection import Reading
    from csm_tui.views.cadence import CadenceBoard, CadenceLine

SUMMARY = "Who is owed a touchpoint, most overdue first, and the rhythm of the last 13 weeks."
EPILOG = """\
  csm cadence
  csm cadence 'late>0' tier:low
  csm cadence --json"""
DOTS = ".123456789"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm cadence`."""
    filter_words(parser)


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the board."""
    found, size = shell.read(_matching, chosen.filter)
    if show(shell, BOARD, found.lines, size, chosen.filter):
        kept = f"{found.kept:,} of {words.plural(size, 'account')} inside the latest day"
        shell.say(f"{found.late:,} late, {found.this_week:,} due within a week, {kept}.")
    return 0


def _matching(reading: Reading, wanted: list[str]) -> tuple[CadenceBoard, int]:
    """The board with the lines that the filter lets through, and how many there are in all."""
    board = cadence_board(reading)
    return board._replace(lines=cadence_through(reading, wanted, board.lines)), len(board.lines)


def _row(line: CadenceLine, today: date) -> list[str]:
    """One account; a dot is a week without a two-way touchpoint, 9 stands for nine or more."""
    owed = line.standing
    return [
        safe.fitted(line.facts.name, 32).rstrip(),
        f"{words.BY_HAND[line.band]} {line.band}",
        line.rhythm,
        line.because,
        words.ago(line.facts.last_two_way_on, today),
        words.when(owed.booked_on or owed.ideal_on, today),
        str(owed.lateness),
        "".join(DOTS[min(count, 9)] for count in line.weeks),
    ]


BOARD = Board(
    ("Account", "Band", "Rhythm", "Because", "Last", "Next", "State", "13 weeks"),
    _row,
    as_json,
    lambda size: f"No account of {size:,}",
    "Nobody is owed a touchpoint: the book has no active account. `csm account add NAME` adds one.",
)
