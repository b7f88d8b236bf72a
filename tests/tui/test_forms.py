"""Adding and mending by hand: forms that tell, refuse at the field and lose nothing; left, delete, archive, merge."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from csm_tui.domain.policy import POLICY
from csm_tui.settings import Settings
from csm_tui.tui import drafts
from csm_tui.tui.app import CsmApp
from csm_tui.tui.forms.confirm import Confirm
from csm_tui.tui.forms.form import Form
from csm_tui.tui.screens.account import AccountScreen
from csm_tui.tui.widgets.picker import Picker
from tests.tui.conftest import DAY, first_account, press, rows, screen_text, settle, shell, toasts, type_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

WIDE = (132, 40)


async def fill(pilot: Pilot[int], name: str, text: str) -> None:
    """Give one field another text."""
    form = pilot.app.screen
    assert isinstance(form, Form)
    found = next(one for one in form._entries() if one.field.name == name)
    found.focus()
    found.value = ""
    await settle(pilot)
    await type_in(pilot, text)


async def opened(pilot: Pilot[int], part: str) -> AccountScreen:
    """The first account, with the cursor in a part."""
    screen = await first_account(pilot)
    screen.query_one(f"#part-{part}").focus()
    await settle(pilot)
    return screen


async def test_the_first_account_of_an_empty_book_is_added_with_a(empty: str) -> None:
    francs = Settings(policy=POLICY._replace(money=POLICY.money._replace(currency="CHF")))
    app = CsmApp(empty, DAY, settings=francs)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        assert isinstance(app.screen, Form)
        assert app.screen.texts["currency"] == "CHF"
        await type_in(pilot, "Acme")
        await press(pilot, "tab")
        await type_in(pilot, "lo")
        await press(pilot, "tab")
        assert app.screen.texts["tier"] == "low-touch"
        await fill(pilot, "renewal_on", "eom")
        assert "Mon 30 Nov 2026 · in 9 d" in screen_text(app)
        await fill(pilot, "arr_cents", "$48k")
        assert "$48,000.00 a year" in screen_text(app)
        await fill(pilot, "seats", "many")
        await press(pilot, "enter")
        assert isinstance(app.screen, Form)
        assert "“many” is not a whole number" in screen_text(app)
        await fill(pilot, "seats", "12")
        await fill(pilot, "currency", "EUR")
        await press(pilot, "enter")
        assert "Another field says something else than the currency" in screen_text(app)
        await fill(pilot, "currency", "USD")
        await press(pilot, "enter")
        assert len(app.screen_stack) == 1
    found = "SELECT name, tier, renewal_on, arr_cents, currency, seats FROM account"
    assert rows(empty, found) == [("Acme", "low-touch", "2026-11-30", 4_800_000, "USD", 12)]


async def test_an_edit_writes_what_changed_is_refused_in_the_form_and_kept_as_a_draft(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "contract")
        await press(pilot, "e")
        await fill(pilot, "name", "acme")
        await fill(pilot, "owner", "[b]Kim")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Form)
        assert "There is an account acme already" in screen_text(app)
        await press(pilot, "escape")
        assert "Kept as a draft" in toasts(app)[-1]
        await press(pilot, "e")
        assert isinstance(app.screen, Form)
        assert app.screen.texts["owner"] == "[b]Kim"
        await fill(pilot, "name", "Northwind")
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert rows(kinds, "SELECT name, owner, seats FROM account WHERE id = 1") == [("Northwind", "[b]Kim", 120)]
        await press(pilot, "e", "ctrl+s")
        assert "Nothing has been changed yet" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, AccountScreen)
        assert "Kept as a draft" not in toasts(app)[-1]


async def test_people_are_added_edited_marked_as_left_and_taken_out(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "people")
        await press(pilot, "a")
        assert isinstance(app.screen, Picker)
        await type_in(pilot, "contact\n")
        await type_in(pilot, "Zed")
        await fill(pilot, "role", "champ")
        await press(pilot, "tab", "enter")
        assert rows(kinds, "SELECT name, role FROM contact WHERE id = 4") == [("Zed", "champion")]
        part = screen.query_one("#part-people")
        part.select("person-4")  # type: ignore[attr-defined]
        await press(pilot, "L", "enter")
        assert rows(kinds, "SELECT status, left_on FROM contact WHERE id = 4") == [("left", "2026-11-21")]
        await press(pilot, "L", "y")
        assert rows(kinds, "SELECT status FROM contact WHERE id = 4") == [("active",)]
        await press(pilot, "D")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "n", "D", "y")
        assert rows(kinds, "SELECT count(*) FROM contact WHERE id = 4") == [(0,)]
        await press(pilot, "u")
        assert rows(kinds, "SELECT count(*) FROM contact WHERE id = 4") == [(1,)]


async def test_a_milestone_of_ones_own_is_added_to_the_plan_that_runs(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "people")
        await press(pilot, "a")
        await type_in(pilot, "milestone\n")
        await type_in(pilot, "Second site live")
        await fill(pilot, "due_on", "14.12")
        await press(pilot, "enter")
        assert "Northwind Traders has no open plan" in screen_text(app)
        await press(pilot, "escape")
        assert shell(kinds, "plan", "northwind", "onboarding", "--on", "2026-11-21") == 0
        await press(pilot, "a")
        await type_in(pilot, "milestone\n")
        await press(pilot, "ctrl+s")
        assert rows(kinds, "SELECT title, due_on, owner FROM step WHERE code LIKE 'own-%'") == [
            ("Second site live", "2026-12-14", "us")
        ]


async def test_a_touchpoint_and_a_promise_are_mended_where_the_cursor_stands(kinds: str) -> None:
    assert shell(kinds, "contact", "edit", "northwind", "jon", "--name", "Zed, Jon") == 0
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "timeline")
        await press(pilot, "e")
        await fill(pilot, "people", "zed, jon, ana d")
        await press(pilot, "tab", "enter")
        there = rows(kinds, "SELECT contact_id FROM touchpoint_contact WHERE touchpoint_id = 1 ORDER BY 1")
        assert there == [(1,), (2,)], "a comma in a name parts nobody"
        await press(pilot, "e")
        await fill(pilot, "day", "11.10")
        await fill(pilot, "people", "ana d")
        await press(pilot, "tab", "enter")
        assert rows(kinds, "SELECT day FROM touchpoint WHERE id = 1") == [("2026-10-11",)]
        assert rows(kinds, "SELECT contact_id FROM touchpoint_contact WHERE touchpoint_id = 1") == [(2,)]
        screen.query_one("#part-due").focus()
        await settle(pilot)
        screen.query_one("#part-due").select("item-p1")  # type: ignore[attr-defined]
        await press(pilot, "e")
        await fill(pilot, "due_on", "+2w")
        await press(pilot, "enter")
        assert rows(kinds, "SELECT due_on FROM promise WHERE id = 1") == [("2026-12-05",)]
        await press(pilot, "a")
        await type_in(pilot, "promise\n")
        await type_in(pilot, "a list")
        await fill(pilot, "side", "they")
        await press(pilot, "enter")
        assert rows(kinds, "SELECT side, what FROM promise WHERE id = 3") == [("theirs", "a list")]


async def test_an_account_is_archived_brought_back_and_merged_after_a_look(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "health")
        await press(pilot, "A", "y")
        assert rows(kinds, "SELECT archived_on FROM account WHERE id = 1") == [("2026-11-21",)]
        assert "archived 21 Nov" in screen_text(app)
        await press(pilot, "A", "y")
        assert rows(kinds, "SELECT archived_on FROM account WHERE id = 1") == [(None,)]
        await press(pilot, "D")
        assert "archived (A) or merged" in toasts(app)[-1]
        await press(pilot, "M")
        assert "Merge Northwind Traders into" in screen_text(app)
        await type_in(pilot, "contoso\n")
        assert isinstance(app.screen, Confirm)
        assert "People who move: Jon Bell" in screen_text(app)
        await press(pilot, "y")
        assert len(app.screen_stack) == 1
        assert rows(kinds, "SELECT count(*) FROM contact WHERE account_id = 4") == [(3,)]
        await press(pilot, "u")
        assert rows(kinds, "SELECT count(*) FROM contact WHERE account_id = 1") == [(3,)]


async def test_notes_are_written_in_the_editor(kinds: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    app = CsmApp(kinds, DAY)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "timeline")
        await press(pilot, "E")
        assert "No editor is known" in toasts(app)[-1]
    script = tmp_path / "editor.py"
    script.write_text("import sys\nopen(sys.argv[1], 'a').write('# Said\\nall of it\\n')\n")
    app = CsmApp(kinds, DAY, settings=Settings(editor=f"{sys.executable} {script}"))
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "timeline")
        await press(pilot, "E")
        assert "cannot be handed" in toasts(app)[-1], "a terminal of a test is none"
        monkeypatch.setattr(app, "suspend", nullcontext)
        await press(pilot, "E")
        assert rows(kinds, "SELECT notes FROM touchpoint WHERE id = 1") == [("# Said\nall of it",)]
        assert drafts.of_book(kinds) == []
        script.write_text("raise SystemExit(3)")
        await press(pilot, "E")
        assert "ended with 3" in toasts(app)[-1]
        script.write_text("import sys\nopen(sys.argv[1], 'a').write(' more\\0')")
        await press(pilot, "E")
        assert "all of it more" in drafts.kept(kinds, "form-touchpoint-1-"), "what the book refused is kept for e"
        assert rows(kinds, "SELECT notes FROM touchpoint WHERE id = 1") == [("# Said\nall of it",)]
