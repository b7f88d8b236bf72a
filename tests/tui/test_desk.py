"""The desk tells what a deed changed, whoever else has looked at the book meanwhile."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from csm_tui.actions.accounts import AddAccount, add_account
from csm_tui.store import migrate
from csm_tui.tui.desk import Answer, Desk, Done, News

TODAY = date(2026, 11, 21)


def test_a_deed_that_the_watch_heard_of_first_still_says_what_it_changed(tmp_path: Path) -> None:
    path = str(tmp_path / "book.db")
    migrate.ready(path)
    heard: list[Answer | Done | News] = []
    desk = Desk(path, TODAY, heard.append)
    desk.do(add_account, AddAccount("Acme", {}), light=True, then=desk.changed_elsewhere)
    while not desk.idle:
        time.sleep(0.01)
    desk.close()
    done = next(what for what in heard if isinstance(what, Done))
    assert done.error is None
    assert "account" in done.changed
