"""csm move: a promise, a step or a meeting gets another day; a check-in is booked for one."""

from __future__ import annotations

from csm_tui.actions.items import MoveItem, move_item
from csm_tui.cli.fields import day, item
from csm_tui.domain.due import STEP_LETTER, ItemKind
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.due import Item
    from csm_tui.domain.plans import Shift

SUMMARY = "Give a promise, a step or a meeting another day; book a call for a check-in."
EPILOG = """\
ITEM is the short id that `csm today` prints.
  csm move p7 fri            the promise is due on Friday
  csm move t31 2026-12-01    the meeting takes place on that day
  csm move c12 thu           a call is booked for Thursday
  csm move v12 2026-12-08    the review is booked; its preparation is dated back from there
  csm move k42 fri --shift   the step, and the later open ones by as many days
  csm move k42 fri --shift --dry-run"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm move`."""
    parser.add_argument("item", metavar="ITEM", help="its short id, such as p7")
    parser.add_argument("day", metavar="DAY", help="today, fri, +3d, 2026-11-28")
    parser.add_argument("--shift", action="store_true", help="of a step: the later open ones move by as many days")
    parser.add_argument("--dry-run", action="store_true", help="only say which days would change")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Move the item, and say which others moved with it."""
    due = shell.read(item, chosen.item)
    wanted = MoveItem(due, day(chosen.day, shell.today), chosen.shift)
    of_step = due.id[0] == STEP_LETTER
    if (chosen.shift or chosen.dry_run) and not of_step:
        raise Refusal(f"“{due.what}” is not a step of a plan: it moves alone, without --shift and --dry-run.")
    moves = _moves(wanted, shell) if of_step else []
    if not chosen.dry_run:
        shell.do_light(move_item, wanted)
    if shell.json:
        _emit(wanted, moves, shell, dry=chosen.dry_run)
    elif not of_step:
        shell.out(f"{wanted.label}.", _what_comes(due, shell))
    else:
        _tell(wanted, moves, shell, dry=chosen.dry_run)
    return 0


def _what_comes(due: Item, shell: Shell) -> str:
    """When contact is owed once a booking has moved: one past the latest day covers no check-in."""
    if due.kind not in {ItemKind.CHECK_IN, ItemKind.MEETING}:
        return ""
    from csm_tui.cli import told

    return " " + told.next_check_in(None, shell.read(told.owed, due.account.account_id), shell.today)


def _moves(wanted: MoveItem, shell: Shell) -> list[Shift]:
    from csm_tui.cli.told_plans import moves

    return moves(shell, wanted.item.row_id, wanted.to)


def _emit(wanted: MoveItem, moves: list[Shift], shell: Shell, *, dry: bool) -> None:
    """What moved; of a step also each that moved with it."""
    due = wanted.item
    told: dict[str, object] = {
        "id": due.id, "account": due.account.name, "did": None if dry else wanted.label, "to": wanted.to.isoformat(),
    }  # fmt: skip
    if moves:
        from csm_tui.cli.told_plans import moves_json

        told["moved"] = moves_json(moves if wanted.shift else moves[:1])
    shell.emit(told)


def _tell(wanted: MoveItem, moves: list[Shift], shell: Shell, *, dry: bool) -> None:
    from csm_tui import words
    from csm_tui.cli.told_plans import print_moves

    shell.out("These days would change:" if dry else f"{wanted.label}.")
    if wanted.shift or dry:
        print_moves(shell, moves if wanted.shift else moves[:1])
    elif len(moves) > 1:
        kept = words.plural(len(moves) - 1, "later step")
        shell.out(
            f"{kept} of its plan {'keeps its day' if len(moves) == 2 else 'keep their days'}: --shift moves them."
        )
