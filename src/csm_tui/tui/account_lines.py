"""Lines about one account, each with its why: shared by the context beside the panes and the account's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui import words
from csm_tui.domain.days import day_month
from csm_tui.domain.plans import StepState, held_back_by, progress
from csm_tui.domain.playbooks import STANDARD, Owner
from csm_tui.domain.promises import PromiseState, days_late, is_overdue
from csm_tui.domain.reasons import why
from csm_tui.domain.renewals import opt_out_is_near
from csm_tui.domain.touchpoints import Direction, Mood, Side, State
from csm_tui.tui.due_rows import when
from csm_tui.tui.widgets.cells import DOT, Cell, Column, clipped, flowed_cells, line, wrap
from csm_tui.tui.widgets.sheet import BLANK, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from csm_tui.domain.due import Item
    from csm_tui.domain.plans import Plan, Step
    from csm_tui.domain.promises import PromiseFacts
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.touchpoints import Touch
    from csm_tui.views.account import AccountContext

MOODS = {Mood.HAPPY: ("●", "success"), Mood.MIXED: ("◆", "warning"), Mood.WORRIED: ("▲", "error")}
SUMMARY_LINES = 2
METER = 14
ROOMY = 56
"""On narrower lines people stand without their titles."""
ROLE_WIDTH, LAST_WIDTH = 17, 11
NEXT_STEPS = 3
"""So many steps of a plan are shown, those due first."""
ENDS = {PromiseState.KEPT: ("✓", "success"), PromiseState.BROKEN: ("✗", "error"), PromiseState.RELEASED: ("–", "dim")}


def text(key: str, cells: list[Cell], why_: tuple[str, ...] = ()) -> Row:
    """Cells as a row, cut where they are too long; without a key the cursor passes it by."""
    return Row(key, lambda width: [Cell(" "), *clipped(cells, width - 2)], why_)


def flow(key: str, cells: list[Cell], width: int, why_: tuple[str, ...]) -> Iterator[Row]:
    """Cells with dots between them as rows: no part is cut, and the cursor stands on the first row."""
    for place, kept in enumerate(flowed_cells(cells, width)):
        yield text("" if place else key, kept, why_)


def blank() -> Row:
    """A line with nothing on it."""
    return BLANK


def renewal(data: AccountContext) -> list[Cell]:
    """When the new term begins, how far off that is, and where the opt-out clock stands."""
    one, on = data.line, data.line.facts.renewal_on
    if on is None:
        return [Cell(data.renews.value, "muted")]
    cells = [Cell(f"{data.renews.value} "), Cell(words.until(on, data.today), words.renewal_role(on, data.today))]
    if one.opt_out_on is not None and not one.outlook:
        role = "error" if opt_out_is_near(one.opt_out_on, data.today, data.policy.renewals) else ""
        cells += [DOT, Cell(f"opt out by {day_month(one.opt_out_on, data.today)}", role)]
    if one.outlook:
        cells += [DOT, Cell(one.outlook, "warning")]
    return cells


def next_touch(data: AccountContext) -> list[Cell]:
    """When there was contact last, when it is owed next, and how often it was tried since."""
    owed, last = data.line.standing, data.line.facts.last_two_way_on
    if owed is None:
        return [Cell(data.next_touch.value, "muted")]
    touched = f"last touch {words.ago(last, data.today)} ago" if last else "never touched"
    touched = "touched today" if last == data.today else touched
    due = Cell(f"next {data.next_touch.value}", words.when_role(owed.ideal_on, owed.latest_on, data.today))
    if owed.booked_on is not None:
        due = Cell(f"booked {words.when(owed.booked_on, data.today)}", "success")
    cells = [Cell(touched), DOT, due]
    if data.attempts:
        since = " since" if last else ""
        cells += [DOT, Cell(f"{words.plural(data.attempts, 'attempt')}{since}", "muted")]
    return cells


def due_item(item: Item, data: AccountContext, width: int) -> Row:
    """What is due, and when."""
    day, role = when(item, data.today, 12)
    glyph = Column("▲" if item.must_do else "•", 1, "error" if item.must_do else role)
    cells = line(width, [glyph, Column(item.what), Column(day, 12, role, right=True)])
    return text(f"item-{item.id}", cells, why(item, data.today))


def plan(one: Plan, data: AccountContext, width: int) -> Iterator[Row]:
    """A plan that runs: its name, how far it is, and the steps that come next."""
    done, every = progress(one.steps)
    filled = METER * done // every if every else 0
    cells = [
        Cell(one.name.upper(), "heading"), Cell("  "), Cell("━" * filled, "success"),
        Cell("─" * (METER - filled), "muted"), Cell(f"  {done} of {every}", "muted"),
    ]  # fmt: skip
    yield text(f"plan-{one.plan_id}", cells, (_why_plan(one, done, every, data.today),))
    ahead = [step for step in one.steps if step.state is StepState.OPEN]
    for step in sorted(ahead, key=lambda step: (step.due_on, step.n))[:NEXT_STEPS]:
        yield _step(step, one, data, width)


def _why_plan(one: Plan, done: int, every: int, today: date) -> str:
    form = "" if one.variant == STANDARD else f", {one.variant}"
    return f"{one.name}{form}: counted from {day_month(one.anchor_on, today)}; {done} of {every} steps are closed."


def who_does(owner: Owner) -> str:
    """Whose a step is, as the beginning of a sentence about it."""
    return {Owner.US: "we do", Owner.THEM: "they do", Owner.BOTH: "both do"}.get(owner, f"{owner} does")


def _step(step: Step, plan: Plan, data: AccountContext, width: int) -> Row:
    """An open step: late red, next plain, behind an open gate dim."""
    held = held_back_by(step, plan.steps)
    late = step.due_on < data.today
    glyph = Column("▲" if late else "○", 1, "error" if late else "muted")
    waits = f"{step.title} (waits on {step.waiting_on})" if step.waiting_on else step.title
    on = Column(words.when(step.due_on, data.today), 12, words.when_role(step.due_on, None, data.today), right=True)
    told = [f"{step.title} is due {day_month(step.due_on, data.today)}; {who_does(step.owner)} it."]
    if held is not None:
        told.append(f"It waits behind the gate “{held.title}”.")
    return text(f"step-{step.step_id}", line(width, [glyph, Column(waits, 0, "dim" if held else ""), on]), tuple(told))


def people(data: AccountContext, width: int) -> Iterator[Row]:
    """Who everybody is, and when they were last spoken to. Where it is narrow, names have what the rest leaves."""
    roles, lasts = ROLE_WIDTH, LAST_WIDTH
    if width < ROOMY:
        roles = max((len(one.role or " ") for one in data.people), default=1)
        lasts = max((len(last_met(one, data.today)[0]) for one in data.people), default=1)
    for one in data.people:
        yield _person(one, data, width, roles, lasts)


def _person(one: ContactFacts, data: AccountContext, width: int, roles: int, lasts: int) -> Row:
    role = "" if one.active else "muted"
    last, last_role = last_met(one, data.today)
    name = [Column(one.name, max(12, width // 4), role), Column(one.title, 0, "muted" if one.active else "dim")]
    columns = [
        *(name if width >= ROOMY else [Column(one.name, 0, role)]),
        Column(str(one.role or ""), roles, role), Column(last, lasts, last_role, right=True),
    ]  # fmt: skip
    return text(f"person-{one.contact_id}", line(width, columns), _why_person(one, data))


def last_met(one: ContactFacts, today: date) -> tuple[str, str]:
    """The day somebody was last in a two-way touchpoint, or since when they are gone; and its role."""
    if not one.active:
        return (f"left {day_month(one.left_on, today)}" if one.left_on else "left"), "muted"
    if one.last_on is None:
        return "never met", "warning"
    return day_month(one.last_on, today), "muted"


def _why_person(one: ContactFacts, data: AccountContext) -> tuple[str, ...]:
    if not one.active:
        return (f"{one.name} has left; who has left is not counted as engaged.",)
    if one.last_on is None:
        return (f"{one.name} has been in no held two-way touchpoint yet.", *data.engaged.why)
    days = (data.today - one.last_on).days
    return (
        f"{one.name} was last in a held two-way touchpoint on {day_month(one.last_on)}, {days} days ago.",
        *data.engaged.why,
    )


def promise(one: PromiseFacts, data: AccountContext, width: int) -> Row:
    """Who owes what, and by when; a closed one says how it ended."""
    ours, is_open = one.side is Side.OURS, one.state is PromiseState.OPEN
    glyph, role = _mark(one, data.today) if is_open else ENDS[one.state]
    ends = _ended(one) if not is_open else words.when(one.due_on, data.today) if one.due_on else "no day"
    if one.due_on is not None and (one.due_on < data.today or not is_open):
        ends = f"{_day(one.due_on, data.today)}  {ends}"
    hue = "" if is_open else "muted"
    columns = [
        Column(glyph, 1, role), Column("we" if ours else "they", 4, "accent" if ours and is_open else "muted"),
        Column(one.what, 0, hue), Column(ends, len(ends) + 1, role if is_open else "muted", right=True),
    ]  # fmt: skip
    return text(f"promise-{one.promise_id}", line(width, columns), why_promise(one, data))


def _mark(one: PromiseFacts, today: date) -> tuple[str, str]:
    """Overdue ours red, theirs amber; due today amber; else quiet."""
    if is_overdue(one, today):
        return ("▲", "error") if one.side is Side.OURS else ("◆", "warning")
    return "○", "warning" if one.due_on == today else "muted"


def _ended(one: PromiseFacts) -> str:
    if one.state is not PromiseState.KEPT:
        return str(one.state)
    late = days_late(one, one.made_on)
    if one.due_on is None:
        return "kept"
    return f"kept {late} d late" if late else "kept on the day" if one.closed_on == one.due_on else "kept early"


def why_promise(one: PromiseFacts, data: AccountContext) -> tuple[str, ...]:
    """When it was made, due and closed, and how such promises fared here."""
    due = f"due {day_month(one.due_on)}" if one.due_on else "without a day"
    told = [f"Made {day_month(one.made_on)}, {due}."]
    if one.closed_on is not None:
        reason = f": {one.reason}" if one.reason else ""
        told.append(f"{str(one.state).capitalize()} on {day_month(one.closed_on)}{reason}.")
    elif is_overdue(one, data.today):
        told.append(f"A promise is overdue from the day after its day: {days_late(one, data.today)} days.")
    if data.slip is not None:
        told.append(f"Promises of ours that were kept here were late by {data.slip:g} days in the median.")
    return tuple(told)


def timeline(touches: Sequence[Touch], today: date, width: int) -> Iterator[Row]:
    """Touchpoints, one to two lines each."""
    days = max((len(_day(touch.day, today)) for touch in touches), default=6)
    for touch in touches:
        yield from _touch(touch, today, width, days)


def _day(day: date, today: date) -> str:
    return day_month(day, today) if day.year == today.year else f"{day_month(day)[:-5]} {day:%y}"


def _touch(touch: Touch, today: date, width: int, days: int) -> Iterator[Row]:
    people = ", ".join(name.split(" ")[0] if len(touch.people) > 1 else name for name in touch.people)
    glyph, role = MOODS.get(touch.mood, ("·", "dim")) if touch.mood else ("·", "dim")
    columns = [
        Column(_day(touch.day, today), days, "muted", right=True), Column(str(touch.kind), 8),
        Column(people, max(8, min(24, width // 5)), "muted"), Column(glyph, 1, role),
    ]  # fmt: skip
    indent = sum(column.width + 1 for column in columns)
    hue = "" if counts(touch) else "muted"
    for number, part in enumerate(wrap(told(touch), max(10, width - indent), SUMMARY_LINES)):
        if number:
            yield text("", [Cell(" " * indent), Cell(part, hue)])
        else:
            cells = [*line(indent - 1, columns), Cell(" "), Cell(part, hue)]
            yield text(f"touch-{touch.touchpoint_id}", cells, why_touch(touch))


def counts(touch: Touch) -> bool:
    """Only a held two-way touchpoint restarts the cadence."""
    return touch.state is State.HELD and touch.direction is Direction.TWO_WAY


def why_touch(touch: Touch) -> tuple[str, ...]:
    """Whether the check-in went by it, and what was noted."""
    if counts(touch):
        first = "It was held and two-way: it counts for the cadence."
    elif touch.state is State.BOOKED:
        first = "It is booked: it counts once it has been held."
    elif touch.direction is Direction.INTERNAL:
        first = "An internal note: the cadence does not know of it."
    else:
        first = f"It is an attempt ({touch.state}, {touch.direction}): only a held two-way touchpoint counts."
    length = (f"It took {words.plural(touch.minutes, 'minute')}.",) if touch.minutes else ()
    notes = tuple(part for part in touch.notes.splitlines() if part.strip())
    return (first, *length, *notes)


def told(touch: Touch) -> str:
    """The signals, what sets it apart from a held two-way touchpoint, and the summary.

    The signals stand first, so that no line of the timeline holds nothing but one.
    """
    marks = []
    if touch.state is not State.HELD:
        marks.append(str(touch.state))
    if touch.direction is Direction.OUT:
        marks.append("sent" if touch.kind == "email" else "no answer")
    elif touch.direction is Direction.IN:
        marks.append("from them")
    said = f"{', '.join(marks)}: {touch.summary}" if marks else touch.summary
    signals = " ".join(f"#{signal}" for signal in touch.signals)
    return " ".join(part for part in (signals, said) if part) or "–"
