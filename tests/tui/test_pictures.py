"""How the screens look, held to pictures that a person has looked at: `pytest --snapshot-update` makes them anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from csm_tui.settings import DEFAULT
from csm_tui.tui.app import CsmApp
from tests.tui.conftest import DAY, press, settle, type_in, workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

WIDE, NARROW = (132, 36), (80, 24)
Compare = Callable[..., bool]


def look(app: CsmApp, snap_compare: Compare, size: tuple[int, int], *keys: str, line: str = "") -> bool:
    """The screen after some keys, with a cursor that stands still and no toast in the way."""

    async def before(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        if line:
            await type_in(pilot, line)
        app.clear_notifications()
        for field in app.screen.query("Input, TextArea"):
            widget: Any = field
            widget.cursor_blink = False
        await settle(pilot)

    return snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["132x36", "80x24"])
def test_the_workspace(demo: str, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert look(workspace(demo), snap_compare, size)


def test_an_empty_book(empty: str, snap_compare: Compare) -> None:
    assert look(workspace(empty), snap_compare, WIDE)


def test_the_board_of_accounts(demo: str, snap_compare: Compare) -> None:
    assert look(workspace(demo), snap_compare, WIDE, "2", "z")


def test_the_board_of_cadence(demo: str, snap_compare: Compare) -> None:
    assert look(workspace(demo), snap_compare, WIDE, "4", "z")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["132x36", "80x24"])
def test_the_board_of_onboarding(demo: str, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert look(workspace(demo), snap_compare, size, "3", "z", "j")


def test_the_move_of_a_step(demo: str, snap_compare: Compare) -> None:
    assert look(workspace(demo), snap_compare, WIDE, "3", "z", "m", "enter", "j")


def test_nobody_in_the_first_90_days(empty: str, snap_compare: Compare) -> None:
    assert look(workspace(empty), snap_compare, NARROW, "3", "z")


def test_the_log_form(demo: str, snap_compare: Compare) -> None:
    line = "call @jon New VP asks whether it is still needed :( >send usage fri"
    assert look(workspace(demo), snap_compare, WIDE, "j", "j", "l", line=line)


def test_the_brief(kinds: str, snap_compare: Compare) -> None:
    assert look(workspace(kinds), snap_compare, NARROW, "f", *"north", "enter", "b")


def test_the_light_theme(demo: str, snap_compare: Compare) -> None:
    app = CsmApp(demo, DAY, settings=DEFAULT._replace(theme="csm-light"))
    assert look(app, snap_compare, WIDE)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["132x36", "80x24"])
def test_the_walk_through_a_recovery(demo: str, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert look(workspace(demo), snap_compare, size, "6", "j", "enter")


def test_the_board_of_recoveries(demo: str, snap_compare: Compare) -> None:
    assert look(workspace(demo), snap_compare, WIDE, "6", "z")


def test_the_first_page_of_a_recovery(demo: str, snap_compare: Compare) -> None:
    assert look(workspace(demo), snap_compare, WIDE, "2", "r")


def test_no_recovery_is_open(empty: str, snap_compare: Compare) -> None:
    assert look(workspace(empty), snap_compare, WIDE, "6", "z")
