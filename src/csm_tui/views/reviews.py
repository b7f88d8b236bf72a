"""Every account's next QBR or EBR: where it stands, who could attend, and the checklist that prepares it."""

from __future__ import annotations

from datetime import timedelta

from csm_tui.domain import ranking, reviews
from csm_tui.domain.accounts import Role
from csm_tui.domain.due import REVIEW_LETTER, STEP_LETTER, Group, Item, ItemKind
from csm_tui.domain.figure import FEW, Figure, Share
from csm_tui.domain.health import band_by_hand
from csm_tui.domain.plans import StepState, progress
from csm_tui.domain.reviews import GOAL, PREPARED_BEFORE, ReviewState
from csm_tui.domain.risks import BUDGET_ROLES
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.store.queries import accounts, agenda, contacts, plans
from csm_tui.store.queries import reviews as clocks
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from csm_tui.domain.accounts import AccountFacts, Band
    from csm_tui.domain.due import MeetingFacts
    from csm_tui.domain.plans import Plan, Step
    from csm_tui.domain.playbooks import StepTemplate
    from csm_tui.domain.reviews import ReviewFacts
    from csm_tui.store.connection import Reading

GLANCE = timedelta(days=42)
ONBOARDING = "onboarding"
PREPARES = 14
"""The rows of an onboarding that prepare its review stand so many days before it at most."""

Templates = dict[tuple[int, str], "StepTemplate"]


class ReviewLine(NamedTuple):
    """The next review of an account, or the one just held while its follow-up is open.

    `day` is T, from which the steps are dated: the booked day, else the due day. `asked` is the booking whose day has
    come and that nobody has answered yet. `steps` are those that prepare it and follow from it, in their order.
    """

    facts: AccountFacts
    band: Band
    due_on: date
    day: date
    kind: str
    state: ReviewState
    opens_on: date
    held_on: date | None = None
    asked: int = 0
    roles: tuple[Role, ...] = ()
    plan: Plan | None = None
    steps: tuple[Step, ...] = ()

    @property
    def hold(self) -> Step | None:
        """The step that is the review itself."""
        return _hold(self.steps)

    @property
    def prepared(self) -> tuple[int, int]:
        """How many steps are done, of those up to the review itself."""
        hold = self.hold
        return progress(step for step in self.steps if hold is None or step.offset <= hold.offset)

    @property
    def followed_up(self) -> tuple[int, int]:
        """How many steps are done, of those that follow from the review."""
        hold = self.hold
        return progress(step for step in self.steps if hold is not None and step.offset > hold.offset)

    @property
    def has_buyer(self) -> bool:
        """Whether anybody with a say over the budget is known."""
        return bool(BUDGET_ROLES.intersection(self.roles))

    def opens_later(self, today: date) -> bool:
        """Whether there is nothing to do about it yet."""
        return self.state is ReviewState.DUE and today < self.opens_on

    def to_begin(self, today: date) -> bool:
        """Whether its preparation can be started: none runs, and its day is not over."""
        return self.plan is None and self.day >= today and self.state is not ReviewState.HELD


class ReviewBoard(NamedTuple):
    """The reviews, the most urgent first; how many are late, and how many were held on schedule."""

    lines: list[ReviewLine]
    late: int
    rate: Figure[tuple[int, int]]
    templates: Templates
    today: date


def review_board(reading: Reading, *, texts: bool = True) -> ReviewBoard:
    """Every active account that has a clock of reviews; where none of its steps is shown, without their `texts`."""
    today, policy = reading.today, reading.policy
    found = clocks.facts(reading)
    running = [one for playbook in (*PREPARED_BEFORE, ONBOARDING) for one in plans.running(reading, playbook)]
    every = (reviews.reviews(one, policy.reviews, policy.cadence.calendar) for one in found)
    lines = _lines(reading, found, running, _asked_at(reading))
    counts = reviews.rate(every, today, policy.reviews)
    templates = _templates(reading, lines) if texts else {}
    return ReviewBoard(lines, _late(lines), _rate(counts, policy.reviews.grace), templates, today)


