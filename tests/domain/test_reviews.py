"""When reviews fall due, to the day: the sentences of the rules as cases, and laws on any calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui import playbooks
from csm_tui.domain import onboarding
from csm_tui.domain.accounts import Tier
from csm_tui.domain.days import STANDARD, Calendar
from csm_tui.domain.policy import POLICY
from csm_tui.domain.reviews import (
    PREPARED_BEFORE,
    Review,
    ReviewFacts,
    ReviewState,
    answered,
    asked_for,
    interval,
    rate,
    reviews,
    standing,
)
from tests.conftest import TODAY
from tests.domain.calendars import CALENDARS, DAYS

HIGH, LOW = Tier.HIGH_TOUCH, Tier.LOW_TOUCH
DUE = date(2026, 11, 23)
"""A Monday: 85 days after Friday 28 August fall on the Saturday before it."""
FRIDAY = date(2026, 8, 28)
STARTED = ReviewFacts(HIGH, FRIDAY, FRIDAY)


def due_days(facts: ReviewFacts) -> list[date]:
    return [one.due_on for one in reviews(facts)]


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        (STARTED, DUE),
        (ReviewFacts(HIGH, date(2026, 9, 1), date(2026, 9, 1)), date(2026, 11, 25)),
        (ReviewFacts(LOW, FRIDAY, FRIDAY), DUE),
        (STARTED._replace(every=30), DUE),
        (STARTED._replace(held=(date(2026, 11, 25),)), date(2027, 2, 24)),
        (STARTED._replace(held=(date(2026, 11, 28),)), date(2027, 3, 1)),
        (STARTED._replace(tier=LOW, held=(date(2026, 11, 25),)), date(2027, 5, 26)),
        (STARTED._replace(every=30, held=(date(2026, 11, 25),)), date(2026, 12, 25)),
        (STARTED._replace(tier=LOW, every=60, held=(date(2026, 11, 25),)), date(2027, 1, 25)),
        (STARTED._replace(held=(date(2026, 11, 25), date(2027, 2, 1))), date(2027, 5, 3)),
        (STARTED._replace(held=(date(2026, 11, 2),)), date(2027, 2, 1)),
    ],
)
def test_the_first_is_due_85_days_after_the_start_and_the_next_an_interval_after_the_last_held(
    facts: ReviewFacts, due: date
) -> None:
    assert due_days(facts)[-1] == due


def test_an_interval_of_0_is_none() -> None:
    none = STARTED._replace(every=0, held=(date(2026, 9, 2),))
    assert standing(none, TODAY) is None
    assert reviews(none) == [], "what was held all the same is in no rate"
    assert (interval(STARTED), interval(STARTED._replace(tier=LOW)), interval(none)) == (91, 182, 0)


@pytest.mark.parametrize(("days", "good"), [(-200, True), (0, True), (14, True), (15, False), (90, False)])
def test_on_schedule_is_held_by_the_due_day_and_two_weeks_however_early(days: int, good: bool) -> None:
    assert Review(DUE, DUE + timedelta(days=days)).on_schedule(DUE + timedelta(days=365)) is good


@pytest.mark.parametrize(("days", "verdict"), [(-1, None), (0, None), (14, None), (15, False)])
def test_there_is_no_verdict_before_the_two_weeks_are_over(days: int, verdict: bool | None) -> None:
    assert Review(DUE).on_schedule(DUE + timedelta(days=days)) is verdict
    assert Review(DUE, skipped=True).on_schedule(DUE + timedelta(days=days)) is None


@pytest.mark.parametrize("days", [1, 14, 15, 300])
def test_a_missed_one_stays_due_until_it_is_held(days: int) -> None:
    today = DUE + timedelta(days=days)
    found = standing(STARTED, today)
    assert found is not None
    assert (found.due_on, found.state) == (DUE, ReviewState.MISSED)
    assert due_days(STARTED._replace(held=(today,))) == [DUE, STANDARD.forward(today + timedelta(days=91))]


def test_a_skip_restarts_the_clock_at_the_due_day_that_was_missed_and_counts_neither_way() -> None:
    found = reviews(STARTED._replace(skips=(DUE,)))
    assert found == [Review(DUE, None, skipped=True), Review(date(2027, 2, 22))]
    assert rate([found], date(2027, 1, 1)) == (0, 0)
    twice = STARTED._replace(skips=(DUE, date(2027, 2, 22)), held=(date(2027, 2, 25),))
    assert due_days(twice) == [DUE, date(2027, 2, 22), date(2027, 5, 24), date(2027, 5, 27)]


def test_a_skip_of_a_day_that_is_not_due_or_that_was_answered_after_all_is_void() -> None:
    early, late = DUE - timedelta(days=3), DUE + timedelta(days=3)
    assert due_days(STARTED._replace(skips=(early,))) == [DUE]
    answered = reviews(STARTED._replace(skips=(DUE,), held=(early,)))
    assert answered == [Review(DUE, early), Review(STANDARD.forward(early + timedelta(days=91)))]
    assert reviews(STARTED._replace(skips=(DUE,), held=(late,)))[1] == Review(date(2027, 2, 22), late)


@pytest.mark.parametrize(("due_ago", "counts"), [(0, True), (1, True), (90, True), (91, False), (-1, False)])
def test_a_review_belongs_to_the_quarter_of_its_due_day(due_ago: int, counts: bool) -> None:
    due = TODAY - timedelta(days=due_ago)
    assert rate([[Review(due, due)]], TODAY) == ((1, 1) if counts else (0, 0))


def test_the_rate_is_held_on_schedule_of_those_with_a_verdict() -> None:
    ago = [TODAY - timedelta(days=days) for days in (5, 20, 40, 60)]
    books = [
        [Review(ago[3], ago[2]), Review(ago[1])],
        [Review(ago[2], ago[3]), Review(ago[0])],
        [Review(ago[1], None, skipped=True)],
    ]
    assert rate(books, TODAY) == (1, 3)


@pytest.mark.parametrize(("kind", "opens"), [(None, date(2026, 10, 12)), ("ebr", date(2026, 8, 25))])
def test_preparation_opens_before_the_due_day(kind: str | None, opens: date) -> None:
    found = standing(STARTED._replace(kind=kind), TODAY)
    assert found is not None
    assert (found.kind, found.opens_on, found.day) == (kind or "qbr", opens, DUE)


def test_preparation_is_dated_from_the_booked_day_which_leaves_the_due_day() -> None:
    booked = STARTED._replace(booked_on=date(2026, 12, 16))
    found = standing(booked, TODAY)
    assert found is not None
    assert found.preparing is found
    assert (found.due_on, found.day, found.opens_on) == (DUE, date(2026, 12, 16), date(2026, 11, 4))
    assert found.state is ReviewState.BOOKED
    held_today = standing(booked, date(2026, 12, 16))
    assert held_today is not None
    assert held_today.state is ReviewState.BOOKED
    passed = standing(booked, date(2026, 12, 17))
    assert passed is not None
    assert (passed.preparing.day, passed.preparing.state) == (DUE, ReviewState.MISSED)


@pytest.mark.parametrize(
    ("today", "preparing", "state"),
    [
        (DUE - timedelta(days=50), False, ReviewState.DUE),
        (DUE, True, ReviewState.PREPARATION),
        (DUE, False, ReviewState.DUE),
        (DUE + timedelta(days=1), True, ReviewState.MISSED),
    ],
)
def test_where_a_review_stands(today: date, preparing: bool, state: ReviewState) -> None:
    found = standing(STARTED, today)
    assert found is not None
    assert (found.preparing if preparing else found).state is state


def test_the_playbooks_open_when_the_rule_says() -> None:
    assert {kind: playbooks.load(kind).playbook.opens for kind in PREPARED_BEFORE} == PREPARED_BEFORE


@pytest.mark.parametrize("variant", ["standard", "light"])
def test_the_first_review_is_a_row_of_the_onboarding_on_the_day_it_falls_due(variant: str) -> None:
    steps = {step.id: step for step in playbooks.load("onboarding").playbook.steps_of(variant)}
    assert steps[onboarding.FIRST_REVIEW].day == POLICY.reviews.first == 85


ADDED = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("started", "held", "due"),
    [
        (None, (), date(2027, 2, 1)),
        (date(2026, 8, 9), (), ADDED),
        (date(2026, 5, 10), (), date(2026, 8, 3)),
        (date(2026, 5, 9), (), date(2027, 2, 1)),
        (date(2020, 1, 1), (), date(2026, 12, 17)),
        (date(2020, 1, 1), (date(2026, 3, 2), date(2026, 9, 2)), date(2026, 12, 2)),
    ],
)
def test_an_account_with_a_past_before_this_book_has_its_next_and_no_verdict_on_what_was(
    started: date | None, held: tuple[date, ...], due: date
) -> None:
    assert reviews(ReviewFacts(HIGH, ADDED, started, held=held)) == [Review(due)]


def test_a_review_held_on_the_day_the_account_was_added_is_of_this_book() -> None:
    assert reviews(ReviewFacts(HIGH, ADDED, date(2026, 8, 9), held=(ADDED,)))[0] == Review(ADDED, ADDED)


FACTS = st.builds(
    ReviewFacts,
    st.sampled_from(list(Tier)),
    DAYS,
    st.none() | DAYS,
    st.none() | st.integers(1, 400),
    held=st.lists(DAYS, max_size=6, unique=True).map(lambda days: tuple(sorted(days))),
)


@given(FACTS, CALENDARS, st.lists(st.integers(0, 6), max_size=3))
def test_each_is_due_an_interval_after_the_one_before_it_moved_forward_to_a_working_day(
    facts: ReviewFacts, calendar: Calendar, skipped: list[int]
) -> None:
    days = [one.due_on for one in reviews(facts, calendar=calendar)]
    facts = facts._replace(skips=tuple(days[at] for at in skipped if at < len(days)))
    found = reviews(facts, calendar=calendar)
    every = timedelta(days=interval(facts))
    for before, after in pairwise(found):
        assert after.due_on == calendar.forward((before.held_on or before.due_on) + every)
        assert before.skipped == (before.held_on is None)
    assert all(calendar.works(one.due_on) for one in found)
    assert found[-1].held_on is None
    assert not found[-1].skipped


@given(FACTS, CALENDARS, st.lists(st.integers(0, 6), max_size=2))
def test_the_next_one_is_the_last_of_all_however_short_the_way_to_it(
    facts: ReviewFacts, calendar: Calendar, skipped: list[int]
) -> None:
    days = [one.due_on for one in reviews(facts, calendar=calendar)]
    facts = facts._replace(kind=None, skips=tuple(days[at] for at in skipped if at < len(days)))
    found = standing(facts, TODAY, calendar=calendar)
    assert found is not None
    assert found.due_on == reviews(facts, calendar=calendar)[-1].due_on


@given(FACTS, CALENDARS)
def test_every_review_held_in_this_book_answers_one_and_the_last_is_the_next(
    facts: ReviewFacts, calendar: Calendar
) -> None:
    held = [one.held_on for one in reviews(facts, calendar=calendar)]
    assert held == [*(day for day in facts.held if day >= facts.added_on), None]


@given(FACTS)
def test_a_review_logged_late_heals_the_clock(facts: ReviewFacts) -> None:
    """What was skipped for want of a review that had taken place is void once it is logged."""
    due = reviews(facts)[-1].due_on
    held = (*(day for day in facts.held if day < due), due)
    assert reviews(facts._replace(held=held, skips=(due,))) == reviews(facts._replace(held=held))


def test_of_the_notes_that_are_asked_for_only_those_that_were_written_are_kept() -> None:
    asked = asked_for("qbr ")
    assert asked.split("\n") == ["qbr ", "Outcomes: ", "Decisions: ", "Next 90 days: "]
    assert answered(asked.partition("\n")[2]) == ""
    assert answered("Outcomes: goals met\nDecisions: \nNext 90 days: ") == "Outcomes: goals met"
    assert answered("Outcomes:\n- goals met\n\nDecisions:\nNext 90 days: roll out") == (
        "Outcomes:\n- goals met\n\nNext 90 days: roll out"
    )
    assert answered("nobody asked\n\nfor this") == "nobody asked\n\nfor this"
