"""A plan is a playbook started for one account: how its steps are dated, what holds one back, where it will end."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.playbooks import Anchor, Gate, Owner, StepTemplate
from csm_tui.domain.policy import POLICY, PlanPolicy
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.typed import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csm_tui.domain.days import Calendar
    from csm_tui.domain.playbooks import Playbook

ONE_DAY = timedelta(days=1)


class StepState(StrEnum):
    """Open until it is done or skipped; passed where its day was over when the plan was made."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    PASSED = "passed"


class Party(StrEnum):
    """Whom a step waits for."""

    US = "us"
    THEM = "them"
    THIRD = "third party"


class Step(NamedTuple):
    """One step as it stands in the book. `ticked` has a bit for each check, the first the lowest; `offset` is the day
    of its playbook, and `done_by` the touchpoint that completes it.
    """

    step_id: int
    plan_id: int
    account_id: int
    n: int
    code: str
    title: str
    phase: str
    owner: Owner
    required: bool
    gate: Gate | None
    due_on: date
    baseline_on: date
    state: StepState
    closed_on: date | None = None
    reason: str = ""
    waiting_on: Party | None = None
    waiting_since: date | None = None
    ticked: int = 0
    notes: str = ""
    offset: int = 0
    done_by: str = ""
    template_id: int = 0

    def days_late(self, today: date) -> int:
        """Days past its day while it is open; once done, days past its baseline."""
        if self.state is StepState.OPEN:
            return max(0, today.toordinal() - self.due_on.toordinal())
        if self.state is StepState.DONE and self.closed_on is not None:
            return max(0, self.closed_on.toordinal() - self.baseline_on.toordinal())
        return 0


class Plan(NamedTuple):
    """One plan as it stands in the book."""

    plan_id: int
    account_id: int
    playbook: str
    name: str
    variant: str
    anchor_on: date
    opened_on: date
    closed_on: date | None = None
    template_id: int = 0
    steps: tuple[Step, ...] = ()


class Dated(NamedTuple):
    """A step of a playbook with its day; passed when that day was over before the plan was made."""

    template: StepTemplate
    on: date
    passed: bool


class Clock(NamedTuple):
    """What the days of a plan count from: its anchor, the day it is made, and the opt-out day of a renewal."""

    anchor_on: date
    made_on: date
    calendar: Calendar
    opt_out_on: date | None = None


def dated(playbook: Playbook, variant: str, clock: Clock) -> list[Dated]:
    """The steps of a variant with their days, in their order (rules.md: Onboarding, Reviews, Renewals)."""
    found: list[Dated] = []
    for template in playbook.steps_of(variant):
        if template.after_close:  # its day is not known before the risk closes; it stands at the end until then
            on = max([clock.made_on, *(one.on for one in found)])
        else:
            on = day_of(template, playbook, clock)
        found.append(Dated(template, on, on < clock.made_on))
    return found


def day_of(template: StepTemplate, playbook: Playbook, clock: Clock) -> date:
    """The day of one step: forward to a working day, but back for what is counted towards a review or a renewal."""
    on = _counted(clock.anchor_on, template.day, template, clock.calendar)
    if playbook.anchor is Anchor.RENEWAL:
        if template.not_later is not None and clock.opt_out_on is not None:
            on = min(on, _counted(clock.opt_out_on, template.not_later, template, clock.calendar))
        return clock.calendar.back(on)
    if playbook.anchor is Anchor.REVIEW_DAY and template.day == 0:
        return on  # the day of the review itself is agreed with the customer
    if playbook.anchor is Anchor.REVIEW_DAY and template.day < 0:
        return max(clock.calendar.back(on), clock.anchor_on - timedelta(days=playbook.opens))
    return clock.calendar.forward(on)


def _counted(day: date, days: int, template: StepTemplate, calendar: Calendar) -> date:
    """So many days after a day, or before it; so many working days where the step counts those."""
    if not template.working_days:
        return day + timedelta(days=days)
    step = ONE_DAY if days > 0 else -ONE_DAY
    left = abs(days)
    while left:
        day += step
        left -= calendar.works(day)
    return day


def opens_on(playbook: Playbook, clock: Clock) -> date:
    """The day on which a plan begins by itself: so many days before its anchor, or on its first step if sooner."""
    opened = clock.anchor_on - timedelta(days=playbook.opens)
    if playbook.anchor is not Anchor.RENEWAL:
        return opened
    return min(day_of(template, playbook, clock) for template in playbook.steps)


def begins_by_itself(opened_on: date, today: date, policy: PlanPolicy = POLICY.plans) -> bool:
    """A plan begins by itself from its opening day to a week after it; later it is offered."""
    return opened_on <= today <= opened_on + timedelta(days=policy.self_start)


def progress(steps: Iterable[Step]) -> tuple[int, int]:
    """`n of m`: required steps done or skipped, of all required ones; what passed before the plan is not counted.

    In a plan without required steps, such as the preparation of a review, every step counts.
    """
    steps = list(steps)
    some = any(step.required for step in steps)
    counted = [step for step in steps if step.state is not StepState.PASSED and (step.required or not some)]
    return sum(step.state is not StepState.OPEN for step in counted), len(counted)


