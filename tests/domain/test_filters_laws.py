"""What holds of any filter and any row."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.accounts import AccountFacts, Tier
from csm_tui.domain.due import Group, ItemKind
from csm_tui.domain.filter_fields import FIELDS, NUMBER_FIELDS, About, RowFacts
from csm_tui.domain.filter_offers import Values, offered
from csm_tui.domain.filters import matches, narrower, parse, understood, written
from csm_tui.domain.naming import folded
from csm_tui.domain.touchpoints import Signal
from tests.conftest import TODAY

DAYS = st.none() | st.dates(date(2025, 1, 1), date(2028, 1, 1))
NAMES = st.text(min_size=1, max_size=8)
ACCOUNTS = st.builds(
    AccountFacts, st.integers(1, 9), NAMES, st.sampled_from(list(Tier)), st.just(TODAY),
    started_on=DAYS, renewal_on=DAYS,
    arr_cents=st.none() | st.integers(0, 10**9), churned_on=DAYS, pulse=st.none() | st.integers(1, 5),
    last_two_way_on=st.none() | st.dates(date(2025, 1, 1), TODAY), notice_days=st.none() | st.integers(0, 3650),
    interval_days=st.none() | st.integers(1, 3650),
)  # fmt: skip
"""Whole numbers as the file lets them in; `builds` would make up others for the fields that are not named."""

ABOUTS = st.builds(
    About,
    NAMES | st.just(""),
    st.lists(NAMES, max_size=2).map(tuple),
    st.frozensets(st.sampled_from(list(Signal)), max_size=3),
)
ROWS = st.builds(
    RowFacts, ACCOUNTS, st.just(TODAY), st.text(max_size=20).map(folded), ABOUTS, st.none() | st.integers(0, 99),
    st.sampled_from(list(ItemKind)).map(str), st.sampled_from(list(Group)).map(str),
)  # fmt: skip
NUMBERS = st.builds(
    lambda field, op, number: f"{field.name}{op}{number}",
    st.sampled_from(NUMBER_FIELDS),
    st.sampled_from([">", "<", ">=", "<=", "=", ":"]),
    st.integers(0, 400) | st.just("none"),
)
CHOICES = st.builds(
    lambda name, word: f"{name}:{word}",
    st.sampled_from(["tier", "band", "stage", "owner", "tag", "kind", "group"]),
    st.sampled_from(["high", "risk", "on", "a", "none", '"a b"', "check-in", "must"]),
)
WORDS = NAMES | st.sampled_from(["nord", '"a b"', "#champion", "#val", "10:30", "＂x＂", "ＴＩＥＲ：high"])
TOKENS = st.builds(lambda turn, token: turn + token, st.sampled_from(["", "", "-", "not:"]), NUMBERS | CHOICES | WORDS)
TEXTS = st.lists(TOKENS, max_size=5).map(" ".join)


@given(TEXTS)
def test_any_text_is_understood_and_what_was_understood_is_written_as_it_reads(text: str) -> None:
    found, _ = understood(text)
    assert parse(written(found)) == found


@given(TEXTS, TEXTS, ROWS)
def test_another_token_never_lets_more_through(text: str, more: str, row: RowFacts) -> None:
    one, other = understood(text)[0], understood(more)[0]
    both = understood(f"{written(one)} {written(other)}")[0]
    assert matches(both, row) == (matches(one, row) and matches(other, row))


@given(TEXTS, ROWS)
def test_a_filter_that_is_narrower_lets_nothing_through_that_the_one_before_did_not(text: str, row: RowFacts) -> None:
    row = row._replace(text=folded(f"{row.text} {text} nord"))
    typed = [understood(text[:end])[0] for end in range(len(text) + 1)]
    for before, wanted in pairwise(typed):
        if narrower(wanted, before) and matches(wanted, row):
            assert matches(before, row)


def test_a_longer_word_and_a_token_more_are_narrower() -> None:
    for wanted, before in (("north", "nort"), ("no tier:high", "no"), ("no -ab", "no -ab"), ("x", "")):
        assert narrower(parse(wanted), parse(before))
    for wanted, before in (("nort", "north"), ("no", "no tier:high"), ("no -abc", "no -ab"), ("tier:hi", "tier:high")):
        assert not narrower(parse(wanted), parse(before))


@given(TEXTS, ROWS)
def test_a_token_turned_round_lets_through_what_the_token_leaves_out(text: str, row: RowFacts) -> None:
    for term in understood(text)[0].terms:
        one = parse(written(understood("")[0]))._replace(terms=(term,))
        other = one._replace(terms=(term._replace(negated=not term.negated),))
        assert matches(one, row) is not matches(other, row)


@given(st.sampled_from(NUMBER_FIELDS), st.integers(-99, 400), ROWS)
def test_a_number_is_less_equal_or_more_and_the_words_for_the_shell_mean_the_same(
    field: object, number: int, row: RowFacts
) -> None:
    name = field.name  # type: ignore[attr-defined]
    less, equal, more = (matches(parse(f"{name}{op}{number}"), row) for op in "<=>")
    held = FIELDS[name].held(row)
    assert [less, equal, more].count(True) == (1 if held is not None or name == "silent" else 0)
    assert matches(parse(f"{name}:{number}+"), row) is matches(parse(f"{name}>={number}"), row) is (equal or more)
    if number >= 0:
        assert matches(parse(f"{name}:{number}-"), row) is (less or equal)


@given(TEXTS)
def test_an_offer_goes_on_from_what_was_typed(text: str) -> None:
    whole = offered(text, Values(("Ana Park",), ("emea",), ("quiet",)))
    assert whole == "" or (whole.startswith(text) and len(whole) > len(text))
