"""The backup that the workspace makes once a day: one, whole, in nobody's way; and what kills left aside is swept."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.store import backup, daily
from csm_tui.store.daily import Daily
from csm_tui.tui import app as tui_app
from csm_tui.tui.app import CsmApp
from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.faults.test_b_backups import FIRST, WRITER, Clock, backups, faults_of, hand, names
from tests.tui.conftest import DAY, kinds, press, rows, settle, toasts, until

__all__ = ["hand", "kinds"]


def filled(path: str) -> str:
    """A book with an account."""
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO account (name, tier, added_on) VALUES ('a 0', 'high-touch', '2026-11-21')")
    connection.close()
    return path


@pytest.mark.fault("B8")
def test_one_backup_a_day_is_made_of_what_there_is(tally: Tally, book: str, hand: Clock) -> None:
    made = []
    folder = Path(paths.backups(book))
    if Daily().back_up(book) or folder.exists():
        tally.lost.append("an empty book was backed up")
    filled(book)
    for day in range(3):
        hand.at = FIRST.replace(day=21 + day)
        made += [Daily().back_up(book) for _ in range(2)]
        tally.tried += 2
    if [found is None for found in made] != [False, True] * 3 or len(backups(folder)) != 3:
        tally.lost.append(f"on three days {len(backups(folder))} were made")
    newest = Path(backup.backups(book)[0])
    newest.write_bytes(newest.read_bytes()[:4096])
    tally.tried += 1
    if Daily().back_up(book) is None:
        tally.lost.append("one that was cut since stands for the backup of the day")


@pytest.mark.slow
@pytest.mark.fault("B6")
def test_a_copy_made_little_by_little_while_two_write_is_a_committed_state(
    tally: Tally, book: str, hand: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily, "PAGES", 20)
    command = [sys.executable, "-c", WRITER.replace("0.003", "0.05"), book]
    writers = [subprocess.Popen([*command, who], stdout=subprocess.PIPE) for who in ("a", "b")]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"writing\n"
        for day in range(rounds(20, 4)):
            hand.at = FIRST.replace(year=2027 + day)
            made = Daily().back_up(book)
            tally.tried += 1
            tally.lost += ["none was made"] if made is None else faults_of(made)
        tally.lost += ["a writer was refused" for writer in writers if writer.poll() is not None]
    finally:
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate(timeout=60)


@pytest.mark.fault("B6")
@pytest.mark.parametrize("after", [0, 1, 7])
def test_a_copy_that_is_given_up_leaves_nothing(
    tally: Tally, book: str, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(daily, "PAGES", 1)
    filled(book)
    one, go_on = Daily(), Daily._go_on
    left = after

    def leave_soon(self: Daily, *pages: object) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            self.give_up()
        go_on(self, *pages)

    monkeypatch.setattr(Daily, "_go_on", leave_soon)
    if not after:
        one.give_up()
    tally.tried += 1
    if one.back_up(book) is not None or any(names(folder) for folder in [Path(paths.backups(book))] if folder.exists()):
        tally.lost.append("a copy that was given up is there")


@pytest.mark.fault("B1")
async def test_the_workspace_makes_it_and_says_once_why_it_cannot(
    tally: Tally, kinds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tui_app, "QUIET_S", 0.01)
    folder = Path(paths.backups(kinds))
    folder.write_text("no folder")
    app = CsmApp(kinds, DAY)
    async with app.run_test(size=(132, 44)) as pilot:
        await settle(pilot)
        await until(pilot, lambda: any("There is no backup of today yet" in said for said in toasts(app)))
        app.workspace.panes[0].select("p1")
        await press(pilot, "d")
        tally.tried += 1
        if rows(kinds, "SELECT state FROM promise WHERE id = 1") != [("kept",)]:
            tally.lost.append("nothing could be done where no backup can be made")
    folder.unlink()
    app = CsmApp(kinds, DAY)
    async with app.run_test(size=(132, 44)) as pilot:
        await until(pilot, lambda: bool(backup.backups(kinds)))
        tally.tried += 1


def left_behind(folder: Path, name: str, days: float) -> Path:
    """A file as a kill leaves it, so many days old."""
    path = folder / name
    path.write_bytes(b"half a book")
    then = path.stat().st_mtime - days * 24 * 60 * 60
    os.utime(path, (then, then))
    return path


@pytest.mark.fault("B6")
def test_what_a_kill_left_aside_is_swept_by_the_next_backup_and_restore(tally: Tally, book: str) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    made = backup.back_up(book)
    for folder in (Path(made).parent, Path(book).parent):
        swept = [left_behind(folder, f".new-{gone.pid}-abcd12_{end}", 2) for end in ("x.db", "x.db-journal")]
        swept.append(left_behind(folder, ".new-abcd12_x.db", 2))
        kept = [
            left_behind(folder, f".new-{gone.pid}-abcd12_y.db", 0.5),
            left_behind(folder, f".new-{os.getpid()}-abcd12_x.db", 2),
            left_behind(folder, ".new-ideas.db", 2),
            left_behind(folder, ".new-abcd12_x.txt", 2),
        ]
        if folder == Path(made).parent:
            backup.back_up(book)
        else:
            backup.restore(book, made)
        tally.tried += 2
        tally.lost += [f"{path.name} is gone" for path in kept if not path.exists()]
        tally.lost += [f"{path.name} is still there" for path in swept if path.exists()]
