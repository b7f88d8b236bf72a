"""The shell keeps the book tidy: archive, merge, correct, delete; and says truly what a booking did."""

from __future__ import annotations

import sqlite3

import pytest

from tests.cli.conftest import Csm, rows


def test_an_archived_account_leaves_the_lists_and_comes_back(csm: Csm, filled: str) -> None:
    told = csm("account", "archive", "northwind", "--json")
    assert (told.code, told.json["archived_on"], told.json["next_check_in_on"]) == (0, "2026-11-21", None)
    assert "Northwind" not in csm("accounts").out + csm("today", "--all").out + csm("promises").out
    assert csm("accounts", "--archived").out.count("Northwind") == 1
    assert "Archived: Sat 21 Nov" in csm("account", "show", "northwind").out
    assert csm("account", "archive", "northwind", "--back").out.startswith("Brought back Northwind")
    assert "Northwind" in csm("accounts").out
    assert "No account is archived" in csm("accounts", "--archived").err


def test_a_book_whose_accounts_were_all_put_away_is_not_called_empty(csm: Csm, filled: str) -> None:
    assert csm("accounts", "nobody").err.startswith("No account of 3 matches")
    for name in ("northwind", "northern", "acme"):
        csm("account", "archive", name)
    for command in ("accounts", "today"):
        assert (
            csm(command).err == "No account is active: all 3 are archived or have churned (csm accounts --archived).\n"
        )


def test_a_merge_says_what_moves_and_one_undo_parts_them(csm: Csm, filled: str) -> None:
    csm("account", "edit", "acme", "--owner", "Kim", "--arr", "$12k")
    ran = csm("account", "merge", "acme", "northern", "--json")
    assert ran.code == 0
    assert ran.json["did"] == "Merge Acme into Northern Lights"
    for told in (
        "1 touchpoint of Acme",
        "Filled, since it was empty:",
        "owner Kim",
        "ARR $12,000",
        "renewal 10 Nov 2026",
        "One undo parts them",
    ):
        assert told in ran.err, told
    assert "Acme" not in csm("accounts").out
    assert csm("undo").out == "Undone: Merge Acme into Northern Lights\n"
    assert "Acme" in csm("accounts").out
    assert "could be any" in csm("account", "merge", "acme", "north").err


def test_a_merge_lets_no_amount_of_another_currency_go_unsaid(csm: Csm, filled: str) -> None:
    csm("account", "edit", "acme", "--arr", "$48k", "--start", "2025-01-10")
    ran = csm("account", "merge", "acme", "northwind")
    assert (
        "Let go, since both know it: start 10 Jan 2025, renewal 10 Nov 2026, ARR $48,000, tier white-glove." in ran.err
    )
    assert csm("accounts", "northwind", "--json").json[0]["currency"] == "EUR"


def test_an_account_has_its_wider_facts(csm: Csm, filled: str) -> None:
    ran = csm(
        "account", "edit", "acme", "--ae", "J. Park", "--plan", "Pro", "--term", "24", "--auto-renew", "no",
        "--industry", "tea", "--notes", "calls on Mondays", "--json",
    )  # fmt: skip
    known = {"ae": "J. Park", "plan": "Pro", "term_months": 24, "auto_renew": False, "industry": "tea"}
    assert ran.json == {**ran.json, **known, "notes": "calls on Mondays"}
    assert csm("accounts", "acme", "--json").json[0] == ran.json
    assert "is not yes or no" in csm("account", "edit", "acme", "--auto-renew", "maybe").err
    assert "out of range" in csm("account", "edit", "acme", "--term", "0").err


def test_a_touchpoint_is_corrected_and_deleted_by_the_id_that_show_prints(csm: Csm, filled: str) -> None:
    assert "t1     Mon 12 Oct" in csm("account", "show", "northwind").out
    ran = csm("touchpoint", "edit", "t1", "--day", "11.10", "--mood", "worried", "--time", "9:30", "--with", "jon")
    assert ran.out == "Corrected touchpoint t1 with Northwind Traders.\n"
    assert rows(filled, "SELECT day, mood, time FROM touchpoint WHERE id = 1") == [("2026-10-11", "worried", "09:30")]
    assert rows(filled, "SELECT contact_id FROM touchpoint_contact") == [(1,)]
    csm("touchpoint", "edit", "1", "--mood", "none", "--with", "none")
    assert rows(filled, "SELECT mood FROM touchpoint WHERE id = 1") == [(None,)]
    assert rows(filled, "SELECT contact_id FROM touchpoint_contact") == []
    assert csm("touchpoint", "delete", "t1", "--json").json["account"] == "Northwind Traders"
    assert "no touchpoint t1" in csm("touchpoint", "edit", "t1", "--mood", "happy").err
    assert "is not an id" in csm("touchpoint", "delete", "p1").err
    assert "not a time of day" in csm("touchpoint", "edit", "t2", "--time", "25:00").err


