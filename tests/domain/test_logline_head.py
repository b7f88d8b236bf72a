"""The head of the log line: its day, time, kind and minutes, and where it ends, read on Saturday 21 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.domain.logline import parse
from csm_tui.domain.touchpoints import State
from tests.conftest import TODAY
from tests.domain.loglines import read


@pytest.mark.parametrize(
    "text",
    [
        "mon 14:20 call 25m @jon hi",
        "call @jon 25m 14:20 mon hi",
        "@jon :) #nps pulse:3 25m call mon 14:20 hi",
    ],
)
def test_the_head_has_any_order_and_signs_do_not_end_it(text: str) -> None:
    line = read(text)
    assert (line.day, line.time, line.kind_given, line.minutes) == (date(2026, 11, 16), "14:20", True, 25)
    assert (line.contacts, line.words) == (("jon",), "hi")


@pytest.mark.parametrize("text", ["hi mon 14:20 chat 25m", ">send it mon 14:20 chat 25m :) mon chat 25m"])
def test_after_the_first_plain_word_or_promise_the_head_is_over(text: str) -> None:
    line = read(text)
    assert (line.day, line.time, line.kind_given, line.minutes) == (TODAY, None, False, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mon tue hi", "tue hi"),
        ("25m 2h hi", "2h hi"),
        ("14:20 15:00 hi", "15:00 hi"),
        ("chat call hi", "call hi"),
    ],
)
def test_each_is_read_at_most_once(text: str, words: str) -> None:
    assert read(text).words == words


@pytest.mark.parametrize("text", ["sat call hi", "sat @jon hi", "sat 25m hi", "sat 14:20 hi", "saturday call hi"])
def test_sat_is_a_day_before_another_head_token_or_a_contact(text: str) -> None:
    assert parse(text, date(2026, 11, 23)).day == TODAY


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("tomorrow 14:00 meeting @jon plan", date(2026, 11, 22), "14:00"),
        ("Tomorrow @jon plan", date(2026, 11, 22), None),
        ("+3d call plan", date(2026, 11, 24), None),
        ("+2w 25m plan", date(2026, 12, 5), None),
        ("call +3d 9:05 plan", date(2026, 11, 24), "09:05"),
    ],
)
def test_a_day_to_come_books_before_another_head_token_or_a_contact(text: str, day: date, time: str | None) -> None:
    line = read(text)
    assert (line.day, line.time, line.state) == (day, time, State.BOOKED)


@pytest.mark.parametrize(
    "text", ["tomorrow they decide", "call tomorrow if it rains", "+3d of delay", "+1m call it ARR", "+2w"]
)
def test_a_day_to_come_is_words_elsewhere(text: str) -> None:
    line = read(text)
    assert (line.day, line.state) == (TODAY, State.HELD)
    assert line.words == text.removeprefix("call ")


@pytest.mark.parametrize(
    "text",
    [
        "sat with them",
        "sat",
        "sun sun",
        "sat :) there",
        "sunday is launch",
        "friday works",
        "sat \\call",
        "sat mon",
    ],
)
def test_sat_and_whole_weekday_names_are_words_elsewhere(text: str) -> None:
    line = parse(text, date(2026, 11, 23))
    assert line.day == date(2026, 11, 23)
    assert line.words.startswith(text.split(" ", 1)[0])


def test_sat_before_a_kind_that_was_given_already_is_a_word() -> None:
    assert read("chat sat call them").words == "sat call them"


@pytest.mark.parametrize(
    ("text", "state"), [("27.11 hi", State.BOOKED), ("today hi", State.HELD), ("fri hi", State.HELD)]
)
def test_a_future_day_books(text: str, state: State) -> None:
    assert read(text).state is state


@pytest.mark.parametrize(
    ("text", "minutes"), [("25m", 25), ("2h", 120), ("1h30", 90), ("1h30m", 90), ("1h5", 65), ("24h", 1440)]
)
def test_minutes_are_read(text: str, minutes: int) -> None:
    assert read(f"{text} hi").minutes == minutes


@pytest.mark.parametrize("text", ["0m", "1h75", "25h", "1441m", "99999m", "25", "h", "m", "²5m", "٢m", "25min"])
def test_what_is_no_span_of_minutes_is_a_word(text: str) -> None:
    line = read(text)
    assert (line.minutes, line.words) == (None, text)
