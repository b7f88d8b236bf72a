"""The pane of the first 90 days: its board, the milestones below it, and how steps are worked from both."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from csm_tui.tui.forms.move_step import MoveStepForm
from csm_tui.tui.milestones import Milestones
from csm_tui.tui.screens.account import AccountScreen
from tests.onboarding_book import first_days
from tests.tui.conftest import press, rows, screen_lines, screen_text, settle, toasts, type_in, workspace

WIDE, NARROW = (132, 36), (80, 24)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return first_days(str(tmp_path_factory.mktemp("first") / "days.db"))


@pytest.fixture
def days(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the book of first days, on the pinned day."""
    path = tmp_path / "days.db"
    path.write_bytes(Path(source).read_bytes())
    monkeypatch.setenv("CSM_TODAY", "2026-11-21")
    return str(path)


def step(path: str, code: str, account_id: int = 1) -> tuple[object, ...]:
    """Day, baseline, state, reason and party of a step."""
    where = f"code = '{code}' AND account_id = {account_id}"
    return rows(path, f"SELECT due_on, baseline_on, state, reason, waiting_on FROM step WHERE {where}")[0]


async def test_the_board_shows_the_strip_and_the_milestones_go_with_the_cursor(days: str) -> None:
    app = workspace(days)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        folded = next(line for line in screen_lines(app) if "day 88" in line)
        assert "Tailspin Toys" in folded
        assert "1/3" in folded
        assert "6 in first 90 days · 50 % (n 2) on time" in screen_text(app)

        await press(pilot, "3", "z", "j")
        text = screen_text(app)
        assert "6 in their first 90 days · month 1 on time 50 % (n 2), goal 90 % · first value after 28 d (n 2)" in text
        adatum = next(line for line in screen_lines(app) if "Adatum    " in line)
        assert "●●●●━●━━" in adatum
        assert "●▲━┼─○┼" in adatum
        assert "8/21  Weekly check-in 2" in adatum
        assert "1 d late" in adatum
        assert "Adatum · milestones" in text
        assert "slip: them 10 d, us 8 d · at this pace until 28 Jan 2027 · 8 of 21" in text
        data = next(line for line in screen_lines(app) if "Data and integrations connected" in line)
        assert "waiting on them for 12 d · moved, was 11 Nov" in data

        await press(pilot, "k")
        assert "before this book" in screen_text(app)
        await press(pilot, "G")
        assert "no plan: a starts it" in screen_text(app)


async def test_keys_work_on_the_next_step_in_the_list_and_on_the_milestone_below(days: str) -> None:
    app = workspace(days)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "z", "j", "d")
        assert step(days, "check-in-2")[2] == "done"
        assert "Done: Weekly check-in 2; admin training (Adatum)" in toasts(app)[-1]
        await press(pilot, "u")
        assert step(days, "check-in-2")[2] == "open"

        await press(pilot, "tab")
        below = app.workspace.query_one(Milestones)
        assert below.has_focus
        assert below.current is not None
        await press(pilot, "j", "j", "x")
        assert "“End-user training” is done" in toasts(app)[-1]
        await press(pilot, "j", "j", "d")
        assert "Does it all hold?" in screen_text(app)
        await press(pilot, "n")
        assert step(days, "go-live")[2] == "open"
        await press(pilot, "d", "y")
        assert step(days, "go-live")[2] == "done"
        await press(pilot, "u", "x")
        await type_in(pilot, "live before we came\n")
        assert step(days, "go-live")[2:4] == ("skipped", "live before we came")
        assert "skipped: live before we came" in screen_text(app)

        await press(pilot, "D")
        assert "x skips it" in toasts(app)[-1]
        await press(pilot, "w")
        assert "on a working day, is" in screen_text(app)
        await press(pilot, "escape", "escape")
        assert app.workspace.pane_in_use.has_focus
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert "ONBOARDING" in screen_text(app)


async def test_a_move_shows_every_date_before_it_shifts_the_later_steps(days: str) -> None:
    app = workspace(days)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "z", "j", "m")
        form = app.screen
        assert isinstance(form, MoveStepForm)
        form.query_one(Input).value = ""
        await type_in(pilot, "27.11")
        text = screen_text(app)
        assert "The baseline stays 13 Nov" in text
        assert "later open steps too, by 7 days:" in text
        training = next(line for line in screen_lines(app) if "Go-live of the first" in line and "→" in line)
        assert training.split("Mon 23 Nov →")[1].split()[:3] == ["Mon", "30", "Nov"]
        await press(pilot, "enter", "enter")
        assert step(days, "check-in-2")[:2] == ("2026-11-27", "2026-11-13")
        assert step(days, "go-live")[0] == "2026-11-23"

        await press(pilot, "u", "m")
        app.screen.query_one(Input).value = ""
        await type_in(pilot, "27.11")
        await press(pilot, "enter", "j", "enter")
        assert step(days, "check-in-2")[:2] == ("2026-11-27", "2026-11-13")
        assert step(days, "go-live")[:2] == ("2026-11-30", "2026-11-23")
        assert step(days, "kickoff")[0] == "2026-11-04"
        await press(pilot, "u")
        assert step(days, "go-live")[0] == "2026-11-23"


async def test_waiting_and_starting_what_is_missing(days: str) -> None:
    app = workspace(days)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "z", "j", "W")
        await type_in(pilot, "third party\n")
        assert step(days, "check-in-2")[4] == "third party"

        await press(pilot, "G", "a")
        assert "standard: 29 steps" in screen_text(app)
        assert "before today: marked as passed" in screen_text(app)
        await press(pilot, "enter")
        begun = rows(
            days, "SELECT playbook, variant, anchor_on FROM plan WHERE account_id = 6 AND playbook <> 'recovery'"
        )
        assert begun == [("onboarding", "standard", "2026-11-04")]
        assert "Start Onboarding for Trey Research" in toasts(app)[-1]


async def test_at_80_columns_the_board_is_legible(days: str) -> None:
    app = workspace(days)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "3", "z", "j")
        adatum = next(line for line in screen_lines(app) if "Adatum    " in line)
        assert "▲" in adatum
        assert "8/21" in adatum
        assert "1 d late" in adatum
        assert "Weekly check" in adatum
        assert "Adatum · milestones" in screen_text(app)
        assert "slip: them 10 d, us 8 d · at this pace until 28 Jan 2027 · 8 of 21" in screen_text(app)
        assert "Access, sign-in and env" in screen_text(app)
        assert screen_lines(app)[-1].split()[:6] == ["d", "done", "m", "move", "W", "waiting"]
        await press(pilot, "m")
        app.screen.query_one(Input).value = ""
        await type_in(pilot, "15.12\n")
        await press(pilot, "G")
        dates = [line.split("→") for line in screen_lines(app) if "→" in line]
        assert any("Jan 2027 " in after for _, after in dates)  # a day of another year has its room
        assert not any("…" in before[-15:] + after[:16] for before, after in dates)
