"""csm find prints where the words stand: day, account, kind and the place, with the hit marked."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Csm
from tests.store.test_every_action import run


@pytest.fixture
def told(filled: str) -> str:
    """A book in which something was said."""
    run(filled, "UPDATE touchpoint SET notes = 'José asked: the \x1b Price?' WHERE id = 2")
    run(filled, "UPDATE account SET notes = 'Old price: 5' WHERE id = 1")
    run(filled, "UPDATE contact SET notes = 'decides on the price' WHERE id = 2")
    return filled


def test_it_prints_day_account_kind_and_the_hit_marked_without_colour(told: str, csm: Csm) -> None:
    ran = csm("find", "pri", "jose")
    assert (ran.code, ran.err) == (0, "")
    [line] = ran.out.splitlines()
    assert line.split() == ["2026-11-20", "Acme", "meeting", "*José*", "asked:", "the", "�", "*Pri*ce?"]


def test_touchpoints_come_before_the_notes_on_accounts_and_people(told: str, csm: Csm) -> None:
    lines = csm("find", "price").out.splitlines()
    assert [line[:10].strip() for line in lines] == ["2026-11-20", "note", "note"]
    assert ["on the account" in line or "on Ana Diaz" in line for line in lines] == [False, True, True]
    assert csm("find", "price", "--account", "acme").out.count("\n") == 1


def test_json_has_the_same_places_by_name(told: str, csm: Csm) -> None:
    found = csm("find", "price", "--json").json
    assert [(one["account"], one["touchpoint_id"], one["contact"], one["day"], one["kind"]) for one in found] == [
        ("Acme", 2, None, "2026-11-20", "meeting"),
        ("Northwind Traders", None, None, None, None),
        ("Northwind Traders", None, "Ana Diaz", None, None),
    ]
    assert found[1]["excerpt"] == "Old price: 5"


def test_more_than_the_limit_is_said(told: str, csm: Csm) -> None:
    ran = csm("find", "price", "--limit", "1")
    assert (len(ran.out.splitlines()), "--limit" in ran.err) == (2, True)


@pytest.mark.parametrize("words", ['"', 'a"b', "NEAR(", "summary:", "^", "a* OR", "'", "(", "x AND NOT", "会议", "-"])
def test_no_sign_is_an_error_of_syntax(told: str, csm: Csm, words: str) -> None:
    ran = csm("find", "--", words)
    assert ran.code in {0, 1}
    assert ran.err.startswith(("Nothing was found", "What should be found")) or ran.out


def test_nothing_found_an_unknown_account_and_no_word_are_said_in_a_sentence(told: str, csm: Csm) -> None:
    assert csm("find", "nowhere").err == "Nothing was found: try fewer words, or only the beginning of one.\n"
    assert csm("find", "price", "--account", "zzz").code == 1
    assert csm("find", "...").code == 1
    assert csm("find").code == 2
