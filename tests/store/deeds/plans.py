"""Deeds on plans, their steps, risks, escalations and reviews."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.add_step import AddStep, add_step
from csm_tui.actions.escalations import (
    CloseEscalation,
    Escalate,
    UpdateEscalation,
    close_escalation,
    escalate,
    update_escalation,
)
from csm_tui.actions.items import DoneItem, DropItem, MoveItem, done_item, drop_item, move_item
from csm_tui.actions.keep_up import keep_up
from csm_tui.actions.plans import ClosePlan, StartPlan, close_plan, start_plan
from csm_tui.actions.recovery import (
    CloseRisk,
    ConfirmSignal,
    OpenRisk,
    Seen,
    StateExit,
    close_risk,
    confirm_signal,
    open_risk,
    state_exit,
)
from csm_tui.actions.reviews import SkipReview, skip_review
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
from csm_tui.domain.keep_up import Begins, KeepUp, Sees
from csm_tui.domain.logline import parse
from csm_tui.domain.plans import Party
from csm_tui.domain.playbooks import Owner
from csm_tui.domain.risks import How, Severity
from csm_tui.domain.touchpoints import Signal
from csm_tui.playbooks import load
from tests.conftest import TODAY
from tests.store.deeds import Deed, item, logging

NORTHWIND, TITLE = (1, "Northwind"), "Confirm the signal"
STEP = (1, TITLE, "Northwind")


DEEDS: dict[str, Deed] = {
    "start a plan": Deed(start_plan, lambda _: StartPlan(2, "Lights", load("onboarding"), TODAY, "light")),
    "start a renewal": Deed(
        start_plan, lambda _: StartPlan(4, "Опто", load("renewal"), date(2026, 12, 25), opt_out_on=date(2026, 11, 25))
    ),
    "close a plan": Deed(close_plan, lambda _: ClosePlan(2, "Renewal", "Lights", "not now")),
    "add a step": Deed(
        add_step, lambda _: AddStep(*NORTHWIND, "Second site live", date(2026, 12, 1), "recovery", Owner.THEM, True)
    ),
    "do a step": Deed(done_step, lambda _: DoneStep(*STEP)),
    "skip a step": Deed(skip_step, lambda _: SkipStep(*STEP, "known already")),
    "move a step": Deed(move_step, lambda _: MoveStep(*STEP, date(2026, 11, 30), shift=True)),
    "a step waits": Deed(wait_step, lambda _: WaitStep(*STEP, Party.THEM)),
    "tick a check": Deed(tick_step, lambda _: TickStep(*STEP, 1)),
    "note at a step": Deed(note_step, lambda _: NoteStep(*STEP, "“she said”")),
    "give a step away": Deed(give_step, lambda _: GiveStep(*STEP, Owner.SUPPORT)),
    "open a risk": Deed(
        open_risk,
        lambda _: OpenRisk(2, "Lights", (Seen(Signal.USAGE, "-40 %", TODAY), Seen(Signal.SILENCE, "", TODAY))),
    ),
    "add a sign to a risk": Deed(open_risk, lambda _: OpenRisk(*NORTHWIND, (Seen(Signal.NPS, "3", TODAY),))),
    "confirm a sign": Deed(confirm_signal, lambda _: ConfirmSignal(1, Signal.VALUE, "Northwind")),
    "state an exit test": Deed(state_exit, lambda _: StateExit(1, Signal.VALUE, "Northwind", "Jon: 12 h a week")),
    "close a risk": Deed(close_risk, lambda _: CloseRisk(*NORTHWIND, How.NOT_A_RISK, "other")),
    "lose": Deed(close_risk, lambda _: CloseRisk(*NORTHWIND, How.LOST, "price")),
    "escalate": Deed(escalate, lambda _: Escalate(3, "Acme", Severity.CRITICAL, "the fix is live")),
    "escalate higher": Deed(escalate, lambda _: Escalate(*NORTHWIND, Severity.CRITICAL)),
    "send an update": Deed(update_escalation, lambda _: UpdateEscalation(1, "Northwind")),
    "close an escalation": Deed(close_escalation, lambda _: CloseEscalation(1, "Northwind", "fixed")),
    "let a review go": Deed(skip_review, lambda _: SkipReview(*NORTHWIND, date(2026, 2, 2), "they were moving")),
    "a due step is done": Deed(done_item, lambda path: DoneItem(item(path, "k1"))),
    "a due step is done by a line": Deed(done_item, lambda path: DoneItem(item(path, "k1"), parse("call ok", TODAY))),
    "an update is due and sent": Deed(done_item, lambda path: DoneItem(item(path, "e1"))),
    "a due review is held": Deed(done_item, lambda path: DoneItem(item(path, "v1"), parse("qbr @jon", TODAY))),
    "a due step is moved": Deed(move_item, lambda path: MoveItem(item(path, "k1"), date(2026, 11, 30), shift=True)),
    "a due review is booked": Deed(move_item, lambda path: MoveItem(item(path, "v1"), date(2026, 11, 30))),
    "a due step is skipped": Deed(drop_item, lambda path: DropItem(item(path, "k1"), "no")),
    "a due review is let go": Deed(drop_item, lambda path: DropItem(item(path, "v1"), "no")),
    "an escalation ends": Deed(drop_item, lambda path: DropItem(item(path, "e1"), "fixed")),
    "keep up": Deed(
        keep_up,
        lambda _: KeepUp(
            TODAY,
            (Begins(4, "Опто", "renewal", date(2026, 12, 25)), Begins(3, "Acme", "qbr", date(2026, 12, 21))),
            (Sees(2, "Lights", Signal.SILENCE, "no two-way contact since Tue 25 Aug"),),
        ),
    ),
    "log a sign of risk": logging("call @ana wants out #competitor #nps", account_id=3, account="Acme"),
    "log a review": logging("qbr @jon all agreed"),
}
