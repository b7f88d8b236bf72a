"""One cell, one value: nothing is guessed, and what cannot be read is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.accounts import Tier
from csm_tui.domain.errors import Refusal
from csm_tui.exchange import cells
from csm_tui.exchange.cells import DayColumn, Order


def order(*texts: str) -> Order:
    column = DayColumn()
    for text in texts:
        column.see(text)
    return column.order("Renewal")


@pytest.mark.parametrize(
    "text",
    ["2026-11-03", "2026/11/3", "2026-11-03 14:20", "2026-11-03T23:59:00.000Z", "03.11.2026", "3/11/2026",
     "3-11-26", "3 Nov 2026", "3-Nov-26", "Nov 3, 2026", "3rd November 2026", " 3/11/2026 09:00 ",
     "Nov 3, 2026 2:30 PM", "Nov 3, 2026, 14:30", "November 3, 2026 at 2 pm EST", "3 Nov 2026 14:30:00",
     "3-Nov-26 2 PM", "Tuesday, November 3, 2026", "Tue, 3 Nov 2026 14:30:00 +0000"],
)  # fmt: skip
def test_a_day_is_read_as_its_calendar_day(text: str) -> None:
    assert cells.day(text, Order.DMY) == date(2026, 11, 3)


def test_a_column_with_a_day_over_twelve_says_its_own_order() -> None:
    assert order("03/04/2025", "25/04/2025") is Order.DMY
    assert order("03/04/2025", "04/25/2025") is Order.MDY
    assert order("03.04.2025") is Order.DMY
    assert order("2025-04-03", "", "n/a") is Order.DMY
    assert order("04/04/2025") is Order.DMY
    assert cells.day("04/25/2025", Order.MDY) == date(2025, 4, 25)


def test_a_column_that_can_be_read_in_two_ways_asks_which() -> None:
    with pytest.raises(Refusal, match=r"Renewal.*03/04/2025.*--dates dmy"):
        order("03/04/2025", "05/06/2025")


def test_a_column_that_mixes_two_orders_is_refused() -> None:
    with pytest.raises(Refusal, match="mixes"):
        order("25/04/2025", "04/25/2025")


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "31/02/2026",
        "2026-13-01",
        "45000",
        "0026-01-01",
        "2200-01-01",
        "1" * 5000,
        "3 Foo 2026",
        "3 Nov 20 26",
        "Nov 3, 2026 soon",
    ],
)
def test_what_is_no_day_is_refused_and_named(text: str) -> None:
    with pytest.raises(Refusal, match=r"day|year"):
        cells.day(text, Order.DMY)


def test_only_iso_is_read_where_iso_was_said() -> None:
    assert cells.day("2026-11-03", Order.ISO) == date(2026, 11, 3)
    with pytest.raises(Refusal):
        cells.day("25/11/2026", Order.ISO)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30", 30),
        ("30 days", 30),
        ("6 weeks", 42),
        ("1 month", 30),
        ("3 months", 91),
        ("12 mo", 365),
        ("1 year", 365),
        ("0", 0),
        ("", None),
        ("n/a", None),
    ],
)
def test_notice_is_days(text: str, days: int | None) -> None:
    assert cells.notice_days(text) == days


@pytest.mark.parametrize("text", ["soon", "-30", "99999", "30 parrots", "2026-09-01", "9" * 5000])
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        cells.notice_days(text)


@pytest.mark.parametrize(
    ("text", "count"), [("25", 25), ("1,200", 1200), ("1.200", 1200), ("25.0", 25), ("-", None), ("0", 0)]
)
def test_a_count_is_a_whole_number(text: str, count: int | None) -> None:
    assert cells.count(text) == count


@pytest.mark.parametrize("text", ["-1", "2.5", "0.125", "1.234,567", "1 2 3", "many", "9999999999", "9" * 5000, "²"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        cells.count(text)


@pytest.mark.parametrize("text", ["-5", "lots", "9" * 30, "9" * 5000, "(1,000)"])
def test_an_amount_below_zero_beyond_reason_or_in_words_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        cells.amount(text)


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("Enterprise", Tier.WHITE_GLOVE),
        ("white_glove", Tier.WHITE_GLOVE),
        ("Tier 1", Tier.WHITE_GLOVE),
        ("HIGH", Tier.HIGH_TOUCH),
        ("tech-touch", Tier.LOW_TOUCH),
        ("high-touch", Tier.HIGH_TOUCH),
        ("Pro", None),
        ("EMEA", None),
        ("", None),
    ],
)
def test_a_tier_is_only_read_from_a_word_that_surely_means_it(text: str, tier: Tier | None) -> None:
    assert cells.tier(text) is tier


@pytest.mark.parametrize(
    ("text", "pulse"),
    [("Red", 2), ("A", 3), ("green", 4), ("1", 1), ("5", 5), ("3.0", 3), ("87", None), ("0", None)],
)
def test_a_pulse_is_one_to_five_or_a_colour_and_never_a_score(text: str, pulse: int | None) -> None:
    assert cells.pulse(text) == pulse


def test_an_id_that_a_spreadsheet_rounded_is_nobodys() -> None:
    assert cells.external_id("001x0000002xLCVAA2") == "001x0000002xLCVAA2"
    assert cells.external_id("100E2") == "100E2"
    with pytest.raises(Refusal, match="rounded"):
        cells.external_id("2.18E+09")


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    readers = (cells.amount, cells.count, cells.notice_days, cells.currency, cells.tier, cells.pulse)
    for read in (*readers, cells.external_id, lambda each: cells.day(each, Order.MDY)):
        assert refusal_of(read, text) != ""


def refusal_of(read: Callable[[str], object], text: str) -> str | None:
    """The sentence with which a text is refused; None for one that is read."""
    try:
        read(text)
    except Refusal as refusal:
        return str(refusal)
    return None
