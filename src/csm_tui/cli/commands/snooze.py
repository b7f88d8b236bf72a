"""csm snooze: a due item is put off to a day, with a reason; it comes back by itself."""

from __future__ import annotations

from csm_tui.actions.items import SnoozeItem, snooze_item
from csm_tui.cli.fields import day, item
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell

SUMMARY = "Put a due item off to a day, with a reason; a must-do only to tomorrow."
EPILOG = """\
ITEM is the short id that `csm today` prints.
  csm snooze c12                             until tomorrow
  csm snooze c12 mon 'Jon is on leave'
  csm snooze p7 +3d waiting for legal"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm snooze`."""
    parser.add_argument("item", metavar="ITEM", help="its short id, such as c12")
    parser.add_argument("day", metavar="DAY", nargs="?", default="tomorrow", help="tomorrow, fri, +3d, 2026-11-28")
    parser.add_argument("reason", metavar="REASON", nargs="*", default=[], help="why, in words")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Put the item off."""
    due = shell.read(item, chosen.item)
    wanted = SnoozeItem(due, day(chosen.day, shell.today), " ".join(chosen.reason))
    shell.do_light(snooze_item, wanted)
    if shell.json:
        shell.emit(
            {
                "id": due.id,
                "account": due.account.name,
                "did": wanted.label,
                "until_on": wanted.until_on.isoformat(),
            }
        )
    else:
        shell.out(f"{wanted.label}.")
    return 0
