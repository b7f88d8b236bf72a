"""How a step of a plan is worked wherever the cursor stands on one: done, skipped, moved, noted, given, waiting."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from csm_tui.domain.due import STEP_LETTER
from csm_tui.domain.plans import Party, StepState
from csm_tui.domain.playbooks import Owner
from csm_tui.domain.reviews import asked_for
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.tui import drafts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csm_tui.actions.steps import DoneStep
    from csm_tui.domain.plans import Step
    from csm_tui.store.verbs import Row
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.forms.ask import Asked
    from csm_tui.tui.forms.fields import Field
    from csm_tui.tui.forms.form import Look
    from csm_tui.tui.forms.move_step import Moved
    from csm_tui.tui.pane import Chosen
    from csm_tui.views.plans import StepToMove


class Stepping:
    """The actions of the app that work a step. It stands apart from the app only to keep both short."""

    desk: Desk
    screen: Any
    push_screen: Callable[..., Any]
    ask_for_form: Callable[..., None]
    ask_then: Callable[..., str]
    tell: Callable[..., None]
    chosen: Callable[[], Chosen | None]
    log_with: Callable[[int, str], None]
    action_close_risk: Callable[[], None]

    def step_done(self, step: Step, account: str) -> None:
        """It is done today; a review is logged, and the step that ends a recovery is done by closing the risk."""
        if getattr(self.screen, "closing", False):
            self.action_close_risk()
            return
        if step.done_by in REVIEW_KINDS:
            self.log_with(step.account_id, asked_for(f"{step.done_by} "))
            return
        from csm_tui.actions.steps import DoneStep

        done = DoneStep(step.step_id, step.title, account)
        if step.gate is None:
            self._close_step(done, ())
        else:
            self.gate_done(done)

    def gate_done(self, done: DoneStep) -> None:
        """It is done; a gate asks first whether its checks hold that nobody has ticked."""
        from csm_tui.views.plans import unticked

        self.ask_then(lambda checks: self._close_step(done, checks), unticked, done.step_id)

    def _close_step(self, done: DoneStep, checks: Sequence[str]) -> None:
        from csm_tui.actions.steps import done_step
        from csm_tui.tui.forms.confirm import Confirm

        if not checks:
            self.desk.do(done_step, done, light=True)
            return
        told = [f"“{done.title}” is a gate: it is passed where all of this holds.", *(f"· {one}" for one in checks)]
        save = partial(self.desk.do, done_step, done._replace(checked=True), light=True)
        self.push_screen(Confirm("Does it all hold? y ticks it, and the step is done.", told, save))

    def step_skipped(self, step: Step, account: str) -> None:
        """It will not be done; the reason stays with it."""
        if self._is_closed(step):
            return
        from csm_tui.actions.steps import SkipStep, skip_step
        from csm_tui.tui.forms.ask import Ask

        def save(asked: Asked) -> str:
            return self.desk.do(skip_step, SkipStep(step.step_id, step.title, account, asked.words), light=True)

        self.push_screen(Ask(f"Skip: {step.title}", self.desk.today, save=save, words="why?"))

    def step_moved(self, step: Step, account: str) -> None:
        """It gets another day; its baseline stays, and the later open ones are offered to shift with it."""
        if not self._is_closed(step):
            self.move_step_of(step.step_id, account)

    def _is_closed(self, step: Step) -> bool:
        """Whether nothing can be asked about a step any more; if so, say why."""
        if step.state is not StepState.OPEN:
            told = "was over before the plan began" if step.state is StepState.PASSED else f"is {step.state} already"
            self.tell(f"“{step.title}” {told}.")
        return step.state is not StepState.OPEN

    def move_step_of(self, step_id: int, account: str) -> None:
        """Ask for the day of a step, and show where the later open ones would go."""
        from csm_tui.views.plans import step_to_move

        self.ask_for_form(lambda found: self._move_step(found, account), step_to_move, step_id)

    def _move_step(self, found: StepToMove | None, account: str) -> None:
        from csm_tui.actions.steps import MoveStep, move_step
        from csm_tui.tui.forms.move_step import MoveStepForm
        from csm_tui.views.plans import step_to_move

        if found is None:
            self.tell("It is gone by now.", "warning")
            return
        step = found.step

        def save(moved: Moved) -> str:
            wanted = MoveStep(step.step_id, step.title, account, moved.day, moved.shift, moved.seen_on, moved.shown)
            return self.desk.do(move_step, wanted, light=True)

        def look(then: Callable[[StepToMove | None], None]) -> None:
            self.ask_then(then, step_to_move, step.step_id)

        self.push_screen(MoveStepForm(found, self.desk.today, save, look))

    def _with_step(self, then: Callable[[Step, str], None]) -> None:
        """Go on with the step under the cursor, or with the one that a due item is."""
        chosen = self.chosen()
        if chosen is not None and chosen.step is not None:
            then(chosen.step, chosen.account)
        elif chosen is not None and chosen.item is not None and chosen.item.id[0] == STEP_LETTER:
            from csm_tui.views.plans import step_to_move

            account = chosen.account

            def go_on(found: StepToMove | None) -> None:
                if found is not None:
                    then(found.step, account)
                else:
                    self.tell("It is gone by now.", "warning")

            self.ask_for_form(go_on, step_to_move, chosen.item.row_id)
        else:
            self.tell("There is no step of a plan under the cursor.")

    def action_note_step(self) -> None:
        """Its notes, in a form of several lines."""
        self._with_step(self._note)

    def _note(self, step: Step, account: str) -> None:
        from csm_tui.actions.steps import NoteStep, note_step
        from csm_tui.tui.forms.fields import Field, words
        from csm_tui.tui.forms.form import Form

        draft = f"form-step-{step.step_id}"

        def save(values: Row, seen: Row) -> str:
            wanted = NoteStep(step.step_id, step.title, account, str(values["notes"] or ""), seen)
            return self.desk.do(note_step, wanted, light=True, then=lambda: drafts.forget(self.desk.path, draft))

        def left(saved: bool | None) -> None:
            if saved is None:
                self.tell("Kept as a draft: i brings it back.")

        def fields(now: Step) -> tuple[list[Field], Row]:
            field = Field("notes", "notes", words("notes"), now.notes, long=True, hint="^s saves")
            return [field], {"notes": now.notes or None}

        shown, seen = fields(step)
        form = Form(
            f"Notes: {step.title}", shown, self.desk.today, save=save,
            keep=lambda text: self.desk.keep(drafts.keep, self.desk.path, draft, text),
            draft=drafts.kept(self.desk.path, draft), seen=seen, look=self._anew(step.step_id, fields),
        )  # fmt: skip
        self.push_screen(form, left)

    def _anew(self, step_id: int, fields: Callable[[Step], tuple[list[Field], Row]]) -> Look:
        """How a form about a step reads it once more; a step that is gone leaves the form as it is."""
        from csm_tui.views.plans import step_to_move

        def look(then: Callable[[Sequence[Field], Row], None]) -> None:
            def go_on(found: StepToMove | None) -> None:
                if found is not None:
                    then(*fields(found.step))

            self.ask_then(go_on, step_to_move, step_id)

        return look

    def action_give_step(self) -> None:
        """Another owner; whoever is not us is asked and chased by a promise of theirs."""
        self._with_step(self._give)

    def _give(self, step: Step, account: str) -> None:
        from csm_tui.actions.steps import GiveStep, give_step
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        def answered(value: str | None) -> None:
            if value:
                wanted = GiveStep(step.step_id, step.title, account, Owner(value), {"owner": str(step.owner)})
                self.desk.do(give_step, wanted, light=True)

        owners = Choices(Choice(str(owner), str(owner), "now" if owner is step.owner else "") for owner in Owner)
        self.push_screen(Picker(f"Who does it: {step.title}", owners, note_width=4), answered)

    def action_wait_step(self) -> None:
        """On whom it waits, since a day."""
        self._with_step(self._wait)

    def _wait(self, step: Step, account: str) -> None:
        if self._is_closed(step):
            return
        from csm_tui.actions.steps import WaitStep, wait_step
        from csm_tui.tui.forms.form import Form
        from csm_tui.tui.forms.records import NOBODY, waiting_fields

        def save(values: Row, seen: Row) -> str:
            on, since = ({**seen, **values}[name] for name in ("waiting_on", "waiting_since"))
            waits = None if on in (None, NOBODY) else Party(str(on))
            wanted = WaitStep(
                step.step_id, step.title, account, waits, date.fromisoformat(str(since)) if since else None, seen
            )
            return self.desk.do(wait_step, wanted, light=True)

        def fields(now: Step) -> tuple[list[Field], Row]:
            return waiting_fields(now, self.desk.today), _waits(now)

        shown, seen = fields(step)
        form = Form(
            f"Waiting: {step.title}", shown, self.desk.today, save=save,
            keep=lambda _text: None, seen=seen, look=self._anew(step.step_id, fields),
        )  # fmt: skip
        self.push_screen(form)


def _waits(step: Step) -> Row:
    """On whom a step waits, and since when, as the file keeps them."""
    return {
        "waiting_on": None if step.waiting_on is None else str(step.waiting_on),
        "waiting_since": None if step.waiting_since is None else step.waiting_since.isoformat(),
    }
