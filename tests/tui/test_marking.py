"""Filters, marks, one change to many, sort, columns and copy in the workspace, as a person uses them."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from textual.widgets import Input

from csm_tui import paths
from csm_tui.tui import remembered
from csm_tui.tui.board import Order
from tests.tui.conftest import (
    keys_of,
    press,
    rows,
    screen_lines,
    screen_text,
    settle,
    shell,
    toasts,
    type_in,
    workspace,
)

WIDE = (132, 36)


async def test_a_filter_is_read_offered_said_when_wrong_and_kept_by_name(demo: str) -> None:
    shell(demo, "account", "edit", "contoso", "--tag", "emea")
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "slash")
        pane = app.workspace.pane_in_use
        await type_in(pilot, "tag:em")
        assert [pane.lines[key].facts.name for key in keys_of(pane)] == ["Contoso Retail"]
        field = app.workspace.query_one("#filter-input", Input)
        await press(pilot, "tab")
        assert field.value == "tag:emea"
        field.value = "teir:high"
        await settle(pilot)
        assert "Did you mean tier:?" in screen_text(app)
        assert keys_of(pane) == []
        field.value = "tier:"
        await settle(pilot)
        assert len(keys_of(pane)) == 40
        assert "waits for a value" in screen_text(app)
        field.value = "silent>21 -tier:low"
        await settle(pilot)
        quiet = keys_of(pane)
        assert 0 < len(quiet) < 40
        await press(pilot, "ctrl+s")
        await type_in(pilot, "Quiet")
        await press(pilot, "enter")
        assert rows(demo, "SELECT name, text FROM saved_filter") == [("quiet", "silent>21 -tier:low")]
        field.value = "=qui"
        await settle(pilot)
        await press(pilot, "tab")
        assert field.value == "=quiet"
        assert keys_of(pane) == quiet
        await press(pilot, "escape", "1", "slash")
        await type_in(pilot, "kind:promise")
        kinds = {app.workspace.pane_in_use.lines[key].kind for key in keys_of(app.workspace.pane_in_use)}
        assert kinds == {"promise"}


async def test_marked_rows_are_changed_together_after_a_preview_with_one_undo(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "v", "v", "k", "v")
        pane = app.workspace.pane_in_use
        first = keys_of(pane)[0]
        assert pane.marked == {first}
        pane.marked.add("a row of a board that is not read yet")
        assert pane.worked_on == [first]
        pane.marked.remove("a row of a board that is not read yet")
        await press(pilot, "v", "v", "v")
        assert "marked" in screen_text(app)
        marked = sorted(map(int, pane.marked))
        before = rows(demo, "SELECT id, tier FROM account ORDER BY id")
        await press(pilot, "B", "enter")
        await type_in(pilot, "low")
        await press(pilot, "enter")
        assert f"{len(marked)} accounts: tier" in screen_text(app)
        await press(pilot, "n")
        assert rows(demo, "SELECT id, tier FROM account ORDER BY id") == before
        await press(pilot, "B", "enter")
        await type_in(pilot, "low")
        await press(pilot, "enter", "y")
        changed = {one: tier for one, tier in rows(demo, "SELECT id, tier FROM account ORDER BY id")}
        assert all(changed[one] == "low-touch" for one in marked)
        assert sum(changed[one] != tier for one, tier in before) == len(marked)
        await press(pilot, "u")
        assert rows(demo, "SELECT id, tier FROM account ORDER BY id") == before
        await press(pilot, "B")
        await type_in(pilot, "add")
        await press(pilot, "enter")
        await type_in(pilot, "vip")
        await press(pilot, "enter", "y")
        assert [
            one for (one,) in rows(demo, "SELECT account_id FROM account_tag WHERE tag = 'vip' ORDER BY 1")
        ] == marked
        await press(pilot, "escape")
        assert pane.marked == set()
        await press(pilot, "V")
        assert len(pane.marked) == 40
        await press(pilot, "V")
        assert pane.marked == set()


async def test_marked_items_are_put_off_with_one_form_and_one_undo(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        pane = app.workspace.pane_in_use
        count = rows(demo, "SELECT count(*) FROM snooze")[0][0]
        await press(pilot, "v", "v", "v", "v", "v", "s")
        assert "Snooze 5 items" in screen_text(app)
        assert "back tomorrow" in screen_text(app)
        await press(pilot, "enter", "enter")
        assert rows(demo, "SELECT count(*) FROM snooze")[0][0] == int(str(count)) + 5
        await press(pilot, "u")
        assert rows(demo, "SELECT count(*) FROM snooze")[0][0] == count
        assert pane.marked <= set(pane.lines)


async def test_a_column_sorts_by_key_and_by_click_both_ways_and_the_order_is_total(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z", "o")
        await type_in(pilot, "arr")
        await press(pilot, "enter")
        pane = app.workspace.pane_in_use
        amounts = [pane.lines[key].facts.arr_cents for key in keys_of(pane)]
        there = [cents for cents in amounts if cents is not None]
        assert amounts == [*sorted(there, reverse=True), *[None] * (len(amounts) - len(there))]
        assert "ARR↓" in screen_text(app)
        head = screen_lines(app)[2]
        await pilot.click(pane, offset=(head.index("tier") + 1, 1))
        await settle(pilot)
        down = [(str(pane.lines[key].facts.tier), pane.lines[key].facts.name) for key in keys_of(pane)]
        assert pane.order == Order("tier", down=False)
        await pilot.click(pane, offset=(head.index("tier") + 1, 1))
        await settle(pilot)
        assert pane.order == Order("tier", down=True)
        assert {tier for tier, _ in down[:3]} == {"white-glove"}
        await press(pilot, "o")
        await type_in(pilot, "as it was")
        await press(pilot, "enter")
        assert pane.order is None
        await press(pilot, "z", "1", "z", "o")
        await type_in(pilot, "score")
        await press(pilot, "enter")
        assert "MUST DO" not in screen_text(app)
        scores = [app.workspace.pane_in_use.lines[key].score for key in keys_of(app.workspace.pane_in_use)]
        assert scores == sorted(scores, reverse=True)


async def test_the_columns_of_a_board_are_chosen_and_remembered(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z", "c", "space", "j", "space", "G", "k", "space", "enter")
        head = screen_lines(app)[2]
        assert "tier" not in head
        assert "account" in head
        assert "owner" in head
        assert "S. Okafor" in screen_text(app)
    kept = Path(paths.drafts()).parent / "columns.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        assert screen_lines(app)[2] == head
    kept.write_text("{[", encoding="utf-8")
    assert remembered.columns() == {}
    kept.write_text(json.dumps({"Accounts": "x"}), encoding="utf-8")
    assert remembered.columns() == {}


async def test_what_is_copied_is_plain_text_and_is_never_said_to_be_copied_when_it_may_not_be(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from csm_tui.tui import clipboard

    got: list[str] = []

    def takes(text: str) -> str:
        got.append(text)
        return "xclip"

    monkeypatch.setattr(clipboard, "by_tool", takes)
    monkeypatch.setenv("TERM", "xterm-256color")
    shell(demo, "account", "edit", "contoso", "--name", "Con\x1b[31mtoso\tRetail")
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "v", "v", "y")
        await app.workers.wait_for_complete()
        lines = got[0].split("\n")
        assert len(lines) == 2
        assert lines[0].split("\t")[:2] == ["Con\ufffd[31mtoso Retail", "white-glove"]
        assert toasts(app)[-1] == "Copied: 2 rows (by xclip)."
        monkeypatch.setattr(clipboard, "by_tool", lambda _text: "")
        await press(pilot, "escape", "y")
        await app.workers.wait_for_complete()
        assert toasts(app)[-1].startswith("Sent to the terminal")
        assert app.clipboard
        monkeypatch.setenv("TERM", "dumb")
        await press(pilot, "y")
        await app.workers.wait_for_complete()
        assert toasts(app)[-1].startswith("Not copied")