def next_step(steps: Iterable[Step]) -> Step | None:
    """The open step that is due first."""
    return min(
        (step for step in steps if step.state is StepState.OPEN), key=lambda step: (step.due_on, step.n), default=None
    )


def phases(steps: Iterable[Step]) -> list[str]:
    """The phases in their order."""
    return list(dict.fromkeys(step.phase for step in sorted(steps, key=lambda step: step.n)))


def held_back_by(step: Step, steps: Sequence[Step]) -> Step | None:
    """The gate of an earlier phase that is still open, so that this step has to wait."""
    order = phases(steps)
    at = order.index(step.phase) if step.phase in order else 0
    for gate in sorted(steps, key=lambda one: one.n):
        if gate.gate is not None and gate.state is StepState.OPEN and order.index(gate.phase) < at:
            return gate
    return None


def workable(steps: Sequence[Step]) -> list[Step]:
    """The open steps that no gate holds back, in their order."""
    place = {phase: at for at, phase in enumerate(phases(steps))}
    still = [step for step in steps if step.state is StepState.OPEN]
    limit = min((place[step.phase] for step in still if step.gate is not None), default=len(place))
    return [step for step in still if place[step.phase] <= limit]


class GateFacts(NamedTuple):
    """What the gates ask about: talked two-way and reviewed since the plan began, checks left, seats in use."""

    talked: bool
    reviewed: bool
    checks_left: int
    active: int | None = None
    seats: int | None = None


def missing(gate: Gate, facts: GateFacts) -> str:
    """What a gate still lacks, in a sentence; empty when it may be passed."""
    if gate is Gate.TALK:
        return "" if facts.talked else "no two-way talk has been held since the plan began: log it"
    if gate is Gate.REVIEW:
        return "" if facts.reviewed else "no review has been held since the plan began: log it with `qbr` or `ebr`"
    if gate is Gate.ACTIVE and facts.active is not None and facts.seats:
        if 2 * facts.active >= facts.seats:
            return ""
        return f"{facts.active} of {facts.seats} seats are active, and half of them should be"
    return "" if not facts.checks_left else f"{facts.checks_left} of its checks are not ticked"


class Shift(NamedTuple):
    """One step that moves: from which day to which."""

    step: Step
    to: date


def shifted(step: Step, to: date, steps: Iterable[Step], calendar: Calendar) -> list[Shift]:
    """The later open steps, each moved by as many days as this one, forward to a working day; done ones never move.

    What prepares a review leaves the review and what follows it where they are: its day is agreed with the customer.
    """
    days, steps = to - step.due_on, list(steps)
    later = [one for one in steps if one.state is StepState.OPEN and (one.due_on, one.n) > (step.due_on, step.n)]
    if any(one.done_by in REVIEW_KINDS and one.offset == 0 for one in steps) and step.offset < 0:
        later = [one for one in later if one.offset < 0]
    return [
        Shift(one, calendar.forward(one.due_on + days)) for one in sorted(later, key=lambda one: (one.due_on, one.n))
    ]


def forecast(steps: Sequence[Step], anchor_on: date, today: date, calendar: Calendar) -> date | None:
    """When the last required step will be done at this account's own pace; None when all are.

    The pace is how long the last done step took since the anchor, over how long it should have taken; before any is
    done, it is the plan's, later by what the first open step is late.
    """
    left = [step for step in steps if step.required and step.state is StepState.OPEN]
    if not left:
        return None
    end = max(step.baseline_on for step in left)
    done = [step for step in steps if step.state is StepState.DONE and step.closed_on is not None]
    done = [step for step in done if step.baseline_on > anchor_on]
    if not done:
        late = max(0, (today - min(step.baseline_on for step in left)).days)
        return calendar.forward(end + timedelta(days=late))
    last = max(done, key=lambda step: (step.baseline_on, step.n))
    closed = last.closed_on or today
    took, planned = max(1, (closed - anchor_on).days), (last.baseline_on - anchor_on).days
    ahead = -(-(end - last.baseline_on).days * took // planned)
    return calendar.forward(max(today, closed + timedelta(days=ahead)))


def slip(steps: Iterable[Step], today: date) -> dict[Party, int]:
    """Days past the baselines by who they waited for: the party it waits on, else the owner's side."""
    found: dict[Party, int] = {}
    for step in steps:
        until = step.closed_on if step.state is StepState.DONE else today if step.state is StepState.OPEN else None
        days = (until - step.baseline_on).days if until is not None else 0
        if days > 0:
            party = step.waiting_on or _side(step.owner)
            found[party] = found.get(party, 0) + days
    return found


def _side(owner: Owner) -> Party:
    return Party.THEM if owner is Owner.THEM else Party.US


def stalled(step: Step, today: date, policy: PlanPolicy = POLICY.plans) -> bool:
    """A required step two weeks late, or waiting for ten days."""
    if step.state is not StepState.OPEN or not step.required:
        return False
    waits = step.waiting_since is not None and (today - step.waiting_since).days >= policy.stalled_waiting
    return step.days_late(today) >= policy.stalled_late or waits
