"""The log form: the line is read as it is typed, fields rewrite it, and no word of it is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from csm_tui.tui import drafts
from csm_tui.tui.forms.line_input import LineInput
from csm_tui.tui.forms.log import LogForm
from tests.tui.conftest import press, rows, screen_text, settle, toasts, type_in, workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from csm_tui.tui.app import CsmApp

WIDE = (132, 36)


async def opened(pilot: Pilot[int], key: str = "c1") -> LogForm:
    """The log form on the account of a due item."""
    app = pilot.app
    await settle(pilot)
    app.workspace.panes[0].select(key)  # type: ignore[attr-defined]
    await press(pilot, "l")
    assert isinstance(app.screen, LogForm)
    return app.screen


def typed(app: CsmApp) -> str:
    """The line as it stands in the form."""
    text: str = app.screen.query_one(LineInput).text
    return text


async def put(pilot: Pilot[int], text: str) -> None:
    """A text that stands in the line at once."""
    entry = pilot.app.screen.query_one(LineInput)
    entry.load_text(text)
    entry.move_cursor(entry.document.end)
    await settle(pilot)


def last_touch(path: str) -> tuple[object, ...]:
    """The newest touchpoint in the file."""
    return rows(path, "SELECT kind, mood, summary, notes, day FROM touchpoint ORDER BY id DESC LIMIT 1")[0]


async def test_every_field_of_the_line_shows_in_the_preview_as_it_is_typed(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await type_in(pilot, "call @jon")
        assert "Jon Bell" in screen_text(app)
        await put(pilot, "call @jon 25m New VP asks whether it is still needed :( pulse:2 #champion >send usage fri")
        text = screen_text(app)
        for part in (
            "Northwind Traders", "Jon Bell", "25", "New VP asks whether it is still needed", "2 of 5", "#champion",
            "send usage", "by Fri 27 Nov", "Counts as the check-in", "the next is due",
        ):  # fmt: skip
            assert part in text, part


async def test_each_kind_of_mark_has_a_colour_of_its_own(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await put(pilot, "call @jon all is well :) pulse:4 #champion >send usage fri")
        line = app.screen.query_one(LineInput).get_line(0)
        coloured = {line.plain[span.start : span.end].strip(): str(span.style) for span in line.spans if span.style}
        assert "call" in coloured
        assert any("jon" in part for part in coloured)
        assert len(set(coloured.values())) >= 4, "kind and people, mood, signal, promise"
        assert not any("all is well" in part for part in coloured)


async def test_ctrl_r_adds_the_offered_signal_and_then_offers_it_no_more(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await put(pilot, "call New VP asks whether it is still needed")
        assert "ctrl+r adds it" in screen_text(app)
        await press(pilot, "ctrl+r")
        assert typed(app).startswith("call New VP asks whether it is still needed #")
        assert "ctrl+r adds it" not in screen_text(app)
        once = typed(app)
        await press(pilot, "ctrl+r")
        assert typed(app) == once, "it is not added twice"


async def test_tab_goes_to_the_fields_and_left_and_right_rewrite_kind_and_mood(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await put(pilot, "call @jon all good :) >send it fri")
        await press(pilot, "tab")
        assert app.focused is app.screen.query_one("#preview")
        await press(pilot, "right")
        assert typed(app) == "meeting @jon all good :) >send it fri"
        await press(pilot, "left")
        assert typed(app) == "call @jon all good :) >send it fri"
        await press(pilot, "down", "left")
        assert typed(app) == "call @jon all good :| >send it fri"
        await press(pilot, "enter")
        assert app.screen is app.workspace
    assert last_touch(kinds)[:3] == ("call", "mixed", "all good")


async def test_a_mood_set_by_the_field_does_not_become_a_part_of_the_promise(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        form = await opened(pilot)
        await put(pilot, "call all good >send the list fri")
        await press(pilot, "tab", "down", "left")
        read = form._reading(form._line)
        assert (read.mood, read.promises[0].what, read.words) == ("happy", "send the list", "all good")


async def test_a_signal_added_to_a_line_with_a_promise_leaves_the_promise_as_it_is(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        form = await opened(pilot)
        await put(pilot, "call New VP asks whether it is still needed >send the list fri")
        await press(pilot, "ctrl+r")
        read = form._reading(form._line)
        assert len(read.signals) == 1
        assert read.promises[0].what == "send the list"
        assert read.promises[0].due_on is not None


async def test_the_fields_keep_every_word_that_was_typed(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await put(pilot, "call  two  blanks in   a row :)")
        await press(pilot, "tab", "right", "left")
        assert typed(app).split() == ["call", "two", "blanks", "in", "a", "row", ":)"]


async def test_enter_saves_says_so_and_leaves_no_draft(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await type_in(pilot, "call all good :)")
        assert drafts.of_book(kinds) == ["log-1"]
        await press(pilot, "enter")
        assert app.screen is app.workspace
        assert "Northwind Traders" in toasts(app)[-1]
        assert "u undoes" in toasts(app)[-1]
        assert drafts.of_book(kinds) == []
        await press(pilot, "l")
        assert typed(app) == ""
    assert last_touch(kinds)[:3] == ("call", "happy", "all good")


async def test_escape_keeps_a_draft_that_l_brings_back_on_that_account_alone(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await type_in(pilot, "call half a tho")
        await press(pilot, "escape")
        assert "draft" in toasts(app)[-1]
        await opened(pilot, "c4")
        assert typed(app) == ""
        await press(pilot, "escape")
        await opened(pilot)
        assert typed(app) == "call half a tho"
    assert len(rows(kinds, "SELECT 1 FROM touchpoint")) == 2, "nothing was logged"


async def test_the_next_start_says_that_a_draft_is_kept_and_brings_it_back(kinds: str) -> None:
    drafts.keep(kinds, "log-1", "call half a thought")
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert any("half-typed" in toast for toast in toasts(app))
        assert typed(app) == "call half a thought"


async def test_the_promise_key_and_done_bring_a_kept_draft_back_and_lose_no_word_of_it(kinds: str) -> None:
    drafts.keep(kinds, "log-1", "call half a thought")
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in ("p", "d"):
            app.workspace.panes[0].select("c1")
            await press(pilot, key)
            assert "call half a thought" in typed(app)
            await press(pilot, "escape")
        assert drafts.kept(kinds, "log-1").startswith("call half a thought")


async def test_a_name_of_several_is_nobody_new_and_stays_in_the_form(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        form = await opened(pilot)
        await put(pilot, "call @ana what now")
        assert "Ana Diaz or Ana Lopez?" in screen_text(app)
        await press(pilot, "enter")
        assert "“ana” could be Ana Diaz or Ana Lopez: give more of the name." in screen_text(app)
        assert app.screen is form
    assert drafts.kept(kinds, "log-1") == "call @ana what now"


@pytest.mark.parametrize("line", ["2026-02-30 call what", "31.2.2026 all good", "call ok >send it by 31.2.2026"])
async def test_a_day_that_is_none_is_marked_and_not_saved(kinds: str, line: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        form = await opened(pilot)
        await put(pilot, line)
        assert "write one that is" in screen_text(app)
        assert "✓" not in screen_text(app).split("Log a touchpoint")[1].split("esc keep")[0]
        assert "Counts as" not in screen_text(app)
        await press(pilot, "enter")
        assert "Nothing is saved while the line has a day that does not exist" in screen_text(app)
        assert app.screen is form
        assert typed(app) == line
    assert len(rows(kinds, "SELECT 1 FROM touchpoint")) == 2


async def test_a_line_that_says_nothing_is_not_saved_and_says_so(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        form = await opened(pilot)
        await press(pilot, "space", "space", "enter")
        assert app.screen is form
        assert "says nothing yet" in screen_text(app)


async def test_pasted_lines_become_notes_byte_for_byte(kinds: str) -> None:
    app = workspace(kinds)
    notes = "# What was said\n  - one\n\n  - two [/] ✈️"
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        app.post_message(events.Paste(f"call all good\n{notes}"))
        await settle(pilot)
        assert "4 lines, kept as they are" in screen_text(app)
        await press(pilot, "enter")
        assert app.screen is app.workspace
    assert last_touch(kinds)[2:4] == ("all good", notes)


async def test_a_line_of_ten_thousand_characters_is_shown_cut_and_kept_whole(kinds: str) -> None:
    app = workspace(kinds)
    long = "call " + "word " * 1999
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await put(pilot, long.strip())
        assert all(len(line) <= 132 for line in screen_text(app).split("\n"))
        await press(pilot, "enter")
        assert app.screen is app.workspace
    assert last_touch(kinds)[2] == ("word " * 1999).strip()


@pytest.mark.parametrize("size", [(80, 24), (132, 36)])
async def test_the_form_shows_its_line_and_what_it_will_change_at_every_size(kinds: str, size: tuple[int, int]) -> None:
    app = workspace(kinds)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await put(pilot, "call @jon New VP asks if it is needed :( pulse:2 #champion >send usage fri <their list mon")
        text = screen_text(app)
        assert "Counts as the check-in" in text
        assert "save" in text
        assert "their list" in text


async def test_enter_held_down_saves_once_and_ends_nothing(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await put(pilot, "call once only")
        for _ in range(3):  # as a terminal sends them: all before the first is handled
            app.post_message(events.Key("enter", "\r"))
        await settle(pilot)
        assert app.is_running
    assert len(rows(kinds, "SELECT 1 FROM touchpoint WHERE summary = 'once only'")) == 1
