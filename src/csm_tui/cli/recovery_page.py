"""A recovery as a page for the terminal: stakes, signals, who was heard last, steps, exit tests; and one step of it."""

from __future__ import annotations

from itertools import groupby

from csm_tui import words
from csm_tui.domain.days import spoken
from csm_tui.domain.money import written
from csm_tui.domain.plans import StepState
from csm_tui.domain.playbooks import Owner
from csm_tui.exchange.brief_page import Line, Page, Section, promise_line, touch_line
from csm_tui.safe import shown
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csm_tui.domain.plans import Step
    from csm_tui.domain.risks import Evidence, Exit
    from csm_tui.views.plans import StepDetail
    from csm_tui.views.recovery import RecoveryWalk, RiskLine, Silence

MARKS = {StepState.DONE: ("✓", "success"), StepState.SKIPPED: ("✗", "muted"), StepState.PASSED: ("·", "muted")}


def recovery_page(walk: RecoveryWalk) -> Page:
    """The whole recovery, what is read first at the top."""
    line, today = walk.line, walk.line.today
    parts = groupby(line.steps, lambda step: step.phase)
    return Page(
        shown(line.facts.name),
        tuple(tuple(map(shown, parts)) for parts in _head(line)),
        (
            section("Signals", [_signal(one, today) for one in line.risk.signals], "none"),
            section("Last touches", [touch_line(one, today) for one in walk.touches], "nothing was said or written"),
            section("Silence", [_silence(one, today) for one in walk.silences], "nobody is known"),
            section("Promises", [promise_line(one, today) for one in walk.promises], "nothing is owed either way"),
            *(
                section(phase.capitalize(), [step_line(step, line.next, today) for step in steps], "")
                for phase, steps in parts
            ),
            section("Exit test", [_exit(one) for one in line.exits], "none"),
            section("Closing as", [_against(str(how), against) for how, against in walk.against.items()], ""),
        ),
    )


def section(title: str, lines: list[Line], empty: str) -> Section:
    """Lines under a title, made harmless, however many there are."""
    said = (one._replace(lead=shown(one.lead), text=shown(one.text).strip() or "–") for one in lines)
    return Section(title, tuple(said), empty)


def _head(line: RiskLine) -> Iterator[list[str]]:
    risk, facts, today = line.risk, line.facts, line.today
    yield [
        f"Recovery since {spoken(risk.opened_on, today)}", f"{risk.severity} severity",
        f"{line.done} of {line.of} done",
    ]  # fmt: skip
    amount = written(facts.arr_cents, facts.currency) if facts.arr_cents is not None else "amount not known"
    yield [
        f"{amount} a year" if facts.arr_cents is not None else amount,
        _clock("renews", facts.renewal_on, today),
        _clock("opt-out", line.opt_out_on, today),
        f"{words.BY_HAND[line.band]} {line.band} by hand, pulse {facts.pulse}" if facts.pulse else "no pulse yet",
    ]
    if line.escalation is not None:
        due = f"next update {spoken(line.update_on, today)}" if line.update_on else "updates with the cadence"
        told = line.escalation.what or "what would end it is not written down"
        yield [f"Escalated {spoken(line.escalation.opened_on, today)}", told, due]
    if risk.closed_on is not None:
        yield [f"Closed {spoken(risk.closed_on, today)} as {risk.how}", risk.because]


def _clock(what: str, on: date | None, today: date) -> str:
    return f"{what} {words.until(on, today)}, {spoken(on, today)}" if on is not None else f"{what}: no day known"


def _signal(one: Evidence, today: date) -> Line:
    confirmed = "not confirmed" if one.confirmed_on is None else f"confirmed {spoken(one.confirmed_on, today)}"
    mark, role = ("◆", "warning") if one.confirmed_on is None else ("▲", "error")
    return Line(f"#{one.signal}", one.evidence, f"{spoken(one.seen_on, today)}, {confirmed}", mark, role)


def _silence(one: Silence, today: date) -> Line:
    if not one.names:
        return Line(str(one.role), "nobody", "", "○", "warning")
    return Line(str(one.role), ", ".join(one.names), words.ago(one.last_on, today))


def step_line(step: Step, following: Step | None, today: date) -> Line:
    """One step: its number, title, whose it is and for whom it waits; when it is due, or what became of it."""
    about = [step.title, *([str(step.owner)] if step.owner is not Owner.US else [])]
    if step.waiting_on is not None and step.state is StepState.OPEN:
        about.append(f"waiting on {step.waiting_on}")
    if step.required:
        about.append("required")
    mark, role, tail = _state(step, following, today)
    return Line(f"{step.n:>2}", " · ".join(about), tail, mark, role, role)


def _state(step: Step, following: Step | None, today: date) -> tuple[str, str, str]:
    if step.state in MARKS:
        on = f" {spoken(step.closed_on, today)}" if step.closed_on else ""
        return (*MARKS[step.state], f"{step.state}{on}")
    late = step.due_on < today
    mark = "▲" if late else "❯" if following is not None and step.step_id == following.step_id else "○"
    return mark, words.when_role(step.due_on, None, today), words.when(step.due_on, today)


def _exit(one: Exit) -> Line:
    proof = f": {one.proof}" if one.proof else ""
    mark, role = ("✓", "success") if one.met else ("○", "warning")
    return Line(f"#{one.signal}", one.text + proof, "met" if one.met else "open", mark, role, role)


def _against(how: str, against: str) -> Line:
    mark, role = ("○", "warning") if against else ("✓", "success")
    return Line(how, against or "nothing stands in the way", "", mark, role)


def step_page(walk: RecoveryWalk, step: Step) -> Page:
    """One step: guidance, checks, what ends it, notes."""
    detail = next(one for one in walk.details if one.step.step_id == step.step_id)
    line = step_line(step, walk.line.next, walk.line.today)
    head = [f"k{step.step_id}", step.phase, f"owner: {step.owner}", "required" if step.required else "optional"]
    head += [f"gate: {step.gate}"] if step.gate else []
    head += [f"moved from {spoken(step.baseline_on, walk.line.today)}"] if step.due_on != step.baseline_on else []
    return Page(
        shown(f"{step.n}  {step.title}"),
        (tuple([line.tail, *head]),),
        tuple(_parts(detail)),
    )


def _parts(detail: StepDetail) -> Iterator[Section]:
    step = detail.step
    if step.reason:
        yield section("Why", [_said(step.reason)], "")
    yield section("What to do", [_said(text) for text in _paragraphs(detail.guidance)], "the playbook says no more")
    checks = [
        Line(f"{place}", one.text, "", *(("✓", "success") if one.ticked else ("○", "muted")))
        for place, one in enumerate(detail.checks, 1)
    ]
    yield section("Checks", checks, "none")
    yield section("Done when", [_said(detail.exit)] if detail.exit else [], "you say so")
    yield section("Notes", [_said(text) for text in _paragraphs(step.notes)], "none yet")


def _said(text: str) -> Line:
    return Line("", text, mark=" ")


def _paragraphs(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.split("\n\n") if one.strip()]
