"""csm onboarding: the first 90 days of every account, the most urgent step first."""

from __future__ import annotations

from csm_tui import safe, words
from csm_tui.cli.board import Board, show
from csm_tui.cli.filter_words import filter_words
from csm_tui.domain.onboarding import GOAL
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.filters import onboarding_through
from csm_tui.views.onboarding import as_json, onboarding_board

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.store.connection import Reading
    from csm_tui.views.onboarding import OnboardingBoard, OnboardingLine

SUMMARY = "Accounts in their first 90 days: steps closed, what comes next, and whether month 1 closes in time."
EPILOG = """\
  csm onboarding
  csm onboarding 'late>0' tier:high
  csm onboarding --json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm onboarding`."""
    filter_words(parser)


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the board."""
    found, size = shell.read_kept_up(_matching, chosen.filter)
    if show(shell, BOARD, found.lines, size, chosen.filter):
        told = [f"{size:,} in their first 90 days", *words.first_days(found.on_time.value, found.to_value.value, GOAL)]
        without = " `csm plan NAME onboarding` starts a plan." if any(not line.plan for line in found.lines) else ""
        shell.say(f"{', '.join(told)}.{without}")
    return 0


def _matching(reading: Reading, wanted: list[str]) -> tuple[OnboardingBoard, int]:
    """The board with the lines that the filter lets through, and how many there are in all."""
    board = onboarding_board(reading)
    return board._replace(lines=onboarding_through(reading, wanted, board.lines)), len(board.lines)


def _row(line: OnboardingLine, today: date) -> list[str]:
    """One account; Month 1 is in time, late, or still open."""
    due = line.next
    return [
        safe.fitted(line.facts.name, 32).rstrip(),
        f"{words.BY_HAND[line.band]} {line.band}",
        str(line.day),
        f"{line.done}/{line.all}" if line.plan else "–",
        safe.fitted(due.title if due else line.nothing_next, 40).rstrip(),
        words.when(due.due_on, today) if due else "–",
        line.month_1,
        line.forecast_on.isoformat() if line.forecast_on else "–",
        f"day {line.days_to_value}" if line.days_to_value is not None else "–",
        ", ".join(f"{party} {days} d" for party, days in line.slip) or "–",
    ]


BOARD = Board(
    ("Account", "Band", "Day", "Steps", "Next", "Due", "Month 1", "Forecast", "First value", "Slip"),
    _row,
    as_json,
    lambda size: f"No account of {size:,}",
    "No account is in its first 90 days: `csm account add NAME --start DAY` adds one.",
    frozenset({2, 3}),
)
