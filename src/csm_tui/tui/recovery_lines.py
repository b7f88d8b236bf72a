"""Lines of one recovery: its steps under their headings, its signals, stakes and exit tests, one step closely."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from csm_tui import words
from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.money import written
from csm_tui.domain.plans import StepState
from csm_tui.domain.playbooks import Owner
from csm_tui.domain.risks import HEADINGS, confirmed, newest
from csm_tui.domain.signals import LABELS
from csm_tui.safe import shown
from csm_tui.tui.account_lines import blank, text, who_does
from csm_tui.tui.widgets.cells import Cell, Column, flowed, line, wrap
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from csm_tui.domain.plans import Step
    from csm_tui.domain.risks import Escalation, Evidence, Exit
    from csm_tui.views.plans import Check, StepDetail
    from csm_tui.views.recovery import RiskLine

MOST_PROOF = 2
SIGNS = {
    StepState.DONE: ("✓", "success"), StepState.SKIPPED: ("–", "muted"), StepState.PASSED: ("–", "dim"),
    StepState.OPEN: ("○", "muted"),
}  # fmt: skip
PARTS = ("Before", "During", "After")
HINTS = (("logged", "l"), ("log", "l"), ("escalated", "!"), ("measured", "t"))
"""Words of a check, and the key that does what they say."""


def steps(found: RiskLine) -> Iterator[Row]:
    """Every step with its sign, number, title and day, under the five headings."""
    number = len(str(max((step.n for step in found.steps), default=0)))
    for place, (phase, group) in enumerate(groupby(found.steps, key=lambda step: step.phase)):
        if place:
            yield blank()
        yield _title(phase.upper() if phase in HEADINGS else shown(phase))
        for step in group:
            yield _step(step, found, number)


def _step(step: Step, found: RiskLine, number: int) -> Row:
    is_next = found.next is not None and step.step_id == found.next.step_id
    sign, role = ("▸", "accent") if is_next else SIGNS[step.state]
    title, when = step_title(step), step_when(step, found.today)
    hue = "" if step.state is StepState.OPEN else "muted"

    def paint(width: int) -> list[Cell]:
        columns = [Column(sign, 1, role), Column(str(step.n), number, "muted", right=True), Column(title, 0, hue),
                   Column(when[0], len(when[0]), when[1], right=True)]  # fmt: skip
        return [Cell(" "), *line(width - 2, columns), Cell(" ")]

    return Row(f"step-{step.step_id}", paint, _why(step, found.today))


def _why(step: Step, today: date) -> tuple[str, ...]:
    """From which day a step counts, who does it, and whether the risk can be closed without it."""
    due = f"{step.title} is due {spoken(step.due_on, today)}; {who_does(step.owner)} it."
    moved = f"Its baseline, {day_month(step.baseline_on, today)}, stays: on time is what closes by then."
    counts = "It is required: a recovery does not end well before it is closed."
    helps = "It helps, and does not count among the required steps."
    told = [due, *([moved] if step.due_on != step.baseline_on else []), counts if step.required else helps]
    if step.closed_on is not None:
        because = f": {step.reason}" if step.reason else ""
        told.append(f"It was {step.state} on {spoken(step.closed_on, today)}{because}.")
    return tuple(told)


def step_title(step: Step) -> str:
    """What a step is, and for whom it waits."""
    waits = step.waiting_on if step.state is StepState.OPEN else None
    return f"{step.title} · waits for {waits}" if waits else step.title


def step_when(step: Step, today: date) -> tuple[str, str]:
    """When a step was closed, or when it is due and how late; and its role."""
    if step.state is StepState.PASSED:
        return "before", "dim"
    if step.closed_on is not None:
        return f"{step.state} {day_month(step.closed_on, today)}", "muted"
    role = words.when_role(step.due_on, None, today)
    return words.when(step.due_on, today), role


def ahead(found: RiskLine, width: int, most: int) -> Iterator[Row]:
    """The open steps by their days, as far as there is room."""
    left = sorted((one for one in found.steps if one.state is StepState.OPEN), key=lambda one: (one.due_on, one.n))
    yield _title("NEXT STEPS", f"{found.done} of {found.of}")
    day = max((len(step_when(step, found.today)[0]) for step in left[:most]), default=0)
    for step in left[:most]:
        when, role = step_when(step, found.today)
        columns = [Column("○", 1, "muted"), Column(step_title(step)), Column(when, day, role, right=True)]
        yield text("", line(width, columns))
    if len(left) > most:
        yield text("", [Cell(f"and {len(left) - most} more", "dim")])


def signals(found: RiskLine, width: int) -> Iterator[Row]:
    """Each signal with its evidence, since when, and whether a second source said the same."""
    yield _title("SIGNALS")
    seen = found.risk.signals
    for one in newest(seen):
        yield from _signal(one, [evidence for evidence in seen if evidence.signal is one.signal], found, width)


def _signal(one: Evidence, seen: list[Evidence], found: RiskLine, width: int) -> Iterator[Row]:
    today, known = found.today, confirmed(found.risk.signals, one.signal)
    sign, role, state = ("▲", "error", "confirmed") if known else ("◆", "warning", "unconfirmed")
    since = f"since {day_month(min(evidence.seen_on for evidence in seen), today)}"
    more = f" +{len(seen) - 1}" if len(seen) > 1 else ""
    columns = [Column(sign, 1, role), Column(LABELS[one.signal]),
               Column(state, len(state), "muted" if known else role, right=True)]  # fmt: skip
    yield text(f"signal-{one.signal}", line(width, columns), tuple(_told(seen)))
    told = [Column("", 1), Column(f"{one.evidence}{more}", 0, "muted"), Column(since, len(since), "muted", right=True)]
    yield text("", line(width, told))


def _told(seen: Iterable[Evidence]) -> Iterator[str]:
    for one in seen:
        known = f" Confirmed on {day_month(one.confirmed_on)}." if one.confirmed_on else ""
        yield f"Seen on {day_month(one.seen_on)}: {one.evidence or 'nothing more was written.'}{known}"


def stakes(found: RiskLine, width: int) -> Iterator[Row]:
    """What it pays and until when, how it is by hand, and who was called in."""
    yield _title("STAKES")
    for part in flowed(_contract(found), width):
        yield text("", [Cell(part)])
    for cells in _health(found, width):
        yield text("", cells)
    if found.escalation is not None:
        yield from _escalation(found, found.escalation)


def _escalation(found: RiskLine, call: Escalation) -> Iterator[Row]:
    """How grave it is and since when, and when the next update is owed."""
    on, today = found.update_on, found.today
    since = f"escalated as {call.severity}, {words.ago(call.opened_on, today)}"
    yield text("escalation", [Cell("! ", "error"), Cell(since)], (call.what,) if call.what else ())
    due = f"  update due {words.when(on, today)}" if on else "  no update of its own"
    yield text("", [Cell(due, words.when_role(on, None, today) if on else "muted")])


def _contract(found: RiskLine) -> list[str]:
    facts = found.facts
    told = ["ARR not known" if facts.arr_cents is None else f"{written(facts.arr_cents, facts.currency)} ARR"]
    told.append(
        "no renewal day" if facts.renewal_on is None else f"renews {words.until(facts.renewal_on, found.today)}"
    )
    if found.opt_out_on is not None:
        told.append(f"opt-out {words.until(found.opt_out_on, found.today)}")
    return told


def _health(found: RiskLine, width: int) -> list[list[Cell]]:
    facts, band = found.facts, found.band
    role = words.BAND_ROLES[band]
    if facts.pulse is None:
        return [[Cell(part, "muted")] for part in wrap("no pulse yet: pulse:1 to pulse:5 in a log line", width)]
    told = [f"health {facts.pulse} of 5 by hand"]
    if facts.pulse_on is not None:
        told.append(f"since {day_month(facts.pulse_on, found.today)}")
    first, *rest = flowed(told, width - 2)
    return [[Cell(f"{words.BY_HAND[band]} ", role), Cell(first)], *([Cell(f"  {part}", "muted")] for part in rest)]


def exits(found: RiskLine, width: int) -> Iterator[Row]:
    """What must hold before each signal counts as gone, whether it does, and by what."""
    met = sum(one.met for one in found.exits)
    state = "met" if met == len(found.exits) else f"{met} of {len(found.exits)} met"
    yield _title("EXIT TEST", state, "success" if met == len(found.exits) else "muted")
    for one in found.exits:
        yield from _exit(one, width)


def _exit(one: Exit, width: int) -> Iterator[Row]:
    sign, role = ("✓", "success") if one.met else ("○", "muted")
    why = (f"{one.text[:1].upper()}{one.text[1:]}.", f"Now: {one.proof}." if one.proof else "Nothing shows it yet.")
    for number, part in enumerate(wrap(one.text, max(10, width - 2))):
        key = f"exit-{one.signal}" if number == 0 else ""
        yield text(key, [Cell(f"{'' if number else sign:<2}", role), Cell(part, "muted" if one.met else "")], why)
    for part in wrap(one.proof, max(10, width - 2), MOST_PROOF) if one.proof else []:
        yield text("", [Cell(f"  {part}", "muted")])


def card(detail: StepDetail, found: RiskLine, width: int) -> Iterator[Row]:
    """One step: whose and by when, what it is about, its checks, its notes, and when it is done."""
    step = detail.step
    yield text("", [Cell(f"{step.n}  ", "bold"), Cell(shown(step.title), "bold")])
    for part in flowed(_about(step, found.today), width):
        yield text("", [Cell(part, "muted")])
    yield from _state(detail, found.today)
    for paragraph in detail.guidance.split("\n\n") if detail.guidance else []:
        yield blank()
        yield from _wrapped(" ".join(paragraph.split()), width)
    yield from _checks(detail.checks, width)
    if step.notes:
        yield blank()
        yield _title("NOTES")
        for note in step.notes.splitlines():
            for part in wrap(note, width - 2):
                yield text("", [Cell("│ ", "muted"), Cell(part)])
    if detail.exit:
        yield blank()
        yield _title("DONE WHEN")
        yield from _wrapped(detail.exit, width)


def _about(step: Step, today: date) -> list[str]:
    owner = {Owner.US: "with us", Owner.BOTH: "with us and them"}.get(step.owner, f"with {step.owner}")
    told = [owner, "required" if step.required else "if it helps"]
    if step.baseline_on != step.due_on:
        told.append(f"first due {day_month(step.baseline_on, today)}")
    return told


def _state(detail: StepDetail, today: date) -> Iterator[Row]:
    """When it is due or was closed, for whom it waits, and which gate holds it back."""
    step = detail.step
    if step.closed_on is not None:
        because = f": {step.reason}" if step.reason else ""
        role = "success" if step.state is StepState.DONE else "muted"
        yield text("", [Cell(f"{step.state} on {spoken(step.closed_on, today)}{because}", role)])
    elif step.state is StepState.OPEN:
        late = step.days_late(today)
        told = f"due {spoken(step.due_on, today)}" + (f", {late} d late" if late else "")
        yield text("", [Cell(told, words.when_role(step.due_on, None, today))])
    if step.waiting_on and step.waiting_since and step.state is StepState.OPEN:
        since = f"{day_month(step.waiting_since, today)}, {words.ago(step.waiting_since, today)}"
        yield text("", [Cell(f"waits for {step.waiting_on} since {since}", "warning")])
    if detail.held_back_by is not None:
        yield text("", [Cell(f"held back by step {detail.held_back_by.n}, {detail.held_back_by.title}", "warning")])


def _wrapped(told: str, width: int) -> Iterator[Row]:
    for part in wrap(told, width):
        yield text("", [Cell(part)])


def _checks(checks: tuple[Check, ...], width: int) -> Iterator[Row]:
    """The checks, those of before, during and after a talk under such headings."""
    for part, group in groupby(enumerate(checks), key=lambda pair: _part(pair[1].text)):
        yield blank()
        yield _title(part.upper())
        for place, check in group:
            yield from _check(place, check, width)


def _part(told: str) -> str:
    """When a check is to be made; most may be made at any time."""
    head = told.partition(":")[0]
    return head if head in PARTS else "Checks"


def _check(place: int, check: Check, width: int) -> Iterator[Row]:
    told = check.text.partition(": ")[2] if _part(check.text) in PARTS else check.text
    box, role = ("[✓]", "success") if check.ticked else ("[ ]", "muted")
    heard = set(told.lower().replace(",", " ").split())
    hint = next((key for word, key in HINTS if word in heard), "")
    parts = wrap(told[:1].upper() + told[1:], max(10, width - 8))
    for number, part in enumerate(parts):
        cells = [Cell(f"{'' if number else box:<4}", role), Cell(part, "muted" if check.ticked else "")]
        if hint and number == len(parts) - 1:
            cells.append(Cell(f"  {hint}", "dim"))
        yield text("" if number else f"check-{place}", cells)


def _title(told: str, after: str = "", role: str = "muted") -> Row:
    cells = [Cell(told, "heading bold")]
    return text("", [*cells, Cell(f"  {after}", role)] if after else cells)
