"""A plan follows the day it counts from when that is corrected, by hand or by a file."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.actions.accounts import EditAccount, edit_account
from csm_tui.actions.bulk import ChangeAccounts, change_accounts
from csm_tui.actions.correct import CorrectTouchpoint, DeleteTouchpoint, correct_touchpoint, delete_touchpoint
from csm_tui.actions.import_accounts import AccountRow, ImportAccounts, import_accounts
from csm_tui.actions.items import DropItem, MoveItem, drop_item, move_item
from csm_tui.actions.plans import StartPlan, start_plan
from csm_tui.playbooks import load
from csm_tui.store.transaction import undo
from tests.actions.test_plan_items import hold_step
from tests.conftest import TODAY
from tests.store.deeds import Deed, item
from tests.store.test_every_action import AT, do, dump, full, full_once, rows

__all__ = ["full", "full_once"]

LAST = "SELECT due_on, baseline_on FROM step WHERE plan_id = 3 ORDER BY n DESC LIMIT 1"


def edit(path: str, **values: str | int | None) -> None:
    do(path, Deed(edit_account, lambda _: EditAccount(4, "Опто", values)))


@pytest.fixture
def renewing(full: str) -> str:
    """Account 4 with its renewal of 25 December worked."""
    do(full, Deed(start_plan, lambda _: StartPlan(4, "Опто", load("renewal"), date(2026, 12, 25))))
    return full


def test_an_onboarding_follows_a_corrected_start_and_keeps_its_baselines(full: str) -> None:
    do(full, Deed(start_plan, lambda _: StartPlan(4, "Опто", load("onboarding"), TODAY, "light")))
    ((due, baseline),) = rows(full, LAST)
    before = dump(full)
    edit(full, started_on="2026-11-30")
    assert rows(full, LAST) == [("2027-03-01", baseline)]
    assert due == baseline == "2027-02-19"
    undo(full, "shell", AT)
    assert dump(full) == before


def test_a_renewal_follows_its_day_and_its_notice(renewing: str) -> None:
    edit(renewing, renewal_on="2027-01-25", notice_days=90)
    dated = "SELECT due_on FROM step WHERE plan_id = 3 AND code = ?"
    assert rows(renewing, dated, "outcome") == [("2027-01-25",)]
    assert rows(renewing, "SELECT min(due_on) >= '2026-11-21' FROM step WHERE plan_id = 3 AND state = 'open'") == [(1,)]


@pytest.mark.parametrize(("day", "reason"), [("2027-12-25", "renewed"), (None, "no renewal day any more")])
def test_a_renewal_of_the_next_term_ends_the_plan_of_the_old_one(renewing: str, day: str | None, reason: str) -> None:
    edit(renewing, renewal_on=day)
    assert rows(renewing, "SELECT closed_on FROM plan WHERE id = 3") == [("2026-11-21",)]
    assert rows(renewing, "SELECT DISTINCT reason FROM step WHERE plan_id = 3 AND state = 'skipped'") == [(reason,)]


def test_a_file_that_moves_the_renewal_moves_its_plan(renewing: str) -> None:
    row = AccountRow(2, "Опто", renewal_on=date(2027, 1, 25))
    do(renewing, Deed(import_accounts, lambda _: ImportAccounts("own", (row,))))
    assert rows(renewing, "SELECT anchor_on FROM plan WHERE id = 3") == [("2027-01-25",)]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"renewal_on": "2027-12-25"}, (None, None)),
        ({"renewal_on": "2027-12-25", "notice_served_on": "2026-11-20"}, ("2026-11-20", None)),
        ({"renewal_on": "2027-01-25"}, ("2026-11-02", "2026-11-03")),
        ({"renewal_on": None}, ("2026-11-02", "2026-11-03")),
    ],
)
def test_what_was_told_of_a_term_is_not_of_the_next(
    renewing: str, said: dict[str, str | None], left: tuple[str | None, ...]
) -> None:
    edit(renewing, notice_served_on="2026-11-02", auto_renew_off_on="2026-11-03")
    edit(renewing, **said)
    assert rows(renewing, "SELECT notice_served_on, auto_renew_off_on FROM account WHERE id = 4") == [left]


@pytest.fixture
def preparing(full: str) -> str:
    """Account 4, whose QBR is due and prepared 85 days after its start, Mon 28 Dec."""
    edit(full, started_on="2026-10-02", tier="high-touch", review_days=None)
    do(full, Deed(start_plan, lambda _: StartPlan(4, "Опто", load("qbr"), date(2026, 12, 28))))
    return full


REVIEW = "SELECT p.anchor_on, s.due_on FROM plan p JOIN step s ON s.plan_id = p.id WHERE p.id = 3 AND s.code = 'hold'"


def test_the_preparation_of_a_review_follows_its_due_day(preparing: str) -> None:
    assert rows(preparing, REVIEW) == [("2026-12-28", "2026-12-28")]
    edit(preparing, started_on="2026-10-20")
    assert rows(preparing, REVIEW) == [("2027-01-13", "2027-01-13")]
    do(preparing, Deed(change_accounts, lambda _: ChangeAccounts((4,), "", (("started_on", "2026-10-02"),))))
    assert rows(preparing, REVIEW) == [("2026-12-28", "2026-12-28")]
    edit(preparing, review_days=0)
    assert rows(preparing, "SELECT closed_on FROM plan WHERE id = 3") == [("2026-11-21",)]


def book(path: str, day: date) -> int:
    """Book the review that is prepared; the touchpoint."""
    do(path, Deed(move_item, lambda p: MoveItem(item(p, hold_step(p)), day)))
    return int(rows(path, "SELECT id FROM touchpoint WHERE account_id = 4 AND kind = 'qbr'")[0][0])


def test_a_booking_that_is_off_gives_the_due_day_back(preparing: str) -> None:
    booked = book(preparing, date(2026, 12, 15))
    assert rows(preparing, REVIEW) == [("2026-12-15", "2026-12-15")]
    do(preparing, Deed(correct_touchpoint, lambda _: CorrectTouchpoint(booked, 4, "Опто", {"kind": "call"})))
    assert rows(preparing, REVIEW) == [("2026-12-28", "2026-12-28")]
    do(preparing, Deed(correct_touchpoint, lambda _: CorrectTouchpoint(booked, 4, "Опто", {"kind": "qbr"})))
    assert rows(preparing, REVIEW) == [("2026-12-15", "2026-12-15")]
    do(preparing, Deed(delete_touchpoint, lambda _: DeleteTouchpoint(booked, 4, "Опто")))
    assert rows(preparing, REVIEW) == [("2026-12-28", "2026-12-28")]


def test_a_review_that_did_not_happen_is_prepared_for_its_due_day_again(preparing: str) -> None:
    booked = book(preparing, TODAY)
    edit(preparing, started_on="2026-10-20")
    assert rows(preparing, REVIEW) == [("2026-11-21", "2026-11-21")], "what is booked is that review"
    do(preparing, Deed(drop_item, lambda p: DropItem(item(p, f"t{booked}"), "nobody came")))
    assert rows(preparing, REVIEW) == [("2027-01-13", "2027-01-13")]
