"""csm done, snooze, move: a due item is worked by the short id that csm today prints."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Csm, rows

PROMISE = "SELECT state, closed_on, due_on, reason FROM promise WHERE id = 1"


def ids(csm: Csm) -> set[str]:
    """The ids of all that is due."""
    return {item["id"] for item in csm("today", "--all", "--json").json}


def test_the_book_of_these_tests_has_an_item_of_each_kind(csm: Csm, filled: str) -> None:
    assert ids(csm) == {"c1", "c2", "c3", "p1", "p2", "r3", "t2", "v1", "v2", "v3"}


def test_a_check_in_is_done_by_the_line_that_logs_it(csm: Csm, filled: str) -> None:
    ran = csm("done", "c1", "call", "@jon", "all good :)")
    assert ran.code == 0
    assert ran.out.startswith("Done: check-in")
    assert ran.out.endswith("(Northwind Traders). Next check-in Mon 21 Dec, at the latest Tue 5 Jan 2027.\n")
    assert rows(filled, "SELECT day, kind, mood, summary FROM touchpoint WHERE id = 3") == [
        ("2026-11-21", "call", "happy", "all good")
    ]


def test_a_check_in_without_a_line_is_refused_with_the_remedy(csm: Csm, filled: str) -> None:
    ran = csm("done", "c1")
    assert (ran.code, ran.out) == (1, "")
    assert "csm done c1 'call @name what was said'" in ran.err


def test_a_check_in_that_nobody_answered_stays_due(csm: Csm, filled: str) -> None:
    assert "An attempt: no answer. The check-in stays due Wed 11 Nov" in csm("done", "c1", "call no answer").out
    assert "c1" in ids(csm)


def test_a_second_item_is_not_taken_for_what_was_said(csm: Csm, filled: str) -> None:
    before = rows(filled, "SELECT count(*) FROM touchpoint")
    ran = csm("done", "t2", "P1")
    assert (ran.code, ran.err) == (1, "One item at a time: `csm done t2`, then `csm done P1`.\n")
    assert rows(filled, "SELECT count(*) FROM touchpoint") == before


def test_a_booking_is_told_with_the_check_in_and_one_past_the_latest_day_is_seen_to_cover_none(
    csm: Csm, filled: str
) -> None:
    csm("log", "northwind", "call @jon all good")
    owed = "Next check-in Mon 21 Dec, at the latest Tue 5 Jan 2027"
    assert f"{owed}; it is booked for Tue 1 Dec." not in csm("log", "northwind", "1.12 call @jon").out
    assert f"{owed}; it is booked for Tue 1 Dec." in csm("log", "northwind", "call @jon again").out
    assert csm("move", "c1", "3.12").out.endswith(f"{owed}; it is booked for Thu 3 Dec.\n")
    assert csm("move", "c1", "2027-02-01").out.endswith(f"(Northwind Traders). {owed}.\n")


def test_an_unknown_name_in_the_line_is_reported(csm: Csm, filled: str) -> None:
    assert csm("done", "c1", "call @zed hi").err.startswith("@zed is nobody at Northwind Traders: kept as a word")


def test_a_promise_that_is_done_is_kept(csm: Csm, filled: str) -> None:
    assert csm("done", "P1").out.startswith("Done: promise: send usage (Northwind Traders).")
    assert rows(filled, PROMISE) == [("kept", "2026-11-21", "2026-11-18", None)]
    assert csm("done", "p1").code == 1


def test_a_promise_takes_no_line_since_it_would_be_lost(csm: Csm, filled: str) -> None:
    ran = csm("done", "p1", "call hi")
    assert ran.code == 1
    assert "`csm log` says what was talked about" in ran.err
    assert rows(filled, PROMISE)[0][0] == "open"


@pytest.mark.parametrize(("item", "state"), [("p1", "released"), ("p2", "broken")])
def test_a_promise_that_was_missed_is_released_if_ours_and_broken_if_theirs(
    csm: Csm, filled: str, item: str, state: str
) -> None:
    assert csm("done", item, "--missed", "no longer", "wanted").code == 0
    assert rows(filled, f"SELECT state, reason FROM promise WHERE id = {item[1]}") == [(state, "no longer wanted")]


@pytest.mark.parametrize(
    ("arguments", "state", "summary"),
    [
        (("t2",), "held", "quarterly plan"),
        (("t2", "plan agreed"), "held", "plan agreed"),
        (("t2", "--missed", "she was ill"), "missed", "quarterly plan"),
        (("--missed", "t2"), "missed", "quarterly plan"),
    ],
)
def test_a_meeting_is_held_or_missed(
    csm: Csm, filled: str, arguments: tuple[str, ...], state: str, summary: str
) -> None:
    assert csm("done", *arguments).code == 0
    assert rows(filled, "SELECT state, summary, day FROM touchpoint WHERE account_id = 3") == [
        (state, summary, "2026-11-20")
    ]


def test_an_account_that_renewed_runs_to_the_day_given(csm: Csm, filled: str) -> None:
    assert "To which day" in csm("done", "r3").err
    assert csm("done", "r3", "2027-11-10").code == 0
    assert rows(filled, "SELECT renewal_on FROM account WHERE id = 3") == [("2027-11-10",)]


def test_json_of_done_names_the_item_and_the_next_check_in(csm: Csm, filled: str) -> None:
    for item, arguments in {"p1": ("--json", "done", "p1"), "p2": ("done", "p2", "--json")}.items():
        ran = csm(*arguments)
        assert ran.json == {
            "id": item,
            "account": "Northwind Traders",
            "did": ran.json["did"],
            "next_check_in_on": "2026-11-11",
        }
        assert ran.json["did"].startswith("Done: ")


def test_a_snooze_is_to_tomorrow_unless_a_day_is_given_and_keeps_its_reason(csm: Csm, filled: str) -> None:
    assert csm("snooze", "c1").out.startswith("Snooze to 22 Nov 2026: check-in")
    assert csm("snooze", "p2", "mon", "Jon is", "on leave").code == 0
    assert rows(filled, "SELECT item, until_on, reason FROM snooze ORDER BY id") == [
        ("c1", "2026-11-22", ""),
        ("p2", "2026-11-23", "Jon is on leave"),
    ]
    assert csm("snooze", "c2", "+9d", "--json").json == {
        "id": "c2", "account": "Northern Lights", "did": csm("history", "--json").json[0]["label"],
        "until_on": "2026-11-30",
    }  # fmt: skip


def test_a_must_do_is_snoozed_only_to_tomorrow(csm: Csm, filled: str) -> None:
    assert "only to tomorrow" in csm("snooze", "r3", "+3d").err
    assert csm("snooze", "r3").code == 0
    assert "only to tomorrow" in csm("snooze", "r3", "+3d").err, "the second time too"


def test_a_promise_and_a_meeting_move_and_a_check_in_is_booked(csm: Csm, filled: str) -> None:
    assert csm("move", "p1", "fri").out == "Move to 27 Nov 2026: promise: send usage (Northwind Traders).\n"
    assert csm("move", "t2", "2026-12-01", "--json").json["to"] == "2026-12-01"
    assert csm("move", "c1", "tue").code == 0
    assert rows(filled, PROMISE)[0][2] == "2026-11-27"
    assert rows(filled, "SELECT account_id, day, state FROM touchpoint WHERE state = 'booked' ORDER BY id") == [
        (3, "2026-12-01", "booked"),
        (1, "2026-11-24", "booked"),
    ]


@pytest.mark.parametrize("command", ["done", "snooze", "move"])
@pytest.mark.parametrize("item", ["c99", "x", "p0", "zz9", "c", " ", "¹1", "c1; drop", "[/]", "c" + "9" * 40])
def test_an_item_that_is_not_due_is_refused_and_nothing_is_written(
    csm: Csm, filled: str, command: str, item: str
) -> None:
    ran = csm(command, item, *(["tomorrow"] if command == "move" else []))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "csm today" in ran.err
    assert rows(filled, "SELECT count(*) FROM operation") == [(0,)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("snooze", "c1", "2026-02-30"), "2026-02-30"),
        (("snooze", "c1", "waiting", "for", "legal"), "“waiting” is not a day"),
        (("snooze", "c1", "yesterday"), "only to a day to come"),
        (("snooze", "c1", "-3d"), "only to a day to come"),
        (("move", "p1", "31.11.2026"), "31.11.2026"),
        (("move", "p1", "soon"), "“soon” is not a day"),
        (("move", "p1", "yesterday"), "only to today or a day to come"),
        (("move", "r3", "fri"), "no day of its own to move"),
        (("done", "r3", "someday"), "“someday” is not a day"),
        (("done", "c1", "--missed", "why"), "cannot be skipped"),
        (("done", "c1", "2026-02-30 call"), "2026-02-30"),
        (("done", "c1", "-"), "reads no standard input"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_the_words(
    csm: Csm, filled: str, arguments: tuple[str, ...], says: str
) -> None:
    ran = csm(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err
    assert rows(filled, "SELECT count(*) FROM operation") == [(0,)]


@pytest.mark.parametrize("arguments", [("done",), ("snooze",), ("move", "p1"), ("done", "p1", "--help")])
def test_an_item_command_without_its_words_is_wrong_usage(csm: Csm, filled: str, arguments: tuple[str, ...]) -> None:
    assert csm(*arguments).code == 2


@pytest.mark.parametrize("arguments", [("done", "p1"), ("snooze", "p1"), ("move", "p1", "fri")])
def test_without_a_book_nothing_is_worked_and_none_is_made(
    csm: Csm, book_path: str, arguments: tuple[str, ...]
) -> None:
    ran = csm(*arguments)
    assert ran.code == 1
    assert "There is no book at" in ran.err


def test_a_customer_who_left_is_owed_nothing_in_the_ledger_either_and_an_id_of_hers_says_why(
    csm: Csm, filled: str
) -> None:
    assert [one["id"] for one in csm("promises", "--json").json] == ["p1", "p2"]
    csm("account", "churn", "northwind")
    assert csm("promises", "--json").json == []
    for item_id in ("p1", "c1"):
        ran = csm("done", item_id)
        assert (ran.code, ran.err) == (1, "Northwind Traders has churned or is archived: nothing is due there.\n")


def test_a_renewal_that_is_recorded_says_up_to_when(csm: Csm, filled: str) -> None:
    assert csm("done", "r3", "10.11").out.startswith("Done: record the renewal, to 10 Nov 2027 (Acme).")
