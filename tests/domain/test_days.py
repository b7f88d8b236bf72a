"""Working days: one calendar answers for all, whatever its weekend and its days off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given

from csm_tui.domain.days import (
    STANDARD,
    Calendar,
    calendar,
    day_month,
    days_between,
    plausible,
    spoken,
)
from csm_tui.domain.errors import Refusal
from tests.conftest import TODAY
from tests.domain.calendars import CALENDARS, DAYS

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, 20 + n) for n in range(4))
CHRISTMAS = Calendar(days_off=frozenset(date(2026, 12, 24) + timedelta(days=n) for n in range(9)))
"""Free from Thursday 24 December to Friday 1 January: with the weekend, back on Monday 4 January."""


@pytest.mark.parametrize(
    ("day", "back", "forward", "first_after", "reach"),
    [
        (FRIDAY, FRIDAY, FRIDAY, MONDAY, SUNDAY),
        (SATURDAY, FRIDAY, MONDAY, MONDAY, SUNDAY),
        (SUNDAY, FRIDAY, MONDAY, MONDAY, SUNDAY),
        (MONDAY, MONDAY, MONDAY, date(2026, 11, 24), MONDAY),
    ],
)
def test_the_standard_weekend_is_saturday_and_sunday(
    day: date, back: date, forward: date, first_after: date, reach: date
) -> None:
    found = STANDARD.back(day), STANDARD.forward(day), STANDARD.first_after(day), STANDARD.reach(day)
    assert found == (back, forward, first_after, reach)


def test_days_off_join_the_weekend() -> None:
    assert CHRISTMAS.back(date(2026, 12, 30)) == date(2026, 12, 23)
    assert CHRISTMAS.forward(date(2026, 12, 24)) == date(2027, 1, 4)
    assert CHRISTMAS.first_after(date(2026, 12, 23)) == date(2027, 1, 4)
    assert CHRISTMAS.reach(date(2026, 12, 23)) == date(2027, 1, 3)


def test_a_weekend_may_be_friday_and_saturday() -> None:
    gulf = calendar(frozenset({4, 5}), frozenset())
    assert [gulf.works(day) for day in (FRIDAY, SATURDAY, SUNDAY)] == [False, False, True]
    assert gulf.forward(FRIDAY) == SUNDAY


def test_a_week_may_have_no_weekend_or_one_working_day() -> None:
    assert calendar(frozenset(), frozenset()).works(SUNDAY)
    only_sunday = calendar(frozenset(range(6)), frozenset())
    assert only_sunday.forward(MONDAY) == date(2026, 11, 29)


def test_a_week_without_a_working_day_is_refused() -> None:
    with pytest.raises(Refusal, match="at least one working day"):
        calendar(frozenset(range(7)), frozenset())


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2199, 12, 31)])
def test_a_day_from_1900_to_2199_is_plausible(day: date) -> None:
    assert plausible(day) == day


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2200, 1, 1), date.min, date.max])
def test_a_day_of_another_age_is_refused_with_its_year(day: date) -> None:
    with pytest.raises(Refusal, match=f"year {day.year} is out of range"):
        plausible(day)


def test_days_between_two_days_are_calendar_days_and_may_be_negative() -> None:
    assert days_between(FRIDAY, MONDAY) == 3
    assert days_between(MONDAY, FRIDAY) == -3


@pytest.mark.parametrize(
    ("day", "text"),
    [(TODAY, "today"), (date(2026, 11, 2), "Mon 2 Nov"), (date(2027, 1, 4), "Mon 4 Jan 2027")],
)
def test_a_day_is_spoken_with_its_year_only_where_it_is_another(day: date, text: str) -> None:
    assert spoken(day, TODAY) == text


def test_a_day_without_a_today_is_written_with_its_year() -> None:
    assert day_month(TODAY) == "21 Nov 2026"
    assert day_month(TODAY, TODAY) == "21 Nov"


@given(CALENDARS, DAYS)
def test_forward_is_the_nearest_working_day_not_before(days: Calendar, day: date) -> None:
    found = days.forward(day)
    assert found >= day
    assert days.works(found)
    assert not any(days.works(day + timedelta(days=n)) for n in range((found - day).days))


@given(CALENDARS, DAYS)
def test_back_is_the_nearest_working_day_not_after(days: Calendar, day: date) -> None:
    found = days.back(day)
    assert found <= day
    assert days.works(found)
    assert not any(days.works(day - timedelta(days=n)) for n in range((day - found).days))


@given(CALENDARS, DAYS)
def test_the_first_working_day_after_a_day_is_never_that_day(days: Calendar, day: date) -> None:
    assert days.first_after(day) == days.forward(day + timedelta(days=1)) > day


@given(CALENDARS, DAYS)
def test_reach_is_the_last_day_that_still_moves_back_far_enough(days: Calendar, day: date) -> None:
    found = days.reach(day)
    assert days.back(found) <= day
    assert days.back(found + timedelta(days=1)) > day
