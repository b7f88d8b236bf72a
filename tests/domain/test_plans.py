"""How the steps of a plan are dated, what holds one back, and where it will end; the worked cases of the rules."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import csm_tui
from csm_tui.domain import onboarding, plans
from csm_tui.domain.days import STANDARD
from csm_tui.domain.plans import Clock, Party, Step, StepState
from csm_tui.domain.playbook_reading import read
from csm_tui.domain.playbooks import Anchor, Gate, Owner, Playbook, StepTemplate

TODAY = date(2026, 11, 21)
FOLDER = Path(csm_tui.__file__).parent / "playbooks"


def playbook(name: str) -> Playbook:
    found, mistakes = read(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
    assert found is not None, mistakes
    return found


def days_before(renewal: date, notice: int | None) -> list[int]:
    opt_out = None if notice is None else renewal - timedelta(days=notice)
    clock = Clock(renewal, date(2020, 1, 1), STANDARD, opt_out)
    return [(renewal - one.on).days for one in plans.dated(playbook("renewal"), "standard", clock)]


MONDAY_TERM = date(2027, 3, 1)


def test_a_notice_of_30_days_wants_the_verbal_decision_by_37_and_the_paper_by_33() -> None:
    clock = Clock(date(2027, 2, 14), date(2020, 1, 1), STANDARD, date(2027, 1, 15))
    found = {one.template.day: (date(2027, 2, 14) - one.on).days for one in plans.dated(playbook("renewal"), "", clock)}
    assert (found[-30], found[-14]) == (37, 33)


@pytest.mark.parametrize(("notice", "first"), [(None, 120), (0, 120), (30, 120), (60, 120), (90, 150)])
def test_the_first_step_of_a_renewal_is_moved_back_to_a_working_day(notice: int | None, first: int) -> None:
    for later in range(14):
        renewal = MONDAY_TERM + timedelta(days=later)
        on = renewal - timedelta(days=first)
        assert days_before(renewal, notice)[0] == (renewal - STANDARD.back(on)).days


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.sampled_from([None, 0, 30, 60, 90]))
def test_renewal_steps_never_go_back_in_time_and_fall_on_working_days(renewal: date, notice: int | None) -> None:
    found = days_before(renewal, notice)
    assert found == sorted(found, reverse=True)
    assert all(STANDARD.works(renewal - timedelta(days=days)) for days in found)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.sampled_from(["standard", "light", "enterprise"]))
def test_milestones_move_forward_to_a_working_day_and_keep_their_order(start: date, variant: str) -> None:
    book = playbook("onboarding")
    found = plans.dated(book, variant, Clock(start, start, STANDARD))
    assert [one.on for one in found] == sorted(one.on for one in found)
    for one in found:
        assert STANDARD.works(one.on)
        assert timedelta() <= one.on - (start + timedelta(days=one.template.day)) <= timedelta(days=2)
        assert not one.passed
    if variant == "light":
        assert len(found) == 10


def test_a_step_whose_day_was_over_when_the_plan_was_made_has_passed() -> None:
    found = plans.dated(playbook("onboarding"), "standard", Clock(date(2026, 11, 10), TODAY, STANDARD))
    assert [one.template.id for one in found if one.passed][-1] == "success-plan"
    assert all(one.on < TODAY for one in found if one.passed)
    assert all(one.on >= TODAY for one in found if not one.passed)


def test_preparation_is_dated_back_from_the_day_and_never_before_it_opens() -> None:
    book, day = playbook("qbr"), date(2027, 1, 2)
    found = plans.dated(book, "standard", Clock(day, date(2020, 1, 1), STANDARD))
    opened = day - timedelta(days=book.opens)
    assert found[0].on == opened == date(2026, 11, 21)
    assert [one.on for one in found if one.template.day == 0] == [day]
    assert all(STANDARD.works(one.on) for one in found[1:] if one.template.day < 0)


@pytest.mark.parametrize(
    ("anchor", "day", "on"),
    [
        (date(2026, 12, 16), -5, date(2026, 12, 9)),
        (date(2026, 12, 14), -5, date(2026, 12, 7)),
        (date(2026, 12, 11), 1, date(2026, 12, 14)),
        (date(2026, 12, 12), 1, date(2026, 12, 14)),
        (date(2026, 12, 12), 0, date(2026, 12, 14)),
    ],
)
def test_working_days_are_counted_from_the_anchor(anchor: date, day: int, on: date) -> None:
    book = Playbook("mine", "Mine", Anchor.OPENED, steps=(StepTemplate("one", "One", day, working_days=True),))
    (found,) = plans.dated(book, "standard", Clock(anchor, anchor, STANDARD))
    assert found.on == on


def test_both_clocks_of_a_renewal_count_working_days_where_the_step_does() -> None:
    one = StepTemplate("one", "One", -10, working_days=True, not_later=-2)
    book = Playbook("mine", "Mine", Anchor.RENEWAL, steps=(one,))
    renewal = date(2027, 3, 1)
    for opt_out, on in ((None, date(2027, 2, 15)), (date(2027, 2, 2), date(2027, 1, 29))):
        assert plans.day_of(one, book, Clock(renewal, TODAY, STANDARD, opt_out)) == on


def test_no_preparation_stands_before_it_opens_whatever_its_days_are() -> None:
    steps = tuple(StepTemplate(f"s{n}", "One", -n, working_days=True) for n in (1, 3, 5))
    book = Playbook("mine", "Mine", Anchor.REVIEW_DAY, opens=4, steps=steps)
    found = plans.dated(book, "standard", Clock(date(2026, 12, 16), TODAY, STANDARD))
    assert [one.on for one in found] == [date(2026, 12, 15), date(2026, 12, 12), date(2026, 12, 12)]


def test_the_look_for_a_relapse_never_passes_before_its_risk_closed() -> None:
    for signal_day, made in ((TODAY, TODAY), (date(2026, 6, 1), TODAY)):
        found = plans.dated(playbook("recovery"), "standard", Clock(signal_day, made, STANDARD))
        assert found[-1].template.after_close
        assert not found[-1].passed
        assert found[-1].on == max(made, found[-2].on)


@pytest.mark.parametrize(("opened", "begins"), [(0, True), (7, True), (8, False), (-1, False)])
def test_a_plan_begins_by_itself_for_a_week_and_is_offered_after(opened: int, begins: bool) -> None:
    assert plans.begins_by_itself(TODAY - timedelta(days=opened), TODAY) is begins


def step(n: int, due: date, **other: object) -> Step:
    facts: dict[str, object] = {
        "step_id": n, "plan_id": 1, "account_id": 1, "n": n, "code": f"s{n}", "title": f"Step {n}", "phase": "A",
        "owner": Owner.US, "required": True, "gate": None, "due_on": due, "baseline_on": due, "state": StepState.OPEN,
    }  # fmt: skip
    return Step(**{**facts, **other})  # type: ignore[arg-type]


MON = date(2026, 11, 23)


def test_an_open_gate_holds_the_next_phase_and_not_its_own() -> None:
    gate = step(1, MON, gate=Gate.TALK)
    beside, after = step(2, MON), step(3, MON, phase="B")
    assert plans.held_back_by(after, [gate, beside, after]) is gate
    assert plans.held_back_by(beside, [gate, beside, after]) is None
    for state in (StepState.DONE, StepState.SKIPPED, StepState.PASSED):
        assert plans.held_back_by(after, [gate._replace(state=state), beside, after]) is None


@pytest.mark.parametrize(
    ("gate", "facts", "lacks"),
    [
        (Gate.TALK, plans.GateFacts(False, True, 0), "two-way talk"),
        (Gate.REVIEW, plans.GateFacts(True, False, 0), "review"),
        (Gate.CHECKS, plans.GateFacts(True, True, 2), "2 of its checks"),
        (Gate.ACTIVE, plans.GateFacts(True, True, 0, 29, 60), "29 of 60"),
        (Gate.ACTIVE, plans.GateFacts(True, True, 1), "1 of its checks"),
    ],
)
def test_a_gate_says_what_it_lacks(gate: Gate, facts: plans.GateFacts, lacks: str) -> None:
    assert lacks in plans.missing(gate, facts)
    assert not plans.missing(gate, plans.GateFacts(True, True, 0, 30, 60))


def test_moving_what_prepares_a_review_leaves_the_review_and_what_follows_it_where_they_are() -> None:
    clock = Clock(date(2026, 12, 16), date(2026, 11, 2), STANDARD)
    steps = [
        Step(n, 1, 1, n, one.template.id, "", "", Owner.US, False, None, one.on, one.on, StepState.OPEN,
             offset=one.template.day, done_by=one.template.done_by)
        for n, one in enumerate(plans.dated(playbook("qbr"), "standard", clock), 1)
    ]  # fmt: skip
    moved = {code: next(step for step in steps if step.code == code) for code in ("attendees", "recap")}
    found = plans.shifted(moved["attendees"], moved["attendees"].due_on + timedelta(days=1), steps, STANDARD)
    assert [shift.step.code for shift in found] == ["brief", "position", "reread"]
    after = plans.shifted(moved["recap"], moved["recap"].due_on + timedelta(days=1), steps, STANDARD)
    assert [shift.step.code for shift in after] == ["update", "absent"]


def test_moving_a_step_shifts_the_later_open_ones_and_never_the_done() -> None:
    steps = [
        step(1, MON),
        step(2, date(2026, 11, 25)),
        step(3, date(2026, 11, 26), state=StepState.DONE, closed_on=MON),
        step(4, date(2026, 11, 20)),
        step(5, date(2026, 11, 27)),
    ]
    found = plans.shifted(steps[0], date(2026, 11, 25), steps, STANDARD)
    assert [(one.step.n, one.to) for one in found] == [(2, date(2026, 11, 27)), (5, date(2026, 11, 30))]


def test_the_end_is_told_by_the_account_s_own_pace() -> None:
    start = date(2026, 9, 1)
    done = step(1, date(2026, 9, 11), state=StepState.DONE, closed_on=date(2026, 9, 21))
    last = step(2, date(2026, 10, 30))
    assert plans.forecast([done, last], start, date(2026, 9, 22), STANDARD) == date(2026, 12, 28)
    assert plans.forecast([last], start, date(2026, 9, 22), STANDARD) == last.baseline_on
    assert plans.forecast([last], start, date(2026, 11, 2), STANDARD) == date(2026, 11, 2)
    assert plans.forecast([done], start, TODAY, STANDARD) is None


def test_slip_is_put_down_to_whom_it_waited_for() -> None:
    steps = [
        step(1, MON, state=StepState.DONE, closed_on=date(2026, 11, 25)),
        step(2, date(2026, 11, 19), owner=Owner.THEM),
        step(3, date(2026, 11, 20), waiting_on=Party.THIRD, waiting_since=TODAY),
        step(4, MON),
    ]
    assert plans.slip(steps, TODAY) == {Party.US: 2, Party.THEM: 2, Party.THIRD: 1}


@pytest.mark.parametrize(
    ("late", "waits", "stalled"), [(14, None, True), (13, None, False), (-5, 10, True), (-5, 9, False)]
)
def test_a_required_step_two_weeks_late_or_waiting_for_ten_days_is_stalled(
    late: int, waits: int | None, stalled: bool
) -> None:
    since = None if waits is None else TODAY - timedelta(days=waits)
    one = step(1, TODAY - timedelta(days=late), waiting_since=since, waiting_on=None if since is None else Party.THEM)
    assert plans.stalled(one, TODAY) is stalled
    assert not plans.stalled(one._replace(required=False), TODAY)
    assert not plans.stalled(one._replace(state=StepState.PASSED), TODAY)


@pytest.mark.parametrize(
    ("state", "closed", "today", "verdict"),
    [
        (StepState.DONE, MON, TODAY, True),
        (StepState.DONE, MON + timedelta(days=1), TODAY, False),
        (StepState.OPEN, None, MON, None),
        (StepState.OPEN, None, MON + timedelta(days=1), False),
        (StepState.PASSED, None, MON, None),
    ],
)
def test_the_first_month_is_in_time_when_it_closed_by_its_baseline(
    state: StepState, closed: date | None, today: date, verdict: bool | None
) -> None:
    month = step(1, MON + timedelta(days=9), code=onboarding.MONTH_1, baseline_on=MON, state=state, closed_on=closed)
    assert onboarding.on_time([month], today) is verdict


def test_places_of_the_strip_that_share_a_cell_show_the_worst() -> None:
    start = date(2026, 11, 1)
    steps = [
        step(1, date(2026, 11, 2), state=StepState.DONE, closed_on=date(2026, 11, 2)),
        step(2, date(2026, 11, 2)),
        step(3, date(2026, 12, 1)),
        step(4, date(2027, 1, 30)),
        step(5, date(2026, 11, 10), required=False),
    ]
    found = onboarding.marks(steps, start, TODAY, 31)
    assert {at: mark for at, mark in enumerate(found) if mark} == {
        0: onboarding.Mark.LATE, 10: onboarding.Mark.OPEN, 30: onboarding.Mark.OPEN,
    }  # fmt: skip
    assert onboarding.Mark.NEXT in onboarding.marks(steps[2:], start, TODAY, 31)
