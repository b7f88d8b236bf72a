"""csm reviews: the QBRs and EBRs of the book, the most urgent first."""

from __future__ import annotations

from csm_tui import safe, words
from csm_tui.cli.board import Board, show
from csm_tui.cli.filter_words import filter_words
from csm_tui.domain.days import day_month
from csm_tui.domain.reviews import GOAL
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.filters import reviews_through
from csm_tui.views.review_words import to_attend, told
from csm_tui.views.reviews import as_json, review_board

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.store.connection import Reading
    from csm_tui.views.reviews import ReviewBoard, ReviewLine

SUMMARY = "QBRs and EBRs: missed, in preparation, booked, held and to come, the most urgent first."
EPILOG = """\
  csm reviews
  csm reviews 'late>0' tier:high
  csm log northwind 'qbr @jon goals met >send the plan fri'    one was held; the next is dated
  csm log northwind '2026-12-09 qbr'                           one is booked
  csm account edit northwind --reviews 182 --review-kind ebr   how often, and which kind"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm reviews`."""
    filter_words(parser)


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the board."""
    found, size = shell.read_kept_up(_matching, chosen.filter)
    if show(shell, BOARD, found.lines, size, chosen.filter):
        good, total = found.rate.value
        rate = f"{good} of {total} on schedule in the last 91 days, the goal is {GOAL} %" if total else "no rate yet"
        shell.say(f"{found.late:,} late, {rate}.")
    return 0


def _matching(reading: Reading, wanted: list[str]) -> tuple[ReviewBoard, int]:
    """The board with the reviews that the filter lets through, and how many there are in all."""
    board = review_board(reading, texts=False)
    return board._replace(lines=reviews_through(reading, wanted, board.lines)), len(board.lines)


def _row(line: ReviewLine, today: date) -> list[str]:
    done, every = line.prepared
    return [
        safe.fitted(line.facts.name, 32).rstrip(),
        f"{words.BY_HAND[line.band]} {line.band}",
        line.kind.upper(),
        day_month(line.day, today),
        told(line, today),
        f"{done} of {every}" if every else "–",
        day_month(line.held_on, today) if line.held_on else "first",
        to_attend(line, today),
    ]


BOARD = Board(
    ("Account", "Band", "Kind", "Day", "State", "Prepared", "Last held", "To attend"),
    _row,
    as_json,
    lambda size: f"No review of {size:,}",
    "No account has reviews: `csm account edit NAME --reviews 91` gives it some.",
)
