"""What the options of `csm recover` ask for, as deeds on a recovery that are done together: one operation, one undo."""

from __future__ import annotations

from csm_tui.actions.escalations import Escalate, escalate
from csm_tui.actions.recovery import CloseRisk, ConfirmSignal, StateExit, close_risk, confirm_signal, state_exit
from csm_tui.actions.steps import (
    DoneStep,
    GiveStep,
    MoveStep,
    NoteStep,
    SkipStep,
    TickStep,
    WaitStep,
    done_step,
    give_step,
    move_step,
    note_step,
    skip_step,
    tick_step,
    wait_step,
)
from csm_tui.cli.fields import NONE, day_ahead
from csm_tui.cli.usage import WrongUsage
from csm_tui.domain.errors import Refusal
from csm_tui.domain.plans import Party, Step
from csm_tui.domain.playbooks import Owner
from csm_tui.domain.risks import BECAUSE, Evidence, How, Severity
from csm_tui.domain.touchpoints import Signal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from datetime import date
    from typing import Any

    from csm_tui.cli.shell import Labelled
    from csm_tui.store.verbs import Writing
    from csm_tui.views.recovery import RecoveryWalk

NEEDS = {
    "evidence": ("signal",), "done": ("step",), "skip": ("step",), "note": ("step",), "move": ("step",),
    "shift": ("move",), "wait": ("step",), "owner": ("step",), "tick": ("step",), "untick": ("step",),
    "proof": ("met",), "met": ("proof",), "what": ("escalate",), "because": ("close",),
}  # fmt: skip
"""Which option each option says more about."""

ENDS = ("done", "skip", "move")
OPTIONS = ("signal", "confirm", "step", "escalate", "close", *NEEDS)


class Deed(NamedTuple):
    """One action with its command."""

    act: Callable[[Writing, Any], object]
    wanted: Labelled


class Deeds(NamedTuple):
    """Several actions as one operation, called by the last of them, which says most."""

    deeds: tuple[Deed, ...]

    @property
    def label(self) -> str:
        """What history and undo call it."""
        others = len(self.deeds) - 1
        return self.deeds[-1].wanted.label + (f", and {others} more" if others else "")


def work(writing: Writing, wanted: Deeds) -> None:
    """Do all of them, or none where one is refused."""
    for deed in wanted.deeds:
        deed.act(writing, deed.wanted)


def check(chosen: argparse.Namespace) -> None:
    """Raise WrongUsage for an option whose other half is missing, and for two ends of one step."""
    for name, needed in NEEDS.items():
        if _given(chosen, name) and not any(_given(chosen, other) for other in needed):
            raise WrongUsage(f"--{name} goes with --{needed[0]}: give that too")
    ends = [f"--{name}" for name in ENDS if _given(chosen, name)]
    if len(ends) > 1:
        raise WrongUsage(f"{' and '.join(ends)} cannot hold for one step: choose one of them")


def is_bare(chosen: argparse.Namespace) -> bool:
    """Whether nothing but the account was given."""
    return not any(_given(chosen, name) for name in OPTIONS)


def _given(chosen: argparse.Namespace, name: str) -> bool:
    value = getattr(chosen, name)
    return value is not None and value is not False


def deeds(chosen: argparse.Namespace, walk: RecoveryWalk, today: date) -> Deeds:
    """What the options ask for at an open recovery, in the order in which it is done."""
    return Deeds((*_signals(chosen, walk), *_steps(chosen, walk, today), *_ends(chosen, walk)))


def _signals(chosen: argparse.Namespace, walk: RecoveryWalk) -> Iterator[Deed]:
    account = walk.line.facts.name
    for signal in chosen.confirm or ():
        found = _evidence(walk, signal)
        row = next((one for one in found if one.confirmed_on is None), found[-1])
        yield Deed(confirm_signal, ConfirmSignal(row.row_id, row.signal, account))


def _evidence(walk: RecoveryWalk, signal: str) -> list[Evidence]:
    """The evidence of a signal, in its order. Raises Refusal where there is none."""
    account = walk.line.facts.name
    found = [one for one in walk.line.risk.signals if one.signal == signal]
    if not found:
        there = ", ".join(walk.line.signals)
        raise Refusal(f"{account} has no signal {signal}, only {there}: --signal {signal} adds it.")
    return found


def step_of(walk: RecoveryWalk, number: int) -> Step:
    """The step of a number. Raises Refusal, saying which there are, when there is none."""
    found = next((step for step in walk.line.steps if step.n == number), None)
    if found is None:
        account, last = walk.line.facts.name, len(walk.line.steps)
        raise Refusal(f"The recovery of {account} has no step {number}: its steps are 1 to {last}.")
    return found


def _steps(chosen: argparse.Namespace, walk: RecoveryWalk, today: date) -> Iterator[Deed]:
    if chosen.step is None:
        return
    step = step_of(walk, chosen.step)
    which = (step.step_id, step.title, walk.line.facts.name)
    yield from _about(chosen, step, which)
    if chosen.move is not None:
        yield Deed(move_step, MoveStep(*which, day_ahead(chosen.move, today), bool(chosen.shift)))
    if chosen.skip is not None:
        yield Deed(skip_step, SkipStep(*which, chosen.skip))
    if chosen.done:
        yield Deed(done_step, DoneStep(*which))


def _about(chosen: argparse.Namespace, step: Step, which: tuple[int, str, str]) -> Iterator[Deed]:
    """What is noted of a step that stays as it is."""
    if chosen.note is not None:
        if not chosen.note.strip():
            raise Refusal("What is to be noted? --note takes the words, which are kept behind those that are there.")
        notes = "\n\n".join(text for text in (step.notes.strip(), chosen.note.strip()) if text)
        yield Deed(note_step, NoteStep(*which, notes, {"notes": step.notes or None}))
    for place in chosen.tick or ():
        yield Deed(tick_step, TickStep(*which, place - 1))
    for place in chosen.untick or ():
        yield Deed(tick_step, TickStep(*which, place - 1, ticked=False))
    if chosen.owner is not None:
        yield Deed(give_step, GiveStep(*which, Owner(chosen.owner)))
    if chosen.wait is not None:
        yield Deed(wait_step, WaitStep(*which, None if chosen.wait == NONE else Party(chosen.wait)))


def _ends(chosen: argparse.Namespace, walk: RecoveryWalk) -> Iterator[Deed]:
    facts = walk.line.facts
    if chosen.met is not None:
        found = _evidence(walk, chosen.met)
        proven = [one for one in found if one.met_on is not None]
        row = proven[-1] if proven and not chosen.proof.strip() else found[-1]
        yield Deed(state_exit, StateExit(row.row_id, Signal(chosen.met), facts.name, chosen.proof))
    if chosen.escalate is not None:
        wanted = Escalate(facts.account_id, facts.name, Severity(chosen.escalate), (chosen.what or "").strip())
        yield Deed(escalate, wanted)
    if chosen.close is not None:
        if chosen.because is None:
            raise Refusal(f"Why? Add --because WORD: one of {', '.join(BECAUSE)}.")
        yield Deed(close_risk, CloseRisk(facts.account_id, facts.name, How(chosen.close), chosen.because))
