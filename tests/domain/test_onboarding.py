"""The first 90 days: the sentences of the rules as cases, and laws of the strip, the rate and the move."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui import playbooks
from csm_tui.domain import onboarding, plans
from csm_tui.domain.accounts import Tier
from csm_tui.domain.days import STANDARD, Calendar
from csm_tui.domain.onboarding import Mark
from csm_tui.domain.plans import Clock, Step, StepState
from csm_tui.domain.playbooks import Gate, Owner
from tests.conftest import TODAY
from tests.domain.calendars import CALENDARS, DAYS

START = date(2026, 11, 2)
STATES = list(StepState)


def day(number: int) -> date:
    return START + timedelta(days=number)


def step(n: int, due: date, state: StepState = StepState.OPEN, closed: date | None = None, **other: object) -> Step:
    made = Step(n, 1, 1, n, f"s{n}", f"Step {n}", "A", Owner.US, True, None, due, due, state, closed)
    return made._replace(**other)  # type: ignore[arg-type]


def month_1(baseline: date, closed: date | None, state: StepState = StepState.DONE) -> list[Step]:
    return [step(1, baseline, state, closed, code=onboarding.MONTH_1)]


# Days and variants.


@pytest.mark.parametrize(
    ("tier", "variant"), [(Tier.WHITE_GLOVE, "standard"), (Tier.HIGH_TOUCH, "standard"), (Tier.LOW_TOUCH, "light")]
)
def test_low_touch_accounts_get_the_light_plan(tier: Tier, variant: str) -> None:
    book = playbooks.load("onboarding").playbook
    assert onboarding.variant(tier, book) == variant
    assert onboarding.variant(tier, book._replace(variants=())) == "standard"


def test_milestones_are_the_start_and_their_offset_moved_forward_to_a_working_day() -> None:
    """A start on Monday 2 November: day 5 is a Saturday, day 60 New Year's Day, given as a day off."""
    calendar = Calendar(days_off=frozenset({date(2027, 1, 1)}))
    found = plans.dated(playbooks.load("onboarding").playbook, "standard", Clock(START, START, calendar))
    on = {one.template.id: one.on for one in found}
    assert (on["handoff"], on["welcome"], on["kickoff"]) == (START, day(1), date(2026, 11, 9))
    assert (on["month-1"], on["adoption-gate"]) == (date(2026, 12, 2), date(2027, 1, 4))
    assert (on["first-qbr"], on["graduation"]) == (date(2027, 1, 26), date(2027, 2, 1))


