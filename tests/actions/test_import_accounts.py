"""Taking accounts in: once is enough, nothing is emptied, and one undo takes it all back."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csm_tui.actions.import_accounts import AccountRow, ImportAccounts, import_accounts
from csm_tui.actions.import_outcome import Outcome
from csm_tui.domain.accounts import Tier
from csm_tui.store.journal import Operation
from csm_tui.store.transaction import undo
from csm_tui.store.writing import write
from csm_tui.store.writing_light import write_light
from tests.blank import empty_book
from tests.conftest import TODAY, rounds

AT = "2026-11-21T09:00:00.000Z"


def taken(book: str, *rows: AccountRow) -> Outcome:
    wanted = ImportAccounts("Salesforce", rows)
    with write(book, Operation(wanted.label, "test", AT), TODAY) as writing:
        return import_accounts(writing, wanted)


def rows(book: str, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(book)) as connection:
        return connection.execute(sql).fetchall()


FULL = AccountRow(
    2, "Acme", "salesforce", "001x0000002xLCVAA2", "acme.com", "Jane", Tier.WHITE_GLOVE,
    date(2025, 1, 1), date(2027, 1, 1), 90, 4_800_000, "USD", 25, 4, date(2026, 11, 1), "Ada Lovelace",
)  # fmt: skip


def test_a_new_account_comes_in_with_all_that_its_line_says(book: str) -> None:
    assert [new.name for new in taken(book, FULL).first_new] == ["Acme"]
    assert rows(
        book, "SELECT name, tier, domain, started_on, notice_days, arr_cents, currency, added_on FROM account"
    ) == [("Acme", "white-glove", "acme.com", "2025-01-01", 90, 4_800_000, "USD", "2026-11-21")]
    assert rows(book, "SELECT source, value FROM external_id") == [("salesforce", "001x0000002xLCVAA2")]
    assert rows(book, "SELECT day, kind, state, direction, summary FROM touchpoint") == [
        ("2026-11-01", "call", "held", "two-way", "last contact before this book")
    ]
    assert rows(book, "SELECT value, given_on FROM pulse") == [(4, "2026-11-21")]
    assert rows(book, "SELECT name, role FROM contact") == [("Ada Lovelace", "champion")]


def test_a_second_run_changes_nothing_and_leaves_no_operation(book: str) -> None:
    taken(book, FULL)
    before = rows(book, "SELECT count(*) FROM change")
    again = taken(book, FULL)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    assert rows(book, "SELECT count(*) FROM change") == before
    assert rows(book, "SELECT label FROM operation") == [("Import accounts from Salesforce",)]


def test_one_undo_takes_a_whole_import_back(book: str) -> None:
    taken(book, FULL, AccountRow(3, "Bolt"), AccountRow(4, "Corax"))
    undo(book, "test", AT)
    for table in ("account", "external_id", "touchpoint", "pulse", "contact"):
        assert rows(book, f"SELECT count(*) FROM {table}") == [(0,)]


def test_an_empty_cell_never_wipes_and_a_missing_line_never_deletes(book: str) -> None:
    taken(book, FULL, AccountRow(3, "Bolt"))
    assert taken(book, AccountRow(2, "Acme")).unchanged == 1
    assert rows(book, "SELECT name, arr_cents FROM account") == [("Acme", 4_800_000), ("Bolt", None)]


def test_a_change_is_told_with_its_old_and_its_new_value(book: str) -> None:
    taken(book, FULL)
    (changed,) = taken(book, FULL._replace(arr_cents=5_000_000, seats=30, pulse=2)).first_changed
    assert [tuple(field) for field in changed.fields] == [
        ("ARR", "$48,000", "$50,000"),
        ("seats", "25", "30"),
        ("pulse", "4", "2"),
    ]


def test_an_id_follows_its_customer_through_a_new_name_and_its_short_form(book: str) -> None:
    taken(book, FULL)
    taken(book, AccountRow(2, "Zenith", "salesforce", "001x0000002xLCV"))
    assert rows(book, "SELECT name FROM account") == [("Zenith",)]
    assert rows(book, "SELECT value FROM external_id") == [("001x0000002xLCVAA2",)]


def test_an_account_found_by_its_domain_gets_the_id_of_the_file(book: str) -> None:
    taken(book, AccountRow(2, "Acme", domain="acme.com"))
    (changed,) = taken(book, AccountRow(2, "Acme", "hubspot", "77", "acme.com")).first_changed
    assert [tuple(field) for field in changed.fields] == [("hubspot id", "", "77")]


def test_only_an_id_renames_an_account_and_a_domain_alone_is_told(book: str) -> None:
    taken(book, AccountRow(2, "Acme", domain="acme.com"))
    (remark,) = taken(book, AccountRow(5, "Acme Labs", domain="acme.com", seats=7)).remarks
    assert remark == "Line 5: “Acme Labs” has the domain of “Acme” in the book, whose name was kept."
    assert rows(book, "SELECT name, seats FROM account") == [("Acme", 7)]


def test_an_archived_account_takes_what_is_new_stays_archived_and_that_is_said(book: str) -> None:
    taken(book, FULL)
    with closing(sqlite3.connect(book)) as connection, connection:
        connection.execute("UPDATE account SET archived_on = '2026-11-20'")
    (remark,) = taken(book, FULL._replace(seats=30)).remarks
    assert remark.startswith("Line 2: “Acme” is archived in the book, and stays so")
    assert rows(book, "SELECT seats, archived_on FROM account") == [(30, "2026-11-20")]
    assert taken(book, FULL._replace(seats=30)).remarks == []


def test_two_lines_with_one_id_are_one_account_even_when_the_first_is_refused(book: str) -> None:
    taken(book, AccountRow(2, "Acme"))
    lines = (AccountRow(2, "Acme", "crm", "1"), AccountRow(3, "Bolt", "crm", "1"))
    assert [refused.line for refused in taken(book, *lines).refused] == [3]


def test_a_second_line_for_the_same_account_is_refused_and_names_the_first(book: str) -> None:
    outcome = taken(book, AccountRow(2, "Acme Inc"), AccountRow(3, "ACME"))
    assert [tuple(line) for line in outcome.refused] == [
        (3, "is the same account as line 2, as far as can be told: keep one, or give each an id")
    ]
    assert rows(book, "SELECT name FROM account") == [("Acme Inc",)]


def test_a_name_that_two_accounts_bear_is_refused_with_both(book: str) -> None:
    taken(book, AccountRow(2, "Acme Inc", "crm", "1"), AccountRow(3, "Acme Ltd", "crm", "2"))
    (refused,) = taken(book, AccountRow(2, "Acme")).refused
    assert "“Acme Inc” or “Acme Ltd”" in refused.reason


def test_no_touchpoint_is_made_where_one_was_held_since(book: str) -> None:
    taken(book, FULL)
    taken(book, FULL._replace(last_touch_on=date(2026, 10, 1)))
    taken(book, FULL._replace(last_touch_on=date(2026, 11, 5)))
    assert rows(book, "SELECT day FROM touchpoint ORDER BY day") == [("2026-11-01",), ("2026-11-05",)]


def test_a_last_touch_that_lies_ahead_makes_no_touchpoint_and_is_told(book: str) -> None:
    (remark,) = taken(book, FULL._replace(last_touch_on=date(2026, 12, 1))).remarks
    assert remark.startswith("Line 2: the last touch on 2026-12-01 lies ahead")
    assert rows(book, "SELECT count(*) FROM touchpoint") == [(0,)]


def test_a_champion_who_is_known_already_is_not_added_again(book: str) -> None:
    taken(book, FULL)
    taken(book, FULL._replace(champion="ada  LOVELACE"))
    assert rows(book, "SELECT count(*) FROM contact") == [(1,)]


def test_thousands_of_new_lines_ask_the_book_nothing_each(book: str) -> None:
    lines = tuple(AccountRow(at, f"Customer {at}", domain=f"c{at}.com") for at in range(2, 2002))
    wanted = ImportAccounts("a file", lines)
    asked: list[str] = []
    with write_light(book, Operation(wanted.label, "test", AT), TODAY) as writing:
        found = writing.find

        def counted(table: str, **equals: str | int | None) -> list[dict[str, str | int | None]]:
            asked.append(table)
            return found(table, **equals)

        writing.find = counted  # type: ignore[method-assign]
        assert import_accounts(writing, wanted).new == 2000
    assert asked == []


_LINES = st.lists(
    st.builds(
        AccountRow,
        line=st.just(0),
        name=st.sampled_from(["Acme", "Acme Inc", "Bolt", "Corax", "Zenith", "Yacht", "Xenon"]),
        id_source=st.just("crm"),
        external_id=st.sampled_from([None, None, "1", "2", "3"]),
        domain=st.sampled_from([None, "a.com", "b.com", "c.com"]),
        arr_cents=st.sampled_from([None, 100, 200]),
        pulse=st.sampled_from([None, 2, 4]),
        last_touch_on=st.sampled_from([None, date(2026, 10, 1), date(2026, 11, 1), date(2027, 1, 1)]),
        champion=st.sampled_from([None, "Ada", "Grace"]),
    ),
    max_size=7,
    unique_by=(
        lambda line: line.name,
        lambda line: line.domain or line.name,
        lambda line: line.external_id or line.name,
    ),
).map(lambda lines: [line._replace(line=at + 2) for at, line in enumerate(lines)])


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> str:
    return empty_book(str(tmp_path_factory.mktemp("empty") / "book.db"))


@settings(max_examples=rounds(500, 20))
@given(_LINES, _LINES)
def test_whatever_two_files_hold_the_second_run_of_the_last_changes_nothing(
    blank: str, first: list[AccountRow], last: list[AccountRow]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = shutil.copy(blank, folder)
        for number, lines in enumerate((first, last, last)):
            wanted = ImportAccounts("a file", lines)
            with write_light(book, Operation(wanted.label, "test", AT), TODAY) as writing:
                outcome = import_accounts(writing, wanted)
            told = outcome.new + outcome.changed + outcome.unchanged + len(outcome.refused)
            assert told == len(lines), number
        assert (outcome.new, outcome.changed) == (0, 0)
