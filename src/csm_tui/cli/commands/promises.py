"""csm promises: the ledger of what is owed in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui import safe, words
from csm_tui.domain.promises import PromiseState
from csm_tui.domain.touchpoints import Side
from csm_tui.views.promises import as_json, ledger

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.views.promises import PromiseLine

SUMMARY = "What we owe them and what they owe us, by day; with --all the closed ones too."
EPILOG = """\
  csm promises
  csm promises --all
Work one by its id: csm done p7, csm move p7 fri, csm done p7 --missed 'why'."""
HEADER = ("Id", "Who", "Promise", "Account", "Due", "State")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm promises`."""
    parser.add_argument("--all", action="store_true", help="the closed ones too, newest first")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the ledger."""
    found = shell.read(ledger, chosen.all)
    if shell.json:
        shell.emit([as_json(line) for line in found.lines])
        return 0
    if found.lines:
        shell.table(HEADER, [_row(line, shell.today) for line in found.lines])
    else:
        shell.say("No promise is open. A log line makes one: csm log ACCOUNT 'call >send the report fri'.")
    if found.slip is not None:
        shell.say(f"The median slip of your kept promises is {found.slip:g} days.")
    return 0


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
