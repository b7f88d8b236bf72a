"""Done, snoozed, moved, skipped: each kind of due item in its own way, said in a toast, and taken back by one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from csm_tui.tui.forms.ask import Ask
from csm_tui.tui.forms.line_input import LineInput
from csm_tui.tui.forms.log import LogForm
from csm_tui.tui.widgets.rows import Rows
from tests.tui.conftest import keys_of, press, rows, screen_text, settle, shell, toasts, type_in, workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from csm_tui.tui.app import CsmApp
    from csm_tui.tui.panes.today import TodayPane

WIDE = (132, 36)


async def on(pilot: Pilot[int], item: str, *keys: str) -> None:
    """Keys on the row of an item."""
    pane = today(pilot)
    pane.select(item)
    await settle(pilot)
    assert pane.key == item
    await press(pilot, *keys)


def today(pilot: Pilot[int]) -> TodayPane:
    """The Today pane."""
    pane: TodayPane = pilot.app.workspace.panes[0]  # type: ignore[attr-defined]
    return pane


async def answer(pilot: Pilot[int], day: str | None = None, words: str | None = None) -> None:
    """Fill in what a small form asks, and save it with the keys."""
    form = pilot.app.screen
    assert isinstance(form, Ask)
    if day is not None:
        form.query_one("#day", Input).value = day
        await press(pilot, "enter")
    if words is not None:
        await type_in(pilot, words)
        await press(pilot, "enter")


def said(app: CsmApp) -> str:
    """The sentence that stands in the form."""
    return str(app.screen.query_one("#sentence", Static).content)


def newest(app: object) -> str:
    """The toast that was shown last."""
    return toasts(app)[-1]  # type: ignore[arg-type]


async def test_a_promise_of_ours_is_kept_with_one_key_and_comes_back_with_one_undo(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        before = keys_of(today(pilot))
        await on(pilot, "p1", "d")
        assert "Done: promise: send usage (Northwind Traders)" in newest(app)
        assert "u undoes" in newest(app)
        assert "p1" not in keys_of(today(pilot))
        assert rows(kinds, "SELECT state FROM promise WHERE id = 1") == [("kept",)]
        await press(pilot, "u")
        assert "Undone: Done: promise: send usage" in newest(app)
        assert keys_of(today(pilot)) == before
        await press(pilot, "U")
        assert "Done again" in newest(app)
        assert "p1" not in keys_of(today(pilot))


async def test_a_promise_of_theirs_skipped_is_broken_one_of_ours_released_with_the_reason(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for item in ("p1", "p2"):
            await on(pilot, item, "x")
            await answer(pilot, words="no longer wanted")
            assert "Did not happen" in newest(app)
    assert rows(kinds, "SELECT state, reason FROM promise ORDER BY id") == [
        ("released", "no longer wanted"),
        ("broken", "no longer wanted"),
    ]


async def test_a_promise_moves_to_the_day_that_is_typed_and_the_form_says_how_it_reads_it(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "p1", "m")
        app.screen.query_one("#day", Input).value = "wed"
        await settle(pilot)
        assert "Wed 25 Nov" in screen_text(app)
        await press(pilot, "enter")
        assert "Move to 25 Nov" in newest(app)
    assert rows(kinds, "SELECT due_on FROM promise WHERE id = 1") == [("2026-11-25",)]


async def test_what_is_no_day_is_said_and_nothing_is_done(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "p1", "m")
        for nonsense in ("", "someday", "31.2.2026", "[/]", "2026-13-01", "9" * 400):
            app.screen.query_one("#day", Input).value = nonsense
            await press(pilot, "enter")
            assert isinstance(app.screen, Ask), nonsense
        await press(pilot, "escape")
    assert rows(kinds, "SELECT due_on FROM promise WHERE id = 1") == [("2026-11-18",)]


async def test_a_meeting_is_done_by_a_line_that_stands_ready_on_its_day(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "t2", "d")
        assert isinstance(app.screen, LogForm)
        assert app.screen.query_one(LineInput).text == "2026-11-20 meeting "
        await type_in(pilot, "plan agreed :)")
        await press(pilot, "enter")
        assert "t2" not in keys_of(today(pilot))
    found = rows(kinds, "SELECT state, summary, mood FROM touchpoint WHERE account_id = 3")
    assert found == [("held", "plan agreed", "happy")], "the booking became the held meeting, and no second row came"


async def test_a_meeting_moves_and_a_meeting_skipped_was_missed(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "t2", "m")
        await answer(pilot, day="tue")
        assert rows(kinds, "SELECT day, state FROM touchpoint WHERE id = 2") == [("2026-11-24", "booked")]
        await press(pilot, "u")
        await on(pilot, "t2", "x")
        await answer(pilot, words="they were ill")
        assert "t2" not in keys_of(today(pilot))
    assert rows(kinds, "SELECT day, state FROM touchpoint WHERE id = 2") == [("2026-11-20", "missed")]


async def test_the_reason_of_a_missed_meeting_is_kept(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "t2", "x")
        await answer(pilot, words="they were ill")
    dump = repr(rows(kinds, "SELECT * FROM touchpoint")) + repr(rows(kinds, "SELECT after FROM change"))
    assert "they were ill" in dump


async def test_a_check_in_is_done_by_logging_and_moved_by_booking_a_call_up_to_its_latest_day(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "c1", "m")
        assert "the latest day is" in screen_text(app)
        await answer(pilot, day="fri")
        assert "The latest day for Northwind" in said(app)
        await answer(pilot, day="wed")
        assert rows(kinds, "SELECT day, state, kind FROM touchpoint WHERE account_id = 1 AND id > 2") == [
            ("2026-11-25", "booked", "call")
        ]
        await press(pilot, "u")
        await on(pilot, "c1", "d")
        assert isinstance(app.screen, LogForm)
        await type_in(pilot, "call fine")
        await press(pilot, "enter")
        assert "c1" not in keys_of(today(pilot))


async def test_a_check_in_cannot_be_skipped_and_it_is_said_what_can_be_done(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "c1", "x")
        assert app.screen is app.workspace
        assert "cannot be skipped: log it, or snooze it" in newest(app)


async def test_a_check_in_past_its_latest_day_is_not_asked_for_one(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "c4", "m")
        assert app.screen is app.workspace
        assert "no booking covers that now. Log what was said (l)" in newest(app)
        assert "(l, 22.11 call)" in newest(app)
    assert rows(kinds, "SELECT 1 FROM operation") == []


async def test_an_opt_out_is_done_by_a_renewal_talk(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "o2", "d")
        assert isinstance(app.screen, LogForm)
        assert "#renewal" in app.screen.query_one(LineInput).text
        await type_in(pilot, "they will renew")
        await press(pilot, "enter")
        assert "o2" not in keys_of(today(pilot))
    assert rows(kinds, "SELECT signal FROM touchpoint_signal") == [("renewal",)]


async def test_a_renewal_that_passed_asks_for_the_day_of_the_new_term(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "r3", "d")
        assert isinstance(app.screen, Ask)
        assert app.screen.query_one("#day", Input).value == "2027-11-10"
        await press(pilot, "enter")
        assert "r3" not in keys_of(today(pilot))
    assert rows(kinds, "SELECT renewal_on FROM account WHERE id = 3") == [("2027-11-10",)]


async def test_an_account_at_risk_is_done_with_by_a_line_that_leaves_a_next_step(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "s4", "d")
        assert isinstance(app.screen, LogForm)
        await type_in(pilot, "call talked >send the plan by tue")
        await press(pilot, "enter")
        assert "s4" not in keys_of(today(pilot))


async def test_a_must_do_is_put_off_to_tomorrow_and_no_further(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for item in ("p1", "s4", "r3", "o2"):
            await on(pilot, item, "s")
            assert "only to tomorrow" in screen_text(app)
            await answer(pilot, day="+2d", words="later")
            assert "it can be snoozed only to tomorrow" in said(app), item
            assert rows(kinds, "SELECT 1 FROM snooze") == []
            await press(pilot, "escape")
        await on(pilot, "p1", "s", "enter", "enter")
        assert "Snooze to 22 Nov" in newest(app)
    assert rows(kinds, "SELECT item, until_on FROM snooze") == [("p1", "2026-11-22")]


async def test_a_snooze_keeps_its_reason_and_moves_the_row_to_its_day(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "c2", "s")
        await answer(pilot, day="fri", words="waiting for [/] their order")
        assert "zz Fri 27" in screen_text(app)
    assert rows(kinds, "SELECT item, until_on, reason FROM snooze") == [
        ("c2", "2026-11-27", "waiting for [/] their order")
    ]


async def test_escape_leaves_every_small_form_without_a_trace(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in ("s", "m", "x"):
            await on(pilot, "p1", key, "escape")
            assert app.screen is app.workspace
    assert rows(kinds, "SELECT 1 FROM operation") == []


async def test_an_item_that_somebody_closed_meanwhile_changes_nothing_and_says_so(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        today(pilot).select("p1")
        await settle(pilot)
        assert shell(kinds, "done", "p1") == 0
        await pilot.press("d")
        await settle(pilot)
        assert "closed in the meantime" in newest(app)
    assert len(rows(kinds, "SELECT 1 FROM operation")) == 1


async def test_the_lines_of_the_context_take_the_same_keys(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "c1", "shift+tab")
        context = app.workspace.query_one("#context", Rows)
        assert app.focused is context
        context.select("item-p1")
        await press(pilot, "d")
        assert "Done: promise: send usage" in newest(app)
        context.select("promise-2")
        await press(pilot, "x")
        await answer(pilot, words="")
        await press(pilot, "enter")
    assert rows(kinds, "SELECT state FROM promise ORDER BY id") == [("kept",), ("broken",)]


async def test_what_has_no_day_of_its_own_is_said_so_before_a_day_is_asked_for(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=(132, 44), notifications=True) as pilot:
        await settle(pilot)
        for key in ("s4", "o2"):
            app.workspace.panes[0].select(key)
            await press(pilot, "m")
            await settle(pilot)
            assert app.screen is app.workspace
            assert "has no day of its own to move" in toasts(app)[-1]
