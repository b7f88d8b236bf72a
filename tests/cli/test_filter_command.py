"""Filters in the shell: as words of every list, and saved by name."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Csm, rows

NARROWED: tuple[tuple[list[str], list[str]], ...] = (
    (["tier:low"], ["Northern Lights"]), (["NORTH", "not:tier:high"], ["Northern Lights"]), (["renew<0"], ["Acme"]),
    (["silent:40+", "arr:48k"], ["Northwind Traders"]), (["white"], ["Acme"]), (["--", "-north"], ["Acme"]),
    (["tier:high band:none", "owner:none"], ["Northwind Traders"]), (["#champion"], ["Northwind Traders"]),
    (["tag:emea"], ["Acme"]), (["emea"], ["Acme"]), (["owner:park"], ["Acme"]), (["#value"], []),
)  # fmt: skip


def test_accounts_are_narrowed_by_a_filter(csm: Csm, filled: str) -> None:
    csm("log", "northwind", "-2d email> #champion hm")
    csm("log", "northwind", "-91d email> #value long ago")
    write(filled, "INSERT INTO account_tag (account_id, tag) VALUES (3, 'EMEA')")
    write(filled, "UPDATE account SET owner = 'J. Park' WHERE id = 3")
    for words, names in NARROWED:
        assert [one["name"] for one in csm("accounts", "--json", *words).json] == names, words


def write(path: str, sql: str) -> None:
    """Write as another program would."""
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute(sql)
    connection.close()


def test_today_cadence_and_promises_take_the_same_words(csm: Csm, filled: str) -> None:
    every = csm("today", "--all", "--json").json
    kept = csm("today", "--all", "--json", "kind:promise", "late:1+").json
    assert kept == [one for one in every if one["kind"] == "promise" and one["days_late"] > 0]
    assert 0 < len(kept) < len(every)
    assert csm("today", "--check", "kind:promise").code == 3
    ran = csm("promises", "group:overdue")
    assert (ran.code, "asks for due items" in ran.err) == (1, True), (
        "the ledger has no groups: late:1+ is what is overdue"
    )
    assert csm("today", "--check", "group:later").code == 0
    assert [one["account"] for one in csm("cadence", "--json", "tier:low").json] == ["Northern Lights"]
    late = [one["account"] for one in csm("cadence", "--json").json if one["days_late"]]
    assert [one["account"] for one in csm("cadence", "--json", "late").json] == late
    assert [one["side"] for one in csm("promises", "--json", "theirs").json] == ["theirs"]
    assert len(csm("promises", "--json", "tier:high").json) == 2
    for command in ("today", "cadence", "promises", "accounts"):
        ran = csm(command, "zzz")
        assert (ran.code, ran.out) == (0, "")
        assert "matches “zzz”" in ran.err
        assert csm(command, "zzz", "--json").out == "[]\n"


@pytest.mark.parametrize("command", ["accounts", "today", "cadence", "promises", "reviews"])
@pytest.mark.parametrize(
    ("word", "among"),
    [("low-touch", {"Northern Lights"}), ("renewing", {"Acme"}), ("park", {"Acme"}), ("watch", {"Acme"})],
)
def test_every_list_looks_for_a_word_in_what_is_known_of_the_account(
    csm: Csm, filled: str, command: str, word: str, among: set[str]
) -> None:
    write(filled, "UPDATE account SET owner = 'J. Park' WHERE id = 3")
    write(filled, "INSERT INTO pulse (account_id, value, given_on) VALUES (3, 3, '2026-11-01')")
    write(filled, "INSERT INTO promise (account_id, side, what, due_on, made_on) "
                  "SELECT id, 'ours', 'x', '2026-11-18', '2026-10-12' FROM account")  # fmt: skip
    ahead = ["--all"] if command == "today" else []
    found = {one["account"] if "account" in one else one["name"] for one in csm(command, "--json", *ahead, word).json}
    assert found == among


def test_a_filtered_day_counts_its_groups_and_says_what_is_left_over(csm: Csm, filled: str) -> None:
    ran = csm("today", "kind:promise")
    assert "MUST DO  1\n" in ran.out
    assert "p1 " in ran.out
    assert "c1 " not in ran.out


@pytest.mark.parametrize("command", ["accounts", "today", "cadence", "promises"])
def test_a_wrong_word_is_refused_in_a_sentence(csm: Csm, filled: str, command: str) -> None:
    ran = csm(command, "teir:high")
    assert (ran.code, ran.out) == (1, "")
    assert "Did you mean tier:?" in ran.err


def test_filters_are_saved_listed_used_replaced_and_removed_each_with_one_undo(csm: Csm, filled: str) -> None:
    assert csm("filter", "list").err.startswith("No filter is saved")
    assert csm("filter", "save", "Low", "tier:low").out == "Saved =low: tier:low\n"
    assert [one["name"] for one in csm("accounts", "=low", "--json").json] == ["Northern Lights"]
    assert csm("filter", "save", "quiet", "=low", "silent>21", "--json").json == {
        "name": "quiet", "text": "tier:low silent>21",
    }  # fmt: skip
    csm("filter", "save", "low", "pulse<3")
    assert csm("filter", "list", "--json").json == [
        {"name": "low", "text": "pulse<3"}, {"name": "quiet", "text": "tier:low silent>21"},
    ]  # fmt: skip
    assert "=quiet  tier:low silent>21" in csm("filter", "list").out
    assert csm("undo").out == "Undone: Save filter =low\n"
    assert rows(filled, "SELECT text FROM saved_filter WHERE name = 'low'") == [("tier:low",)]
    assert csm("filter", "remove", "=low").code == 0
    assert "Did you mean" not in csm("accounts", "=low").err
    csm("undo")
    assert csm("accounts", "=low").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("save", "two words", "x"), "one word"), (("save", "a=b", "x"), "one word"), (("save", "", "x"), "one word"),
        (("save", "x", "  "), "no filter to save"), (("save", "x", "teir:high"), "Did you mean tier:?"),
        (("save", "x", "=nothing"), "no saved filter"), (("remove", "nothing"), "no saved filter"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_or_removed_says_why(csm: Csm, filled: str, arguments: tuple[str, ...], said: str) -> None:
    ran = csm("filter", *arguments)
    assert ran.code == 1
    assert said in ran.err
    assert rows(filled, "SELECT count(*) FROM saved_filter") == [(0,)]
