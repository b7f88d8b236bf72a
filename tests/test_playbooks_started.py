"""Every shipped playbook, in every form, started for a hundred accounts on any days: where its steps fall.

The days are counted here once more, one by one so that the rule is written twice.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import count, islice, pairwise
from random import Random
from typing import NamedTuple

import pytest

from csm_tui import playbooks
from csm_tui.domain import plans
from csm_tui.domain.days import Calendar
from csm_tui.domain.lifecycle import opt_out_on
from csm_tui.domain.plans import Clock, Dated
from csm_tui.domain.playbooks import STANDARD, Anchor, Playbook, StepTemplate
from tests.conftest import TODAY

ROUNDS = 100
ONE_DAY = timedelta(days=1)
FORMS = [
    (one.playbook, form)
    for one in playbooks.all_playbooks().templates
    for form in (STANDARD, *(variant.name for variant in one.playbook.variants))
]
EACH = pytest.mark.parametrize(("book", "form"), FORMS, ids=[f"{book.id}-{form}" for book, form in FORMS])


class Started(NamedTuple):
    """A playbook started for one account: the days it counts from, and its steps on their days."""

    clock: Clock
    steps: list[Dated]


def calendar(chance: Random) -> Calendar:
    """Any weekend, single days off and a week or two without work."""
    weekend = chance.choice(((5, 6), (5, 6), (5, 6), (4, 5), (6,), (), (0, 5, 6)))
    off = {TODAY + timedelta(days=chance.randint(-200, 200)) for _ in range(chance.choice((0, 10, 30)))}
    first = TODAY + timedelta(days=chance.randint(-100, 100))
    return Calendar(
        frozenset(weekend), frozenset(off | {first + timedelta(days=n) for n in range(chance.randint(0, 14))})
    )


@cache
def started(book: Playbook, form: str) -> list[Started]:
    chance, found = Random(f"{book.id} {form}"), []
    for _ in range(ROUNDS):
        anchor, notice = TODAY + timedelta(days=chance.randint(-150, 150)), chance.choice((None, 0, 1, 30, 60, 90, 400))
        opt_out = opt_out_on(anchor, notice) if book.anchor is Anchor.RENEWAL else None
        clock = Clock(anchor, TODAY + timedelta(days=chance.randint(-30, 30)), calendar(chance), opt_out)
        found.append(Started(clock, plans.dated(book, form, clock)))
    return found


@EACH
def test_it_has_the_steps_of_its_form_in_their_order(book: Playbook, form: str) -> None:
    wanted = book.variant(form).steps or tuple(step.id for step in book.steps)
    for one in started(book, form):
        assert tuple(step.template.id for step in one.steps) == wanted


@EACH
def test_what_was_over_when_it_was_made_has_passed_and_nothing_else_has(book: Playbook, form: str) -> None:
    passed = 0
    for one in started(book, form):
        over = [step.on < one.clock.made_on for step in one.steps]
        assert [step.passed for step in one.steps] == over
        passed += any(over)
    assert 0 < passed < ROUNDS


@EACH
def test_within_a_phase_no_step_stands_before_one_that_the_file_has_earlier(book: Playbook, form: str) -> None:
    """Where both count the same sort of days: five working days can be more than seven calendar days."""
    for one in started(book, form):
        for before, after in pairwise(one.steps):
            first, second = before.template, after.template
            same = first.phase == second.phase and first.working_days == second.working_days
            if same and first.day <= second.day and not second.after_close:
                assert before.on <= after.on


@EACH
def test_every_step_falls_where_the_days_counted_one_by_one_say(book: Playbook, form: str) -> None:
    for one in started(book, form):
        last = max(step.on for step in one.steps if not step.template.after_close)
        for step in one.steps:
            expected = max(last, one.clock.made_on) if step.template.after_close else by_hand(book, step.template, one)
            assert step.on == expected, step.template.id


def by_hand(book: Playbook, step: StepTemplate, one: Started) -> date:
    """The day of a step: forward to a working day, back for a renewal and before a review, never before that opens."""
    on = walked(one.clock.anchor_on, step.day, step.working_days, one.clock.calendar)
    if book.anchor is Anchor.RENEWAL:
        if one.clock.opt_out_on is not None and step.not_later is not None:
            on = min(on, walked(one.clock.opt_out_on, step.not_later, step.working_days, one.clock.calendar))
        return to_work(on, -ONE_DAY, one.clock.calendar)
    if book.anchor is not Anchor.REVIEW_DAY or step.day > 0:
        return to_work(on, ONE_DAY, one.clock.calendar)
    opened = one.clock.anchor_on - book.opens * ONE_DAY
    return on if step.day == 0 else max(opened, to_work(on, -ONE_DAY, one.clock.calendar))


def walked(day: date, days: int, working_days: bool, days_of_work: Calendar) -> date:
    towards = ONE_DAY if days > 0 else -ONE_DAY
    path = (day + n * towards for n in count(1))
    counted = (one for one in path if not working_days or days_of_work.works(one))
    return next(islice(counted, abs(days) - 1, None)) if days else day


def to_work(day: date, towards: timedelta, days_of_work: Calendar) -> date:
    return next(one for one in (day + n * towards for n in count()) if days_of_work.works(one))


@EACH
def test_every_step_falls_on_a_working_day_but_the_review_itself_and_the_day_it_opens(
    book: Playbook, form: str
) -> None:
    for one in started(book, form):
        free = {one.clock.anchor_on, one.clock.anchor_on - book.opens * ONE_DAY}
        for step in one.steps:
            may = step.template.after_close or (book.anchor is Anchor.REVIEW_DAY and step.on in free)
            assert may or one.clock.calendar.works(step.on)


@EACH
def test_it_opens_so_many_days_before_its_anchor_or_on_the_first_step_of_a_renewal(book: Playbook, form: str) -> None:
    for one in started(book, form):
        opens = one.clock.anchor_on - book.opens * ONE_DAY
        first = min(step.on for step in one.steps)
        assert plans.opens_on(book, one.clock) == (first if book.anchor is Anchor.RENEWAL else opens)
        if book.anchor is Anchor.REVIEW_DAY:
            assert first >= opens
