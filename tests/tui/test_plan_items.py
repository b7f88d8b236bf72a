"""What of plans stands on Today is worked with the same keys: a step, a review, the update of an escalation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from csm_tui.actions.escalations import Escalate, escalate
from csm_tui.actions.steps import MoveStep, move_step
from csm_tui.domain.risks import Severity
from csm_tui.tui.forms.ask import Ask
from csm_tui.tui.forms.log import LogForm
from csm_tui.tui.forms.move_step import MoveStepForm
from csm_tui.tui.widgets.picker import Picker
from tests.onboarding_book import do, first_days
from tests.tui.conftest import press, rows, screen_text, settle, toasts, type_in, workspace
from tests.tui.test_items import answer, on, today

WIDE = (132, 36)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = first_days(str(tmp_path_factory.mktemp("plans") / "days.db"))
    do(path, escalate, Escalate(3, "Woodgrove Bank", Severity.HIGH, "the export fails"))
    return path


@pytest.fixture
def days(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the book of first days, with an escalation at Woodgrove."""
    path = tmp_path / "days.db"
    path.write_bytes(Path(source).read_bytes())
    monkeypatch.setenv("CSM_TODAY", "2026-11-21")
    return str(path)


def item(path: str, code: str) -> str:
    """The id under which a step of Adatum stands on Today."""
    return f"k{rows(path, f'SELECT id FROM step WHERE account_id = 1 AND code = {code!r}')[0][0]}"


async def test_a_step_is_done_moved_with_a_preview_put_off_and_skipped(days: str) -> None:
    app, second, third = workspace(days), item(days, "check-in-2"), item(days, "data")
    state = "SELECT state, due_on, reason FROM step WHERE id = "
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, second, "m")
        assert isinstance(app.screen, MoveStepForm)
        app.screen.query_one(Input).value = "23.11"
        await settle(pilot)
        assert "Go-live of the first use case" in screen_text(app)
        await press(pilot, "enter", "enter")
        assert rows(days, state + second[1:]) == [("open", "2026-11-23", None)]

        await on(pilot, second, "d")
        assert rows(days, state + second[1:])[0][0] == "done"
        assert second not in today(pilot).lines

        await on(pilot, third, "s")
        await answer(pilot, day="+4d", words="")
        assert rows(days, "SELECT until_on FROM snooze WHERE item = '" + third + "'") == [("2026-11-25",)]

        await on(pilot, third, "x")
        assert "Skip: Data and integrations" in screen_text(app)
        await answer(pilot, words="they are on a fair")
        assert rows(days, state + third[1:])[0][::2] == ("skipped", "they are on a fair")


async def test_a_step_that_another_moves_says_so_in_the_form_that_is_open(days: str) -> None:
    app, second = workspace(days), item(days, "check-in-2")
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, second, "m")
        assert "Moved elsewhere" not in screen_text(app)
        do(days, move_step, MoveStep(int(second[1:]), "check-in", "Adatum", date(2026, 12, 9)))
        app.desk.changed_elsewhere()
        await settle(pilot)
        assert "Now Wed 9 Dec" in screen_text(app)
        assert "Moved elsewhere in the meantime" in screen_text(app)
        await press(pilot, "enter", "enter")
    assert rows(days, f"SELECT due_on FROM step WHERE id = {second[1:]}") == [("2026-11-23",)]


async def test_a_review_asks_for_its_line_and_an_escalation_is_told_of(days: str) -> None:
    app = workspace(days)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "v7", "m")
        assert "Books the review" in screen_text(app)
        await answer(pilot, day="1.12")
        booked = "SELECT kind, day, state FROM touchpoint WHERE account_id = 7"
        assert rows(days, booked) == [("qbr", "2026-12-01", "booked")]
        await press(pilot, "u")

        await on(pilot, "v7", "d")
        assert isinstance(app.screen, LogForm)
        await type_in(pilot, "@Jon they state the number\n")
        assert rows(days, booked) == [("qbr", "2026-11-21", "held")]
        assert "v7" not in today(pilot).lines

        await on(pilot, "e1", "m")
        assert "follow its severity" in toasts(app)[-1]
        assert not isinstance(app.screen, Ask)
        await press(pilot, "d")
        assert rows(days, "SELECT updated_on FROM escalation") == [("2026-11-21",)]


async def test_the_context_shows_the_plan_and_its_lines_work(days: str) -> None:
    app, data = workspace(days), item(days, "data")
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, data)
        text = screen_text(app)
        assert "ONBOARDING" in text
        assert "8 of 21" in text
        app.workspace.query_one("#context").focus()
        await settle(pilot)
        context = app.workspace.query_one("#context")
        context.select(f"step-{data[1:]}")  # type: ignore[attr-defined]
        await press(pilot, "d")
        assert rows(days, "SELECT state FROM step WHERE id = " + data[1:]) == [("done",)]
        assert rows(days, "SELECT state FROM promise WHERE step_id = " + data[1:]) == [("kept",)]


async def test_any_playbook_is_started_at_the_account_under_the_cursor(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        chosen = app.workspace.chosen()
        assert chosen is not None
        of_it = f"SELECT playbook FROM plan WHERE account_id = {chosen.account_id} AND closed_on IS NULL"
        before = set(rows(demo, of_it))
        await press(pilot, "a")
        await type_in(pilot, "plan\n")
        assert f"Start a plan for {chosen.account}" in screen_text(app)
        assert isinstance(app.screen, Picker)
        assert [choice.value for choice in app.screen.choices.all if choice.value.startswith("re")] == ["renewal"]
        await type_in(pilot, "advoc\n")
        assert f"Advocacy of {chosen.account}: day 0 is 21 Nov" in screen_text(app)
        assert set(rows(demo, of_it)) == before
        await press(pilot, "enter")
        assert set(rows(demo, of_it)) == {*before, ("advocacy",)}
        assert f"Start Advocacy for {chosen.account}" in toasts(app)[-1]
