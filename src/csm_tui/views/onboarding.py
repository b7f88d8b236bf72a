"""The first 90 days of every account: where each stands, what comes next, whether the first months close in time."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain import onboarding
from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.figure import Figure, Median, Share
from csm_tui.domain.health import band_by_hand
from csm_tui.domain.lifecycle import day_of_life
from csm_tui.domain.onboarding import FIRST_VALUE, MONTH_1
from csm_tui.domain.plans import Party, StepState, forecast, held_back_by, next_step, progress, slip, workable
from csm_tui.domain.playbooks import ONBOARDING
from csm_tui.store.queries import accounts, plans
from csm_tui.typed import TYPE_CHECKING, NamedTuple
from csm_tui.views.plans import step_json

if TYPE_CHECKING:
    from csm_tui.domain.accounts import AccountFacts, Band
    from csm_tui.domain.plans import Plan, Step
    from csm_tui.store.connection import Reading


class OnboardingLine(NamedTuple):
    """One account: its day, its plan (None: not begun), `n of m`, what comes next and which gate holds that up.

    `days_to_value` is its time to first value, `slip` the days past the baselines by who they waited for.
    """

    facts: AccountFacts
    band: Band
    day: int
    plan: Plan | None = None
    done: int = 0
    all: int = 0
    next: Step | None = None
    gate: Step | None = None
    on_time: bool | None = None
    forecast_on: date | None = None
    days_to_value: int | None = None
    slip: tuple[tuple[Party, int], ...] = ()
    why: tuple[str, ...] = ()

    @property
    def began_on(self) -> date:
        """The day from which its days count."""
        started = self.facts.started_on or self.facts.added_on
        return started if self.plan is None else self.plan.anchor_on

    @property
    def begins(self) -> str:
        """The playbook that could be started: an account without a plan has its onboarding before it."""
        return ONBOARDING if self.plan is None else ""

    @property
    def nothing_next(self) -> str:
        """What stands in the place of a next step."""
        return "no plan yet" if self.plan is None else "through"

    @property
    def month_1(self) -> str:
        """How the first month stands against its baseline, in a word."""
        month = onboarding.step_of(self.steps, MONTH_1)
        if month is None:
            return "–"
        return str(month.state) if month.state is StepState.PASSED else IN_TIME[self.on_time]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The milestones, in their order."""
        return () if self.plan is None else self.plan.steps


class OnboardingBoard(NamedTuple):
    """The lines, the most urgent first, how many in all, and two figures of the last year: month 1, first value."""

    lines: list[OnboardingLine]
    size: int
    on_time: Figure[Share]
    to_value: Figure[Median]
    today: date


def onboarding_board(reading: Reading) -> OnboardingBoard:
    """Every active account in its first 90 days, or whose onboarding still runs: by the day of its next step."""
    today = reading.today
    since = today - timedelta(days=onboarding.DAYS)
    found = _newest(plans.in_first_days(reading, ONBOARDING, since))
    known = accounts.account_facts(reading, {*found, *accounts.begun_since(reading, since)})
    lines = [_line(reading, facts, found.get(key)) for key, facts in known.items()]
    lines.sort(key=_place)
    return OnboardingBoard(lines, len(lines), *_rates(reading), today)


def onboarding_glance(reading: Reading) -> OnboardingBoard:
    """The first line of the board and its figures, without building it."""
    account_id = plans.soonest(reading, ONBOARDING)
    if account_id is None:
        return onboarding_board(reading)
    facts = accounts.account_facts(reading, [account_id])[account_id]
    plan = next(one for one in plans.of_account(reading, account_id) if one.playbook == ONBOARDING)
    size = plans.how_many_in_first_days(reading, ONBOARDING, reading.today - timedelta(days=onboarding.DAYS))
    return OnboardingBoard([_line(reading, facts, plan)], size, *_rates(reading), reading.today)


def _rates(reading: Reading) -> tuple[Figure[Share], Figure[Median]]:
    """Month 1 on time, and the time to first value, over the last year."""
    since = reading.today - 2 * onboarding.PERIOD
    past = list(_newest(plans.marks_of(reading, ONBOARDING, (MONTH_1, FIRST_VALUE), since)).values())
    return _on_time(past, reading.today), _to_value(past, reading.today)


def _newest(found: list[Plan]) -> dict[int, Plan]:
    """One plan an account: the newest, since an onboarding that was begun anew stands for the one before."""
    newest: dict[int, Plan] = {}
    for plan in found:
        newest.setdefault(plan.account_id, plan)
    return newest


