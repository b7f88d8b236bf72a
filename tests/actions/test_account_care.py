"""An account is archived, merged, its touchpoints corrected: what moves, what stays, what is refused, and one undo."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csm_tui.actions.archive import ArchiveAccount, archive_account
from csm_tui.actions.contacts import ContactBack, contact_back
from csm_tui.actions.correct import CorrectTouchpoint, DeleteTouchpoint, correct_touchpoint, delete_touchpoint
from csm_tui.actions.merge import MergeAccounts, merge_accounts
from csm_tui.actions.promises import AddPromise, EditPromise, add_promise, edit_promise
from csm_tui.domain.errors import Refusal
from csm_tui.store.connection import reading
from csm_tui.store.journal import Operation
from csm_tui.store.transaction import undo
from csm_tui.store.writing_light import write_light
from csm_tui.views.accounts import account_list, totals
from csm_tui.views.cadence import cadence_board
from csm_tui.views.named import find_account
from csm_tui.views.promises import ledger
from csm_tui.views.today import today_list
from tests.conftest import TODAY
from tests.store.test_every_action import dump, filled, rows, run

AT = "2026-11-21T09:00:00.000Z"


@pytest.fixture
def full(tmp_path: Any) -> str:
    """A book with rows in every table."""
    return filled(str(tmp_path / "full.db"))


def do(path: str, action: Any, wanted: Any) -> Any:
    with write_light(path, Operation(wanted.label, "shell", AT), TODAY) as writing:
        return action(writing, wanted)


def test_an_archived_account_leaves_today_lists_totals_and_boards_and_is_still_found(full: str) -> None:
    do(full, archive_account, ArchiveAccount(1, "Northwind"))
    with reading(full, TODAY) as book:
        names = {line.facts.name for line in account_list(book).lines}
        assert names == {"Lights", "Acme", "Опто"}
        assert [line.facts.name for line in account_list(book, archived=True).lines] == ["Northwind"]
        assert totals(book).accounts == today_list(book).accounts == 3
        assert all(currency != "EUR" or cents == 990100 for currency, cents in totals(book).arr)
        assert "Northwind" not in {line.facts.name for line in cadence_board(book).lines}
        assert "Northwind" not in {item.account.name for item in today_list(book, None).items}
        assert ledger(book).lines == []
        assert find_account(book, "northw").id == 1
        assert account_list(book, archived=True).lines[0].standing is None
    with pytest.raises(Refusal, match="archived already"):
        do(full, archive_account, ArchiveAccount(1, "Northwind"))
    do(full, archive_account, ArchiveAccount(1, "Northwind", back=True))
    with reading(full, TODAY) as book:
        assert totals(book).accounts == 4
    with pytest.raises(Refusal, match="is not archived"):
        do(full, archive_account, ArchiveAccount(1, "Northwind", back=True))


TWIN = """
INSERT INTO contact (account_id, name, title, role, email, phone) VALUES
  (3, 'JON  BELL', 'COO', 'admin', NULL, '555'), (3, 'J. Bell', NULL, NULL, 'JON@northwind.com', NULL),
  (3, 'Li', NULL, NULL, NULL, NULL);
INSERT INTO touchpoint_contact (touchpoint_id, contact_id) VALUES (2, 5), (2, 7);
INSERT INTO account_tag (account_id, tag) VALUES (3, 'emea'), (3, 'vip');
INSERT INTO measure (account_id, name, day, value) VALUES
  (3, 'tickets', '2026-11-01', 9), (3, 'tickets', '2026-11-02', 9);
INSERT INTO promise (account_id, side, what, made_on) VALUES (3, 'ours', 'a list', '2026-11-01');
INSERT INTO snooze (account_id, item, due_on, made_on, until_on) VALUES
  (3, 't2', '2026-11-20', '2026-11-20', '2026-11-24'), (3, 'c3', '2026-11-20', '2026-11-20', '2026-11-24');
