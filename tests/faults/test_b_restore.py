"""Row B7: a restore leaves old or new at every moment, and is undone by the file it kept."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from csm_tui import placing
from csm_tui.store import backup
from csm_tui.store.connection import Unreadable
from csm_tui.tui.start import open_workspace
from tests.cli.conftest import Csm
from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.store.deeds import DEEDS
from tests.store.test_backup import around, whole
from tests.store.test_every_action import do, dump, full, full_once

__all__ = ["full", "full_once"]

CRASHED = """
import os, signal, sys
from csm_tui.store.connection import opened
crashing = opened(sys.argv[1], 1, write=True)
crashing.execute("PRAGMA cache_size=1")
crashing.execute("BEGIN IMMEDIATE")
crashing.execute("DELETE FROM touchpoint")
for number in range(400):
    crashing.execute("INSERT INTO account (name, added_on) VALUES (?, '2026-01-01')", (f"{number}" * 50,))
os.kill(os.getpid(), signal.SIGKILL)
"""
KILLED = """
import os, signal, sys
from tests.faults import spoil
from csm_tui import placing
from csm_tui.store import backup
path, source, when = sys.argv[1], sys.argv[2], int(sys.argv[3])
seen = [0]
ours = (backup.__file__, placing.__file__)

def each_line(frame, event, argument):
    if frame.f_code.co_filename in ours:
        if event == "line":
            seen[0] += 1
            if seen[0] == when:
                os.kill(os.getpid(), signal.SIGKILL)
        return each_line

spoil.take_out(os.environ.get(spoil.ASKED, ""))
sys.settrace(each_line)
backup.restore(path, source)
sys.settrace(None)
print(seen[0])
"""


def crash_while_writing(path: str) -> None:
    """Leave a journal that SQLite will play back, and a book that is half of each without it."""
    subprocess.run([sys.executable, "-c", CRASHED, path], timeout=60)
    assert Path(f"{path}-journal").exists()


@pytest.mark.fault("B7")
def test_every_kept_backup_comes_back_and_every_restore_can_be_undone(tally: Tally, full: str) -> None:
    told = {}
    for name in ("edit an account", "log all there is", "churn an account"):
        told[backup.back_up(full)] = dump(full)
        do(full, DEEDS[name])
    for source, wanted in told.items():
        before = dump(full)
        kept = backup.restore(full, source)
        tally.tried += 1
        if dump(full) != wanted or dump(source) != wanted:
            tally.lost.append("a backup did not come back as it was")
        if kept is None or dump(kept) != before or not Path(kept).name.startswith("before-restore-2"):
            tally.lost.append("the book as it was is not kept under a dated name")
            continue
        again = backup.restore(full, kept)
        if dump(full) != before or again is None or dump(again) != wanted:
            tally.lost.append("the restore could not be undone")
    left = [name for name in around(full) if "/" not in name]
    tally.lost += [f"left beside the book: {name}" for name in left if name.removesuffix(".backups") != Path(full).name]


@pytest.mark.fault("B7")
@pytest.mark.parametrize("gone", [False, True])
def test_a_stale_journal_is_never_played_into_the_restored_book(tally: Tally, full: str, gone: bool) -> None:
    before, saved = dump(full), backup.back_up(full)
    do(saved, DEEDS["log all there is"])
    wanted = dump(saved)
    crash_while_writing(full)
    if gone:
        Path(full).unlink()
    kept = backup.restore(full, saved)
    tally.tried += 1
    if Path(f"{full}-journal").exists() or dump(full) != wanted or not whole(full):
        tally.lost.append("the journal of the old book lies beside the new one")
    if kept is not None and dump(kept) != before:
        tally.lost.append("the kept book is not as it was before the write that was cut off")


@pytest.mark.fault("B7")
def test_there_is_a_book_at_every_line_of_a_restore(tally: Tally, full: str) -> None:
    saved = backup.back_up(full)

    def each_line(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename not in (backup.__file__, placing.__file__):
            return None
        tally.tried += 1
        if not Path(full).exists():
            tally.lost.append(f"there is no book at line {frame.f_lineno}")
        return each_line

    before = sys.gettrace()
    sys.settrace(each_line)
    try:
        backup.restore(full, saved)
    finally:
        sys.settrace(before)
    assert tally.tried > 30


def restoring(path: str, source: str, when: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, path, source, str(when)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.slow
@pytest.mark.fault("B7")
@pytest.mark.parametrize("crashed", [False, True], ids=["after a quiet day", "after a crash"])
def test_a_kill_at_any_line_of_a_restore_leaves_old_or_new_and_the_next_restore_works(
    tally: Tally, full: str, tmp_path: Path, crashed: bool
) -> None:
    saved = backup.back_up(full)
    do(full, DEEDS["churn an account"])
    old, new = dump(full), dump(saved)
    if crashed:
        crash_while_writing(full)
    ends = {end: tmp_path / f"old{end}" for end in ("", "-journal") if Path(full + end).exists()}
    for end, copy in ends.items():
        shutil.copy(full + end, copy)
    ran = restoring(full, saved, 0)
    assert ran.returncode == 0, ran.stderr
    lines = int(ran.stdout)
    assert lines > 30
    seen: set[bool] = set()
    for when in range(1, lines + 1, max(1, lines // rounds(lines))):
        for end, copy in ends.items():
            shutil.copy(copy, full + end)
        assert restoring(full, saved, when).returncode == -signal.SIGKILL
        tally.tried += 1
        found = dump(full)
        if found not in (old, new) or not whole(full):
            tally.lost.append(f"neither old nor new after a kill at step {when}")
        seen.add(found == new)
        backup.restore(full, saved)
        if dump(full) != new or Path(f"{full}-journal").exists():
            tally.lost.append(f"the restore after a kill at step {when} did not come right")
    assert seen == {False, True}


@pytest.mark.fault("B7")
@pytest.mark.parametrize("line", ["today", "accounts", "log north call", "account add New", "recover north", "doctor"])
def test_a_book_that_is_gone_is_missed_and_never_begun_anew_while_there_are_backups(
    tally: Tally, full: str, csm: Csm, line: str
) -> None:
    newest = backup.back_up(full)
    Path(full).unlink()
    ran = csm("--db", full, *line.split())
    tally.tried += 1
    said = " ".join((ran.out + ran.err).split())
    if Path(full).exists() or ran.code != 1:
        tally.lost.append(f"{line}: an empty book stands where there was one")
    if "is not there, but there is 1 backup of it: `csm restore`" not in said or newest not in said:
        tally.crashed.append(f"{line}: it is not said what brings it back")
    if csm("--db", full, "restore").code or csm("--db", full, "accounts").code:
        tally.lost.append("it was not brought back")


@pytest.mark.fault("B7")
def test_the_workspace_misses_a_book_too(tally: Tally, full: str) -> None:
    backup.back_up(full)
    Path(full).unlink()
    tally.tried += 1
    with pytest.raises(Unreadable, match="is not there, but there is 1 backup of it"):
        open_workspace(full)
    if Path(full).exists():
        tally.lost.append("an empty book stands where there was one")
