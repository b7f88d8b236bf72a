"""Group C, the workspace and the shell on the same words: who writes second is told, and sees what the first wrote."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from textual.pilot import Pilot

from csm_tui.tui.app import CsmApp
from csm_tui.tui.forms.entries import Entry
from csm_tui.tui.forms.form import Form
from csm_tui.tui.forms.move_step import MoveStepForm
from csm_tui.tui.screens.recovery import RecoveryScreen
from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.tui.conftest import DAY, first_account, kinds, press, rows, screen_text, settle, until

__all__ = ["kinds"]

LOOP = """
import contextlib, io, json, sys
from csm_tui.cli.main import main
for line in sys.stdin:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
        code = main(json.loads(line))
    print(json.dumps([code, said.getvalue()]), flush=True)
"""


class Shell:
    """Another csm, in a process of its own that is warm already."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._process = subprocess.Popen(
            [sys.executable, "-c", LOOP], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, *arguments: str) -> None:
        """One command line, which must do what it says."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(["--db", self._path, *arguments]), file=self._process.stdin, flush=True)
        code, said = json.loads(self._process.stdout.readline())
        assert code == 0, said

    def end(self) -> None:
        """Let it go."""
        self._process.communicate(timeout=60)


@pytest.fixture
def other(kinds: str) -> Iterator[Shell]:
    shell = Shell(kinds)
    shell("recover", "northwind", "--signal", "usage", "--evidence", "half")
    yield shell
    shell.end()


class Edit(NamedTuple):
    """A form: on which part of the account it opens, its key, a field, how the shell sets it, where it stands."""

    part: str
    row: str
    key: str
    field: str
    command: tuple[str, ...]
    sql: str


EDITS = {
    "account": Edit("contract", "", "e", "notes", ("account", "edit", "northwind", "--notes"),
                    "SELECT notes FROM account WHERE id = 1"),
    "contact": Edit("people", "person-1", "e", "notes", ("contact", "edit", "northwind", "jon", "--notes"),
                    "SELECT notes FROM contact WHERE id = 1"),
    "touchpoint": Edit("timeline", "touch-1", "e", "summary", ("touchpoint", "edit", "t1", "--summary"),
                       "SELECT summary FROM touchpoint WHERE id = 1"),
    "promise": Edit("due", "item-p1", "e", "what", ("promise", "edit", "p1", "--what"),
                    "SELECT what FROM promise WHERE id = 1"),
    "step": Edit("", "", "i", "notes", ("recover", "northwind", "--step", "1", "--note"),
                 "SELECT notes FROM step WHERE n = 1 AND plan_id = (SELECT plan_id FROM risk)"),
}  # fmt: skip


async def opened(pilot: Pilot[int], edit: Edit) -> None:
    """The screen from which the form opens, with the cursor where it opens it."""
    app = pilot.app
    await first_account(pilot)
    if not edit.part:
        await press(pilot, "r")
        assert isinstance(app.screen, RecoveryScreen)
        return
    part = app.screen.query_one(f"#part-{edit.part}")
    part.focus()
    await settle(pilot)
    if edit.row:
        part.select(edit.row)  # type: ignore[attr-defined]


async def both(pilot: Pilot[int], edit: Edit, shell: Shell, path: str, number: int) -> list[str]:
    """One round: the form is open, the shell writes, the form saves. What was overwritten in silence, if anything."""
    app, mine, theirs, found = pilot.app, f"mine {number}", f"theirs {number}", []
    assert isinstance(app, CsmApp)
    await press(pilot, edit.key)
    form = app.screen
    assert isinstance(form, Form)
    entry = next(one for one in form._entries() if one.field.name == edit.field)
    setattr(entry, "text" if hasattr(entry, "text") else "value", mine)
    await settle(pilot)
    heard = number % 8 == 0  # else the watch may hear of it after this has looked, and before the key
    app._watch._changed = app.desk.changed_elsewhere if heard else lambda: None
    shell(*edit.command, theirs)
    if heard:
        await until(pilot, lambda: theirs in screen_text(app))
    told = theirs in screen_text(app)
    await press(pilot, "ctrl+s")
    if app.screen is form:
        if theirs not in str(rows(path, edit.sql)):
            found.append(f"round {number}: written over before it was told")
        told = theirs in screen_text(app) and mine in screen_text(app) and "Changed elsewhere" in screen_text(app)
        await press(pilot, "ctrl+s")
    if not told:
        found.append(f"round {number}: nobody was told")
    if rows(path, edit.sql) != [(mine,)] or app.screen is form:
        found.append(f"round {number}: what was saved is not there")
    return found


@pytest.mark.slow
@pytest.mark.fault("C2")
async def test_who_writes_second_is_told_and_sees_both(tally: Tally, kinds: str, other: Shell) -> None:
    app, each = CsmApp(kinds, DAY), rounds(40, 40)
    async with app.run_test(size=(132, 44)) as pilot:
        for edit in EDITS.values():
            await opened(pilot, edit)
            for number in range(each, 0, -1):
                tally.tried += 1
                tally.lost += await both(pilot, edit, other, kinds, number)
            while len(app.screen_stack) > 1:
                await press(pilot, "escape")


@pytest.mark.fault("C2")
async def test_what_nobody_else_touched_is_saved_beside_what_they_wrote(tally: Tally, kinds: str, other: Shell) -> None:
    """The field that was not typed in takes over what the shell wrote; the list behind follows within two seconds."""
    app, slowest = CsmApp(kinds, DAY), 0.0
    async with app.run_test(size=(132, 44)) as pilot:
        await opened(pilot, EDITS["contact"])
        for number in range(rounds(10)):
            tally.tried += 1
            await press(pilot, "e")
            form = app.screen
            assert isinstance(form, Form)
            next(one for one in form._entries() if one.field.name == "notes").text = f"mine {number}"
            other("contact", "edit", "northwind", "jon", "--title", f"title {number}")
            await press(pilot, "ctrl+s")
            if rows(kinds, "SELECT notes, title FROM contact WHERE id = 1") != [(f"mine {number}", f"title {number}")]:
                tally.lost.append(f"round {number}")
            other("contact", "edit", "northwind", "jon", "--title", f"chief {number}")
            started = time.perf_counter()
            await until(pilot, lambda title=f"chief {number}": title in screen_text(app))  # type: ignore[misc]
            slowest = max(slowest, time.perf_counter() - started)
    tally.figures["s until the list shows it, at most"] = round(slowest, 2)


@pytest.mark.fault("C2")
async def test_a_draft_that_is_older_than_what_the_book_says_shows_both(tally: Tally, kinds: str, other: Shell) -> None:
    app, edit = CsmApp(kinds, DAY), EDITS["contact"]
    async with app.run_test(size=(132, 44)) as pilot:
        await opened(pilot, edit)
        await press(pilot, "e")
        form = app.screen
        assert isinstance(form, Form)
        next(one for one in form._entries() if one.field.name == "notes").text = "mine"
        await settle(pilot)
        await press(pilot, "escape")
        other(*edit.command, "theirs")
        await press(pilot, "e")
        tally.tried += 1
        shown = screen_text(app)
        if not all(word in shown for word in ("mine", "theirs", "Changed elsewhere")):
            tally.lost.append("the draft hides what the book says by now")
        await press(pilot, "ctrl+s")
        if rows(kinds, edit.sql) != [("mine",)]:
            tally.lost.append("the draft was not saved")


async def moved_by_both(pilot: Pilot[int], other: Shell, path: str, item: str, sql: str) -> list[str]:
    """A day is asked for, the shell gives another, ours is saved. What went wrong, if anything."""
    app, found = pilot.app, []
    assert isinstance(app, CsmApp)
    app.workspace.panes[0].select(item)
    await press(pilot, "m")
    asked = app.screen
    other("move", item, "2026-12-01")
    await press(pilot, "enter", *(["enter"] if isinstance(asked, MoveStepForm) else []))
    if rows(path, sql) != [("2026-12-01",)] or app.screen is not asked:
        found.append(f"{item} was moved over before that was told")
    if "oved elsewhere in the meantime" not in screen_text(app):
        found.append(f"{item}: nobody was told")
    await press(pilot, "enter")
    if rows(path, sql) == [("2026-12-01",)] or app.screen is asked:
        found.append(f"{item} cannot be moved once it was told")
    return found


@pytest.mark.slow
@pytest.mark.fault("C2")
async def test_who_moves_what_another_moved_is_told_and_may_move_it_then(
    tally: Tally, kinds: str, other: Shell
) -> None:
    days = {
        "k1": "SELECT due_on FROM step WHERE n = 1",
        "p1": "SELECT due_on FROM promise WHERE id = 1",
        "t2": "SELECT day FROM touchpoint WHERE id = 2",
    }
    app = CsmApp(kinds, DAY)
    async with app.run_test(size=(132, 44)) as pilot:
        await settle(pilot)
        app._watch.stop()  # it may hear of the other day before the key, and then the form says so by itself
        for item, sql in days.items():
            tally.tried += 1
            tally.lost += await moved_by_both(pilot, other, kinds, item, sql)


@pytest.mark.fault("C2")
async def test_who_gives_or_waits_with_a_step_that_another_gave_is_told(tally: Tally, kinds: str, other: Shell) -> None:
    app, sql = CsmApp(kinds, DAY), "SELECT owner, waiting_on FROM step WHERE n = 1"
    async with app.run_test(size=(132, 44)) as pilot:
        await opened(pilot, EDITS["step"])
        await press(pilot, "O")
        other("recover", "northwind", "--step", "1", "--owner", "support")
        await press(pilot, *"exec", "enter")
        await press(pilot, "W")
        app.screen.query(Entry).first().value = "us"
        other("recover", "northwind", "--step", "1", "--wait", "them")
        await press(pilot, "enter")
        tally.tried += 2
        if rows(kinds, sql) != [
            ("support", "them")
        ] or "Changed elsewhere in the meantime: waits on" not in screen_text(app):
            tally.lost.append("what another gave or waits for was written over before that was told")
        await press(pilot, "enter")
        if rows(kinds, sql) != [("support", "us")]:
            tally.lost.append("it cannot wait on anybody once that was told")
