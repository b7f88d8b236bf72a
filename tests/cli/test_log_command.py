"""csm log: what a line changes, what the options say besides, and what is said when it was not understood."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Csm, rows

TOUCH = """\
SELECT kind, direction, state, day, time, minutes, mood, summary, notes FROM touchpoint
ORDER BY id DESC LIMIT 1
"""


def test_a_logged_call_says_with_whom_when_and_when_the_next_is_due(csm: Csm, filled: str) -> None:
    ran = csm("log", "northwind", "call @jon New VP asks :( #value >send usage by team fri <list of admins")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.splitlines() == [
        "Logged call with Northwind Traders (Jon Bell), Sat 21 Nov; worried, #value. "
        "Next check-in Fri 4 Dec, at the latest Mon 14 Dec.",
        "Promise p3: send usage by team, by Fri 27 Nov.",
        "Their promise p4: list of admins.",
        "Opened a recovery of Northwind Traders with 13 steps: `csm recover 'Northwind Traders'` shows it.",
    ]
    assert rows(filled, TOUCH) == [
        ("call", "two-way", "held", "2026-11-21", None, None, "worried", "New VP asks", None)
    ]
    assert rows(filled, "SELECT contact_id FROM touchpoint_contact") == [(1,)]


def test_json_of_a_log_has_the_names_that_scripts_rely_on(csm: Csm, filled: str) -> None:
    data = csm("log", "--json", "northwind", "call @jon ok >send usage fri").json
    assert data == {
        "touchpoint_id": 3,
        "account": "Northwind Traders",
        "next_check_in_on": "2026-12-21",
        "promises": [{"id": "p3", "side": "ours", "what": "send usage", "due_on": "2026-11-27"}],
    }
    assert data["touchpoint_id"] == rows(filled, "SELECT max(id) FROM touchpoint")[0][0]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "call no answer",
            "An attempt: no answer. The check-in stays due Wed 11 Nov, at the latest Thu 26 Nov.",
        ),
        ("email sent the deck", "An attempt: one-way. The check-in stays due Wed 11 Nov"),
        ("note budget is tight", "A note: the check-in stays due Wed 11 Nov"),
        ("24.11 14:00 meeting @jon", "The check-in due Wed 11 Nov is booked for Tue 24 Nov."),
        ("15.12 meeting @jon", "That is past the latest day of the check-in, which stays due Wed 11 Nov"),
        ("#usage", "Logged note with Northwind Traders, Sat 21 Nov; #usage. A note: the check-in stays due"),
        (">send it mon", "No touchpoint with Northwind Traders. Next check-in Wed 11 Nov"),
    ],
)
def test_what_does_not_restart_the_cadence_says_so(csm: Csm, filled: str, line: str, says: str) -> None:
    ran = csm("log", "northwind", line)
    assert ran.code == 0
    assert says in ran.out


def test_a_meeting_that_was_booked_is_answered_by_logging_it(csm: Csm, filled: str) -> None:
    ran = csm("log", "acme", "yesterday meeting plan agreed")
    assert "The meeting that was booked for that day is answered." in ran.out
    assert rows(filled, "SELECT count(*) FROM touchpoint WHERE account_id = 3") == [(1,)]


def test_what_stands_behind_the_account_is_the_line_word_for_word(csm: Csm, filled: str) -> None:
    assert csm("log", "northwind", "-3d", "--", "-x", "call", "me", "of 'what --mood does'").code == 0
    assert rows(filled, TOUCH)[0][3] == "2026-11-18"
    assert rows(filled, TOUCH)[0][7] == "-- -x call me of 'what --mood does'"


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("--mood", "happy", "call hi"), ("call", "hi", "--minutes=5")])
def test_an_option_behind_the_account_logs_nothing(words: tuple[str, ...], csm: Csm, filled: str) -> None:
    ran = csm("log", "northwind", *words)
    assert (ran.code, ran.out) == (2, "")
    assert "options stand before ACCOUNT" in ran.err
    assert rows(filled, "SELECT count(*) FROM touchpoint") == [(2,)]


def test_options_say_what_the_line_says_and_each_by_belongs_to_the_promise_before_it(csm: Csm, filled: str) -> None:
    ran = csm(
        "log", "--kind", "meeting", "--with", "jon", "--mood", "happy", "--on", "thu", "--at", "9:05",
        "--minutes", "45", "--pulse", "4", "--signal", "growth", "--notes", "# kept\n@nobody",
        "--promise", "send usage", "--by", "fri", "--they", "their list",
        "--promise", "call back", "--by", "2026-12-01",
        "northwind", "plan agreed",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert rows(filled, TOUCH) == [
        ("meeting", "two-way", "held", "2026-11-19", "09:05", 45, "happy", "plan agreed", "# kept\n@nobody")
    ]
    assert rows(filled, "SELECT side, what, due_on FROM promise WHERE id > 2 ORDER BY id") == [
        ("ours", "send usage", "2026-11-27"),
        ("theirs", "their list", None),
        ("ours", "call back", "2026-12-01"),
    ]
    assert rows(filled, "SELECT value FROM pulse") == [(4,)]
    assert rows(filled, "SELECT signal FROM touchpoint_signal") == [("growth",)]


def test_an_option_stands_above_the_line(csm: Csm, filled: str) -> None:
    csm("log", "--kind", "email", "--mood", "mixed", "--on", "2026-11-02", "northwind", "-3d call @jon ok :(")
    assert rows(filled, TOUCH)[0][:4] == ("email", "out", "held", "2026-11-02")
    assert rows(filled, TOUCH)[0][6] == "mixed"


def test_an_arrow_of_the_line_stays_when_only_the_kind_is_given(csm: Csm, filled: str) -> None:
    csm("log", "--kind", "chat", "northwind", "call< asks for SSO")
    assert rows(filled, TOUCH)[0][:2] == ("chat", "in")


def test_a_direction_alone_makes_a_touchpoint_of_that_direction(csm: Csm, filled: str) -> None:
    csm("log", "--direction", "two-way", "northwind", "email about SSO")
    assert rows(filled, TOUCH)[0][:2] == ("email", "two-way")


def test_a_day_to_come_books(csm: Csm, filled: str) -> None:
    assert "Booked call" in csm("log", "--on", "tomorrow", "northwind", "check").out
    assert rows(filled, TOUCH)[0][2] == "booked"


def test_the_standard_input_is_a_line_and_notes_that_are_never_parsed(csm: Csm, filled: str) -> None:
    ran = csm("log", "northwind", "-", stdin="\ufeffcall @jon hi\r\n\r\n# Notes\n>not a promise @ana\n".encode())
    assert ran.code == 0
    assert rows(filled, TOUCH)[0][7:] == ("hi", "# Notes\n>not a promise @ana")
    assert rows(filled, "SELECT count(*) FROM promise") == [(2,)]


def test_standard_input_that_is_no_text_is_refused_in_a_sentence(csm: Csm, filled: str) -> None:
    ran = csm("log", "northwind", "-", stdin=b"call \xff\xfe")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Standard input is not UTF-8 text: nothing was logged.\n"


def test_an_unknown_name_is_kept_as_a_word_and_reported(csm: Csm, filled: str) -> None:
    ran = csm("log", "northwind", "call @zed asks")
    assert ran.err == "@zed is nobody at Northwind Traders: kept as a word; --new-contacts adds them.\n"
    assert rows(filled, TOUCH)[0][7] == "@zed asks"
    assert rows(filled, "SELECT count(*) FROM contact") == [(3,)]


def test_a_name_that_fits_two_people_is_kept_as_a_word_with_the_candidates(csm: Csm, filled: str) -> None:
    for option in ((), ("--new-contacts",)):
        ran = csm("log", *option, "northwind", "call @ana asks")
        assert ran.err == "@ana could be Ana Diaz or Ana Lopez at Northwind Traders: kept as a word.\n"
    assert rows(filled, "SELECT count(*) FROM contact") == [(3,)]


def test_new_contacts_adds_an_unknown_name(csm: Csm, filled: str) -> None:
    ran = csm("log", "--new-contacts", "northwind", "call @zed.king asks")
    assert ran.err == ""
    assert "(Zed King)" in ran.out
    assert "New at Northwind Traders: Zed King." in ran.out
    assert rows(filled, "SELECT name FROM contact WHERE id > 3") == [("Zed King",)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("northwind", "2026-02-30 hi"), "2026-02-30"),
        (("northwind", "call >send it 2026-02-30"), "2026-02-30"),
        (("northwind",), "says nothing yet"),
        (("northwind", "   "), "says nothing yet"),
        (("northwind", "-"), "says nothing yet"),
        (("nobody", "call hi"), "nobody"),
        (("",), "Which account?"),
        (("north", "call hi"), "Northern Lights\n  Northwind Traders"),
        (("--on", "30.2.2026", "acme", "x"), "30.2.2026"),
        (("--on", "sometime", "acme", "x"), "“sometime” is not a day"),
        (("--at", "25:00", "acme", "x"), "25:00"),
        (("--minutes", "0", "acme", "x"), "0 minutes"),
        (("--minutes", "99999", "acme", "x"), "99999 minutes"),
        (("--promise", " ", "acme", "x"), "A promise needs words"),
        (("--promise", "a", "--by", "soon", "acme", "x"), "“soon” is not a day"),
        (("--with", "zed", "northwind", "x"), "--new-contacts adds them"),
        (("--with", "ana", "northwind", "x"), "Ana Diaz or Ana Lopez"),
        (("--notes", "a\0b", "acme", "x"), "cannot be kept"),
        (("--on", "2300-01-01", "acme", "x"), "2300"),
    ],
)
def test_what_cannot_be_logged_is_refused_in_words_and_nothing_is_written(
    csm: Csm, filled: str, arguments: tuple[str, ...], says: str
) -> None:
    ran = csm("log", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err
    assert rows(filled, "SELECT (SELECT count(*) FROM touchpoint), (SELECT count(*) FROM operation)") == [(2, 0)]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--by", "fri", "acme", "x"),
        ("--promise", "a", "--by", "fri", "--by", "mon", "acme", "x"),
        ("--kind", "dance", "acme", "x"),
        ("--pulse", "6", "acme", "x"),
        ("--minutes", "many", "acme", "x"),
        ("--signal", "weather", "acme", "x"),
        ("--nonsense", "acme", "x"),
    ],
)
def test_a_wrong_option_is_wrong_usage(csm: Csm, filled: str, arguments: tuple[str, ...]) -> None:
    ran = csm("log", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("csm log: ")
    assert "Try `csm log --help`." in ran.err


def test_a_missing_book_is_not_made_by_logging(csm: Csm, book_path: str) -> None:
    ran = csm("log", "acme", "call hi")
    assert ran.code == 1
    assert "There is no book at" in ran.err


@pytest.mark.parametrize("line", ["x" * 10_000, "word " * 2_000, "導入の相談 " * 1_000, "> " * 5_000, "@" * 10_000])
def test_a_very_long_line_is_kept_whole_in_any_script(csm: Csm, filled: str, line: str) -> None:
    assert csm("log", "acme", line).code == 0
    assert rows(filled, TOUCH)[0][7] == " ".join(line.split())


def test_log_undo_redo_leave_what_they_say(csm: Csm, filled: str) -> None:
    before = csm("account", "show", "northwind", "--json").json
    csm("log", "northwind", "call @jon New VP :( #value >send it fri pulse:2")
    after = csm("account", "show", "northwind", "--json").json
    assert after["next_check_in_on"] == "2026-12-04"
    assert csm("undo").out == "Undone: Log call with Northwind Traders\n"
    assert csm("account", "show", "northwind", "--json").json == before
    assert csm("redo").out == "Done again: Log call with Northwind Traders\n"
    assert csm("account", "show", "northwind", "--json").json == after
