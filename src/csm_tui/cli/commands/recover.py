"""csm recover: opens the recovery of an account, shows it, works its steps, and closes it on its exit test."""

from __future__ import annotations

from csm_tui.actions.recovery import OpenRisk, Seen, open_risk
from csm_tui.cli import recovering, told_plans
from csm_tui.cli.fields import ACCOUNT_HELP, NONE, choice, day_ahead
from csm_tui.cli.page import lay_out
from csm_tui.cli.recovery_page import recovery_page, step_page
from csm_tui.domain.days import spoken
from csm_tui.domain.errors import Refusal
from csm_tui.domain.plans import Party
from csm_tui.domain.playbooks import Owner
from csm_tui.domain.risks import BECAUSE, How, Severity
from csm_tui.domain.touchpoints import Signal
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.named import find_account
from csm_tui.views.recovery import last_recovery, recovery_walk, suggested_signals
from csm_tui.views.recovery_json import walk_json

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from csm_tui.actions.recovery import Opened
    from csm_tui.cli.shell import Shell
    from csm_tui.domain.naming import Named
    from csm_tui.domain.plans import Shift
    from csm_tui.views.recovery import RecoveryWalk

SIGNS = list(Signal)[:9]
SUMMARY = "Open the recovery of an account at risk, show it, work its steps, and close it on its exit test."
EPILOG = """\
  csm recover northwind                     shows it; opens it for signals of the last 90 days
  csm recover northwind --signal champion --evidence 'Jon left on Friday'
  csm recover northwind --confirm champion
  csm recover northwind --step 2            its guidance and checks
  csm recover northwind --step 2 --tick 1 --note 'Maya takes over' --done
  csm recover northwind --step 4 --move fri --shift
  csm recover northwind --met value --proof 'Maya: 12 h a week, 20 Nov'
  csm recover northwind --close recovered --because value
Options given together are one operation, and one undo;
--signal is one of its own, and comes first."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm recover`."""
    parser.add_argument("account", metavar="ACCOUNT", nargs="+", help=ACCOUNT_HELP)
    signs: dict[str, Any] = {"type": choice(SIGNS), "metavar": "NAME", "action": "append"}
    parser.add_argument("--signal", help=f"a sign that was seen: {', '.join(SIGNS)}", **signs)
    parser.add_argument("--evidence", metavar="TEXT", help="what said so")
    parser.add_argument("--confirm", help="a second source says the same", **signs)
    parser.add_argument("--step", type=int, metavar="N", help="the step of that number; alone, it is shown")
    parser.add_argument("--done", action="store_true", default=None, help="it is done")
    parser.add_argument("--skip", metavar="WHY", help="it will not be done")
    parser.add_argument("--move", metavar="DAY", help="another day for it")
    parser.add_argument("--shift", action="store_true", default=None, help="the later open steps move as many days")
    parser.add_argument("--wait", type=choice(list(Party), NONE), metavar="PARTY", help=f"{', '.join(Party)}, none")
    parser.add_argument("--owner", type=choice(list(Owner)), metavar="WHO", help=", ".join(Owner))
    parser.add_argument("--note", metavar="TEXT", help="kept with it, behind what is there")
    ticks: dict[str, Any] = {"type": int, "metavar": "N", "action": "append"}
    parser.add_argument("--tick", help="its check of that number", **ticks)
    parser.add_argument("--untick", help="takes the tick away", **ticks)
    parser.add_argument("--met", type=choice(SIGNS), metavar="NAME", help="the exit test of a signal is met")
    parser.add_argument("--proof", metavar="TEXT", help="by what; an empty one opens it again")
    parser.add_argument("--escalate", type=choice(list(Severity)), metavar="SEVERITY", help=", ".join(Severity))
    parser.add_argument("--what", metavar="TEXT", help="what would end the escalation")
    parser.add_argument("--close", type=choice(list(How)), metavar="HOW", help=", ".join(How))
    parser.add_argument("--because", type=choice(BECAUSE), metavar="WORD", help=", ".join(BECAUSE))


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Open it where that is asked for, do what the options say, and tell where it stands."""
    recovering.check(chosen)
    shell.keep_up()
    where = shell.read(find_account, " ".join(chosen.account))
    opened = _open(chosen, where, shell)
    walk = shell.read(recovery_walk, where.id)
    if walk is None:
        raise Refusal(_none(where, shell))
    wanted = recovering.deeds(chosen, walk, shell.today)
    moves = _moves(chosen, walk, shell)
    if wanted.deeds:
        shell.do_light(recovering.work, wanted)
    if shell.json:
        _emit(where, shell)
    elif not wanted.deeds and chosen.step is not None:
        lay_out(step_page(walk, recovering.step_of(walk, chosen.step)), shell)
    elif not wanted.deeds and not (opened and chosen.signal):
        lay_out(recovery_page(walk), shell)
    else:
        _tell(wanted, moves, where, shell)
    return 0


def _tell(wanted: recovering.Deeds, moves: list[Shift], where: Named, shell: Shell) -> None:
    """What was done, what moved with it, and what comes next."""
    for deed in wanted.deeds:
        shell.out(f"{deed.wanted.label}.")
    told_plans.print_moves(shell, moves)
    _tell_next(where, shell)


def _moves(chosen: argparse.Namespace, walk: RecoveryWalk, shell: Shell) -> list[Shift]:
    """What moves, as it stands before."""
    if not chosen.shift:
        return []
    return told_plans.moves(shell, recovering.step_of(walk, chosen.step).step_id, day_ahead(chosen.move, shell.today))


def _open(chosen: argparse.Namespace, where: Named, shell: Shell) -> Opened | None:
    """Note the signals that were named; without any option, open it for those of the last touchpoints."""
    if chosen.signal:
        seen = tuple(Seen(Signal(one), (chosen.evidence or "").strip(), shell.today) for one in chosen.signal)
    elif recovering.is_bare(chosen) and shell.read(recovery_walk, where.id) is None:
        seen = tuple(Seen(*one) for one in shell.read(suggested_signals, where.id))
    else:
        return None
    if not seen:
        raise Refusal(_none(where, shell))
    opened = shell.do_light(open_risk, OpenRisk(where.id, where.name, seen))
    if not shell.json:
        shell.out(_opened(opened, where))
    return opened


def _opened(opened: Opened, where: Named) -> str:
    names = ", ".join(f"#{signal}" for signal in opened.signals)
    if opened.new:
        return f"Opened a recovery of {where.name} for {names}, with {opened.steps} steps."
    if opened.signals:
        return f"Added {names} to the recovery of {where.name}, with {opened.steps} steps."
    return f"Added the evidence to the recovery of {where.name}; its steps stay."


def _none(where: Named, shell: Shell) -> str:
    """That nothing is open; for which signals it would be, or how the last one ended and what is still to be done."""
    signs = dict.fromkeys(f"#{one.signal}" for one in shell.read(suggested_signals, where.id))
    if signs:
        told = f"`csm recover {where.name!r}` alone opens one for {', '.join(signs)}"
        return f"{where.name} has no open risk yet: {told}, which its touchpoints tell of. Then do this."
    last, before = shell.read(last_recovery, where.id), ""
    if last is not None and last.line.risk.closed_on is not None:
        before = f" Its last was closed {spoken(last.line.risk.closed_on, shell.today)} as {last.line.risk.how}."
        before += f" {told_plans.next_step(last.line.next, shell.today)}" if last.line.next is not None else ""
    return (
        f"{where.name} has no open risk, and no touchpoint of the last 90 days that tells of one.{before} "
        f"Open one with the sign that was seen: --signal NAME, one of {', '.join(SIGNS)}."
    )


def _emit(where: Named, shell: Shell) -> None:
    walk: RecoveryWalk | None = shell.read(last_recovery, where.id)
    if walk is not None:
        shell.emit(walk_json(walk))


def _tell_next(where: Named, shell: Shell) -> None:
    """What comes next, and what it takes to close."""
    walk: RecoveryWalk | None = shell.read(last_recovery, where.id)
    if walk is None:
        return
    if walk.line.next is not None:
        shell.out(told_plans.next_step(walk.line.next, shell.today))
    if walk.can_close and walk.line.risk.closed_on is None:
        shell.out("Nothing stands against closing it: --close recovered --because WORD.")