def review_glance(reading: Reading) -> ReviewBoard:
    """The most urgent of the reviews that are due within six weeks, without its checklist, and how many are late.

    A booking that waits for its answer is among them, however far ahead the next one is due.
    """
    due, asked = clocks.due_by(reading, reading.today + GLANCE), _asked_at(reading)
    others = asked.keys() - {one.account_id for one in due}
    lines = _lines(reading, [*due, *clocks.facts(reading, others)] if others else due, [], asked)
    return ReviewBoard(lines[:1], _late(lines), Figure((0, 0), ()), {}, reading.today)


def _late(lines: list[ReviewLine]) -> int:
    return sum(line.state is ReviewState.MISSED for line in lines)


def _asked_at(reading: Reading) -> dict[int, MeetingFacts]:
    """The booked reviews whose day has come and that nobody has answered yet, by account."""
    return {one.account_id: one for one in agenda.unanswered_meetings(reading) if one.kind in REVIEW_KINDS}


def _lines(
    reading: Reading, found: list[ReviewFacts], running: list[Plan], asked: dict[int, MeetingFacts]
) -> list[ReviewLine]:
    ids = [one.account_id for one in found]
    known = accounts.account_facts(reading, ids)
    roles = contacts.roles(reading, ids)
    leading = _leading(running)
    lines = [
        line
        for one in found
        if known[one.account_id].is_active(reading.today)
        and (line := _line(reading, one, known[one.account_id], leading.get(one.account_id))) is not None
    ]
    lines = [
        _asked(line, asked.get(line.facts.account_id))._replace(roles=tuple(roles.get(line.facts.account_id, ())))
        for line in lines
    ]
    return sorted(lines, key=lambda line: _place(line, reading.today))


def _leading(running: Iterable[Plan]) -> dict[int, Plan]:
    """The plan that prepares each account's next review: its own, else the onboarding while that leads to one."""
    found: dict[int, Plan] = {}
    for plan in sorted(running, key=lambda plan: (plan.playbook == ONBOARDING, plan.anchor_on)):
        hold = _hold(plan.steps)
        if hold is not None and (plan.playbook in REVIEW_KINDS or hold.state is StepState.OPEN):
            found.setdefault(plan.account_id, plan)
    return found


def _hold(steps: Iterable[Step]) -> Step | None:
    return next((step for step in steps if step.done_by in REVIEW_KINDS), None)


def _line(reading: Reading, one: ReviewFacts, facts: AccountFacts, plan: Plan | None) -> ReviewLine | None:
    """The next review; the one just held, while what follows from it is open; None where there is no clock."""
    today, policy = reading.today, reading.policy
    calendar, own = policy.cadence.calendar, plan is not None and plan.playbook in REVIEW_KINDS
    soon = reviews.standing(one, today, policy.reviews, calendar)
    if soon is None:
        return None
    if own or (one.prepared and today >= soon.opens_on):
        soon = soon.preparing
    steps = () if plan is None else _rows_of(plan)
    line = ReviewLine(facts, band_by_hand(facts.pulse), *soon, plan=plan, steps=steps)
    hold = line.hold
    if plan is None or hold is None or hold.state is not StepState.DONE:
        return line
    every = reviews.reviews(one, policy.reviews, calendar)
    due = next((found.due_on for found in reversed(every) if found.held_on is not None), plan.anchor_on)
    return line._replace(state=ReviewState.HELD, kind=plan.playbook, due_on=due, day=plan.anchor_on)


def _rows_of(plan: Plan) -> tuple[Step, ...]:
    """The steps of a review's own plan; of an onboarding the required ones shortly before its review, and that."""
    hold = _hold(plan.steps)
    if plan.playbook in REVIEW_KINDS or hold is None:
        return plan.steps
    near = range(hold.offset - PREPARES, hold.offset)
    return (*(step for step in plan.steps if step.required and step.offset in near), hold)


