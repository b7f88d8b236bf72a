"""csm cadence: who is owed a touchpoint, most overdue first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui import safe, words
from csm_tui.views.cadence import as_json, cadence_board

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.views.cadence import CadenceLine

SUMMARY = "Who is owed a touchpoint, most overdue first, and the rhythm of the last 13 weeks."
EPILOG = """\
  csm cadence
  csm cadence --json"""
HEADER = ("Account", "Band", "Rhythm", "Because", "Last", "Next", "State", "13 weeks")
DOTS = ".123456789"


def configure(parser: argparse.ArgumentParser) -> None:
    """`csm cadence` has the common options only."""


def run(_chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the board."""
    board = shell.read(cadence_board)
    if shell.json:
        shell.emit([as_json(line) for line in board.lines])
    elif board.lines:
        shell.table(HEADER, [_row(line, shell.today) for line in board.lines])
        kept = f"{board.kept:,} of {words.plural(len(board.lines), 'account')} inside the latest day"
        shell.say(f"{board.late:,} late, {board.this_week:,} due within a week, {kept}.")
    else:
        shell.say("Nobody is owed a touchpoint: the book has no active account. csm account add NAME adds one.")
    return 0


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
