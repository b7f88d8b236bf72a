"""csm today, cadence, promises, history, paths: each a table for people and an array for scripts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from csm_tui.cli.commands.accounts import _in_full
from csm_tui.store.connection import Reading, reading
from csm_tui.views.cadence import cadence_board
from tests.cli.conftest import Csm
from tests.conftest import TODAY

LISTS = ["today", "accounts", "cadence", "reviews", "promises", "history"]


@pytest.mark.parametrize("command", LISTS)
def test_a_list_is_lines_for_people_and_one_array_with_sorted_names_for_scripts(
    csm: Csm, filled: str, command: str
) -> None:
    csm("log", "acme", "call hi")
    assert csm(command).out.count("\n") >= 2
    ran = csm(command, "--json")
    assert isinstance(ran.json, list)
    assert ran.out == json.dumps(ran.json, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    assert csm("--json", command).out == ran.out


@pytest.mark.parametrize("command", LISTS)
def test_an_empty_list_is_words_on_stderr_and_an_empty_array(csm: Csm, filled: str, command: str) -> None:
    rows_gone(filled)
    ran = csm(command)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith(("\n",))
    assert ran.err.count("\n") == 1
    assert csm(command, "--json").out == "[]\n"


def rows_gone(path: str) -> None:
    """Empty the book."""
    import sqlite3

    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA foreign_keys=ON; DELETE FROM account; DELETE FROM change; DELETE FROM operation;")
    connection.close()


@pytest.mark.parametrize("command", [*LISTS, "undo", "redo", "backup"])
def test_without_a_book_there_is_one_sentence_and_no_book_is_made(csm: Csm, book_path: str, command: str) -> None:
    for arguments in ((command,), (command, "--json"), ("--db", book_path, command)):
        ran = csm(*arguments)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(f"There is no book at {book_path}")
        assert ran.err.count("\n") == 1
    assert not Path(book_path).exists()


def test_the_cadence_says_rhythm_lateness_and_the_weeks(csm: Csm, filled: str) -> None:
    ran = csm("cadence")
    northwind = next(line for line in ran.out.splitlines() if line.startswith("Northwind"))
    assert northwind.split()[2:] == [
        "○", "none", "monthly", "day", "385", "40", "d", "10", "d", "late", "overdue", ".......1.....",
    ]  # fmt: skip
    assert ran.err.endswith("inside the latest day.\n")


def test_promises_say_who_owes_what_and_how_late(csm: Csm, filled: str) -> None:
    lines = csm("promises").out.splitlines()
    assert [line.split() for line in lines] == [
        ["Id", "Who", "Promise", "Account", "Due", "State"],
        ["p1", "we", "send", "usage", "Northwind", "Traders", "3", "d", "late", "open"],
        ["p2", "they", "their", "list", "Northwind", "Traders", "Fri", "27", "open"],
    ]


@pytest.mark.parametrize(("late", "told"), [(1, "1 day"), (2, "2 days")])
def test_the_median_slip_counts_its_days(csm: Csm, filled: str, late: int, told: str) -> None:
    with sqlite3.connect(filled, isolation_level=None) as connection:
        for n in range(5):
            connection.execute(
                "INSERT INTO promise (account_id, side, what, made_on, due_on, closed_on, state)"
                " VALUES (1, 'ours', ?, '2026-11-01', '2026-11-10', ?, 'kept')", (f"send {n}", f"2026-11-{10 + late}"),
            )  # fmt: skip
    connection.close()
    assert csm("promises").err == f"The median slip of your kept promises is {told}.\n"


def test_closed_promises_stand_only_in_the_whole_ledger(csm: Csm, filled: str) -> None:
    csm("done", "p1")
    assert [one["id"] for one in csm("promises", "--json").json] == ["p2"]
    closed = csm("promises", "--all", "--json").json[1]
    assert (closed["id"], closed["state"], closed["days_late"], closed["closed_on"]) == (
        "p1",
        "kept",
        3,
        "2026-11-21",
    )
    assert "kept, 3 d late" in csm("promises", "--all").out


def test_history_has_the_names_that_scripts_rely_on_newest_first(csm: Csm, filled: str) -> None:
    csm("log", "acme", "call hi")
    csm("done", "p1")
    csm("undo")
    found = csm("history", "--json").json
    assert [(one["kind"], one["label"], one["undone"]) for one in found] == [
        ("undo", "Done: promise: send usage (Northwind Traders)", False),
        ("do", "Done: promise: send usage (Northwind Traders)", True),
        ("do", "Log call with Acme", False),
    ]
    assert set(found[0]) == {"id", "kind", "label", "origin", "at", "changes", "undone"}
    assert {one["origin"] for one in found} == {"shell"}
    table = csm("history", "--limit", "2").out.splitlines()
    assert len(table) == 3
    assert "Undo: Done: promise" in table[1]
    assert table[2].endswith("undone")


@pytest.mark.parametrize("limit", ["0", "-1", "x", "9" * 30])
def test_a_limit_that_is_no_count_is_wrong_usage(csm: Csm, filled: str, limit: str) -> None:
    assert csm("history", f"--limit={limit}").code == 2


def test_paths_need_no_book_and_are_an_object_for_scripts(csm: Csm, book_path: str) -> None:
    found = csm("paths", "--json").json
    assert found["book"] == book_path
    assert found["backups"] == book_path + ".backups"
    assert set(found) == {"book", "backups", "drafts", "settings", "playbooks"}
    assert csm("paths").out.splitlines() == [
        f"{name:<9} {found[name]}" for name in ("book", "backups", "drafts", "settings", "playbooks")
    ]
    assert csm("--db=elsewhere.db", "paths", "--json").json["book"] == "elsewhere.db"


def test_a_wide_name_keeps_the_columns_straight(csm: Csm, filled: str) -> None:
    csm("account", "edit", "acme", "--name", "株式会社サンプル👩‍💻")
    from csm_tui.safe import width

    header, *lines = csm("accounts").out.splitlines()
    at = header.index("Tier")
    for line in lines:
        cut = next(n for n in range(len(line)) if width(line[:n]) == at)
        assert line[cut:].startswith(("high-touch", "low-touch", "white-glove"))


def test_a_filter_may_begin_with_a_minus_and_options_may_stand_within_it(filled: str, csm: Csm) -> None:
    whole = csm("accounts", "--json").json
    for token in ("-tier:high", "-silent>21", "-#champion"):
        without = csm("accounts", token, "--json", "-day<0")
        assert (without.code, without.json) == (0, csm("accounts", "--json", "--", token, "-day<0").json)
    high = csm("accounts", "tier:high", "--json").json
    assert len(high) + len(csm("accounts", "-tier:high", "--json").json) == len(whole) > len(high) > 0
    assert csm("accounts", "-x").code == 2


@pytest.mark.parametrize("view", [lambda book: _in_full(book, [], False), cadence_board])
def test_a_list_takes_as_many_statements_of_many_accounts_as_of_few(
    filled: str, view: Callable[[Reading], object]
) -> None:
    asked = []
    for _ in range(2):
        with reading(filled, TODAY) as book:
            view(book)
            asked.append(book.statements)
        with closing(sqlite3.connect(filled)) as connection, connection:
            connection.executemany(
                "INSERT INTO account (name, added_on) VALUES (?, '2026-01-05')", [(f"Account {n}",) for n in range(50)]
            )
    assert asked[0] == asked[1]


def test_a_week_is_seven_days_up_to_today(csm: Csm, filled: str) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("DELETE FROM touchpoint")
        connection.executemany(
            "INSERT INTO touchpoint (account_id, day, kind, direction) "
            "VALUES (1, date('2026-11-21', ?), 'call', 'two-way')",
            [(f"-{ago} days",) for ago in (0, 6, 7, 83, 84, 90, 91)],
        )
    assert csm("cadence", "northwind", "--json").json[0]["weeks"] == [2, 1, *[0] * 9, 1, 2]