def _asked(line: ReviewLine, meeting: MeetingFacts | None) -> ReviewLine:
    """The same review where a booking waits for its answer: then it is that day that counts."""
    if meeting is None or line.state is ReviewState.HELD:
        return line
    return line._replace(asked=meeting.touchpoint_id, day=meeting.day, state=ReviewState.BOOKED)


def _place(line: ReviewLine, today: date) -> tuple[int, date, str, int]:
    """Missed and unanswered ones first, then those that are worked on by their day, then those that open later."""
    late = line.state is ReviewState.MISSED or (line.asked and line.day < today)
    group = 0 if late else 2 if line.opens_later(today) else 1
    return group, line.opens_on if group == 2 else line.day, line.facts.name, line.facts.account_id


def _templates(reading: Reading, lines: list[ReviewLine]) -> Templates:
    """What the playbooks say of the steps that are shown; plans share few texts, and each is read once."""
    from csm_tui.playbooks import read_text

    found: Templates = {}
    for template_id in sorted({step.template_id for line in lines for step in line.steps}):
        playbook = read_text(plans.template(reading, template_id))[0]
        for one in () if playbook is None else playbook.steps:
            found[template_id, one.id] = one
    return found


def _rate(counts: tuple[int, int], grace: int) -> Figure[tuple[int, int]]:
    good, total = counts
    if not total:
        told = f"No review fell due in the last {reviews.PERIOD.days} days, or none can be judged yet."
        return Figure(counts, (told, f"The goal is {GOAL} % held on schedule."))
    told = (
        f"{good} of {total} reviews whose due day fell in the last {reviews.PERIOD.days} days were held by then, "
        f"or up to {grace} days after, however early; the goal is {GOAL} %."
    )
    few = (f"Fewer than {FEW} say little: read it with care.",) if Share(*counts).few else ()
    return Figure(counts, (told, *few))


def review_item(line: ReviewLine, today: date) -> Item | None:
    """The review as the due item that Today has of it, which the keys work on; None once it was held.

    That is its booking once that waits for an answer, else the step of the plan that prepares it.
    """
    hold = line.hold
    if line.state is ReviewState.HELD:
        return None
    if line.asked:
        return _item("t", ItemKind.MEETING, line, (line.asked, f"{line.kind}: held?", line.day), today)
    if hold is not None and hold.state is StepState.OPEN:
        return _item(STEP_LETTER, ItemKind.REVIEW, line, (hold.step_id, hold.title, hold.due_on), today)
    of = (line.facts.account_id, f"{line.kind.upper()}: hold it", line.due_on)
    return _item(REVIEW_LETTER, ItemKind.REVIEW, line, of, today)


def _item(letter: str, kind: ItemKind, line: ReviewLine, of: tuple[int, str, date], today: date) -> Item:
    row_id, what, due_on = of
    group = Group.OVERDUE if due_on < today else Group.TODAY if due_on == today else Group.LATER
    quarters = ranking.EBR_QUARTERS if line.kind == "ebr" else ranking.QBR_QUARTERS
    return Item(f"{letter}{row_id}", kind, line.facts, row_id, what, due_on, group, "", today, 0, quarters)


def as_json(line: ReviewLine) -> dict[str, object]:
    """A review under the names that scripts rely on."""
    done, every = line.prepared
    return {
        "account": line.facts.name,
        "account_id": line.facts.account_id,
        "kind": line.kind,
        "due_on": line.due_on.isoformat(),
        "day": line.day.isoformat(),
        "opens_on": line.opens_on.isoformat(),
        "state": str(line.state),
        "held_on": line.held_on.isoformat() if line.held_on else None,
        "prepared": {"done": done, "all": every},
        "attending": [str(role) for role in line.roles],
        "has_buyer": line.has_buyer,
    }
