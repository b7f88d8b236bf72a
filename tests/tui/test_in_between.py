"""What another csm changes, or what fails, between a look and the key that follows it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from textual import events

from csm_tui.domain.errors import Refusal
from csm_tui.store import migrate
from csm_tui.tui.app import Delivered
from csm_tui.tui.copier import Copier
from csm_tui.tui.desk import EVERYTHING
from csm_tui.tui.forms.line_input import LineInput
from csm_tui.tui.handed import Answer, News
from csm_tui.views.account import account_context
from tests.tui.conftest import DAY, PATIENCE_S, press, rows, screen_text, settle, toasts, workspace


async def test_a_step_that_is_gone_is_told_and_ends_nothing(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=(132, 36), notifications=True) as pilot:
        await settle(pilot)
        app._watch.stop()
        pane = app.workspace.panes[0]
        pane.select(next(row.key for row in pane.rows if row.key.startswith("k")))
        await settle(pilot)
        chosen = app.chosen()
        assert chosen is not None
        assert chosen.item is not None
        with closing(sqlite3.connect(demo)) as connection, connection:
            connection.execute("DELETE FROM step WHERE id = ?", (chosen.item.row_id,))
        app.action_give_step()
        await settle(pilot)
        assert "It is gone by now." in toasts(app)


async def test_what_was_typed_for_a_form_stays_when_something_else_is_refused(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        gate, answer = threading.Event(), app.desk._answer

        def slow(slot: str, view: Any, wanted: tuple[Any, ...]) -> Answer:
            if slot.startswith("then-"):
                gate.wait(PATIENCE_S)
            return answer(slot, view, wanted)

        app.desk._answer = slow  # type: ignore[method-assign]
        chosen = app.chosen()
        assert chosen is not None
        app.ask_for_form(lambda data: app._log_form(data, "", ""), account_context, chosen.account_id)
        for letter in "cal":
            app.post_message(events.Key(letter, letter))
        await pilot.pause(0.05)
        app._deliver(Answer("totals", error=Refusal("Another csm is writing.")))
        await pilot.pause(0.05)
        app.post_message(events.Key("l", "l"))
        gate.set()
        await settle(pilot)
        assert app.screen.query_one(LineInput).text == "call"


async def test_what_was_held_back_for_a_form_comes_before_what_came_meanwhile(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "l")
        app._ahead = tuple(events.Key(letter, letter) for letter in "call")
        for letter in " hi":
            app.post_message(events.Key("space" if letter == " " else letter, letter))
        await app._type()
        await settle(pilot)
        assert app.screen.query_one(LineInput).text == "call hi"


@pytest.mark.parametrize("keys", [("2",), ("2", "enter")])
async def test_what_is_read_while_the_program_ends_is_let_go(
    demo: str, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = workspace(demo)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        slot = getattr(app.screen, "slot", "")
        await app.screen.query("TopBar, Context").remove()
        with monkeypatch.context() as ending:
            ending.setattr(app, "_running", False)
            read = Answer(f"{slot}-totals" if slot else "totals"), Answer("context"), News(EVERYTHING, DAY)
            for answer in (*read, Answer(app.workspace.panes[0].slot, error=Refusal("Another csm is writing."))):
                app.on_delivered(Delivered(answer))
        assert toasts(app) == []


async def test_at_midnight_no_backup_is_begun_of_a_book_that_is_only_read(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    monkeypatch.setattr(Copier, "begin", lambda _copier: begun.append(1))
    app = workspace(demo)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        for only_read, times in (("This book is only read.", 0), ("", 1)):
            app.desk.only_read = only_read
            app._news(News(EVERYTHING, DAY + timedelta(days=1), new_day=True))
            await settle(pilot)
            assert len(begun) == times
        await press(pilot, "j")


def test_nobody_who_leaves_waits_for_a_book_that_another_holds(demo: str) -> None:
    migrate.ready(demo)
    told: list[Answer] = []
    with closing(sqlite3.connect(demo, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        copier = Copier(demo, told.append)
        copier.begin()
        leaving = threading.Thread(target=copier.end, daemon=True)
        leaving.start()
        leaving.join(PATIENCE_S)
        assert not leaving.is_alive()


@pytest.mark.parametrize("keys", [("enter",), ("down", "enter")])
async def test_what_is_added_goes_to_the_account_that_was_asked_about(demo: str, keys: tuple[str, ...]) -> None:
    app = workspace(demo)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        chosen = app.chosen()
        assert chosen is not None
        await press(pilot, "a")
        pane = app.workspace.panes[1]
        pane.select(next(row.key for row in pane.rows if row.key not in {"", str(chosen.account_id)}))
        await settle(pilot)
        await press(pilot, *keys)
        assert chosen.account in screen_text(app)
        await press(pilot, *"call hi", "ctrl+s" if len(keys) > 1 else "enter")
        table = "promise" if len(keys) > 1 else "touchpoint"
    assert rows(demo, f"SELECT account_id FROM {table} ORDER BY id DESC LIMIT 1") == [(chosen.account_id,)]
