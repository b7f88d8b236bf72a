"""csm recovery: every open risk, the most at stake first, with its next step."""

from __future__ import annotations

from csm_tui import safe, words
from csm_tui.cli.board import Board, show
from csm_tui.cli.filter_words import filter_words
from csm_tui.domain.money import short
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.filters import recoveries_through
from csm_tui.views.recovery import recovery_board
from csm_tui.views.recovery_json import line_json

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.store.connection import Reading
    from csm_tui.views.recovery import RecoveryBoard, RiskLine

SUMMARY = "Every open risk, the most at stake first: signals, next step and its lateness, exit test."
EPILOG = """\
  csm recovery
  csm recovery 'late>0' tier:high
  csm recovery --json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm recovery`."""
    filter_words(parser)


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the board."""
    found, size = shell.read_kept_up(_matching, chosen.filter)
    if show(shell, BOARD, found.lines, size, chosen.filter):
        _tell(found, size, shell)
    return 0


def _matching(reading: Reading, wanted: list[str]) -> tuple[RecoveryBoard, int]:
    """The board with the lines that the filter lets through, and how many there are in all."""
    board = recovery_board(reading)
    return board._replace(lines=recoveries_through(reading, wanted, board.lines)), len(board.lines)


def _tell(board: RecoveryBoard, size: int, shell: Shell) -> None:
    """What the whole book has at stake, and whether it is too much to play at once."""
    sums = ", ".join(short(cents, currency) for currency, cents in board.sums)
    shell.say(f"{words.plural(size, 'open risk')}, {sums} at stake, {board.late:,} late.")
    if board.too_many:
        shell.say(f"{board.plays} plays are active: more than three at a time, and none gets what it needs.")


def _row(line: RiskLine, today: date) -> list[str]:
    """One risk; the amount of another account stands in where its own is not known."""
    met = sum(one.met for one in line.exits)
    about = "" if line.facts.arr_cents is not None else "~"
    escalated = f" !{line.risk.severity}" if line.escalation is not None else ""
    return [
        safe.fitted(line.facts.name, 26).rstrip(),
        about + short(line.value_cents, line.currency),
        f"{words.BY_HAND[line.band]} {line.band}",
        " ".join(f"#{signal}" for signal in line.signals) + escalated,
        f"{line.done} of {line.of}",
        safe.fitted(line.next.title, 34).rstrip() if line.next is not None else "none",
        words.when(line.next.due_on, today) if line.next is not None else "",
        f"{met} of {len(line.exits)}",
    ]


BOARD = Board(
    ("Account", "At stake", "Band", "Signals", "Done", "Next step", "When", "Exit"),
    _row,
    line_json,
    lambda size: f"None of {words.plural(size, 'open risk')}",
    "No risk is open. `csm recover ACCOUNT --signal NAME` opens one.",
    frozenset({1}),
)
