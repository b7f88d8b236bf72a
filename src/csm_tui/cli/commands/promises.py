"""csm promises: the ledger of what is owed in both directions."""

from __future__ import annotations

from csm_tui import safe, words
from csm_tui.cli.filter_words import filter_words
from csm_tui.domain.promises import PromiseState
from csm_tui.domain.touchpoints import Side
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.filters import promises_through
from csm_tui.views.promises import as_json, ledger

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.store.connection import Reading
    from csm_tui.views.promises import Ledger, PromiseLine

SUMMARY = "What we owe them and what they owe us, by day; with --all the closed ones too."
EPILOG = """\
  csm promises
  csm promises --all
  csm promises 'late>0' ours
Work one by its id: csm done p7, csm move p7 fri, csm done p7 --missed 'why'."""
HEADER = ("Id", "Who", "Promise", "Account", "Due", "State")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm promises`."""
    parser.add_argument("--all", action="store_true", help="the closed ones too, newest first")
    filter_words(parser)


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the ledger."""
    found, size = shell.read(_matching, chosen.all, chosen.filter)
    if shell.json:
        shell.emit([as_json(line) for line in found.lines])
        return 0
    if found.lines:
        shell.table(HEADER, [_row(line, shell.today) for line in found.lines])
    elif size:
        shell.say(f"No promise of {size:,} matches “{' '.join(chosen.filter)}”.")
    else:
        shell.say("No promise is open. A log line makes one: csm log ACCOUNT 'call >send the report fri'.")
    if found.slip is not None:
        shell.say(f"The median slip of your kept promises is {found.slip:g} day{'' if found.slip == 1 else 's'}.")
    return 0


def _matching(reading: Reading, everything: bool, wanted: list[str]) -> tuple[Ledger, int]:
    """The ledger with the promises that the filter lets through, and how many there are in all."""
    found = ledger(reading, everything)
    return found._replace(lines=promises_through(reading, wanted, found.lines)), len(found.lines)


def _row(line: PromiseLine, today: date) -> list[str]:
    promise = line.promise
    is_open = promise.state is PromiseState.OPEN
    late = f"{promise.state}, {line.days_late} d late" if line.days_late and not is_open else str(promise.state)
    return [
        f"p{promise.promise_id}",
        "we" if promise.side is Side.OURS else "they",
        safe.fitted(promise.what, 48).rstrip(),
        safe.fitted(line.account, 28).rstrip(),
        _due(promise.due_on, is_open, today),
        late + (f": {promise.reason}" if promise.reason else ""),
    ]


def _due(due_on: date | None, is_open: bool, today: date) -> str:
    if due_on is None:
        return "no day"
    return words.when(due_on, today) if is_open else due_on.isoformat()
