"""The morning delta on the screen: said once the first frame is there, listed by D, noted when the workspace closes."""

from __future__ import annotations

from datetime import date, datetime

from csm_tui import clock
from csm_tui.store.looks import note_look
from csm_tui.tui.screens.account import AccountScreen
from csm_tui.tui.screens.since import SinceScreen
from tests.tui.conftest import keys_of, press, rows, screen_text, settle, shell, toasts, until, workspace

YESTERDAY = clock.utc(datetime(2026, 11, 20, 12))  # noqa: DTZ001 - the machine's own zone is meant
LOOK = "SELECT at, change_id FROM last_look"


async def test_the_morning(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        assert not [told for told in toasts(app) if told.startswith("Since")]
        await press(pilot, "N")
        assert "first look at this book: from the next one on, N lists" in toasts(app)[-1]
    assert len(rows(kinds, LOOK)) == 1, "noted when the workspace closed"
    note_look(kinds, YESTERDAY, 1.0)
    assert shell(kinds, "log", "fabrikam", "call they ask for a quote >send the quote today") == 0

    app = workspace(kinds)
    async with app.run_test(size=(132, 36)) as pilot:
        await until(pilot, lambda: any(told.startswith("Since") for told in toasts(app)))
        assert toasts(app)[-1].endswith(": 1 fell due, 1 done elsewhere · N lists it")
        await press(pilot, "N")
        assert isinstance(app.screen, SinceScreen)
        assert keys_of(app.screen.query_one("Rows")) == ["due-p3", "deed-1"]  # type: ignore[arg-type]
        shown = screen_text(app)
        assert all(text in shown for text in ("FELL DUE", "send the quote", "DONE ELSEWHERE", "Log call with Fabrikam"))
        await press(pilot, "j", "enter")
        assert isinstance(app.screen, AccountScreen)
        assert "Fabrikam" in screen_text(app)
        await press(pilot, "escape", "N", "escape")
        assert len(app.screen_stack) == 1
        app._pinned = True  # or the tick of the watch would bring the day of this test back
        app.desk.a_new_day(date(2026, 11, 22), "2026-11-21T22:59:59.999Z")
        await settle(pilot)
        assert rows(kinds, LOOK)[0][0] == "2026-11-21T22:59:59.999Z"
    ((at, change),) = rows(kinds, LOOK)
    assert at != "2026-11-21T22:59:59.999Z"
    assert change == rows(kinds, "SELECT max(id) FROM change")[0][0]