def test_enterprise_has_offsets_of_one_and_a_half_and_a_baseline_of_its_own() -> None:
    book = playbooks.load("onboarding").playbook
    standard = [one.day for one in book.steps_of("standard")]
    assert [one.day for one in book.steps_of("enterprise")] == [(3 * n + 1) // 2 for n in standard]
    found = plans.dated(book, "enterprise", Clock(START, START, STANDARD))
    assert {one.template.id: one.on for one in found}["month-1"] == STANDARD.forward(day(45))


# Made late.


@given(DAYS, st.integers(0, 120), CALENDARS, st.sampled_from(["standard", "light", "enterprise"]))
def test_what_was_due_before_the_plan_was_made_has_passed_and_stays_out_of_every_count(
    start: date, late: int, calendar: Calendar, variant: str
) -> None:
    made = start + timedelta(days=late)
    found = plans.dated(playbooks.load("onboarding").playbook, variant, Clock(start, made, calendar))
    steps = [
        step(
            n, one.on, StepState.PASSED if one.passed else StepState.OPEN,
            code=one.template.id, required=one.template.required,
        )
        for n, one in enumerate(found, 1)
    ]  # fmt: skip
    assert [one.passed for one in found] == [one.on < made for one in found]
    wanted = [one for one in found if one.template.required and one.on >= made]
    assert plans.progress(steps) == (0, len(wanted))
    shown = [mark for mark in onboarding.marks(steps, start, made, 91) if mark is not None]
    assert Mark.LATE not in shown
    assert bool(shown) is bool(wanted)
    month = onboarding.step_of(steps, onboarding.MONTH_1)
    assert month is not None
    verdict = None if month.due_on < made else False
    assert onboarding.on_time(steps, start + timedelta(days=400)) is verdict


# On time.


@pytest.mark.parametrize(("late", "good"), [(-20, True), (0, True), (1, False)])
def test_closed_on_the_baseline_is_on_time_and_moving_the_day_never_helps(late: int, good: bool) -> None:
    (month,) = month_1(day(30), day(30 + late))
    assert onboarding.on_time([month._replace(due_on=day(60))], TODAY) is good


@pytest.mark.parametrize(("ago", "verdict"), [(0, None), (1, False)])
def test_open_past_its_baseline_is_late_though_its_day_was_moved(ago: int, verdict: bool | None) -> None:
    (month,) = month_1(TODAY - timedelta(days=ago), None, StepState.OPEN)
    assert onboarding.on_time([month._replace(due_on=day(300))], TODAY) is verdict


def test_a_month_that_was_skipped_was_never_closed() -> None:
    assert onboarding.on_time(month_1(day(30), day(3), StepState.SKIPPED), TODAY) is False
    assert onboarding.on_time([step(1, day(30))], TODAY) is None


@pytest.mark.parametrize(("ago", "counts"), [(-1, False), (0, True), (364, True), (365, False)])
def test_an_account_belongs_to_the_year_in_which_its_baseline_fell(ago: int, counts: bool) -> None:
    baseline = TODAY - timedelta(days=ago)
    assert onboarding.rate([month_1(baseline, baseline - timedelta(days=2))], TODAY) == ((1, 1) if counts else (0, 0))


def test_the_rate_is_closed_in_time_of_those_whose_baseline_fell_in_the_year() -> None:
    ago = TODAY - timedelta(days=40)
    books = [
        month_1(ago, ago),
        month_1(ago, ago + timedelta(days=1)),
        month_1(ago, None, StepState.OPEN),
        month_1(ago, None, StepState.PASSED),
        month_1(TODAY, None, StepState.OPEN),
        [step(1, ago)],
    ]
    assert onboarding.rate(books, TODAY) == (1, 3)


def test_time_to_first_value_counts_from_the_start_to_the_day_they_confirmed_it() -> None:
    value = step(1, day(28), StepState.DONE, day(21), code=onboarding.FIRST_VALUE)
    assert onboarding.days_to_value([value], START) == 21
    for state in (StepState.OPEN, StepState.PASSED, StepState.SKIPPED):
        assert onboarding.days_to_value([value._replace(state=state)], START) is None
    assert onboarding.days_to_value([step(1, day(28), StepState.DONE, day(21))], START) is None


# Moving and slip.

MILESTONES = st.lists(st.tuples(st.integers(0, 90), st.sampled_from(STATES)), min_size=1, max_size=12)


@given(MILESTONES, st.integers(0, 90), CALENDARS)
def test_moving_a_step_offers_the_later_open_ones_by_as_many_days(
    places: list[tuple[int, StepState]], to: int, calendar: Calendar
) -> None:
    steps = [step(n, day(number), state) for n, (number, state) in enumerate(places, 1)]
    moved = steps[0]
    found = plans.shifted(moved, day(to), steps, calendar)
    later = [one for one in steps[1:] if one.state is StepState.OPEN and one.due_on >= moved.due_on]
    assert {one.step.n for one in found} == {one.n for one in later}
    for one in found:
        assert one.to == calendar.forward(one.step.due_on + (day(to) - moved.due_on))
    assert [one.to for one in found] == sorted(one.to for one in found)


@given(st.integers(-30, 30), st.integers(0, 30), st.sampled_from(STATES))
def test_the_parts_of_the_slip_are_the_days_past_the_baselines(moved: int, late: int, state: StepState) -> None:
    """The baseline is kept for ever: moving a step does not make its slip less."""
    baseline = TODAY - timedelta(days=late)
    closed = TODAY if state in {StepState.DONE, StepState.SKIPPED} else None
    one = step(1, baseline, state, closed)._replace(due_on=baseline + timedelta(days=moved))
    counts = state in {StepState.OPEN, StepState.DONE}
    assert sum(plans.slip([one], TODAY).values()) == (late if counts else 0)


# The strip.


@given(
    st.lists(st.tuples(st.integers(-10, 150), st.sampled_from(STATES), st.booleans()), max_size=20),
    st.integers(1, 120),
    st.integers(-5, 120),
)
def test_the_strip_draws_required_steps_and_the_worst_of_a_cell(
    places: list[tuple[int, StepState, bool]], cells: int, now: int
) -> None:
    steps = [
        step(n, day(number), state, START if state is StepState.DONE else None, required=required)
        for n, (number, state, required) in enumerate(places, 1)
    ]
    today = day(now)
    strip = onboarding.marks(steps, START, today, cells)
    assert len(strip) == cells
    drawn = [one for one in steps if one.required and one.state is not StepState.PASSED]
    assert bool(drawn) is any(strip)
    for one in drawn:
        alone = onboarding.marks([one], START, today, cells)
        (at,) = (n for n, mark in enumerate(alone) if mark is not None)
        shown, worst = strip[at], list(Mark)
        mine = Mark.OPEN if alone[at] is Mark.NEXT else alone[at]
        assert shown is not None
        assert mine is not None
        assert worst.index(shown) <= worst.index(mine)
    assert sum(mark is Mark.NEXT for mark in strip) <= 1


def test_the_strip_goes_from_day_0_to_day_90_and_later_steps_stand_at_its_end() -> None:
    assert list(Mark) == [Mark.LATE, Mark.NEXT, Mark.GATE, Mark.OPEN, Mark.SKIPPED, Mark.DONE]
    for number, at in ((-3, 0), (0, 0), (44, 44), (90, 90), (135, 90)):
        strip = onboarding.marks([step(1, day(number))], START, START - timedelta(days=9), 91)
        assert strip.index(Mark.NEXT) == at


def test_a_gate_to_come_is_drawn_as_one_until_it_is_next_or_late() -> None:
    steps = [
        step(1, day(0)),
        step(2, day(45), gate=Gate.TALK),
        step(3, day(90), StepState.DONE, day(9), gate=Gate.TALK),
    ]
    assert onboarding.marks(steps, START, START, 3) == [Mark.NEXT, Mark.GATE, Mark.DONE]
    assert onboarding.marks(steps[1:], START, START, 3)[1] is Mark.NEXT
    assert onboarding.marks(steps[1:], START, day(46), 3)[1] is Mark.LATE


def test_n_of_m_counts_required_steps_and_every_step_where_none_is() -> None:
    steps = [
        step(1, day(0), StepState.PASSED), step(2, day(1), StepState.DONE, day(1)),
        step(3, day(2), StepState.SKIPPED, day(2)), step(4, day(3)),
        step(5, day(4), StepState.DONE, day(4), required=False), step(6, day(5), required=False),
    ]  # fmt: skip
    assert plans.progress(steps) == (2, 3)
    assert plans.progress(one._replace(required=False) for one in steps) == (3, 5)
    assert plans.progress([steps[0], steps[4]]) == (0, 0)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.booleans(), st.sampled_from(STATES)), max_size=9))
def test_what_can_be_worked_is_what_no_gate_holds_back(made: list[tuple[str, bool, StepState]]) -> None:
    steps = [
        step(n, day(n), state, day(n) if state in {StepState.DONE, StepState.SKIPPED} else None, phase=phase,
             gate=Gate.TALK if gate else None)
        for n, (phase, gate, state) in enumerate(made)
    ]  # fmt: skip
    still = [one for one in steps if one.state is StepState.OPEN]
    assert plans.workable(steps) == [one for one in still if plans.held_back_by(one, steps) is None]
