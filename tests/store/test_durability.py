"""What was said to be saved is there beside any number of writers, and whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import rounds
from tests.store.test_every_action import filled, rows

pytestmark = pytest.mark.slow

LINE = "call 25m @new{0:06} @jon told {0} :) pulse:3 #value #nps >send deck {0} fri <reply {0}"
"""Each line of it: one touchpoint, two people of whom one is new, two signals, two promises, one pulse."""

THROUGH_THE_STORE = f"""
import sys
from datetime import date
from csm_tui.actions.touchpoints import LogTouchpoint, log_touchpoint
from csm_tui.domain.logline import parse
from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
path, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
today = date(2026, 11, 21)
for number in range(first, first + count):
    wanted = LogTouchpoint(1, "Northwind", parse({LINE!r}.format(number), today))
    with write_light(path, Operation(wanted.label, "child", "2026-11-21T09:00:00.000Z"), today) as writing:
        log_touchpoint(writing, wanted)
    print(number, flush=True)
"""

LOGGED = """
SELECT t.id, t.summary,
  (SELECT count(*) FROM touchpoint_contact WHERE touchpoint_id = t.id),
  (SELECT count(*) FROM touchpoint_signal WHERE touchpoint_id = t.id),
  (SELECT count(*) FROM promise WHERE touchpoint_id = t.id),
  (SELECT count(*) FROM pulse WHERE touchpoint_id = t.id),
  (SELECT count(*) FROM change WHERE table_name = 'touchpoint' AND row_id = t.id AND operation_id IS NOT NULL)
FROM touchpoint t WHERE summary LIKE 'told %' ORDER BY t.id
"""


def start(code: str, path: str, first: int, count: int) -> subprocess.Popen[str]:
    """A child that logs so many touchpoints and prints the number of each once it is committed."""
    command = [sys.executable, "-c", code, path, str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(row: tuple[Any, ...]) -> int:
    return int(str(row[1]).split()[1])


def check(path: str, committed: set[int]) -> set[int]:
    """Every committed touchpoint is there once, and what is there is whole and one operation each."""
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "SELECT count(*) FROM operation WHERE open = 1") == [(0,)]
    found = rows(path, LOGGED)
    numbers = [told(row) for row in found]
    assert len(set(numbers)) == len(numbers)
    assert committed <= set(numbers), "a committed touchpoint is lost"
    assert [row for row in found if row[2:] != (2, 2, 2, 1, 1)] == [], "half done"
    assert rows(path, "SELECT count(*) FROM operation") == [(len(found),)]
    assert rows(path, "SELECT count(*) FROM contact WHERE name LIKE 'New%'") == [(len(found),)]
    assert rows(path, "SELECT count(DISTINCT operation_id) FROM change WHERE operation_id > 0") == [(len(found),)]
    return set(numbers)


def test_eight_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    path, each = filled(str(tmp_path / "book.db")), rounds(200)
    children = [start(THROUGH_THE_STORE, path, number * each, each) for number in range(8)]
    for child in children:
        out, errors = child.communicate(timeout=300)
        assert (child.returncode, errors, len(out.split())) == (0, "", each)
    assert check(path, set(range(8 * each))) == set(range(8 * each))


def test_readers_beside_writers_see_only_whole_touchpoints(tmp_path: Path) -> None:
    path, each = filled(str(tmp_path / "book.db")), rounds(200)
    children = [start(THROUGH_THE_STORE, path, number * each, each) for number in range(2)]
    while any(child.poll() is None for child in children):
        assert [row for row in rows(path, LOGGED) if row[2:] != (2, 2, 2, 1, 1)] == []
    for child in children:
        assert child.communicate(timeout=60)[1] == ""
    assert len(check(path, set())) == 2 * each
