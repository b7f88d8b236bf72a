"""csm done: a due item is done, in the way of its kind; or it will not be."""

from __future__ import annotations

from csm_tui.actions.items import DoneItem, DropItem, done_item, drop_item, needs_day, needs_line
from csm_tui.cli import told
from csm_tui.cli.fields import day, item, people
from csm_tui.cli.line import doubts, read_line
from csm_tui.cli.usage import REST, WrongUsage
from csm_tui.domain.due import STEP_LETTER, ItemKind
from csm_tui.domain.errors import Refusal
from csm_tui.domain.touchpoints import Direction, State
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.due import Item
    from csm_tui.domain.logline import LogLine

SUMMARY = "Close a due item: a check-in with the line that logs it, a promise, a meeting, a step."
EPILOG = """\
ITEM is the short id that `csm today` prints.
  csm done c12 'call @jon all good :)'     the check-in took place, and what was said
  csm done p7                              the promise was kept
  csm done t31 '@jon plan agreed'          the booked meeting was held
  csm done r12 2027-11-30                  the account renewed up to that day
  csm done k42                             the step is done; a line logs what was said with it
  csm done k42 --checked                   so is a gate, all of whose checks hold
  csm done k42 --missed 'not needed'       the step is skipped, with the reason
  csm done v12 'qbr @jon what was agreed'  the review was held
  csm done e3                              the update of the escalation was sent
  csm done t31 --missed 'he was ill'       it did not happen
  csm done p7 --missed 'no longer wanted'  ours is released, theirs is broken"""
OPTIONS = {"--missed", "--checked", "--json"}


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm done`."""
    parser.usage = "csm done [options] ITEM [--missed | --checked] [LINE | DAY | REASON]"
    parser.add_argument("--checked", action="store_true", help="all checks of the step hold")
    parser.add_argument("--missed", action="store_true", help="it did not come about: the words say why")
    parser.add_argument("words", nargs=REST, metavar="ITEM LINE...", help="the id; what was said")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Close the item, and say when the account is owed contact next."""
    words = chosen.words[1:] if chosen.words[:1] == ["--"] else [*chosen.words]
    if not words or words[1:] in (["--help"], ["-h"]):
        raise WrongUsage("which item? Give the id that `csm today` prints, such as csm done p7")
    while len(words) > 1 and words[1] in OPTIONS:  # directly behind ITEM they are options; later they are words
        setattr(chosen, words.pop(1)[2:], True)
    shell.json = shell.json or chosen.json
    due = shell.read(item, words[0])
    text = " ".join(words[1:])
    if _is_id(text) and not chosen.missed:
        raise Refusal(f"One item at a time: `csm done {due.id}`, then `csm done {text}`.")
    if chosen.missed:
        wanted = DropItem(due, text)
        shell.do_light(drop_item, wanted)
        return _tell(shell, due, wanted.label, None)
    done = _done(due, text, shell)._replace(checked=chosen.checked)
    shell.do_light(done_item, done)
    return _tell(shell, due, done.label, done.line)


def _is_id(text: str) -> bool:
    """Whether it is the id of another item rather than anything that was said."""
    return text.isascii() and text[:1].isalpha() and text[1:].isdigit()


def _done(due: Item, text: str, shell: Shell) -> DoneItem:
    """The item with what its kind needs: a day, a line, or nothing."""
    if needs_day(due) and text:
        return DoneItem(due, renewed_to=day(text, shell.today))
    if due.kind is ItemKind.PROMISE and text:
        raise Refusal(f"A promise takes no line: `csm done {due.id}` keeps it, `csm log` says what was talked about.")
    if not text or not (needs_line(due) or due.of_plan or due.kind is ItemKind.MEETING):
        return DoneItem(due)
    if text == "-":
        raise Refusal("`csm done` reads no standard input: `csm log ACCOUNT -` does.")
    known = shell.read(people, due.account.account_id)
    line = read_line(text, known, shell.today)
    for doubt in doubts(line, known, due.account.name):
        shell.say(doubt)
    return DoneItem(due, line)


def _tell(shell: Shell, due: Item, label: str, line: LogLine | None) -> int:
    """What was done, what comes next in its plan, and when contact is owed; what has closed nothing is told so."""
    if line is not None and line.state is State.BOOKED and due.kind is not ItemKind.MEETING:
        label = f"Booked, not done: {due.what} ({due.account.name})"
    elif line is not None and line.direction is not Direction.TWO_WAY and not label.startswith("Done:"):
        label = f"Logged, not done: {due.what} ({due.account.name})"
    owed = shell.read(told.owed, due.account.account_id)
    if shell.json:
        next_on = owed.ideal_on.isoformat() if owed else None
        shell.emit({"id": due.id, "account": due.account.name, "did": label, "next_check_in_on": next_on})
    else:
        shell.out(f"{label}. ", told.next_check_in(line, owed, shell.today))
        if due.id[0] == STEP_LETTER:
            _tell_plan(due, shell)
    return 0


def _tell_plan(due: Item, shell: Shell) -> None:
    from csm_tui.cli.told_plans import after_step

    shell.out(shell.read(after_step, due.row_id))
