"""Reviews as due work: held by a line, booked, and let go, whether or not a plan prepares them."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.actions.items import DoneItem, DropItem, MoveItem, done_item, drop_item, move_item
from csm_tui.actions.plans import StartPlan, start_plan
from csm_tui.domain.errors import Refusal
from csm_tui.domain.logline import parse
from csm_tui.playbooks import load
from csm_tui.store.connection import reading
from csm_tui.views.today import account_items
from tests.conftest import TODAY
from tests.store.deeds import Deed, item
from tests.store.test_every_action import do, full, full_once, rows, run

__all__ = ["full", "full_once"]

HELD = "SELECT kind, state, day FROM touchpoint WHERE account_id = 4 AND id > 6"


@pytest.fixture
def prepared(full: str) -> str:
    """A QBR of account 4 being prepared for 7 December."""
    do(full, Deed(start_plan, lambda _: StartPlan(4, "Опто", load("qbr"), date(2026, 12, 7))))
    return full


def hold_step(path: str) -> str:
    """The id of the item that asks for the review itself."""
    with reading(path, TODAY) as book:
        return next(one.id for one in account_items(book, 4) if one.kind == "review")


def done(path: str, item_id: str, line: str) -> None:
    do(path, Deed(done_item, lambda p: DoneItem(item(p, item_id), parse(line, TODAY))))


def test_a_review_is_logged_as_one_though_the_line_does_not_say_so(prepared: str) -> None:
    done(prepared, hold_step(prepared), "@ida all agreed")
    assert rows(prepared, HELD) == [("qbr", "held", "2026-11-21")]
    assert rows(prepared, "SELECT state FROM step WHERE done_by = 'qbr'") == [("done",)]


def test_a_call_is_no_review(prepared: str) -> None:
    with pytest.raises(Refusal, match="A call is not a review"):
        done(prepared, hold_step(prepared), "call @ida all agreed")


def test_what_follows_a_review_is_dated_from_the_day_on_which_it_was_held(prepared: str) -> None:
    done(prepared, hold_step(prepared), "all agreed")
    assert rows(prepared, "SELECT due_on FROM step WHERE day_offset = 5 AND state = 'open'") == [("2026-11-26",)]


def test_a_review_is_booked_once_however_often_it_is_moved_and_its_preparation_goes_with_it(prepared: str) -> None:
    for to in (date(2026, 12, 14), date(2026, 12, 16)):
        do(prepared, Deed(move_item, lambda p, to=to: MoveItem(item(p, hold_step(p)), to)))  # type: ignore[misc]
    assert rows(prepared, HELD) == [("qbr", "booked", "2026-12-16")]
    assert rows(prepared, "SELECT due_on, baseline_on FROM step WHERE done_by = 'qbr'") == [
        ("2026-12-16", "2026-12-07")
    ]


def test_a_review_that_is_let_go_restarts_the_clock_at_its_due_day_not_at_the_day_it_was_booked_for(
    prepared: str,
) -> None:
    do(prepared, Deed(move_item, lambda p: MoveItem(item(p, hold_step(p)), date(2026, 12, 14))))
    do(prepared, Deed(drop_item, lambda p: DropItem(item(p, hold_step(p)), "they merge")))
    ((due,),) = rows(prepared, "SELECT due_on FROM review_skip WHERE account_id = 4")
    assert due == "2026-04-06", "the 85th day of an account of 2025 came before this book: the next of its rhythm"
    assert rows(prepared, "SELECT closed_on FROM plan WHERE playbook = 'qbr'") == [("2026-11-21",)]
    assert rows(prepared, HELD) == []


def test_the_review_of_an_onboarding_that_is_let_go_is_let_go_once_and_its_step_with_it(full: str) -> None:
    do(full, Deed(start_plan, lambda _: StartPlan(4, "Опто", load("onboarding"), date(2026, 9, 1))))
    run(full, "UPDATE step SET state = 'skipped', closed_on = '2026-11-20' WHERE gate <> 'review held'")
    found = item(full, hold_step(full))
    do(full, Deed(drop_item, lambda _: DropItem(found, "no time")))
    asked = "SELECT state, reason FROM step WHERE code = 'first-qbr'"
    assert rows(full, asked) == [("skipped", "no time")]
    assert rows(full, "SELECT count(*) FROM step WHERE reason = 'no time'") == [(1,)], "what else is open stays open"
    with pytest.raises(Refusal, match="was skipped"):
        item(full, found.id)
    assert rows(full, "SELECT count(*) FROM review_skip WHERE account_id = 4") == [(1,)]
    assert rows(full, "SELECT count(*) FROM plan WHERE playbook = 'onboarding' AND closed_on IS NULL") == [(1,)]
