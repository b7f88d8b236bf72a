"""Each word for a day, read on Saturday 21 November 2026."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.daywords import ImpossibleDay, ahead, back, clock_time, either, gone_by, nearest
from csm_tui.domain.errors import Refusal

TODAY = date(2026, 11, 21)
REACH = (date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("today", date(2026, 11, 21)),
        ("tomorrow", date(2026, 11, 22)),
        ("+3d", date(2026, 11, 24)),
        ("+2w", date(2026, 12, 5)),
        ("+1m", date(2026, 12, 21)),
        ("fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("sat", date(2026, 11, 28)),
        ("sun", date(2026, 11, 22)),
        ("eow", date(2026, 11, 27)),
        ("eom", date(2026, 11, 30)),
        ("28.11", date(2026, 11, 28)),
        ("21.11", date(2026, 11, 21)),
        ("20.11", date(2027, 11, 20)),
        ("29.2", date(2028, 2, 29)),
        ("28.11.2026", date(2026, 11, 28)),
        ("2026-11-28", date(2026, 11, 28)),
        ("TODAY", date(2026, 11, 21)),
        ("EOM", date(2026, 11, 30)),
        ("+3D", date(2026, 11, 24)),
    ],
)
def test_a_promise_names_a_day_to_come(word: str, day: date) -> None:
    assert ahead(word, TODAY) == day


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 26), date(2026, 11, 27)),
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 11, 28), date(2026, 12, 4)),
    ],
)
def test_the_end_of_the_week_is_the_first_friday_on_or_after_today(today: date, day: date) -> None:
    assert ahead("eow", today) == day


def test_a_weekday_ahead_is_never_today() -> None:
    assert ahead("fri", date(2026, 11, 27)) == date(2026, 12, 4)


def test_a_month_on_from_its_last_day_stays_in_the_next_month() -> None:
    assert ahead("+1m", date(2027, 1, 31)) == date(2027, 2, 28)
    assert ahead("+13m", date(2027, 1, 31)) == date(2028, 2, 29)


def test_december_ends_on_its_31st() -> None:
    assert ahead("eom", date(2026, 12, 5)) == date(2026, 12, 31)
    assert ahead("+1m", date(2026, 11, 30)) == date(2026, 12, 30)


@pytest.mark.parametrize(
    "word",
    [
        "soon",
        "yesterday",
        "-3d",
        "45.13",
        "31.2",
        "3d",
        "+3",
        "+d",
        "+3y",
        "1.1.26",
        "2026-2-3",
        "26-11-28",
        "",
        ".",
        "-",
        "+",
        "2026-11",
        "2026-11-",
        "28.",
        ".11",
        "28.11.",
        "+²d",
        "+٣d",
        "٢٨.١١",
        "²8.11",
        "+1.5d",
        "frid",
        "1.2.3.2026",
        "٢٠٢٦-١١-٢٨",
    ],
)
def test_what_is_not_of_date_form_is_a_word(word: str) -> None:
    assert ahead(word, TODAY) is None


@pytest.mark.parametrize(
    "word",
    [
        "2026-02-30",
        "31.2.2026",
        "45.13.2026",
        "2026-13-01",
        "1899-12-31",
        "2200-01-01",
        "1.1.2200",
        "0000-01-01",
        "+99999d",
        "+9999999d",
        "+99999w",
        "+9999m",
        "+" + "9" * 5000 + "d",
    ],
)
def test_a_word_of_date_form_that_names_no_day_is_refused(word: str) -> None:
    with pytest.raises(ImpossibleDay) as refused:
        ahead(word, TODAY)
    assert refused.value.word == word


def test_the_refusal_names_the_word_and_the_remedy() -> None:
    with pytest.raises(Refusal) as refused:
        back("2026-02-30", TODAY)
    assert str(refused.value) == (
        "“2026-02-30” is not a day from 1900 to 2199: write one such as fri, 28.11, +3d or 2026-11-28."
    )


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("today", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 20)),
        ("-3d", date(2026, 11, 18)),
        ("mon", date(2026, 11, 16)),
        ("Sat", date(2026, 11, 21)),
        ("sunday", date(2026, 11, 15)),
        ("14.11", date(2026, 11, 14)),
        ("14.11.2026", date(2026, 11, 14)),
        ("2026-11-14", date(2026, 11, 14)),
        ("21.8", date(2026, 8, 21)),
        ("20.1", date(2027, 1, 20)),
        ("27.11", date(2026, 11, 27)),
    ],
)
def test_a_touchpoint_names_the_day_it_was_on(word: str, day: date) -> None:
    assert back(word, TODAY) == day


@pytest.mark.parametrize("word", ["20.8", "21.1", "12.6", "45.13", "31.11", "+1m", "-2w", "eow", "eom", "-²d"])
def test_a_day_and_month_far_from_today_is_a_word_in_the_head(word: str) -> None:
    assert back(word, TODAY) is None


def test_a_day_and_month_reaches_back_over_the_new_year() -> None:
    assert back("30.12", date(2027, 1, 5)) == date(2026, 12, 30)


@pytest.mark.parametrize("word", ["2026-02-30", "31.2.2026", "-99999d", "2200-01-01"])
def test_the_head_refuses_the_same_days(word: str) -> None:
    with pytest.raises(ImpossibleDay):
        back(word, TODAY)


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("yesterday", date(2026, 11, 20)),
        ("-3d", date(2026, 11, 18)),
        ("-2w", date(2026, 11, 7)),
        ("-9m", date(2026, 2, 21)),
        ("+2w", date(2026, 12, 5)),
        ("fri", date(2026, 11, 27)),
        ("14.11.2025", date(2025, 11, 14)),
    ],
)
def test_a_date_field_looks_both_ways(word: str, day: date) -> None:
    assert either(word, TODAY) == day


def test_a_date_field_knows_no_other_words() -> None:
    assert either("soon", TODAY) is None
    assert either("-x", TODAY) is None


@pytest.mark.parametrize(("word", "time"), [("14:20", "14:20"), ("9:05", "09:05"), ("00:00", "00:00")])
def test_a_time_of_day_is_written_with_two_digits_each(word: str, time: str) -> None:
    assert clock_time(word) == time


@pytest.mark.parametrize("word", ["24:00", "23:60", "3:1", "14:200", "1420", ":20", "١٤:٢٠", "²:20", "14:20:00"])
def test_what_is_no_time_of_day_is_a_word(word: str) -> None:
    assert clock_time(word) is None


DATE_LIKE = st.text(st.sampled_from("0123456789.-+dwm²٣:"), max_size=12)


@given(st.one_of(st.text(max_size=12), DATE_LIKE), st.dates(*REACH))
def test_no_word_breaks_the_reading(word: str, today: date) -> None:
    for read in (ahead, back, either, nearest, gone_by):
        with suppress(ImpossibleDay):
            day = read(word, today)
            assert day is None or REACH[0] <= day <= REACH[1]


@given(st.dates(*REACH), st.dates(*REACH))
def test_a_day_written_in_full_is_that_day_on_any_day(day: date, today: date) -> None:
    dotted = f"{day.day}.{day.month}.{day.year}"
    assert ahead(day.isoformat(), today) == back(day.isoformat(), today) == either(dotted, today) == day


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(["mon", "wed", "sat", "sun"]))
def test_a_weekday_lies_within_a_week_on_the_right_side(today: date, word: str) -> None:
    before, after = back(word, today), ahead(word, today)
    assert before is not None
    assert after is not None
    assert -6 <= (before - today).days <= 0 < (after - today).days <= 7
    assert before.weekday() == after.weekday()


@pytest.mark.parametrize(
    ("word", "near", "gone"),
    [
        ("1.9", "2026-09-01", "2026-09-01"),
        ("1.12", "2026-12-01", "2025-12-01"),
        ("21.11", "2026-11-21", "2026-11-21"),
        ("20.5", "2027-05-20", "2026-05-20"),
        ("29.2", "2028-02-29", "2024-02-29"),
        ("fri", "2026-11-27", "2026-11-20"),
        ("+3d", "2026-11-24", "2026-11-24"),
        ("yesterday", "2026-11-20", "2026-11-20"),
        ("1.12.2026", "2026-12-01", "2026-12-01"),
    ],
)
def test_a_start_is_the_nearest_such_day_and_what_has_come_about_the_latest(word: str, near: str, gone: str) -> None:
    today = date(2026, 11, 21)
    assert (str(nearest(word, today)), str(gone_by(word, today))) == (near, gone)


@pytest.mark.parametrize("word", ["45.13", "soon", "1.9.", "3"])
def test_what_is_no_day_is_none_however_it_is_read(word: str) -> None:
    assert nearest(word, date(2026, 11, 21)) is gone_by(word, date(2026, 11, 21)) is None
