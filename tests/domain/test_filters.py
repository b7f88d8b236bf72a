"""The filter language: what each token lets through, what a wrong one is told, and what is offered while typing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from csm_tui.domain.accounts import AccountFacts, Tier
from csm_tui.domain.filter_fields import FIELDS, OF_ACCOUNTS, OF_ITEMS, About, NumberField, RowFacts, plain
from csm_tui.domain.filter_offers import Values, offered
from csm_tui.domain.filters import Wrong, expanded, matches, parse, understood, written
from tests.conftest import TODAY


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


ACCOUNT = AccountFacts(
    1, "Café Nord", Tier.HIGH_TOUCH, ago(400), ago(20), ago(-85), 30, arr_cents=5_000_000, pulse=2,
    last_two_way_on=ago(21),
)  # fmt: skip
BARE = AccountFacts(2, "Bare", Tier.LOW_TOUCH, ago(400))
ROW = RowFacts(
    ACCOUNT, TODAY, plain("Café Nord high-touch check-in, weekly"),
    About("Ana Díaz-Park", ("EMEA north", "vip"), frozenset({"champion", "value"})), 3, "check_in", "must_do",
)  # fmt: skip
EMPTY = RowFacts(BARE, TODAY, plain("Bare"))


@pytest.mark.parametrize(
    "text",
    [
        "", "café", "CAFÉ nord", "NORD caf", '"nord high"', '"high touch"', '"nord-high"', "high-touch", "check_in",
        "tier:high", "tier:touch", "tier=high-touch", "TIER:High",
        "band:risk", "band:at", "phase:onboarding", "stage:onb", "owner:ana", "owner:park", 'owner:"ana díaz"',
        "tag:emea", "tag:north", "tag:EMEA-north", "kind:check-in", "kind:check_in", "group:must", "#champion", "#cham",
        "silent>20", "silent=21", "silent:21", "silent:21+", "silent>=21", "silent<=21", "silent:21-", "silent<22",
        "renew<86", "renew:85-", "renew=85", "arr>49k", "arr=50k", "arr:50k+", "arr:50,000", "arr<50000.01", "day<30",
        "day=20", "pulse<3", "pulse:2", "late>0", "late:3+", "-tier:low", "not:tier:low", "-zzz", "-#nps", "-late>3",
        "tier:high band:risk silent>20 renew<90 arr>49k stage:onboarding #champion nord", "not:owner:none",
    ],
)  # fmt: skip
def test_a_row_is_let_through(text: str) -> None:
    assert matches(parse(text), ROW)


@pytest.mark.parametrize(
    "text",
    [
        "cafe", "nord zzz", '"high nord"', '-"high touch"',
        "tier:low", "band:watch", "phase:value", "owner:bob", "owner:none",
        "tag:apac", "kind:promise", "group:overdue", "#nps", "silent>21", "silent<21", "silent:22+", "renew<85",
        "arr>50k", "arr<50k", "day>20", "pulse>2", "late>3", "-tier:high",
        "not:nord", "-#champion", "tier:high tier:low",
        "pulse:none", "renew:none",
    ],
)  # fmt: skip
def test_a_row_is_left_out(text: str) -> None:
    assert not matches(parse(text), ROW)


@pytest.mark.parametrize(
    ("text", "through"),
    [
        ("owner:none tag:none pulse:none renew:none arr:none day:none late:none silent:none band:none", True),
        ("silent>9999", True), ("silent:0+", True), ("silent<9999", False), ("silent=0", False), ("renew<90", False),
        ("renew>0", False), ("-renew<90", True), ("arr<50k", False), ("kind:none", True), ("#champion", False),
    ],
)  # fmt: skip
def test_what_an_account_lacks_is_none_and_never_in_contact_is_silent_longest(text: str, through: bool) -> None:
    assert matches(parse(text), EMPTY) is through


def test_a_customer_who_left_renews_no_more_and_a_renewal_that_is_past_is_below_zero() -> None:
    past = ROW._replace(account=ACCOUNT._replace(renewal_on=ago(11)))
    assert matches(parse("renew<0 renew=-11 renew:-11-"), past)
    left = ROW._replace(account=ACCOUNT._replace(churned_on=TODAY))
    assert matches(parse("renew:none phase:churned"), left)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("teir:high", "Did you mean tier:?"), ("silence>3", "Did you mean silent>?"),
        ("stge:x", "Did you mean stage:?"),
        ("tier:hihg", "Did you mean tier:high-touch?"), ("band:rosk", "Did you mean band:risk?"),
        ("#chmpion", "Did you mean #champion?"), ("silent>abc", "a whole number, such as silent>21"),
        ("silent>3d", "a whole number"), ("pulse<" + "9" * 30, "a whole number"),
        ("arr>much", "an amount without a currency, such as arr>50k"), ("arr>€50k", "without a currency"),
        ("tier>high", "tier is not a number"),
        ("=quite", "Did you mean =quiet?"), ("-=quiet", "cannot be turned round"),
        ("silent>none", "a whole number"),
    ],
)  # fmt: skip
def test_a_wrong_token_is_named_with_the_nearest_right_one(text: str, said: str) -> None:
    with pytest.raises(Wrong) as refused:
        parse(f"nord {text}", saved={"quiet": "silent>21"})
    assert said in str(refused.value)
    assert not refused.value.unfinished
    found, wrong = understood(f"nord {text}", saved={"quiet": "silent>21"})
    assert wrong == str(refused.value)
    assert [term.value for term in found.terms] == ["nord", text]


@pytest.mark.parametrize("text", ["tier:", "silent>", "#", "-", "not:", "=", "=qu", '"', "owner:", 'tag:"', "arr:"])
def test_an_unfinished_token_waits_and_narrows_nothing(text: str) -> None:
    found, wrong = understood(f"nord {text}", saved={"quiet": "silent>21"})
    assert [term.value for term in found.terms] == ["nord"]
    assert wrong
    with pytest.raises(Wrong):
        parse(text, saved={"quiet": "silent>21"})


def test_a_list_without_due_items_says_where_their_fields_are_asked() -> None:
    with pytest.raises(Wrong, match="use it in Today"):
        parse("kind:promise", OF_ACCOUNTS)
    with pytest.raises(Wrong) as refused:
        parse("kin:promise", OF_ACCOUNTS)
    assert "kind" not in str(refused.value)


def test_a_saved_filter_stands_for_its_words_and_can_be_saved_again_in_another() -> None:
    saved = {"quiet": "silent>21 -tier:low"}
    assert parse("=Quiet nord", saved=saved) == parse("silent>21 -tier:low nord")
    assert expanded("nord =quiet", saved) == "nord silent>21 -tier:low"


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("silent:21+ renew:90- arr:50.5k", "silent>=21 renew<=90 arr=50500"), ("arr>0.05", "arr>0.05"),
        ("stage:on not:X", "phase:on -x"), ('"tier:high"', '"tier:high"'), ('owner:"a b"', 'owner:"a b"'),
    ],
)  # fmt: skip
def test_a_filter_is_written_in_its_plainest_form(text: str, again: str) -> None:
    assert written(parse(text)) == again


VALUES = Values(("Ana Park",), ("emea", "apac"), ("quiet",))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("ti", "tier:"), ("nord sil", "nord silent>"), ("ren", "renew<"), ("stag", "stage:"),
        ("tier:h", "tier:high-touch"),
        ("band:r", "band:risk"), ("-tier:l", "-tier:low-touch"), ("not:#ch", "not:#champion"), ("#", "#usage"),
        ("owner:p", "owner:park"), ("tag:e", "tag:emea"), ("=q", "=quiet"), ("owner:", "owner:Ana"),
        ("pulse:n", "pulse:none"),
        ("t", ""), ("tier:high ", ""), ("zzz", ""), ("tier:high-touch", ""), ("", ""), ("silent>", ""),
    ],
)  # fmt: skip
def test_the_token_being_typed_is_offered_its_end(text: str, whole: str) -> None:
    assert offered(text, VALUES) == whole


def test_due_items_fields_are_offered_only_where_there_are_due_items() -> None:
    assert offered("ki", VALUES, OF_ITEMS) == "kind:"
    assert offered("ki", VALUES, OF_ACCOUNTS) == ""


def test_all_that_is_offered_can_be_read() -> None:
    for name, field in FIELDS.items():
        for word in getattr(field, "words", ()):
            parse(f"{name}:{word}")
        if isinstance(field, NumberField):
            assert parse(field.example).terms[0].field == name
