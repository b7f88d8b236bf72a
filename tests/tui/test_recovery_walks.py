"""Each signal is walked in the workspace from its mark to its close, and leaves what the shell leaves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from csm_tui.cli.main import main
from csm_tui.domain.touchpoints import Signal
from csm_tui.tui.widgets.picker import Picker
from csm_tui.tui.widgets.rows import Rows
from tests.cli.conftest import Csm, Ran
from tests.cli.test_recover import walk_through
from tests.conftest import rounds
from tests.recoveries import WALKS, Deed, Walk, open_step
from tests.recoveries import rows as left
from tests.tui.conftest import press, rows, settle, toasts, workspace
from tests.tui.test_recovery import NARROW, book, mark, paste

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from csm_tui.tui.app import CsmApp

NEXT, BEFORE = "right_square_bracket", "left_square_bracket"


@pytest.fixture
def csm(capsys: pytest.CaptureFixture[str]) -> Csm:
    """The shell beside the workspace."""

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(list(arguments))
        return Ran(code, *capsys.readouterr())

    return run


async def to_step(pilot: Pilot[int], path: str, code: str) -> None:
    """The cursor on the open step of a code."""
    steps = cast("Rows", pilot.app.screen.query_one("#steps"))
    keys = [row.key for row in steps.rows if row.key]
    far = keys.index(f"step-{open_step(path, code)[0]}") - keys.index(steps.key)
    await pilot.press(*[NEXT if far > 0 else BEFORE] * abs(far))
    await settle(pilot)


async def work(pilot: Pilot[int], deed: Deed, walk: Walk, path: str) -> None:
    """A deed of a walk, with the keys that do it."""
    if deed.step and deed.what != "milestone":
        await to_step(pilot, path, deed.step)
    if deed.what == "confirm":
        await press(pilot, "K")
    elif deed.what == "tick":
        await press(pilot, "enter", "home", *["j"] * (int(deed.text) - 1), "space", "shift+tab")
    elif deed.what == "done":
        await press(pilot, "d")
    elif deed.what == "milestone":
        await a_milestone(pilot, path, deed.step)
    else:
        await typed(pilot, deed)


async def typed(pilot: Pilot[int], deed: Deed) -> None:
    """A deed for which something is typed."""
    key = {"note": "i", "log": "l", "wait": "W", "move": "m", "skip": "x", "prove": "t"}.get(deed.what, "!")
    await press(pilot, "exclamation_mark" if key == "!" else key)
    if deed.what == "move":
        await press(pilot, "ctrl+u")
    await paste(pilot, deed.text, "ctrl+s" if deed.what == "note" else "enter")
    if deed.what in {"move", "escalate"}:  # alone, and without a word about what would end it
        await press(pilot, "enter")


async def a_milestone(pilot: Pilot[int], path: str, code: str) -> None:
    """From the walk to Today, where the milestone is due, and back."""
    app = cast("CsmApp", pilot.app)
    await press(pilot, "escape", "1")
    app.workspace.panes[0].select(f"k{open_step(path, code)[0]}")
    await press(pilot, "d", "2", "r")


async def close(pilot: Pilot[int], walk: Walk) -> None:
    """Close as the walk closes."""
    await press(pilot, "C")
    await paste(pilot, walk.how, "enter")
    if isinstance(pilot.app.screen, Picker):
        await paste(pilot, walk.because, "enter")


@pytest.mark.slow
@pytest.mark.parametrize("signal", list(WALKS)[:: 1 if rounds(10) > 1 else 3])
async def test_each_signal_walked_here_leaves_what_the_shell_leaves(
    csm: Csm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signal: Signal
) -> None:
    walk = WALKS[signal]
    here, there = (book(tmp_path / name, walk, monkeypatch) for name in ("here.db", "there.db"))
    app = workspace(here)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await mark(pilot, signal, walk.evidence)
        for deed in walk.deeds:
            if deed is walk.deeds[-1]:
                await close(pilot, walk)
                assert f"cannot be closed as {walk.how} yet" in toasts(app)[-1]
            await work(pilot, deed, walk, here)
        await close(pilot, walk)
        assert app.screen is app.workspace
        assert toasts(app)[-1].endswith("look for a relapse on 7 Dec 2026 · u undoes")
    monkeypatch.setenv("CSM_DB", there)
    walk_through(csm, walk, there)
    assert left(here) == left(there)
    assert journal(here) == journal(there)


def journal(path: str) -> list[tuple[object, ...]]:
    """Every change with its images, which tell what was written by which operation, but not from where."""
    return rows(path, "SELECT table_name, row_id, before, after FROM change ORDER BY id")
