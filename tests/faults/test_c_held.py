"""Group C, a writer that does not let go: the workspace goes on painting, says so in time, and loses nothing typed."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing, suppress
from typing import NamedTuple

import pytest
from textual.widgets import Input

from csm_tui.store.connection import WORKSPACE_BUSY_S
from csm_tui.tui import desk, drafts
from csm_tui.tui.app import CsmApp
from csm_tui.tui.forms.ask import Ask
from csm_tui.tui.forms.confirm import Confirm
from csm_tui.tui.forms.form import Form
from csm_tui.tui.forms.log import LogForm
from csm_tui.tui.forms.move_step import MoveStepForm
from csm_tui.tui.widgets import dialog
from csm_tui.tui.widgets.dialog import Dialog
from tests.conftest import IN_FULL
from tests.faults.matrix import Tally
from tests.tui.conftest import DAY, kinds, press, rows, screen_text, settle, shell, toasts, type_in, until

__all__ = ["kinds"]

PATIENCE_S, HELD_S = (WORKSPACE_BUSY_S, 60.0) if IN_FULL else (3.0, 4.0)
LONGEST_GAP_S = 2.0
"""Shorter than the patience of a writer. On a busy machine a thread may wait for longer: asked in full only."""

BUSY = "Another csm is writing"


async def heart(app: CsmApp, gaps: list[float], beside: list[float]) -> None:
    """How long the thread of the screen does nothing else, again and again; and beside a deed that waits."""
    while True:
        started = time.perf_counter()
        await asyncio.sleep(0.01)
        gaps.append(time.perf_counter() - started)
        if app.desk._writing:
            beside.append(gaps[-1])


@pytest.mark.slow
@pytest.mark.fault("C3")
async def test_a_writer_that_holds_the_file_holds_up_nothing_but_writing(
    tally: Tally, kinds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "WORKSPACE_BUSY_S", PATIENCE_S)
    app, gaps, beside = CsmApp(kinds, DAY), list[float](), list[float]()
    async with app.run_test(size=(132, 44)) as pilot:
        await settle(pilot)
        beating = asyncio.create_task(heart(app, gaps, beside))
        with closing(sqlite3.connect(kinds, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            started = time.perf_counter()
            await press(pilot, "2", "e")
            form = app.screen
            assert isinstance(form, Form)
            notes = next(one for one in form._entries() if one.field.name == "notes")
            notes.text = "typed while it waits"
            await pilot.press("ctrl+s")
            asked = time.perf_counter()
            await until(pilot, lambda: BUSY in screen_text(app))
            tally.figures["s until it is said"] = round(time.perf_counter() - asked, 1)
            tally.tried += 1
            if len(beside) < 3:
                tally.crashed.append("the screen stood still beside a deed that waited")
            if form.texts["notes"] != "typed while it waits" or not drafts.of_book(kinds):
                tally.lost.append("the form lost what was typed")
            await press(pilot, "escape", "l")
            assert isinstance(app.screen, LogForm)
            await type_in(pilot, "call held up")
            await pilot.press("enter")
            await until(pilot, lambda: any(BUSY in said for said in toasts(app)))
            await press(pilot, "l")
            while time.perf_counter() - started < HELD_S:
                await press(pilot, "escape", "j", "k", "l")
                await asyncio.sleep(0.05)
                tally.tried += 1
            holder.execute("ROLLBACK")
        if "call held up" not in screen_text(app):
            tally.lost.append("the draft of the log did not come back")
        await press(pilot, "enter")
        if len(rows(kinds, "SELECT 1 FROM touchpoint WHERE summary = 'held up'")) != 1:
            tally.lost.append("what was typed could not be saved afterwards")
        await press(pilot, "2", "e", "ctrl+s")
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
    if len(rows(kinds, "SELECT 1 FROM account WHERE notes = 'typed while it waits'")) != 1:
        tally.lost.append("what was typed could not be saved afterwards")
    tally.figures["ms without a paint at most"] = round(max(gaps) * 1000)
    if IN_FULL and max(gaps) > LONGEST_GAP_S:
        tally.crashed.append(f"the screen stood still for {max(gaps):.1f} s")


class Question(NamedTuple):
    """A question of few words: the keys to it, its form, and whether what was answered is in the book."""

    keys: tuple[str, ...]
    form: type[Dialog[bool]]
    text: str
    then: tuple[str, ...]
    written: str


QUESTIONS = [
    Question(("r", "m"), MoveStepForm, "17.12", ("enter", "enter"),
             "SELECT 1 FROM step WHERE n = 1 AND due_on = '2026-12-17'"),
    Question(("x",), Ask, "no need", ("enter",), "SELECT 1 FROM step WHERE reason = 'no need'"),
    Question(("escape", "2", "v", "B", *"owner", "enter", *"Kim", "enter"), Confirm, "", ("y",),
             "SELECT 1 FROM account WHERE owner = 'Kim'"),
    Question(("1", "s"), Ask, "", ("enter", *"later", "enter"), "SELECT 1 FROM snooze WHERE reason = 'later'"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.fault("C3")
async def test_a_small_question_keeps_what_was_typed_until_it_is_written(
    tally: Tally, kinds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed behind it meanwhile is meant for what comes after, and goes with the refusal."""
    monkeypatch.setattr(desk, "WORKSPACE_BUSY_S", 0.3)
    monkeypatch.setattr(dialog, "LONG_S", 0.01)
    shell(kinds, "recover", "northwind", "--signal", "usage", "--evidence", "half")
    app = CsmApp(kinds, DAY)
    async with app.run_test(size=(132, 44)) as pilot:
        await settle(pilot)
        app.workspace.panes[0].select("p1")
        for question in QUESTIONS:
            await press(pilot, *question.keys)
            asked = app.screen
            assert isinstance(asked, question.form)
            for entry in asked.query(Input):
                entry.value = question.text or entry.value
            with closing(sqlite3.connect(kinds, isolation_level=None)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                await press(pilot, *question.then[:-1])
                usual = asked.query_one(".dialog").border_subtitle
                await pilot.press(question.then[-1], "j", "j")
                await until(pilot, lambda: dialog.WAITING in screen_text(app))
                await until(pilot, lambda: BUSY in screen_text(app))
                holder.execute("ROLLBACK")
            tally.tried += 1
            if asked.query_one(".dialog").border_subtitle != usual:
                tally.crashed.append(f"{question.form.__name__} says that it waits when it does not")
            if app.screen is not asked or rows(kinds, question.written) or "jj" in screen_text(app):
                tally.lost.append(f"{question.form.__name__} went before it was written, or took up what came after")
                return
            await press(pilot, question.then[-1])
            if len(rows(kinds, question.written)) != 1 or app.screen is asked:
                tally.lost.append(f"what {question.form.__name__} held could not be saved afterwards")
                return
