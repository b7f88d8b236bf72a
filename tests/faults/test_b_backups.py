"""Rows B6 and B8: a backup made while others write is whole and a committed state; rotation keeps the right ones."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from csm_tui import clock, paths
from csm_tui.store import backup, rotation
from csm_tui.store.connection import BookFile
from csm_tui.store.rotation import DAYS, LAST, MONTHS, WEEKS, made_on
from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.store.test_every_action import rows

FIRST = datetime(2026, 11, 21, 9, 15, tzinfo=UTC)
WRITER = """
import sys, time
from datetime import date
from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
path, who = sys.argv[1:]
for number in range(1_000_000):
    with write_light(path, Operation("Work", who, "2026-11-21T09:00:00.000Z"), date(2026, 11, 21)) as writing:
        account = writing.add("account", name=f"{who} {number}", added_on="2026-11-21", notes="x" * (number % 2000))
        writing.add("contact", account_id=account, name=f"{who} {number}")
    if number == 0:
        print("writing", flush=True)
    time.sleep(0.003)
"""
"""Each operation adds an account and its contact: a book with one of the two is no committed state."""

HALF = """
SELECT (SELECT count(*) FROM account) != (SELECT count(*) FROM contact),
  (SELECT count(*) FROM account) != (SELECT count(*) FROM operation),
  (SELECT count(*) FROM operation WHERE open = 1),
  (SELECT count(*) FROM account a LEFT JOIN contact c ON c.account_id = a.id AND c.name = a.name WHERE c.id IS NULL)
"""
GAPS = """
SELECT count(*) FROM (SELECT substr(name, 1, 1) AS who, count(*) AS held, max(cast(substr(name, 3) AS INTEGER)) + 1 AS made
  FROM account GROUP BY who) WHERE held != made
