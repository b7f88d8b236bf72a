"""Reviews in words: where one stands, who could attend, why it is there, and how far a step is from its day."""

from __future__ import annotations

from csm_tui.domain.accounts import Role
from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.reviews import ReviewState
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.plans import Step
    from csm_tui.views.reviews import ReviewBoard, ReviewLine, Templates

ATTEND = {Role.CHAMPION: "champion", Role.ECONOMIC_BUYER: "buyer", Role.EXECUTIVE_SPONSOR: "sponsor"}
"""Who should be in the room, and how a row says so."""


def told(line: ReviewLine, today: date) -> str:
    """Where a review stands, in a word or two: `9 d late`, `held?`, `preparing`, `booked`, `opens 24 Nov`."""
    if line.asked:
        return "held?"
    if line.state is ReviewState.MISSED:
        return f"{(today - line.due_on).days} d late"
    if line.state is ReviewState.HELD:
        done, every = line.followed_up
        return f"follow up {done}/{every}"
    if line.opens_later(today):
        return f"opens {day_month(line.opens_on, today)}"
    return {ReviewState.PREPARATION: "preparing", ReviewState.BOOKED: "booked"}.get(line.state, "to prepare")


def attending(line: ReviewLine) -> str:
    """Who of those who should come is known there: `champion, buyer`."""
    return ", ".join(word for role, word in ATTEND.items() if role in line.roles)


def to_attend(line: ReviewLine, today: date) -> str:
    """Who of them is known there, and whether nobody has a say over the budget; of a review that nobody plans yet, or
    that is over, nothing is asked.
    """
    if line.opens_later(today) or line.state is ReviewState.HELD:
        return "–"
    return ", ".join(one for one in (attending(line), "" if line.has_buyer else "no buyer yet") if one)


def why(line: ReviewLine, board: ReviewBoard) -> tuple[str, ...]:
    """The sentences behind a review, and behind the rate of all."""
    today, kind = board.today, line.kind.upper()
    since = f"the last one was held on {spoken(line.held_on, today)}" if line.held_on else "none was held yet"
    if line.state is ReviewState.HELD:
        first = f"The {kind} that was due {spoken(line.due_on, today)} was held; what follows from it is open."
    else:
        first = f"The {kind} is due {spoken(line.due_on, today)}: {since}."
    second = {
        ReviewState.MISSED: "It stays due until it is held, booked (m) or skipped (x).",
        ReviewState.BOOKED: f"It is booked for {spoken(line.day, today)}; its preparation counts back from there.",
    }.get(line.state, f"Its preparation counts back from {spoken(line.day, today)}.")
    if line.opens_later(today):
        second = f"Its preparation opens on {spoken(line.opens_on, today)}."
    people = (
        () if line.has_buyer else ("Nobody with a say over the budget is known there: half a room decides nothing.",)
    )
    return (first, second, *people, *board.rate.why)


def step_why(step: Step, templates: Templates) -> tuple[str, ...]:
    """What the playbook says of a step: guidance, checks and when it is done."""
    template = templates.get((step.template_id, step.code))
    if template is None:
        return ()
    checks = (f"{'✓' if step.ticked >> place & 1 else '·'} {check}." for place, check in enumerate(template.checks))
    guidance = " ".join(template.guidance.split())
    return tuple(text for text in (guidance, *checks, f"Done when: {template.exit}") if text)


def from_t(step: Step, line: ReviewLine, templates: Templates) -> str:
    """How far before or after the review a step stands: `T-42`, `T`, `T+1 wd` in working days."""
    hold = line.hold
    days = step.offset - (hold.offset if hold is not None else 0)
    template = templates.get((step.template_id, step.code))
    unit = " wd" if template is not None and template.working_days and days else ""
    return f"T{days:+d}{unit}" if days else "T"