UPDATE account SET owner = 'Kim', notes = 'theirs', plan = 'Pro', seats = 5 WHERE id = 3;
UPDATE account SET notes = 'ours' WHERE id = 1;
"""


def test_a_merge_moves_everything_joins_people_fills_facts_and_one_undo_parts_them(full: str) -> None:
    run(full, TWIN)
    before = dump(full)
    merged = do(full, merge_accounts, MergeAccounts(1, "Northwind", 3, "Acme"))
    assert rows(full, "SELECT count(*) FROM account WHERE id = 3") == [(0,)]
    assert merged.people == ("Zoë", "Li")
    assert merged.joined == ("JON  BELL", "J. Bell")
    assert (merged.touchpoints, merged.promises, merged.pulses) == (1, 1, 1)
    assert (merged.tags, merged.external_ids) == (("vip",), ("salesforce 001x0000002xLCVAA2",))
    assert dict(merged.filled) == {"owner": "Kim", "plan": "Pro", "notes": "ours\n\ntheirs"}
    assert dict(merged.differed)["seats"] == 5
    for table in ("touchpoint", "promise", "pulse", "account_tag", "external_id", "contact"):
        assert rows(full, f"SELECT count(*) FROM {table} WHERE account_id = 3") == [(0,)], table
    assert rows(full, "SELECT title, role, email, phone FROM contact WHERE id = 1") == [
        ("COO", "champion", "jon@northwind.com", "555")
    ]
    assert rows(full, "SELECT contact_id FROM touchpoint_contact WHERE touchpoint_id = 2 ORDER BY 1") == [
        (1,),
        (3,),
        (7,),
    ]
    assert rows(full, "SELECT day, value FROM measure ORDER BY day") == [("2026-11-01", 4), ("2026-11-02", 9)]
    assert rows(full, "SELECT item FROM snooze WHERE account_id = 1") == [("t2",)]
    assert undo(full, "shell", AT).label == "Merge Acme into Northwind"
    assert dump(full) == before


def test_an_amount_is_filled_with_its_currency(full: str) -> None:
    run(full, "UPDATE account SET currency = 'USD' WHERE id = 3")
    do(full, merge_accounts, MergeAccounts(2, "Lights", 3, "Acme"))
    assert rows(full, "SELECT arr_cents, currency FROM account WHERE id = 2") == [(990000, "USD")]


def test_another_tier_is_told_before_it_goes(full: str) -> None:
    run(full, "UPDATE account SET tier = 'low-touch' WHERE id = 3")
    run(full, "UPDATE account SET tier = 'high-touch' WHERE id = 1")
    merged = do(full, merge_accounts, MergeAccounts(1, "Northwind", 3, "Acme"))
    assert dict(merged.differed)["tier"] == "low-touch"


def test_the_same_imported_row_on_both_sides_is_there_once_after_a_merge(full: str) -> None:
    run(full, "UPDATE touchpoint SET source = 'sf', source_id = '7' WHERE id IN (1, 2)")
    run(full, "UPDATE contact SET source = 'sf', source_id = '8' WHERE id IN (2, 3)")
    assert do(full, merge_accounts, MergeAccounts(1, "Northwind", 3, "Acme")).joined == ("Zoë",)
    assert rows(full, "SELECT id FROM touchpoint WHERE source_id = '7'") == [(1,)]


ADDED = """
UPDATE touchpoint SET source = 'sf', source_id = '7', notes = 'hers', mood = NULL, minutes = NULL WHERE id = 1;
UPDATE touchpoint SET source = 'sf', source_id = '7', notes = 'theirs', mood = 'worried', minutes = 5 WHERE id = 2;
INSERT INTO contact (account_id, name, notes) VALUES (3, 'Li', 'tea');
INSERT INTO touchpoint_contact (touchpoint_id, contact_id) SELECT 2, max(id) FROM contact;
INSERT INTO touchpoint_signal (touchpoint_id, signal) VALUES (2, 'budget');
INSERT INTO promise (account_id, touchpoint_id, side, what, made_on) VALUES (3, 2, 'ours', 'a list', '2026-11-01');
INSERT INTO contact (account_id, name, notes) VALUES (3, 'Jon Bell', 'coffee');
UPDATE contact SET notes = 'tea' WHERE id = 1;
"""


def test_nothing_that_was_added_to_a_row_or_a_person_of_both_sides_is_lost_by_a_merge(full: str) -> None:
    run(full, ADDED)
    before = dump(full)
    do(full, merge_accounts, MergeAccounts(1, "Northwind", 3, "Acme"))
    assert rows(full, "SELECT notes, mood, minutes FROM touchpoint WHERE source_id = '7'") == [
        ("hers\n\ntheirs", "worried", 5)
    ]
    assert ("Li",) in rows(full, "SELECT name FROM contact JOIN touchpoint_contact ON contact.id = contact_id "
                                 "WHERE touchpoint_id = 1")  # fmt: skip
    assert ("budget",) in rows(full, "SELECT signal FROM touchpoint_signal WHERE touchpoint_id = 1")
    assert rows(full, "SELECT touchpoint_id FROM promise WHERE what = 'a list'") == [(1,)]
    assert rows(full, "SELECT notes FROM contact WHERE id = 1") == [("tea\n\ncoffee",)]
    undo(full, "shell", AT)
    assert dump(full) == before


def test_no_account_vanishes_from_the_lists_by_a_merge_into_an_archived_one(full: str) -> None:
    do(full, archive_account, ArchiveAccount(1, "Northwind"))
    with pytest.raises(Refusal, match="Northwind is archived"):
        do(full, merge_accounts, MergeAccounts(1, "Northwind", 3, "Acme"))
    do(full, merge_accounts, MergeAccounts(3, "Acme", 1, "Northwind"))
    assert rows(full, "SELECT archived_on FROM account WHERE id = 3") == [(None,)]


def test_an_account_is_not_merged_into_itself(full: str) -> None:
    with pytest.raises(Refusal, match="into itself"):
        do(full, merge_accounts, MergeAccounts(1, "Northwind", 1, "Northwind"))
    with pytest.raises(Refusal, match="gone by now"):
        do(full, merge_accounts, MergeAccounts(1, "Northwind", 99, "Nobody"))


def correct(path: str, people: tuple[str, ...] | None = None, **values: Any) -> None:
    do(path, correct_touchpoint, CorrectTouchpoint(1, 1, "Northwind", values, people))


def test_a_correction_sets_facts_and_people_and_takes_the_pulse_along(full: str) -> None:
    correct(full, ("ana", "new.face"), day="2026-10-10", kind="meeting", summary="mended")
    assert rows(full, "SELECT day, kind, summary FROM touchpoint WHERE id = 1") == [("2026-10-10", "meeting", "mended")]
    assert rows(full, "SELECT given_on FROM pulse WHERE touchpoint_id = 1") == [("2026-10-10",)]
    names = (
        "SELECT name FROM contact c JOIN touchpoint_contact l ON l.contact_id = c.id WHERE touchpoint_id = 1 ORDER BY 1"
    )
    assert rows(full, names) == [("Ana Diaz",), ("New Face",)]
    correct(full, None, mood="happy")
    assert rows(full, names) == [("Ana Diaz",), ("New Face",)]
    correct(full, ())
    assert rows(full, names) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [({}, "Nothing to change"), ({"day": "2026-12-01"}, "still to come"), ({"minutes": 10_001}, "out of range"),
     ({"day": "2026-12-01", "state": "missed"}, "not missed")],
)  # fmt: skip
def test_a_correction_that_cannot_be_is_refused(full: str, values: dict[str, Any], told: str) -> None:
    with pytest.raises(Refusal, match=told):
        correct(full, None, **values)


def test_a_booking_may_lie_ahead(full: str) -> None:
    correct(full, None, day="2026-12-01", state="booked")
    assert rows(full, "SELECT day, state FROM touchpoint WHERE id = 1") == [("2026-12-01", "booked")]
    assert rows(full, "SELECT given_on FROM pulse WHERE touchpoint_id = 1") == [(TODAY.isoformat(),)]


def test_no_account_stops_being_due_by_a_merge_into_a_churned_one(full: str) -> None:
    run(full, "UPDATE account SET churned_on = '2026-11-01' WHERE id = 1")
    with pytest.raises(Refusal, match="Northwind has churned"):
        do(full, merge_accounts, MergeAccounts(1, "Northwind", 3, "Acme"))
    assert rows(full, "SELECT churned_on FROM account WHERE id = 3") == [(None,)]
    do(full, merge_accounts, MergeAccounts(3, "Acme", 1, "Northwind"))


def test_a_correction_of_what_was_merged_away_meanwhile_names_people_of_the_account_that_stayed(full: str) -> None:
    do(full, merge_accounts, MergeAccounts(2, "Lights", 1, "Northwind"))
    correct(full, ("ana", "new.face"))
    names = "SELECT DISTINCT c.account_id FROM contact c JOIN touchpoint_contact l ON l.contact_id = c.id"
    assert rows(full, f"{names} WHERE touchpoint_id = 1") == [(2,)]


def test_a_deleted_touchpoint_leaves_its_promise_and_its_pulse(full: str) -> None:
    do(full, delete_touchpoint, DeleteTouchpoint(1, 1, "Northwind"))
    assert rows(full, "SELECT touchpoint_id FROM promise WHERE id = 1") == [(None,)]
    assert rows(full, "SELECT touchpoint_id FROM pulse WHERE id = 1") == [(None,)]
    assert rows(full, "SELECT count(*) FROM touchpoint_contact WHERE touchpoint_id = 1") == [(0,)]


def test_a_promise_needs_words(full: str) -> None:
    with pytest.raises(Refusal, match="needs words"):
        do(full, add_promise, AddPromise(1, "Northwind", {"side": "ours", "what": " "}))
    with pytest.raises(Refusal, match="needs words"):
        do(full, edit_promise, EditPromise(1, 1, "Northwind", {"what": ""}))
    with pytest.raises(Refusal, match="Nothing to change"):
        do(full, edit_promise, EditPromise(1, 1, "Northwind", {}))
    made = do(full, add_promise, AddPromise(1, "Northwind", {"side": "theirs", "what": "sign", "due_on": "2026-12-01"}))
    assert rows(full, f"SELECT state, made_on FROM promise WHERE id = {made}") == [("open", str(date(2026, 11, 21)))]


def test_somebody_who_is_there_cannot_come_back(full: str) -> None:
    with pytest.raises(Refusal, match="not marked as left"):
        do(full, contact_back, ContactBack(1, "Jon Bell", "Northwind"))
