"""Money: read to the cent from whatever a person or a file writes, or refused with the text named."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.errors import Refusal
from csm_tui.domain.money import MOST_CENTS, amount, currency_code, median, owed, short, sign, written

CENTS = st.integers(-MOST_CENTS, MOST_CENTS)
CURRENCIES = st.sampled_from(["EUR", "USD", "GBP", "JPY", "INR", "CHF", "SEK", "PLN", "AUD"])

READ: list[tuple[str, int, str | None]] = [
    ("0", 0, None),
    ("-0", 0, None),
    ("48000", 4_800_000, None),
    ("  48000\t", 4_800_000, None),
    ("1,234.50", 123_450, None),
    ("1.234,50 €", 123_450, "EUR"),
    ("1'234.50", 123_450, None),
    ("1’234.50 CHF", 123_450, "CHF"),
    ("1 234,50", 123_450, None),
    ("1\u00a0234,50\u00a0€", 123_450, "EUR"),
    ("1\u202f234,50", 123_450, None),
    ("1.234", 123_400, None),
    ("1,234", 123_400, None),
    ("1.23", 123, None),
    ("1,2", 120, None),
    ("1,234,567", 123_456_700, None),
    ("1.234.567", 123_456_700, None),
    ("1,234,567.89", 123_456_789, None),
    ("1.234.567,89", 123_456_789, None),
    ("1.2345", 123, None),
    ("0.125", 13, None),
    ("0,125 €", 13, "EUR"),
    ("00.125", 13, None),
    ("0.5k", 50_000, None),
    ("1 234", 123_400, None),
    ("1 234 567.89", 123_456_789, None),
    ("12 345 678", 1_234_567_800, None),
    ("1.0050", 101, None),
    ("-1.0050", -101, None),
    ("1.00499", 100, None),
    ("($5)", -500, "USD"),
    ("$(5)", -500, "USD"),
    ("-$12.50", -1250, "USD"),
    ("$-12.50", -1250, "USD"),
    ("−5", -500, None),
    ("12k", 1_200_000, None),
    ("12K", 1_200_000, None),
    ("1.2k", 120_000, None),
    ("€ 1,2m", 120_000_000, "EUR"),
    ("EUR 1.2m", 120_000_000, "EUR"),
    ("1.2m EUR", 120_000_000, "EUR"),
    ("USD5", 500, "USD"),
    ("£1b", 100_000_000_000, "GBP"),
    ("¥5000", 500_000, "JPY"),
    ("₹ 5", 500, "INR"),
    ("5 kr", 500, "SEK"),
    ("5 zł", 500, "PLN"),
    ("10000000000000", MOST_CENTS, None),
    ("10000b", MOST_CENTS, None),
]

HOSTILE = [
    "", " ", "-", "()", "(", ")", "€", "EUR", "k", "abc", "12x", "12kk", "1e5", "0x10", "NaN", "inf", "+5",
    "5%", ".", ",", ".5", "1,,5", "1,2,3",
    "1 2 3", "1 2", "12 34", "1 2345", "5.", "5,", "1,234.", "1 234.", "1'2", "0,125,000", "1 234'567",
    "1.234 567", "1 234.567,8", "1 234,567.8", "1,234 50", "5 .", "1'234 567",
    "1.234.56", "12,34.5", "1.234,567.89", "1,234.567,8",
    "1,2345,678", "€5€", "€5 EUR", "EUR 5 USD", "5 eur", "٣", "²", "５", "1\x00", "1\n2", "1;DROP",
    "12\u200b", "\u202e5", "[b]5", "(5", "5)", "((5", "5-", "--", "1/2",
]  # fmt: skip


@pytest.mark.parametrize(("text", "cents", "currency"), READ)
def test_an_amount_is_read_to_the_cent(text: str, cents: int, currency: str | None) -> None:
    assert amount(text) == (cents, currency)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_amount_is_refused_by_its_text(text: str) -> None:
    with pytest.raises(Refusal, match=re.escape(f"“{text.strip()}”")):
        amount(text)


def _read_or_refused(text: str) -> bool:
    """Whether a text is an amount of at most ten trillion, or refused by its name; anything else raises."""
    try:
        return abs(amount(text).cents) <= MOST_CENTS
    except Refusal as refusal:
        return f"“{text.strip()}”" in str(refusal)


@pytest.mark.parametrize("text", ["10000000000000.01", "10001b", "-10000000000000.01", "9" * 30])
def test_more_than_ten_trillion_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="more than ten trillion"):
        amount(text)


@pytest.mark.parametrize(
    "text",
    ["9" * 5000, "0." + "9" * 5000, "1" + ",000" * 2000, "0" * 5000],
    ids=["nines", "decimals", "groups", "zeros"],
)
def test_a_number_of_thousands_of_digits_is_refused_or_read_but_never_a_crash(text: str) -> None:
    with suppress(Refusal):
        assert amount(text).cents <= MOST_CENTS


def test_a_yearly_amount_may_be_zero_but_not_below() -> None:
    assert owed("0").cents == 0
    with pytest.raises(Refusal, match="below zero"):
        owed("(5)")


@pytest.mark.parametrize(
    ("text", "code"), [("EUR", "EUR"), (" usd ", "USD"), ("€", "EUR"), ("kr", "SEK"), ("xyz", "XYZ")]
)
def test_a_currency_is_its_letters_or_its_sign(text: str, code: str) -> None:
    assert currency_code(text) == code


@pytest.mark.parametrize("text", ["", "EU", "EURO", "E1R", "ÄÖÜ", "€€", "E R"])
def test_what_is_no_currency_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="not a currency"):
        currency_code(text)


@pytest.mark.parametrize(
    ("cents", "currency", "text"),
    [
        (4_800_000, "EUR", "€48,000"),
        (-1250, "USD", "-$12.50"),
        (5, "GBP", "£0.05"),
        (0, "EUR", "€0"),
        (123_456_789, "SEK", "SEK 1,234,567.89"),
    ],
)
def test_an_amount_in_full_shows_cents_only_where_there_are_any(cents: int, currency: str, text: str) -> None:
    assert written(cents, currency) == text


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (0, "€0"), (950, "€950"), (999, "€999"), (1_000, "€1k"), (1_499, "€1k"), (1_500, "€2k"),
        (48_000, "€48k"), (999_499, "€999k"), (999_500, "€1M"), (1_240_000, "€1.24M"),
        (1_245_000, "€1.25M"), (12_400_000, "€12.4M"), (124_000_000, "€124M"), (999_499_999, "€999M"),
        (999_500_000, "€1B"), (1_200_000_000, "€1.2B"), (-48_000, "-€48k"),
    ],
)  # fmt: skip
def test_a_short_amount_has_at_most_three_digits_and_a_letter(units: int, text: str) -> None:
    assert short(units * 100, "EUR") == text


def test_a_short_amount_rounds_its_cents_before_it_chooses_its_letter() -> None:
    assert short(99_949, "EUR") == "€999"
    assert short(99_950, "EUR") == "€1k"
    assert short(49, "EUR") == "€0"
    assert short(50, "EUR") == "€1"


def test_a_currency_without_a_common_sign_is_written_by_its_letters() -> None:
    assert (sign("EUR"), sign("CHF")) == ("€", "CHF ")


@pytest.mark.parametrize(
    ("amounts", "middle"),
    [([], None), ([7], 7), ([9, 1, 5], 5), ([1, 2], 2), ([1, 4, 2, 3], 3), ([0, 10], 5)],
)
def test_the_median_of_two_middle_amounts_is_their_mean_rounded_half_up(amounts: list[int], middle: int | None) -> None:
    assert median(amounts) == middle


@given(CENTS, CURRENCIES)
def test_what_is_written_in_full_is_read_back_to_the_cent(cents: int, currency: str) -> None:
    assert amount(written(cents, currency)) == (cents, currency)


@given(CENTS.filter(lambda cents: abs(cents) < 99_950_000_000_000), CURRENCIES)
def test_a_short_amount_never_has_more_than_three_digits(cents: int, currency: str) -> None:
    assert 1 <= sum(c.isdigit() for c in short(cents, currency)) <= 3


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    assert _read_or_refused(text)


@given(st.text("0123456789.,'k-()€ ", max_size=14))
def test_any_text_of_digits_and_marks_is_an_amount_or_refused(text: str) -> None:
    assert _read_or_refused(text)


@given(st.from_regex(r"[0-9]{1,4}([.,][0-9]{1,4}){0,3}", fullmatch=True))
def test_the_short_way_to_an_amount_leads_where_the_long_way_does(text: str) -> None:
    answers: list[object] = []
    for one in (text, f" {text}"):
        try:
            answers.append(amount(one))
        except Refusal:
            answers.append(None)
    assert answers[0] == answers[1]
