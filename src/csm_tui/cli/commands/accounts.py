"""csm accounts: the book as a table, the worst band first; a filter narrows it."""

from __future__ import annotations

from csm_tui import safe, words
from csm_tui.cli.filter_words import filter_words
from csm_tui.cli.nothing import no_account
from csm_tui.domain.days import day_month
from csm_tui.domain.money import short
from csm_tui.store.queries.accounts import details, external_ids
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.accounts import account_list, as_json
from csm_tui.views.filters import accounts_through

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from csm_tui.cli.shell import Shell
    from csm_tui.store.connection import Reading
    from csm_tui.views.accounts import AccountLine

SUMMARY = "Every account of the book, the worst band first; a filter narrows the list."
EPILOG = """\
  csm accounts
  csm accounts north
  csm accounts tier:high band:risk silent:21+ renew:90- 'arr>50k' '#champion'
  csm accounts =quiet not:tag:emea
  csm accounts --archived --json
`csm filter` saves filters by name and says what a filter may ask."""
HEADER = ("Account", "Tier", "Phase", "ARR", "Band", "Last", "Next check-in", "Renewal")
ARR = frozenset({3})


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm accounts`."""
    filter_words(parser)
    parser.add_argument("--archived", action="store_true", help="those that were archived, instead of the others")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the accounts."""
    view: Callable[..., tuple[Sequence[Any], int]] = _in_full if shell.json else _matching
    found, size = shell.read(view, chosen.filter, chosen.archived)
    if shell.json:
        shell.emit(found)
    elif found:
        shell.table(HEADER, [_row(line, shell.today) for line in found], right=ARR)
    if chosen.archived and not size:
        shell.say("No account is archived: `csm account archive NAME` puts one away.")
    elif not found:
        shell.say(f"No account of {size:,} matches “{' '.join(chosen.filter)}”." if size else no_account(shell))
    return 0


def _matching(reading: Reading, wanted: list[str], archived: bool) -> tuple[list[AccountLine], int]:
    """The accounts that the filter lets through, and how many there are."""
    lines = account_list(reading, archived).lines
    return accounts_through(reading, wanted, lines), len(lines)


def _in_full(reading: Reading, wanted: list[str], archived: bool) -> tuple[list[dict[str, object]], int]:
    """The same with all that is known of them, for scripts."""
    lines, size = _matching(reading, wanted, archived)
    ids = [line.facts.account_id for line in lines]
    others, known = external_ids(reading, ids), details(reading, ids)
    return [as_json(line, others.get(one, []), known[one]) for one, line in zip(ids, lines, strict=True)], size


def _row(line: AccountLine, today: date) -> list[str]:
    facts, owed = line.facts, line.standing
    return [
        safe.fitted(facts.name, 32).rstrip(),
        str(facts.tier),
        str(line.phase) + (f" {line.day}" if line.day is not None and line.day <= 90 else ""),
        "" if facts.arr_cents is None else short(facts.arr_cents, facts.currency),
        f"{words.BY_HAND[line.band]} {line.band}",
        words.ago(facts.last_two_way_on, today),
        words.when(owed.ideal_on, today) if owed else "",
        day_month(facts.renewal_on) if facts.renewal_on else "",
    ]
