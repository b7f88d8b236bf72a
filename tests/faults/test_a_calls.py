"""Group A: a command of the shell killed at each system call that changes a file is whole or not done at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from csm_tui.domain.errors import Refusal
from csm_tui.store import backup, migrate
from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.faults.program import CSM
from tests.faults.test_b_restore import crash_while_writing
from tests.faults.whole import torn, wrongs
from tests.store.deeds import DEEDS
from tests.store.test_every_action import Dump, do, dump, filled
from tests.store.test_migrate import old

CALLS = "pwrite64,fdatasync,fsync,ftruncate,unlink,link,rename,mkdir,chmod,write"
PAGES = 8
"""Of the writes of pages, which are many and alike, one in so many is tried."""
ACCOUNTS = "Account Name,ARR\nNorthwind,52000\n" + "".join(f"New {number},{number}00\n" for number in range(12))

strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


class Job(NamedTuple):
    """A command on a book, and how the book comes about."""

    prepare: Callable[[str], object]
    arguments: tuple[str, ...]


def _done(path: str) -> None:
    do(filled(path), DEEDS["log all there is"])


def _saved(path: str) -> None:
    backup.copy(filled(path), f"{path}.saved")
    do(path, DEEDS["churn an account"])


def _crashed(path: str) -> None:
    _saved(path)
    crash_while_writing(path)


JOBS = {
    "log": Job(filled, ("log", "northwind", "call @jon fine :) >send it fri")),
    "undo": Job(_done, ("undo",)),
    "import": Job(filled, ("import", "accounts.csv")),
    "migration": Job(lambda path: old(path, 1), ("today",)),
    "backup": Job(filled, ("backup",)),
    "restore": Job(_saved, ("restore", "book.db.saved")),
    "restore over a crash": Job(_crashed, ("restore", "book.db.saved")),
}


def run(folder: Path, arguments: tuple[str, ...], *strace: str) -> int:
    """Run csm on the book of a folder, perhaps under strace; its status."""
    env = {**os.environ, "CSM_DB": str(folder / "book.db"), "CSM_TODAY": "2026-11-21", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([*strace, *CSM, *arguments], cwd=folder, env=env, capture_output=True, timeout=60).returncode


def state(folder: Path) -> Dump:
    """What the book holds for the next command."""
    migrate.ready(str(folder / "book.db"))
    return dump(str(folder / "book.db"))


def moments(folder: Path, job: Job) -> list[tuple[str, int]]:
    """Each call that changes something, and which of its kind it is; the folder is as it is afterwards."""
    told = folder.parent / "told"
    assert run(folder, job.arguments, "strace", "-f", "-qq", "-o", str(told), "-e", f"trace={CALLS}") == 0
    seen: Counter[str] = Counter()
    found = []
    for line in told.read_text(encoding="utf-8", errors="replace").splitlines():
        call = line.split(None, 1)[1].partition("(")[0]
        seen[call] += 1
        if call != "pwrite64" or seen[call] % PAGES == 1:
            found.append((call, seen[call]))
    return found


@strace
@pytest.mark.slow
@pytest.mark.fault("A2")
@pytest.mark.parametrize("name", list(JOBS)[: rounds(len(JOBS), 3)])
def test_a_kill_at_any_system_call_leaves_the_book_old_or_new(tally: Tally, tmp_path: Path, name: str) -> None:
    job, start, new, here = JOBS[name], tmp_path / "start", tmp_path / "new", tmp_path / "here"
    start.mkdir(mode=0o700)
    (start / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    job.prepare(str(start / "book.db"))
    before, told = state(_copy(start, here)), moments(_copy(start, new), job)
    states = {"old": before, "new": state(new)}
    for call, which in told[:: max(1, len(told) // rounds(len(told), 40))]:
        kill = f"inject={call}:signal=SIGKILL:when={which}"
        status = run(_copy(start, here), job.arguments, "strace", "-f", "-qq", "-o", os.devnull, "-e", kill)
        assert status == -signal.SIGKILL, (call, which, status)
        tally.tried += 1
        tally.lost += [f"{name}, {call} {which}: {wrong}" for wrong in found(here, states)]


def _copy(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    return shutil.copytree(source, target)


def found(folder: Path, states: Mapping[str, Dump]) -> list[str]:
    """What is wrong with the book and the backups, as the next command finds them."""
    path = str(folder / "book.db")
    kept = [wrong for copy in backup.backups(path) for wrong in torn(copy)]
    neither = [] if state(folder) in states.values() else ["neither the old book nor the new one"]
    return [*kept, *neither, *wrongs(path), *_unwritable(path)]


def _unwritable(path: str) -> list[str]:
    try:
        do(path, DEEDS["log a promise alone"])
    except Refusal as refusal:
        return [f"it is refused: {str(refusal).replace(path, 'the book')}"]
    return []
