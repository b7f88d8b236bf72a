"""Row B2: a read, write or wait for the disk that fails is told, loses nothing, and is never called saved."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csm_tui import clock, paths
from csm_tui.store import backup
from csm_tui.tui import drafts
from tests.cli.conftest import Csm, book_path, csm, filled
from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.faults.program import CSM
from tests.store.test_backup import whole
from tests.store.test_every_action import dump, run

__all__ = ["book_path", "csm", "filled"]

pytestmark = [pytest.mark.fault("B2"), pytest.mark.slow]

STRACE = shutil.which("strace")
SYNCS = ("fdatasync", "fsync")
CALLS = (*SYNCS, "pwrite64", "pread64", "unlink", "ftruncate")
LINES: dict[str, list[str]] = {
    "log": ["log", "northwind", "call @jon 25m told " + "x" * 9000],
    "backup": ["backup"],
    "undo": ["undo"],
    "export": ["export", "contacts", "--out", "{out}"],
    "import": ["import", "{given}"],
    "today": ["today"],
}
ASIDE = {"backup", "export"}
"""What writes files whose names nobody knows before: their reads cannot be told from those of Python itself."""

STEP = 2 if rounds(2) == 2 else 32
SURE = "nothing was changed"


def ran_with(book: str, call: str, when: int, line: list[str]) -> tuple[subprocess.CompletedProcess[str], str]:
    """A command whose n-th call of a kind on the book, its journal or their folder fails, and that call, if any."""
    folder, told = str(Path(book).parent), f"{book}.strace"
    where = [word for name in (book, f"{book}-journal", folder) for word in ("-P", name)]
    inject = ["-e", f"trace={call}", "-e", f"inject={call}:error=EIO:when={when}"]
    command = [str(STRACE), "-y", "-qq", "-o", told, *([] if line[0] in ASIDE else where), *inject, *CSM]
    ran = subprocess.run([*command, "--db", book, *line], capture_output=True, text=True, timeout=60)
    calls = Path(told).read_text(encoding="utf-8").splitlines()
    Path(told).unlink()
    return ran, next((one for one in calls if "INJECTED" in one), "")


def judge(tally: Tally, ran: subprocess.CompletedProcess[str], book: str, before: object, what: str) -> bool:
    """Whether it changed the book: what is told as saved is there, what is told as unchanged is not."""
    changed = dump(book) != before
    one = (
        ran.stderr.count("\n") == 1 or "is damaged" in ran.stderr
    )  # SQLite tells some reads so, and the way out is longer
    if ran.returncode not in {0, 1} or "Traceback" in ran.stderr or (ran.returncode and not one):
        tally.crashed.append(f"{what}: {ran.returncode}, {ran.stderr[-160:]}")
    if changed and SURE in ran.stderr.lower():
        tally.lost.append(f"{what}: it is saved, and told as unchanged")
    if not whole(book):
        tally.lost.append(f"{what}: the book is not whole")
    return changed


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
@pytest.mark.parametrize("name", list(LINES)[: rounds(6, 3)])
def test_the_nth_call_of_the_system_fails(tally: Tally, csm: Csm, filled: str, tmp_path: Path, name: str) -> None:
    given, out, book = tmp_path / "list.csv", tmp_path / "out" / "c.csv", str(tmp_path / "its" / "book.db")
    for folder in (out.parent, Path(book).parent):
        folder.mkdir()
    given.write_text("name,arr\n" + "".join(f"Account {number},{number}\n" for number in range(40)))
    run(filled, f"UPDATE kept_up SET on_day = '{clock.today()}'")
    csm("log", "acme", "call before")
    before = dump(filled)
    line = [word.format(given=given, out=out) for word in LINES[name]]
    for call in CALLS:
        if call == "pread64" and name in ASIDE:
            continue
        for when in range(1, 200, 1 if call in SYNCS else STEP):
            restock(filled, book, out)
            ran, injected = ran_with(book, call, when, line)
            if not injected:
                break
            tally.tried += 1
            what = f"{name}, {call} {when}"
            changed = judge(tally, ran, book, before, what)
            if ran.returncode == 0:
                not_as_told(tally, name, injected, what, changed=changed)
            elif name in ASIDE and (out.exists() or backup.backups(book)):
                tally.lost.append(f"{what}: a file is left that was told as failed")
            assert csm("--db", book, "today").code == 0, what
    assert tally.tried


def not_as_told(tally: Tally, name: str, injected: str, what: str, *, changed: bool) -> None:
    """What is told as saved is there, and was waited for. SQLite itself goes on when the name of a journal that it
    has just made could not be waited for: the journal is not needed any more once the change is saved.
    """
    if name in {"log", "undo", "import"} and not changed:
        tally.lost.append(f"{what}: told as saved, and not there")
    of_folder = Path(injected[injected.index("<") + 1 : injected.rindex(">")]).is_dir() if "<" in injected else False
    if "sync" in injected.partition("(")[0] and not of_folder:
        tally.lost.append(f"{what}: what was not waited for is told as saved")


def restock(source: str, book: str, out: Path) -> None:
    """The book as it was in the beginning."""
    shutil.rmtree(paths.backups(book), ignore_errors=True)
    out.unlink(missing_ok=True)
    Path(f"{book}-journal").unlink(missing_ok=True)
    shutil.copy(source, book)


def breaking(real: Callable[..., Any], counted: list[int], when: int) -> Callable[..., Any]:
    """A call of the system that fails when it is the n-th of all."""

    def broken(*given: Any, **named: Any) -> Any:
        counted[0] += 1
        if counted[0] == when:
            raise OSError(5, "Input/output error")
        return real(*given, **named)

    return broken


@pytest.mark.parametrize("name", ["backup", "restore", "export", "force"])
def test_the_nth_call_of_python_fails(tally: Tally, csm: Csm, filled: str, tmp_path: Path, name: str) -> None:
    """The same where there is no strace: what the program itself asks of the system, in whatever module."""
    out, copy = tmp_path / "out.csv", str(tmp_path / "copy.db")
    csm("backup", copy)
    csm("done", "p1")
    source = shutil.copy(filled, tmp_path / "source.db")
    line = {
        "backup": ["backup"], "restore": ["restore", copy], "export": ["export", "contacts", "--out", str(out)],
        "force": ["export", "contacts", "--out", str(out), "--force"],
    }[name]  # fmt: skip
    old, new = dump(filled), dump(copy)
    for call in ("fsync", "link", "replace"):
        for when in range(1, 20):
            restock(str(source), filled, out)
            if name == "force":
                out.write_text("theirs")
            counted = [0]
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(os, call, breaking(getattr(os, call), counted, when))
                ran = csm(*line)
            if counted[0] < when:
                break
            tally.tried += 1
            what = f"{name}, {call} {when}"
            if ran.code not in {0, 1} or (ran.code == 0 and call == "fsync") or ran.err.count("\n") > 1:
                tally.crashed.append(f"{what}: {ran.code}, {ran.err[-120:]}")
            if dump(filled) not in (old, new) or not whole(filled) or not all(map(whole, backup.backups(filled))):
                tally.lost.append(f"{what}: neither old nor new")
            if out.exists() and out.read_text(encoding="utf-8-sig")[:6] not in {"theirs", "csm ID"}:
                tally.lost.append(f"{what}: half a file")
            tally.lost += [f"{what}: {found.name} left behind" for found in tmp_path.rglob(".new-*")]
    assert tally.tried


def test_a_draft_that_was_not_waited_for_is_not_called_kept(tally: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.keep("/book.db", "log-1", "half a line")
    for call in ("fsync", "replace", "open"):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(os, call, breaking(getattr(os, call), [0], 1))
            told = drafts.keep("/book.db", "log-1", f"more {call}")
        tally.tried += 1
        if "Input/output error" not in told or drafts.kept("/book.db", "log-1") != f"more {call}":
            tally.lost.append(f"{call}: {told}")
    assert [found.name for found in Path(paths.drafts()).iterdir() if found.suffix == ".new"] == []
