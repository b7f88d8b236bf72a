"""The desk tells what a deed changed, whoever else has looked at the book meanwhile."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from csm_tui.actions.accounts import AddAccount, add_account
from csm_tui.keeping_up import FEW
from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
from csm_tui.tui import sweeping
from csm_tui.tui.copier import Copier
from csm_tui.tui.desk import Desk
from csm_tui.tui.handed import Answer, Done, News
from tests.blank import empty_book

TODAY = date(2026, 11, 21)


def test_a_deed_that_the_watch_heard_of_first_still_says_what_it_changed(tmp_path: Path) -> None:
    path = str(tmp_path / "book.db")
    empty_book(path)
    heard: list[Answer | Done | News] = []
    desk = Desk(path, TODAY, heard.append)
    desk.do(add_account, AddAccount("Acme", {}), light=True, then=desk.changed_elsewhere)
    while not desk.idle:
        time.sleep(0.01)
    desk.close()
    done = next(what for what in heard if isinstance(what, Done))
    assert done.error is None
    assert "account" in done.changed


def test_what_the_user_writes_goes_before_what_the_rules_have_still_to_open(tmp_path: Path) -> None:
    path = str(tmp_path / "book.db")
    empty_book(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for number in range(3 * FEW):
            connection.execute(
                "INSERT INTO account (name, added_on, started_on) VALUES (?, '2026-11-01', '2026-11-21')",
                (str(number),),
            )
    heard: list[Answer | Done | News] = []
    desk, both = Desk(path, TODAY, heard.append), threading.Event()
    desk._writer.submit(both.wait)
    desk.keep_up()
    desk.do(add_account, AddAccount("Acme", {"started_on": "2026-11-21"}), light=True)
    both.set()
    while not desk.idle:
        time.sleep(0.01)
    desk.close()
    assert [type(what) for what in heard] == [Done, News, News]  # the second is of the account that came meanwhile
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(DISTINCT account_id), count(*) FROM plan").fetchall() == [
            (3 * FEW + 1, 3 * FEW + 1)
        ]
        by_rule, by_hand = (
            connection.execute("SELECT max(id) FROM change WHERE operation_id = ?", (one,)).fetchone() for one in (1, 2)
        )
    assert by_hand < by_rule


def test_what_others_write_while_the_rules_are_asked_is_told_though_they_open_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = empty_book(str(tmp_path / "book.db"))
    heard: list[Answer | Done | News] = []
    desk = Desk(path, TODAY, heard.append)

    def asked(*_: object) -> Iterator[None]:
        with write_light(path, Operation("Add Acme", "shell", "2026-11-21T09:00:00.000Z"), TODAY) as writing:
            add_account(writing, AddAccount("Acme", {}))
        desk.changed_elsewhere()
        assert heard == []
        yield from ()

    monkeypatch.setattr(sweeping, "in_parts", asked)
    desk.keep_up()
    while not desk.idle:
        time.sleep(0.01)
    desk.close()
    (news,) = heard
    assert isinstance(news, News)
    assert "account" in news.changed


def test_a_desk_that_is_closed_writes_no_further_part(tmp_path: Path) -> None:
    path = str(tmp_path / "book.db")
    empty_book(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for number in range(6 * FEW):
            connection.execute(
                "INSERT INTO account (name, added_on, started_on) VALUES (?, '2026-11-01', '2026-11-21')",
                (str(number),),
            )
    heard: list[Answer | Done | News] = []
    desk = Desk(path, TODAY, heard.append)

    def until_somebody_leaves() -> None:
        while not desk._closing:
            time.sleep(0.001)

    desk.later(until_somebody_leaves)
    desk.keep_up()
    desk.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM plan").fetchone()[0] < 6 * FEW
        assert connection.execute("SELECT count(*) FROM kept_up WHERE on_day = '2026-11-21'").fetchone() == (0,)


def test_the_backup_of_the_day_is_not_begun_once_somebody_has_left(tmp_path: Path) -> None:
    """The time for it may come while the workspace is being taken down."""
    heard: list[Answer] = []
    copier = Copier(empty_book(str(tmp_path / "book.db")), heard.append)
    copier.end()
    copier.begin()
    assert heard == []
