"""csm move: a promise or a meeting gets another day; a check-in is booked for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.actions.items import MoveItem, move_item
from csm_tui.cli.fields import day, item

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell

SUMMARY = "Give a promise or a meeting another day; book a call for a check-in."
EPILOG = """\
ITEM is the short id that `csm today` prints.
  csm move p7 fri            the promise is due on Friday
  csm move t31 2026-12-01    the meeting takes place on that day
  csm move c12 thu           a call is booked for Thursday"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm move`."""
    parser.add_argument("item", metavar="ITEM", help="its short id, such as p7")
    parser.add_argument("day", metavar="DAY", help="today, fri, +3d, 2026-11-28")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Move the item."""
    due = shell.read(item, chosen.item)
    wanted = MoveItem(due, day(chosen.day, shell.today))
    shell.do_light(move_item, wanted)
    if shell.json:
        shell.emit({"id": due.id, "account": due.account.name, "did": wanted.label, "to": wanted.to.isoformat()})
    else:
        shell.out(f"{wanted.label}.")
    return 0
