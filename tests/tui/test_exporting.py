"""X writes what the list shows, and nothing else, into a file whose name is offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from csm_tui.exchange.exporters import csv_file
from csm_tui.tui.forms.ask import Ask
from tests.tui.conftest import press, screen_text, settle, toasts, workspace


async def test_it_writes_the_rows_that_are_shown_to_the_name_that_is_offered(
    demo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    app = workspace(demo)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "slash", *"blue", "enter", "X")
        assert isinstance(app.screen, Ask)
        await press(pilot, "enter")
        written = folder / "accounts-2026-11-21.csv"
        assert "Wrote 1 row to" in toasts(app)[-1]
        with written.open(encoding="utf-8", newline="") as stream:
            header, row = csv_file.read(stream)
        assert header[:2] == ["account", "tier"]
        assert row[:2] == ["Blue Yonder Airlines", "white-glove"]
        assert written.stat().st_mode & 0o777 == 0o600
        before = written.read_bytes()
        await press(pilot, "X", "enter")
        assert "is there already" in screen_text(app)
        await press(pilot, "escape")
        assert written.read_bytes() == before
        for pane, title in (("1", "today"), ("4", "cadence")):
            await press(pilot, "escape", pane, "X", "enter")
            assert len((folder / f"{title}-2026-11-21.csv").read_text(encoding="utf-8").splitlines()) > 2


async def test_a_list_that_shows_nothing_says_so(empty: str) -> None:
    app = workspace(empty)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "X")
        assert "nothing that could be exported" in toasts(app)[-1]
