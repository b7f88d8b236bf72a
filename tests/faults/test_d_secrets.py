"""A customer's name stays in the book, its backups and drafts, and in the file that was asked for: nowhere else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.faults.matrix import Tally
from tests.faults.program import CSM, FIRST
from tests.terminal import Terminal

CANARY = "Kanarienvogel 7F3A"
PARTS = tuple(text.encode() for text in (CANARY, "Geheimnis 9C21"))
BROKEN = """
import csm_tui.store.journal as journal
def boom(reading, limit):
    name = reading.row('SELECT name FROM account')[0]
    raise ValueError(f'{name} cannot be')
journal.history = boom
from csm_tui.cli.main import run
run()
"""
COMMANDS = (
    ("account", "add", CANARY, "--start", "2026-01-01"), ("log", "kanarien", "call Geheimnis 9C21 >send it fri"),
    ("import", "list.csv"), ("today", "--all"), ("recover", CANARY, "--signal", "usage"), ("brief", f"{CANARY} two"),
    ("history",), ("undo", "--yes"), ("backup",), ("export", "accounts", "--out", "out.csv"),
    ("export", "book", "--out", "book.json"), ("doctor",), ("settings",), ("paths",), ("accounts", "--json"),
    ("accounts", "nobody"), ("since",),
)  # fmt: skip
LIST = f"Name,ARR,Renewal\n{CANARY} two,5,2027-01-01\n{CANARY} three,lots,2027-01-01\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where everything goes that the program writes: the folders of the user, and that for temporary files."""
    for name in ("home", "tmp", "asked"):
        (tmp_path / name).mkdir()
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    """The folders, and nothing that says where the book is."""
    folders = {f"XDG_{name}_HOME": str(home / "home" / name.lower()) for name in ("DATA", "STATE", "CONFIG", "CACHE")}
    return {**os.environ, **folders, "HOME": str(home / "home"), "TMPDIR": str(home / "tmp"), "CSM_TODAY": str(TODAY)}


def told_by(home: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """One command."""
    return subprocess.run(
        [*CSM, *arguments],
        env=environment(home),
        cwd=home / "asked",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )


def places(home: Path) -> list[Path]:
    """Every file that holds a part of what is secret."""
    return [
        path for path in home.rglob("*")
        if path.is_file() and any(part in path.read_bytes() for part in PARTS)
    ]  # fmt: skip


def allowed(path: Path, home: Path) -> bool:
    """The book, backups, drafts and what was asked for."""
    inside = path.relative_to(home).parts
    return inside[0] == "asked" or path.suffix == ".db" or "backups" in inside or "drafts" in inside


def open_to_others(found: list[Path]) -> list[str]:
    """Files that others than their owner may read, but for the list that she made herself."""
    mine = [path for path in found if path.name != "list.csv"]
    return [f"{path.name} may be read by others" for path in mine if stat.S_IMODE(path.stat().st_mode) & 0o077]


@pytest.mark.fault("D8")
def test_the_name_of_a_customer_is_found_where_it_belongs_and_nowhere_else(tally: Tally, home: Path) -> None:
    (home / "asked" / "list.csv").write_text(LIST)
    for arguments in COMMANDS:
        told = told_by(home, *arguments)
        tally.tried += 1
        if told.returncode not in {0, 1} or b"Traceback" in told.stderr:
            tally.crashed.append(f"{arguments[0]}: {told.returncode} {told.stderr[-200:]!r}")
        if arguments[0] in {"doctor", "settings", "paths"} and any(part in told.stdout + told.stderr for part in PARTS):
            tally.injected.append(f"csm {arguments[0]} names a customer")
    found = places(home)
    assert len(found) > 4
    tally.injected += [str(path.relative_to(home)) for path in found if not allowed(path, home)]
    tally.injected += open_to_others(found)
    tally.figures["files that hold it"] = len(found)


@pytest.mark.fault("D8")
@pytest.mark.parametrize("ends", ["killed", "broken", "left"])
def test_a_workspace_leaves_it_in_no_title_report_or_temporary_file(tally: Tally, home: Path, ends: str) -> None:
    assert told_by(home, "account", "add", CANARY, "--start", "2026-01-01").returncode == 0
    terminal = Terminal([sys.executable, "-c", FIRST + BROKEN] if ends == "broken" else CSM, environment(home))
    try:
        terminal.shows("check-in")
        terminal.type("l")
        terminal.shows("Log a touchpoint")
        terminal.type("call Geheimnis 9C21")
        terminal.read(0.4)
        title = b"".join(
            (Path("/proc") / str(terminal.process.pid) / name).read_bytes() for name in ("cmdline", "environ", "comm")
        )
        tally.tried += 1
        if any(part in title for part in PARTS):
            tally.injected.append("the process is called so")
        terminal.type("\x1b")
        terminal.shows("Kept as a draft")
        terminal.type({"killed": "", "broken": "H", "left": "q"}[ends])
        if ends == "killed":
            terminal.process.kill()
        terminal.status()
        if ends != "killed" and any(part in terminal.after().encode() for part in PARTS):
            tally.injected.append("the last words name it")
    finally:
        terminal.close()
    tally.injected += [str(path.relative_to(home)) for path in places(home) if not allowed(path, home)]
    tally.injected += open_to_others(places(home))
