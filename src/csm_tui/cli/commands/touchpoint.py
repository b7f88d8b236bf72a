"""csm touchpoint: one that was logged is corrected, or taken out."""

from __future__ import annotations

from csm_tui.actions.correct import CorrectTouchpoint, DeleteTouchpoint, correct_touchpoint, delete_touchpoint
from csm_tui.cli.fields import NONE, choice, day_of_touchpoint, number, row_id
from csm_tui.cli.verbs import do_verb, done, verb, verbs
from csm_tui.domain.daywords import clock_time
from csm_tui.domain.errors import Refusal
from csm_tui.domain.touchpoints import Direction, Kind, Mood, State
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.named import account_of_touchpoint

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from csm_tui.cli.shell import Shell
    from csm_tui.store.verbs import Row

SUMMARY = "Correct or delete a touchpoint, by the id that `csm account show` prints."
EPILOG = """\
  csm touchpoint edit t31 --day yesterday --mood worried
  csm touchpoint edit t31 --summary 'asked for the price' --with jon --with ana
  csm touchpoint delete t31
The word none clears time, minutes, mood and notes; --with none, the people."""
CHOICES: tuple[tuple[str, Any, str], ...] = (
    ("kind", Kind, ""), ("state", State, ""), ("direction", Direction, ""), ("mood", Mood, NONE),
)  # fmt: skip
TEXTS = (
    ("day", "DAY", "when, as in a line"), ("time", "HH:MM", "the time of day"), ("minutes", "N", "how long it took"),
    ("summary", "WORDS", "what was said, in a line"), ("notes", "TEXT", "kept as it is"),
)  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """The verbs and their options."""
    made = verbs(parser)
    one = verb(made, "edit", _edit, "correct a touchpoint", "csm touchpoint edit t31 --day yesterday")
    one.add_argument("id", metavar="ID", help="such as t31")
    for name, words, spare in CHOICES:
        one.add_argument(f"--{name}", type=choice(list(words), spare), metavar=name.upper(), help=", ".join(words))
    for name, metavar, what in TEXTS:
        one.add_argument(f"--{name}", metavar=metavar, help=what)
    one.add_argument("--with", dest="with_", action="append", metavar="NAME", help="who was there; all of them")
    one = verb(made, "delete", _delete, "take a touchpoint out", "csm touchpoint delete t31")
    one.add_argument("id", metavar="ID", help="such as t31")


run = do_verb


def _edit(chosen: argparse.Namespace, shell: Shell) -> int:
    touchpoint_id = row_id(chosen.id, "t")
    where = shell.read(account_of_touchpoint, touchpoint_id)
    people = None if chosen.with_ is None else tuple(name for name in chosen.with_ if name.casefold() != NONE)
    wanted = CorrectTouchpoint(touchpoint_id, where.id, where.name, _values(chosen, shell), people)
    new = shell.do(correct_touchpoint, wanted)
    if new:
        shell.say(f"New at {where.name}: {', '.join(new)}.")
    return _tell(shell, where.name, where.id, touchpoint_id, wanted.label)


def _delete(chosen: argparse.Namespace, shell: Shell) -> int:
    touchpoint_id = row_id(chosen.id, "t")
    where = shell.read(account_of_touchpoint, touchpoint_id)
    wanted = DeleteTouchpoint(touchpoint_id, where.id, where.name)
    shell.do(delete_touchpoint, wanted)
    return _tell(shell, where.name, where.id, touchpoint_id, wanted.label)


def _tell(shell: Shell, account: str, account_id: int, touchpoint_id: int, did: str) -> int:
    if shell.json:
        shell.emit({"id": touchpoint_id, "account": account, "account_id": account_id, "did": did})
    else:
        shell.out(f"{done(did)}.")
    return 0


def _values(chosen: argparse.Namespace, shell: Shell) -> Row:
    """The facts that the options give; `none` clears one."""
    row: Row = {}
    for name in ("kind", "state", "direction", "mood", "time", "minutes", "summary", "notes"):
        text: str | None = getattr(chosen, name)
        if text is not None:
            row[name] = None if text.strip().casefold() == NONE and name != "summary" else text
    if row.get("time") is not None:
        row["time"] = clock_time(str(row["time"]).strip())
        if row["time"] is None:
            raise Refusal(f"“{chosen.time}” is not a time of day: write it like 14:20.")
    if row.get("minutes") is not None:
        row["minutes"] = number(str(row["minutes"]), "minutes")
    if chosen.day is not None:
        row["day"] = day_of_touchpoint(chosen.day, shell.today).isoformat()
    return row
