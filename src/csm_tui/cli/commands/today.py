"""csm today: what is due, ranked, with the short id by which each item can be worked."""

from __future__ import annotations

from csm_tui import safe, words
from csm_tui.cli.filter_words import filter_words
from csm_tui.cli.shell import Cell
from csm_tui.domain.due import Group
from csm_tui.domain.health import band_by_hand
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.today import as_json, today_list

if TYPE_CHECKING:
    import argparse
    from types import EllipsisType

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.due import Item
    from csm_tui.store.connection import Reading
    from csm_tui.views.today import TodayList

SUMMARY = "What is due, most pressing first: check-ins, promises, meetings, steps, reviews, renewals."
EPILOG = """\
  csm today
  csm today --days 14
  csm today kind:promise 'arr>50k'
  csm today --check --json        for scripts: exit code 3 when a must-do is open
Work an item by its id: csm done c12 'call all good', csm snooze c12 tomorrow, csm move p7 fri."""
MOST_LINES = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm today`."""
    parser.add_argument("--days", type=int, default=None, metavar="N", help="look N days ahead (default 7)")
    parser.add_argument("--all", action="store_true", help="every due item of the book, however far ahead")
    parser.add_argument("--check", action="store_true", help="exit with 3 when a must-do is open")
    filter_words(parser)


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the list."""
    days = None if chosen.all and chosen.days is None else ... if chosen.days is None else chosen.days
    due = shell.read_kept_up(_due, days, None if chosen.all else MOST_LINES, chosen.filter)
    if shell.json:
        shell.emit([as_json(item, shell.today) for item in due.items])
    else:
        _print(due, shell, " ".join(chosen.filter))
    more = sum(due.counts.values()) - len(due.items)
    if more:
        shell.say(f"{more:,} more: csm today --all")
    return 3 if chosen.check and due.counts[Group.MUST_DO] else 0


def _due(reading: Reading, days: int | EllipsisType | None, most: int | None, wanted: list[str]) -> TodayList:
    """What is due, as far as the filter lets it through."""
    if not wanted:
        return today_list(reading, days, most)
    from csm_tui.views.filters import items_through

    return today_list(reading, days, most, items_through(reading, wanted))


def _print(due: TodayList, shell: Shell, wanted: str) -> None:
    if not due.items:
        shell.say(_nothing(due, wanted, shell))
    group: Group | None = None
    for item in due.items:
        if item.group is not group:
            group = item.group
            shell.out(Cell(words.GROUPS[group], "heading"), Cell(f"  {due.counts[group]:,}", "muted"))
        shell.out(*_row(item, shell))
    if due.too_many:
        shell.say("Must-dos in more than a third of the book: the thresholds are wrong, not the customers.")


def _nothing(due: TodayList, wanted: str, shell: Shell) -> str:
    if due.accounts == 0:
        from csm_tui.cli.nothing import no_account

        return no_account(shell)
    size = words.plural(due.accounts, "account")
    if wanted:
        return f"Nothing that is due in the next days matches “{wanted}”; `csm today --all` looks further."
    return f"Nothing is due in the next days. {size}; `csm today --all` looks further."


def _row(item: Item, shell: Shell) -> list[Cell]:
    band = band_by_hand(item.account.pulse)
    when = words.item_when(item, shell.today)
    role = words.when_role(item.due_on, item.latest_on, shell.today) if item.snoozed is None else "muted"
    return [
        Cell(f"  {item.id:<6} ", "muted"),
        Cell(words.BY_HAND[band], words.BAND_ROLES[band]),
        Cell(f" {safe.fitted(item.account.name, 28)}  "),
        Cell(f"{safe.fitted(item.what, 40)}  "),
        Cell(f"{when:>10}", role),
    ]
