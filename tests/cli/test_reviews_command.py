"""csm reviews, and how often and of which kind an account has them."""

from __future__ import annotations

import sqlite3

import pytest

from tests.cli.conftest import Csm

FILL = """
INSERT INTO account (name, tier, added_on, started_on) VALUES
  ('Acme', 'high-touch', '2026-01-05', '2026-08-31'), ('Beta', 'high-touch', '2026-01-05', '2025-01-10');
INSERT INTO contact (account_id, name, role) VALUES (1, 'Ana', 'economic buyer'), (2, 'Li', 'champion');
INSERT INTO touchpoint (account_id, day, kind, state, direction) VALUES (2, '2026-08-13', 'qbr', 'held', 'two-way');
"""


@pytest.fixture
def two(csm: Csm, book_path: str) -> str:
    """Acme is due for the first time on 24 Nov, Beta was due on 12 Nov."""
    csm("account", "add", "gone")
    connection = sqlite3.connect(book_path, isolation_level=None)
    connection.executescript(f"DELETE FROM account; DELETE FROM sqlite_sequence WHERE name = 'account'; {FILL}")
    connection.close()
    return book_path


def test_the_board_is_a_table_with_the_words_of_the_pane(csm: Csm, two: str) -> None:
    ran = csm("reviews")
    assert [line.split("  ")[0] for line in ran.out.splitlines()] == ["Account", "Beta", "Acme"]
    beta, acme = (" ".join(line.split()) for line in ran.out.splitlines()[1:])
    assert beta.endswith("QBR 12 Nov 9 d late – 13 Aug champion, no buyer yet")
    assert acme.endswith("QBR 24 Nov to prepare – first buyer")
    assert ran.err == "1 late, no rate yet.\n"
    csm("account", "edit", "acme", "--start", "2026-11-20")
    acme = " ".join(csm("reviews").out.splitlines()[2].split())
    assert acme.endswith("first –"), "nobody plans who comes before its preparation opens, here as in the pane"


def test_what_is_held_booked_and_skipped_from_the_shell_moves_the_clock(csm: Csm, two: str) -> None:
    csm("log", "beta", "2026-12-01 ebr @li")
    csm("plan", "acme", "qbr")
    ran = csm("log", "acme", "20.11 qbr @ana goals met >send the plan fri <the numbers fri")
    assert "The next QBR is due Fri 19 Feb 2027.\n" in ran.out
    assert ran.err == ""
    found = {one["account"]: one for one in csm("reviews", "--json").json}
    assert (found["Beta"]["state"], found["Beta"]["due_on"], found["Beta"]["day"]) == (
        "booked", "2026-11-12", "2026-12-01",
    )  # fmt: skip
    acme = csm("account", "show", "acme", "--json").json
    assert {one["side"] for one in acme["promises"]} == {"ours", "theirs"}
    assert (found["Acme"]["held_on"], found["Acme"]["state"]) == ("2026-11-20", "held")


def test_a_filter_narrows_the_board_and_says_when_nothing_is_left(csm: Csm, two: str) -> None:
    assert [one["account"] for one in csm("reviews", "late>0", "--json").json] == ["Beta"]
    assert csm("reviews", "zzz").err == "No review of 2 matches “zzz”.\n"


def test_an_account_may_have_reviews_as_often_as_it_likes_of_another_kind_or_none(csm: Csm, two: str) -> None:
    csm("account", "edit", "beta", "--reviews", "182", "--review-kind", "ebr")
    beta = next(one for one in csm("reviews", "--json").json if one["account"] == "Beta")
    assert (beta["kind"], beta["due_on"]) == ("ebr", "2027-02-11")
    shown = csm("account", "show", "beta")
    assert "Reviews: every 182 days, EBR" in shown.out
    assert csm("account", "edit", "beta", "--reviews", "none", "--json").json["review_days"] == 0
    assert [one["account"] for one in csm("reviews", "--json").json] == ["Acme"]
    assert "Reviews: none" in csm("account", "show", "beta").out
    assert csm("account", "edit", "beta", "--reviews", "rule", "--json").json["review_days"] is None
    assert next(one for one in csm("reviews", "--json").json if one["account"] == "Beta")["due_on"] == "2026-11-12"


@pytest.mark.parametrize(
    ("option", "value", "code"), [("--reviews", "4000", 1), ("--reviews", "x", 1), ("--review-kind", "chat", 2)]
)
def test_what_no_account_can_have_is_refused(csm: Csm, two: str, option: str, value: str, code: int) -> None:
    assert csm("account", "edit", "beta", option, value).code == code


def test_after_a_review_the_promises_that_were_not_made_are_asked_for(csm: Csm, two: str) -> None:
    asks = "What came of it? A promise is added by `csm promise add 'Acme' 'what' --by fri`"
    assert csm("log", "acme", "qbr @ana goals met").err == f"{asks}\n"
    assert csm("log", "acme", "qbr @ana >send the plan fri").err == f"{asks} --they\n"
    for line in ("call @ana qbr soon", "2026-12-09 qbr", "email> qbr deck sent"):
        assert "promise" not in csm("log", "acme", line).err
