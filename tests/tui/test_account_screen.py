"""The account screen: its parts, what stands in them, their why, the search and the older touchpoints."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, cast

import pytest
from textual import events
from textual.widgets import Input

from csm_tui.tui.context import Context
from csm_tui.tui.screens.account import AccountScreen
from csm_tui.tui.screens.account_parts import LEFT, RIGHT, Plans, Timeline
from csm_tui.tui.screens.why import WhyScreen
from tests.tui.conftest import press, screen_lines, screen_text, settle, toasts, type_in, workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from csm_tui.tui.app import CsmApp

WIDE, NARROW = (132, 36), (80, 24)
EXTRA = """
UPDATE account SET ae = 'J. Park', term_months = 24, plan = 'Business', auto_renew = 1, notes = 'Ask for Maya.'
  WHERE id = 1;
UPDATE contact SET title = 'Ops', status = 'left', left_on = '2026-11-04' WHERE id = 2;
INSERT INTO touchpoint_contact (touchpoint_id, contact_id) VALUES (1, 1);
INSERT INTO touchpoint_signal (touchpoint_id, signal) VALUES (1, 'champion');
INSERT INTO pulse (account_id, value, given_on, reason) VALUES
  (1, 5, '2026-08-01', 'well'), (1, 2, '2026-09-02', 'sponsor gone'), (1, 1, '2026-11-01', NULL);
INSERT INTO promise (account_id, side, what, due_on, made_on, state, closed_on) VALUES
  (1, 'ours', 'kept it', '2026-11-01', '2026-10-12', 'kept', '2026-11-03'),
  (1, 'theirs', 'broke it', '2026-11-01', '2026-10-12', 'broken', '2026-11-03');
"""


@pytest.fixture
def account(kinds: str) -> str:
    """The book of all kinds, whose first account has a history."""
    write(kinds, EXTRA)
    return kinds


def write(path: str, script: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(script)


async def opened(pilot: Pilot[int], account_id: int = 1) -> AccountScreen:
    """The screen of an account, once it has been read."""
    app = cast("CsmApp", pilot.app)
    await settle(pilot)
    app.open_account(account_id)
    await settle(pilot)
    assert isinstance(app.screen, AccountScreen)
    return app.screen


async def test_the_parts_show_what_is_known_and_their_borders_count_it(account: str) -> None:
    app = workspace(account)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        text = screen_text(app)
        for told in (
            "at risk by hand   since 2 Sep, 80 d", "sponsor gone", "-3", "new", "3 pulses by hand",
            "12 Oct", "left 4 Nov", "never met", "1 of 3 engaged in 90 d",
            "18 Nov  3 d late", "1 Nov  kept 2 d late", "broken", "1 kept of 2",
            "€48,000 a year · 24 months · 120 seats · plan Business",
            "renews 1 Jun 2027 in 192 d", "opt out by 2 May 2027",
            "notice 30 days · renews by itself", "AE J. Park", "Ask for Maya.",
            "#champion all good", "1 touchpoint · / search", "high-touch · day 385 · AE J. Park", "4 accounts",
        ):  # fmt: skip
            assert told in text, told
        assert [part.NAME for part in screen.parts] == [part.NAME for part in (*LEFT, *RIGHT) if part is not Plans]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["132x36", "80x24"])
async def test_tab_goes_round_the_parts_each_in_sight_and_every_line_has_its_why(
    account: str, size: tuple[int, int]
) -> None:
    app = workspace(account)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot)
        for part in [*screen.parts, screen.parts[0]]:
            assert screen.focused is part
            assert part.TITLE in screen_text(app)
            await press(pilot, "w")
            if part.current is not None and part.current.why:
                assert isinstance(app.screen, WhyScreen), part.NAME
                await press(pilot, "escape")
            else:
                assert part.key in {"contract", "owner", ""}, part.NAME
                assert "plain fact" in toasts(app)[-1] or not part.key
            await press(pilot, "tab")
        await press(pilot, "shift+tab", "shift+tab")
        assert screen.focused is screen.parts[-1]


async def test_on_a_narrow_terminal_the_cursor_goes_on_into_the_next_part(account: str) -> None:
    app = workspace(account)
    async with app.run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        for _ in range(40):
            await press(pilot, "j")
        assert isinstance(screen.focused, Timeline)
        assert screen.focused.key == "touch-1"
        assert any("#champion all good" in line for line in screen_lines(app))


async def test_what_is_typed_right_after_the_key_of_the_search_is_searched_for_in_sight(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        for key, letter in (("slash", "/"), ("c", "c"), ("a", "a"), ("l", "l")):
            app.post_message(events.Key(key, letter))
        await settle(pilot)
        assert app.screen is screen
        assert screen.query_one(Input).value == "cal"
        assert "Timeline" in screen_text(app)


async def test_the_search_goes_through_all_touchpoints_and_escape_ends_it(account: str) -> None:
    write(
        account,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150) "
        "INSERT INTO touchpoint (account_id, day, kind, direction, summary, notes) "
        "SELECT 1, date('2026-09-30', '-' || i || ' days'), 'call', 'two-way', 'talk ' || i, "
        "CASE i WHEN 140 THEN 'a 100% zebra' END FROM n",
    )
    app = workspace(account)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "ZÉBRA 100%")
        timeline = screen.query_one(Timeline)
        assert [row.key for row in timeline.rows if row.key] == ["touch-142"]
        assert "1 of 151" in screen_text(app)
        await press(pilot, "enter")
        assert screen.focused is timeline
        await press(pilot, "escape")
        assert len([row for row in timeline.rows if row.key]) == 60
        await press(pilot, "G", "G", "j", "G")
        assert len([row for row in timeline.rows if row.key]) == 151
        assert app.screen is screen
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1


async def test_no_second_line_of_the_timeline_is_a_lone_signal(account: str) -> None:
    write(
        account, "UPDATE touchpoint SET summary = 'Mentioned a rival twice; wants a comparison by Friday' WHERE id = 1"
    )
    app = workspace(account)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert isinstance(app.workspace.query_one(Context), Context)
        await opened(pilot)
        assert not [line for line in screen_lines(app) if line.strip("│ ▐").startswith("#champion")]
        assert "#champion Mentioned" in screen_text(app)
