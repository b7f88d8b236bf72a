"""On a terminal of any size: what folds, what stays where it was, and that every line fits."""

from __future__ import annotations

from csm_tui.tui.forms.entries import Entry, LongEntry
from csm_tui.tui.forms.form import Form
from csm_tui.tui.screens.account import AccountScreen
from tests.tui.conftest import press, screen_lines, screen_text, settle, shell, type_in, until, workspace
from tests.tui.test_lists import NARROW, WIDE


async def test_the_end_of_what_is_said_is_always_to_be_seen(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await settle(pilot)
        for length in range(53, 60):  # about as long as a line of what is said
            app.tell(f"{'word ' * 12}"[: length - 12] + "x · u undoes")
            await settle(pilot)
            assert screen_text(app).count("undoes") == 1, length


async def test_on_a_narrow_terminal_other_panes_fold_and_enter_opens_the_account(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        text = screen_text(app)
        folded = [line for line in text.split("\n") if line.lstrip().startswith(("2 Accounts", "4 Cadence"))]
        assert len(folded) == 2
        assert "40" in folded[0]
        assert "late" in folded[1]
        assert all(pane.size.height == 1 for pane in app.workspace.panes[1:])
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert "Health" in screen_text(app)
        await press(pilot, "escape", "4")
        assert app.workspace.panes[0].size.height == 1
        assert "Cadence" in screen_text(app)


async def test_a_storm_of_sizes_keeps_focus_and_cursor_and_comes_back_to_the_same_screen(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "j", "j", "j", "j")
        pane = app.workspace.panes[0]
        key, before = pane.key, screen_text(app)
        for size in ((80, 24), (1, 1), (200, 50), (2, 40), (99, 3), (100, 24), (5, 2), (300, 100), (40, 10), WIDE):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert pane.key == key, size
            assert pane.has_focus, size
        assert screen_text(app) == before


async def test_a_form_and_an_account_outlive_a_change_of_size(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in ("l", "enter", "H"):
            await press(pilot, key)
            screen, before = app.screen, screen_text(app)
            for size in ((3, 2), WIDE):
                await pilot.resize_terminal(*size)
                await settle(pilot)
            assert app.screen is screen
            assert screen_text(app) == before, key
            await press(pilot, "escape")


async def test_all_lines_are_exactly_as_wide_as_the_terminal(demo: str) -> None:
    from rich.cells import cell_len

    app = workspace(demo)
    for size in (WIDE, NARROW):
        app = workspace(demo)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            for key in ("2", "z", "z", "4", "z", "z", "1", "z", "z"):
                await press(pilot, key)
                assert {cell_len(line) for line in screen_lines(app)} == {size[0]}, key


async def test_a_window_that_becomes_wider_shows_the_account_under_the_cursor(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        chosen = app.workspace.chosen()
        assert chosen is not None
        assert "TIMELINE" in screen_text(app)
        await pilot.resize_terminal(*NARROW)
        assert shell(demo, "log", f"id:{chosen.account_id}", "call a word that nobody said") == 0
        await until(pilot, lambda: app.workspace._beside._shown == -1)
        await settle(pilot)
        await pilot.resize_terminal(*WIDE)
        await settle(pilot)
        assert "a word that nobody said" in screen_text(app)


async def test_the_arrows_go_from_field_to_field_where_a_form_is_higher_than_the_screen(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e")
        form = app.screen
        assert isinstance(form, Form)
        names = [one.field.name for one in form._entries()]
        for number in range(len(names) + 1):
            focused = form.focused
            assert isinstance(focused, Entry | LongEntry)
            assert focused.field.name == names[number % len(names)]
            assert f" {focused.field.label} " in screen_text(app)
            assert form.can_view_entire(focused)
            await press(pilot, "down")
        await press(pilot, "pagedown", "up", "up")
        assert isinstance(form.focused, Entry | LongEntry)
        assert form.focused.field.name == names[-1]
        form.query_one(".dialog").scroll_home(animate=False)
        await type_in(pilot, "x")
        assert form.can_view_entire(form.focused)
        await press(pilot, "up", "up")
        await pilot.resize_terminal(80, 12)
        await settle(pilot)
        assert form.can_view_entire(form.focused)