def _line(reading: Reading, facts: AccountFacts, plan: Plan | None) -> OnboardingLine:
    today = reading.today
    band = band_by_hand(facts.pulse)
    started = facts.started_on or (plan.anchor_on if plan is not None else facts.added_on)
    line = OnboardingLine(facts, band, day_of_life(started, today), plan)
    if plan is None:
        return line._replace(why=("No onboarding runs: a starts it, with the days before today marked as passed.",))
    steps, calendar = plan.steps, reading.policy.cadence.calendar
    (done, every), free = progress(steps), workable(steps)
    line = line._replace(
        done=done, all=every, next=_next(free), gate=_holding(steps, free, today),
        on_time=onboarding.on_time(steps, today), days_to_value=onboarding.days_to_value(steps, plan.anchor_on),
        forecast_on=forecast(steps, plan.anchor_on, today, calendar), slip=tuple(slip(steps, today).items()),
    )  # fmt: skip
    return line._replace(why=tuple(_why(line, today)))


def _next(free: list[Step]) -> Step | None:
    """What comes next: the first required step that can be worked, or any where none of them is required."""
    return next_step(step for step in free if step.required) or next_step(free)


def _holding(steps: tuple[Step, ...], free: list[Step], today: date) -> Step | None:
    """The open gate behind which something is due already."""
    due = [step for step in steps if step.state is StepState.OPEN and step.due_on <= today and step not in free]
    return held_back_by(min(due, key=lambda step: step.n), steps) if due else None


def _place(line: OnboardingLine) -> tuple[int, date, int, str, int]:
    """What is due first stands first; then who has no plan; then who is through."""
    facts, due = line.facts, line.next
    rank = 1 if line.plan is None else 2 if due is None else 0
    return rank, due.due_on if due else date.max, -(facts.arr_cents or 0), facts.name, facts.account_id


def _why(line: OnboardingLine, today: date) -> list[str]:
    told = [f"Day {line.day}; {line.done} of {line.all} required steps are closed."]
    due = line.next
    if due is not None:
        late = due.days_late(today)
        when = f"{late} {'day' if late == 1 else 'days'} late" if late else spoken(due.due_on, today)
        told.append(f"Next: {due.title}, {when}.")
    if line.gate is not None:
        told.append(f"The gate “{line.gate.title}” is open, so that what comes after its phase has to wait.")
    told += [*_month_1(line, today), *_ahead(line)]
    return told


def _month_1(line: OnboardingLine, today: date) -> list[str]:
    """How the first month stands against its baseline."""
    month = onboarding.step_of(line.steps, MONTH_1)
    if month is None:
        return []
    baseline = day_month(month.baseline_on, today)
    if month.state is StepState.PASSED:
        return [f"Month 1 was to close by {baseline}, before the plan was made: it counts in no rate."]
    if line.on_time is None:
        return [f"Month 1 is to close by {baseline}, its baseline."]
    return [f"Month 1 was to close by {baseline}: {'it did' if line.on_time else 'it did not'}."]


def _ahead(line: OnboardingLine) -> list[str]:
    """When it will end at its own pace, when value came, and who kept it waiting."""
    told = []
    if line.forecast_on is not None:
        told.append(f"At its own pace the last required step is done on {day_month(line.forecast_on)}.")
    if line.days_to_value is not None:
        told.append(f"First value was confirmed on day {line.days_to_value}.")
    if line.slip:
        parts = ", ".join(f"{days} d {PARTIES[party]}" for party, days in line.slip)
        told.append(f"Days past the baselines: {parts}.")
    return told


IN_TIME = {True: "in time", False: "late", None: "open"}
PARTIES = {Party.US: "with us", Party.THEM: "with them", Party.THIRD: "with a third party"}


def _on_time(past: list[Plan], today: date) -> Figure[Share]:
    share = Share(*onboarding.rate([plan.steps for plan in past], today))
    told = (
        f"In the last year {share.whole} first months were to close; {share.part} closed on or before the baseline.",
        f"The goal is {onboarding.GOAL} %; open past the baseline counts as late.",
    )
    return Figure(share, told)


def _to_value(past: list[Plan], today: date) -> Figure[Median]:
    days = onboarding.values_reached(((plan.steps, plan.anchor_on) for plan in past), today)
    middle = Median(onboarding.median_to_value(days), len(days))
    told = f"First value was confirmed at {middle.number} accounts in the last year; the median of the days it took."
    return Figure(middle, (told, "It counts from the start to the day on which the customer confirmed it."))


def as_json(line: OnboardingLine) -> dict[str, object]:
    """A line of the board under the names that scripts rely on."""
    name = line.facts.name
    return {
        "account": name,
        "day": line.day,
        "milestones": [step_json(step, name, line.plan.playbook) for step in line.steps] if line.plan else [],
        "on_time": line.on_time,
        "forecast_on": line.forecast_on.isoformat() if line.forecast_on else None,
    }