"""  # noqa: E501


def names(folder: Path) -> set[str]:
    return {found.name for found in folder.iterdir()}


def backups(folder: Path) -> set[str]:
    return {name for name in names(folder) if rotation.is_backup(name)}


def faults_of(copy: str) -> list[str]:
    """What is wrong with a copy of the book that two write."""
    found = []
    if rows(copy, "PRAGMA integrity_check") != [("ok",)] or rows(copy, "PRAGMA foreign_key_check"):
        found.append("a copy is not whole")
    if rows(copy, HALF) != [(0, 0, 0, 0)] or rows(copy, GAPS) != [(0,)]:
        found.append("a copy is no committed state")
    if stat.S_IMODE(Path(copy).stat().st_mode) != 0o600:
        found.append("a copy is open to others")
    return found


@pytest.mark.slow
@pytest.mark.fault("B6")
def test_a_backup_while_two_write_is_whole_and_a_committed_state(tally: Tally, book: str) -> None:
    command = [sys.executable, "-c", WRITER, book]
    writers = [subprocess.Popen([*command, who], stdout=subprocess.PIPE) for who in ("a", "b")]
    seen = set[int]()
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"writing\n"
        number = 0
        while number < rounds(100, 20) or (len(seen) == 1 and number < 1000):  # a busy machine may let nobody write
            number += 1
            copy = f"{book}.{number}"
            backup.copy(book, copy)
            tally.tried += 1
            tally.lost += faults_of(copy)
            seen.add(rows(copy, "SELECT count(*) FROM account")[0][0])
            Path(copy).unlink()
    finally:
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate(timeout=60)
    tally.figures["states seen"] = len(seen)
    assert len(seen) > 1, "nobody wrote meanwhile"
    tally.lost += [f"left behind: {left}" for left in names(Path(book).parent) if ".new-" in left]


@pytest.mark.fault("B6")
def test_a_backup_is_on_the_disk_before_it_has_its_name_and_its_name_after(
    tally: Tally, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written aside, waited for, named, and the folder waited for: in this order, as a power cut would ask."""
    steps: list[str] = []
    folder, sync, link = Path(paths.backups(book)), os.fsync, os.link

    def synced(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def linked(source: str, target: str) -> None:
        assert backups(folder) == set()
        steps.append("name")
        link(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "link", linked)
    backup.back_up(book)
    tally.tried += 1
    if steps != ["file", "name", "folder"]:
        tally.lost.append(f"a backup was made in the order {steps}")


@pytest.mark.slow
@pytest.mark.fault("B6")
def test_a_book_with_a_torn_page_is_never_copied_as_if_it_were_whole(tally: Tally, book: str) -> None:
    content = Path(book).read_bytes()
    pages = len(content) // 4096
    for page in range(2, pages, pages // rounds(pages)):
        Path(book).write_bytes(content[: page * 4096] + b"\xff" * 4096 + content[(page + 1) * 4096 :])
        tally.tried += 1
        with suppress(BookFile):
            backup.back_up(book)
            tally.lost.append(f"page {page} is torn, and was copied as if it were whole")
    tally.lost += [f"{kept} counts" for kept in backup.backups(book)]


def named(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%S}000Z.db"


def moments(days: int, seed: int) -> list[datetime]:
    """The moments of backups on so many days, none to three a day; in order, some days without any."""
    rng = random.Random(seed)
    made = []
    for day in range(days):
        made += sorted(FIRST + timedelta(days=day, minutes=rng.randrange(600)) for _ in range(rng.choice([0, 1, 1, 3])))
    return sorted({*made, FIRST + timedelta(days=days)})


def expected(made: list[str]) -> set[str]:
    """Those that must be there of all that were ever made: the rule said once more, day by day."""
    kept = set(made[-LAST:])
    days = sorted({made_on(name) for name in made})[-DAYS:]
    weeks = sorted({monday(made_on(name)) for name in made})[-WEEKS:]
    months = sorted({made_on(name).replace(day=1) for name in made})[-MONTHS:]
    for name, later in zip(made, [*made[1:], ""], strict=True):
        day, after = made_on(name), made_on(later) if later else date.max
        last_of_day, last_of_week = day != after, not later or monday(day) != monday(after)
        last_of_month = day.replace(day=1) != after.replace(day=1)
        if (last_of_day and day in days) or (last_of_week and monday(day) in weeks):
            kept.add(name)
        if last_of_month and day.replace(day=1) in months:
            kept.add(name)
    return kept


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.mark.fault("B8")
@pytest.mark.parametrize("seed", range(3))
def test_the_last_and_one_a_day_a_week_a_month_are_kept_for_400_days(tally: Tally, seed: int) -> None:
    made: list[str] = []
    kept: set[str] = set()
    for number, at in enumerate(moments(400, seed)):
        made.append(named(at))
        kept = rotation.survivors({*kept, named(at)})
        tally.tried += 1
        if number % 20 == 0 and kept != expected(made):
            tally.lost.append(f"{len(kept ^ expected(made))} others than the rule says after {len(made)} backups")
    assert len(kept) > LAST + DAYS


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = FIRST

    def moment(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M:%S}.000Z"


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The program's clock, in our hand."""
    made = Clock()
    monkeypatch.setattr(clock, "moment", made.moment)
    return made


def spoilt(path: Path, how: int) -> None:
    """A copy that is no good any more: cut, empty, some text, a foreign file, a folder of that name."""
    content = path.read_bytes()
    path.unlink()
    if how == 4:
        path.mkdir()
    else:
        path.write_bytes([content[:-4096], b"", b"name,arr\n", bytes(len(content))][how])


@pytest.mark.slow
@pytest.mark.fault("B8")
def test_what_is_no_good_pushes_no_good_one_out(tally: Tally, book: str, hand: Clock) -> None:
    """Real backups on a folder in which every fourth is spoilt later: the good ones are kept as if they were alone."""
    folder, rng, good, bad = Path(paths.backups(book)), random.Random(8), set[str](), set[str]()
    for number, hand.at in enumerate(moments(rounds(400), 1)):
        made = Path(backup.back_up(book))
        good = rotation.survivors({*good, made.name})
        there = backups(folder)
        tally.tried += 1
        tally.lost += [f"a good one of day {number} is gone" for _ in good - there]
        tally.lost += [f"one too many of day {number}" for _ in there - good - bad]
        tally.lost += [f"a spoilt one of day {number} was thrown away" for _ in bad - there]
        if number % 4 == 3:
            found = rng.choice(sorted(good & there))
            spoilt(folder / found, rng.randrange(5))
            good, bad = good - {found}, bad | {found}
    assert bad


@pytest.mark.fault("B8")
def test_what_a_wrong_clock_dated_in_the_future_pushes_nothing_out(tally: Tally, book: str, hand: Clock) -> None:
    folder = Path(paths.backups(book))
    hand.at = FIRST.replace(year=2038)
    for _ in range(8):
        hand.at += timedelta(days=1)
        backup.back_up(book)
    future = names(folder)
    hand.at, good = FIRST, set[str]()
    for _ in range(8):
        hand.at += timedelta(days=1)
        good = rotation.survivors({*good, Path(backup.back_up(book)).name})
        tally.tried += 1
        if names(folder) != good | future:
            tally.lost.append("a good one is gone, or one too many there")


@pytest.mark.fault("B8")
def test_what_a_restore_put_aside_is_kept_for_ever(tally: Tally, book: str, hand: Clock) -> None:
    aside = backup.restore(book, backup.back_up(book))
    for _ in range(8):
        hand.at += timedelta(days=1)
        backup.back_up(book)
        tally.tried += 1
    assert aside is not None
    if not Path(aside).exists():
        tally.lost.append("what a restore put aside")
    assert aside not in backup.backups(book)
