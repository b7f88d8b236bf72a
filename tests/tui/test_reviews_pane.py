"""The pane of reviews: the board with its checklist, and the keys that hold, book, let go and prepare a review."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from csm_tui.actions.steps import DoneStep, done_step
from csm_tui.tui.forms.log import LogForm
from csm_tui.tui.panes.reviews import ReviewsPane
from csm_tui.tui.preparation import PreparationPanel
from tests.tui.conftest import keys_of, press, rows, screen_lines, screen_text, settle, toasts, type_in, workspace
from tests.tui.test_pictures import NARROW, Compare, look
from tests.views.test_reviews import FILL, do, prepare

WIDE = (132, 36)


@pytest.fixture
def reviewed(empty: str) -> str:
    """The book of tests/views/test_reviews.py: Acme is being prepared for Tue 24 Nov."""
    connection = sqlite3.connect(empty, isolation_level=None)
    connection.executescript(FILL)
    connection.close()
    prepare(empty, 1, "Acme", date(2026, 11, 24), date(2026, 10, 13))
    return empty


async def test_the_checklist_follows_the_cursor_and_its_steps_are_worked_in_place(reviewed: str) -> None:
    do(reviewed, done_step, DoneStep(1, "Invite, and ask for two topics", "Acme"), date(2026, 10, 14))
    app = workspace(reviewed)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "5", "z", "j", "j")
        pane, panel = app.workspace.query_one(ReviewsPane), app.workspace.query_one(PreparationPanel)
        whole = pane.data
        assert whole is not None
        pane.show(whole._replace(lines=[line._replace(plan=None, steps=()) for line in whole.lines]))  # a first look
        pane.show(whole)
        await settle(pilot)
        assert keys_of(pane) == ["2", "6", "1", "3", "4"]
        shown = screen_text(app)
        assert "Acme · QBR on Tue 24 Nov" in shown
        assert "1 of 10 prepared · 0 of 3 after it" in shown
        assert "T-5 wd" in shown
        await press(pilot, "tab")
        assert panel.has_focus
        chosen = app.chosen()
        assert chosen is not None
        assert chosen.step is not None
        assert (chosen.step.code, chosen.why[0][:6]) == ("build", "Goals ")
        await press(pilot, "d")
        await press(pilot, "j", "x")
        await type_in(pilot, "known already\n")
        assert rows(reviewed, "SELECT state, reason FROM step ORDER BY id LIMIT 3") == [
            ("done", None), ("done", None), ("skipped", "known already"),
        ]  # fmt: skip
        assert "3 of 10 prepared" in screen_text(app)
        await press(pilot, "escape")
        assert pane.has_focus
        assert app.workspace._zoomed
        await press(pilot, "k", "k")
        assert "m books a day" in screen_text(app)


async def test_a_review_is_held_by_the_line_that_asks_for_outcomes_and_promises(reviewed: str) -> None:
    app = workspace(reviewed)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "5", "j", "j", "l")
        assert isinstance(app.screen, LogForm)
        shown = screen_text(app)
        assert "A review ends in promises both ways" in shown
        assert "The QBR due Tue 24 Nov is held; the next is due Mon 22 Feb 2027." in shown
        await press(pilot, "escape")
        assert "draft" not in " ".join(toasts(app))  # nothing was typed
        await press(pilot, "d")
        await type_in(pilot, "@jon goals met >the plan fri <the numbers fri")
        assert "A review ends in promises both ways" not in screen_text(app)
        await press(pilot, "down", "end")
        await type_in(pilot, "live in two plants\n")
        assert rows(reviewed, "SELECT kind, state, notes FROM touchpoint WHERE account_id = 1") == [
            ("qbr", "held", "Outcomes: live in two plants"),
        ]  # fmt: skip
        assert {side for (side,) in rows(reviewed, "SELECT side FROM promise WHERE touchpoint_id IS NOT NULL")} == {
            "ours", "theirs",
        }  # fmt: skip
        assert "follow up 0/3" in screen_text(app)


async def test_a_review_is_booked_prepared_answered_and_let_go_by_its_keys(reviewed: str) -> None:
    app = workspace(reviewed)
    prepared = "SELECT playbook, anchor_on FROM plan WHERE account_id = 2 AND playbook <> 'recovery'"
    booked = "SELECT account_id, day, state FROM touchpoint WHERE state <> 'held' ORDER BY account_id"
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "5", "a")  # Beta's day is over: there is nothing to count back from
        assert rows(reviewed, prepared) == []
        await press(pilot, "escape", "m")
        await press(pilot, *["backspace"] * 10)
        await type_in(pilot, "2026-12-09\n")
        assert rows(reviewed, booked)[0] == (2, "2026-12-09", "booked")
        pane = app.workspace.query_one(ReviewsPane)
        pane.select("2")
        await press(pilot, "a")
        assert rows(reviewed, prepared) == [("qbr", "2026-12-09")]
        pane.select("1")
        await press(pilot, "m")  # prepared by a plan: it is booked all the same, and the plan counts from that day
        await press(pilot, *["backspace"] * 10)
        await type_in(pilot, "2026-12-01\n")
        assert rows(reviewed, booked)[0] == (1, "2026-12-01", "booked")
        assert rows(reviewed, "SELECT anchor_on FROM plan WHERE account_id = 1 AND playbook = 'qbr'") == [
            ("2026-12-01",)
        ]
        pane.select("6")
        await press(pilot, "x")
        await type_in(pilot, "they forgot\n")
        assert rows(reviewed, booked)[3] == (6, "2026-11-17", "missed")
        pane.select("3")
        await press(pilot, "x")
        await type_in(pilot, "bought by another\n")
        assert rows(reviewed, "SELECT account_id, reason FROM review_skip") == [(3, "bought by another")]
        assert len(rows(reviewed, booked)) == 3


async def test_at_80_columns_the_panel_says_every_key_that_helps(reviewed: str) -> None:
    app = workspace(reviewed)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "5", "z")
        assert "x lets it go, with a reason" in screen_text(app)
        assert screen_lines(app)[-1].split()[:6] == ["l", "log", "m", "move", "a", "add"]
        await pilot.resize_terminal(*WIDE)
        await settle(pilot)
        assert "l logs it, if it was held · x lets it go, with a reason" in screen_text(app)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["132x36", "80x24"])
def test_the_board_of_reviews(reviewed: str, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert look(workspace(reviewed), snap_compare, size, "5", "z", "j", "j")


def test_an_empty_board_of_reviews(empty: str, snap_compare: Compare) -> None:
    assert look(workspace(empty), snap_compare, NARROW, "5", "z")
