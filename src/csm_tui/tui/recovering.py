"""How a recovery is opened and worked as a whole: its signals confirmed, its exit tests stated, escalated, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui.domain.days import day_month
from csm_tui.tui.keys import Needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from csm_tui.domain.risks import Escalation, Evidence, How
    from csm_tui.store.verbs import Row
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.forms.ask import Asked
    from csm_tui.tui.handed import Done
    from csm_tui.tui.pane import Chosen
    from csm_tui.tui.widgets.choices import Choice
    from csm_tui.views.opening import Opening, Sign
    from csm_tui.views.recovery import RecoveryWalk

SENT, ENDED = "sent", "ended"


class Recovering:
    """The actions of the app that recover. It stands apart from the app only to keep both short."""

    desk: Desk
    screen: Any
    push_screen: Callable[..., Any]
    ask_for_form: Callable[..., None]
    tell: Callable[..., None]
    chosen: Callable[[], Chosen | None]
    refused: Callable[[Needs], bool]

    def action_recover(self) -> None:
        """Go on with the recovery of the account, or open one; within the walk, add a signal to it."""
        from csm_tui.views.recovery import recovery_walk

        chosen = self.chosen()
        if self.refused(Needs.ACCOUNT) or chosen is None:
            return
        if self._walk is not None:
            self._open_page(chosen)
            return
        item = chosen.item
        step_id = item.row_id if item is not None and item.id.startswith("k") else 0
        self.ask_for_form(
            lambda walk: self._walk_or_open(walk, chosen, step_id), recovery_walk, chosen.account_id
        )  # fmt: skip

    @property
    def _walk(self) -> RecoveryWalk | None:
        """The recovery that is being walked, if it is what the screen shows."""
        walk: RecoveryWalk | None = getattr(self.screen, "walk", None)
        return walk

    def _walk_or_open(self, walk: RecoveryWalk | None, chosen: Chosen, step_id: int = 0) -> None:
        if walk is None:
            self._open_page(chosen)
        else:
            self.walk_through(walk, step_id)

    def walk_through(self, walk: RecoveryWalk, step_id: int = 0) -> None:
        """One recovery on the whole screen, at a step of it."""
        from csm_tui.tui.screens.recovery import RecoveryScreen

        self.push_screen(RecoveryScreen(self.desk, walk, step_id))

    def _open_page(self, chosen: Chosen) -> None:
        from csm_tui.views.opening import opening

        self.ask_for_form(self._first_page, opening, chosen.account_id)

    def _first_page(self, found: Opening | None) -> None:
        from csm_tui.tui.screens.opening import OpeningScreen

        if found is None:
            self.tell("The account is gone.", "warning")
            return
        if found.gone:
            self.tell(f"{found.account.facts.name} has churned or is archived: there is nothing to recover.", "warning")
            return
        facts = found.account.facts

        def save(seen: tuple[Sign, ...]) -> str:
            return self._open_risk(facts.account_id, facts.name, seen)

        self.push_screen(OpeningScreen(self.desk, found, save))

    def _open_risk(self, account_id: int, account: str, seen: Iterable[Sign]) -> str:
        """Open it, or add to the open one, and walk it."""
        from csm_tui.actions.recovery import OpenRisk, Seen, open_risk

        wanted = OpenRisk(account_id, account, tuple(Seen(*one) for one in seen))
        return self.desk.do(open_risk, wanted, light=True)

    def walk_opened(self, done: Done) -> bool:
        """Walk a recovery that was opened for its own sake, not by a talk or by somebody leaving; whether it was."""
        from csm_tui.views.recovery import recovery_walk

        if not done.account_id or not hasattr(done.result, "steps") or self._walk is not None:
            return False
        self.ask_for_form(lambda walk: self.walk_through(walk) if walk else None, recovery_walk, done.account_id)
        return True

    def action_confirm_signal(self) -> None:
        """A second source says the same as a signal."""
        walk = self._walk
        if walk is not None:
            self._on_signal("Confirm", walk.line.unconfirmed, self._confirm_one, "Every signal has been confirmed.")

    def _confirm_one(self, walk: RecoveryWalk, one: Evidence) -> None:
        from csm_tui.actions.recovery import ConfirmSignal, confirm_signal

        self.desk.do(confirm_signal, ConfirmSignal(one.row_id, one.signal, walk.line.facts.name), light=True)

    def action_state_exit(self) -> None:
        """State that the exit test of a signal is met, and by what; without a proof it is open again."""
        walk = self._walk
        if walk is not None:
            met = {exit_.signal for exit_ in walk.line.exits if exit_.met}
            every = walk.line.newest
            left = [one for one in every if one.signal not in met]
            self._on_signal("Exit test", left or every, self._state_one, "")

    def _state_one(self, walk: RecoveryWalk, one: Evidence) -> None:
        from csm_tui.actions.recovery import StateExit, state_exit
        from csm_tui.tui.forms.ask import Ask

        seen: Row = {"proof": one.proof or None}
        exit_ = next(exit_ for exit_ in walk.line.exits if exit_.signal is one.signal)

        def save(asked: Asked) -> str:
            wanted = StateExit(one.row_id, one.signal, walk.line.facts.name, asked.words, seen)
            return self.desk.do(state_exit, wanted, light=True)

        hint = f"{exit_.text[:1].upper()}{exit_.text[1:]}."
        form = Ask(
            f"Exit test: {one.signal}", self.desk.today, save=save, words="by what proof? (empty: it is not met)",
            given=one.proof, hint=hint,
        )  # fmt: skip
        self.push_screen(form)

    def _on_signal(
        self, title: str, left: list[Evidence], then: Callable[[RecoveryWalk, Evidence], None], none: str
    ) -> None:
        """Go on with the signal under the cursor, the only one that is left, or the one that is chosen."""
        walk, here = self._walk, getattr(self.screen, "signal", None)
        if walk is None:
            return
        fitting = [one for one in walk.line.newest if one.signal is here] or left
        if not fitting:
            self.tell(none)
        elif len(fitting) == 1:
            then(walk, fitting[0])
        else:
            self._pick_signal(title, fitting, lambda one: then(walk, one))

    def _pick_signal(self, title: str, signals: list[Evidence], then: Callable[[Evidence], None]) -> None:
        from csm_tui.domain.signals import LABELS
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        found = {str(one.signal): one for one in signals}
        choices = Choices(Choice(name, LABELS[one.signal], also=name) for name, one in found.items())
        self.push_screen(Picker(title, choices), lambda name: then(found[name]) if name else None)

    def action_escalate(self) -> None:
        """Escalate with a severity; where it is escalated, tell that an update was sent, or end it."""
        walk = self._walk
        if walk is None:
            return
        from csm_tui.tui.widgets.choices import Choices
        from csm_tui.tui.widgets.picker import Picker

        call = walk.line.escalation
        choices = Choices(_severities(call))
        title = f"Escalate {walk.line.facts.name}"
        self.push_screen(
            Picker(title, choices, note_width=26, note_right=True), lambda value: self._escalate_as(walk, call, value)
        )

    def _escalate_as(self, walk: RecoveryWalk, call: Escalation | None, value: str | None) -> None:
        from csm_tui.actions import escalations
        from csm_tui.domain.risks import Severity

        name = walk.line.facts.name
        if call is not None and value == SENT:
            wanted = escalations.UpdateEscalation(call.escalation_id, name)
            self.desk.do(escalations.update_escalation, wanted, light=True)
        elif call is not None and value == ENDED:
            self._words(
                f"End the escalation of {name}", "how did it end?", escalations.close_escalation,
                lambda words: escalations.CloseEscalation(call.escalation_id, name, words),
            )  # fmt: skip
        elif value:
            self._words(
                f"Escalate {name}: {value}", "what would end it?", escalations.escalate,
                lambda words: escalations.Escalate(walk.line.facts.account_id, name, Severity(value), words),
            )  # fmt: skip

    def _words(self, title: str, question: str, action: Callable[..., Any], wanted: Callable[[str], Any]) -> None:
        """Do something with the words that are answered."""
        from csm_tui.tui.forms.ask import Ask

        def save(asked: Asked) -> str:
            return self.desk.do(action, wanted(asked.words), light=True)

        self.push_screen(Ask(title, self.desk.today, save=save, words=question))

    def action_close_risk(self) -> None:
        """How it ended; a way that is not open yet says what is missing."""
        walk = self._walk
        if walk is None:
            return
        from csm_tui.domain.risks import How
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        choices = Choices(Choice(str(how), str(how), reason=walk.against[how]) for how in How)
        title = f"How does the risk of {walk.line.facts.name} end?"
        self.push_screen(Picker(title, choices), lambda value: self._because(walk, How(value)) if value else None)

    def _because(self, walk: RecoveryWalk, how: How) -> None:
        from csm_tui.actions.recovery import CloseRisk, close_risk
        from csm_tui.domain.risks import BECAUSE
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        name = walk.line.facts.name
        if walk.against[how]:
            self.tell(f"{name} cannot be closed as {how} yet: {walk.against[how]}.", "warning")
            return

        def answered(because: str | None) -> None:
            if because:
                wanted = CloseRisk(walk.line.facts.account_id, name, how, because)
                self.desk.do(close_risk, wanted, light=True)

        self.push_screen(Picker(f"{how}: because of what?", Choices(Choice(one, one) for one in BECAUSE)), answered)


def _severities(call: Escalation | None) -> Iterable[Choice]:
    """What can be done about an escalation, and how often each severity owes an update."""
    from csm_tui.domain.risks import UPDATE_EVERY, Severity
    from csm_tui.tui.widgets.choices import Choice

    if call is not None:
        yield Choice(SENT, "the update was sent today", "the next is dated from it")
        yield Choice(ENDED, "it has ended")
    for severity in Severity:
        every = UPDATE_EVERY.get(severity)
        told = (
            "no update of its own" if every is None else "an update each day" if every == 1 else f"every {every} days"
        )
        yield Choice(str(severity), str(severity), told)


def follows(result: Any) -> str:
    """What a deed brought beside what it is called: the step it completed, the recovery it opened, the look ahead."""
    if getattr(result, "relapse_on", None) is not None:
        return f" · look for a relapse on {day_month(result.relapse_on)}"
    told = [f" · completes “{result.step}”"] if getattr(result, "step", "") else []
    opened = getattr(result, "risk", result)
    signals = " ".join(f"#{signal}" for signal in getattr(opened, "signals", ()))
    if getattr(opened, "new", False):
        told.append(f" · a recovery was opened ({signals}): r walks it")
    elif signals:
        told.append(f" · {signals} joins the open recovery: r walks it")
    return "".join(told)