def test_a_promise_is_added_edited_and_deleted(csm: Csm, filled: str) -> None:
    assert (
        csm("promise", "add", "acme", "a", "list", "--by", "fri", "--they").out
        == "Promise with Acme (p3), by Fri 27 Nov.\n"
    )
    assert (
        csm("promise", "add", "acme", "a", "price", "--by", "yesterday").out
        == "Promise with Acme (p4), by Fri 20 Nov.\n"
    )
    assert rows(filled, "SELECT due_on FROM promise WHERE id = 4") == [("2026-11-20",)]
    assert rows(filled, "SELECT side, what, due_on FROM promise WHERE id = 3") == [("theirs", "a list", "2026-11-27")]
    assert (
        csm("promise", "edit", "p3", "--by", "none", "--side", "ours", "--what", "two lists", "--json").json["id"]
        == "p3"
    )
    assert rows(filled, "SELECT side, what, due_on FROM promise WHERE id = 3") == [("ours", "two lists", None)]
    assert csm("promise", "delete", "p3").code == 0
    assert csm("promise", "delete", "p3").code == 1


def test_somebody_comes_back_and_is_deleted(csm: Csm, filled: str) -> None:
    csm("contact", "left", "northwind", "jon")
    assert csm("contact", "back", "northwind", "jon").out == "Jon Bell is back at Northwind Traders.\n"
    assert csm("contact", "delete", "northwind", "jon").out == "Deleted Jon Bell at Northwind Traders.\n"
    assert rows(filled, "SELECT name FROM contact") == [("Ana Diaz",), ("Ana Lopez",)]


@pytest.mark.parametrize("line", ["15.12 call", "15.12 meeting @jon"])
def test_a_check_in_that_was_only_booked_is_not_said_to_be_done(csm: Csm, filled: str, line: str) -> None:
    ran = csm("done", "c1", line)
    assert ran.out.startswith("Booked, not done: check-in")
    assert csm("history", "--json").json[0]["label"].startswith("Book ")
    assert "Done" not in csm("undo").out


def test_a_later_booking_does_not_take_the_name_of_the_one_that_stands_for_the_check_in(csm: Csm, filled: str) -> None:
    csm("account", "edit", "northwind", "--interval", "60")
    assert "is booked for Fri 27 Nov" in csm("log", "northwind", "27.11 call").out
    assert "stays booked for Fri 27 Nov" in csm("log", "northwind", "15.12 call").out
    assert "is booked for Mon 23 Nov" in csm("log", "northwind", "23.11 call").out
    assert "one-way" in csm("log", "northern", "23.11 email> the deck").out.lower()


def test_people_of_a_touchpoint_are_meant_as_in_a_line_and_who_is_new_is_told(csm: Csm, filled: str) -> None:
    who = (
        "SELECT name FROM contact JOIN touchpoint_contact ON contact.id = contact_id WHERE touchpoint_id = 1 ORDER BY 1"
    )
    ran = csm("touchpoint", "edit", "t1", "--with", "ana")
    assert (ran.code, ran.err) == (1, "“ana” could be Ana Diaz or Ana Lopez: give more of the name.\n")
    ran = csm("touchpoint", "edit", "t1", "--with", "ana diaz", "--with", "bela")
    assert (ran.code, ran.err) == (0, "New at Northwind Traders: Bela.\n")
    assert rows(filled, who) == [("Ana Diaz",), ("Bela",)]
    with sqlite3.connect(filled, isolation_level=None) as connection:
        connection.execute("INSERT INTO contact (account_id, name) VALUES (1, 'Ana Diaz')")
    connection.close()
    assert csm("touchpoint", "edit", "t1", "--with", "Ana Diaz").code == 0, "she who was there is meant"
    assert rows(filled, who) == [("Ana Diaz",)]
    assert rows(filled, "SELECT count(*) FROM contact WHERE account_id = 1") == [(5,)]


def test_an_amount_and_a_currency_that_differ_are_refused(csm: Csm, filled: str) -> None:
    there = rows(filled, "SELECT arr_cents, currency FROM account")
    for words in (("edit", "acme"), ("add", "Bolt")):
        ran = csm("account", *words, "--arr", "$5", "--currency", "EUR")
        assert (ran.code, ran.err) == (
            1, "The account is in USD by its amount and in EUR by its currency: name one.\n"
        )  # fmt: skip
    assert rows(filled, "SELECT arr_cents, currency FROM account") == there
    assert csm("account", "edit", "acme", "--arr", "$5", "--currency", "usd").code == 0
