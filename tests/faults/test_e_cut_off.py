"""An import is taken whole or not at all, once however often it is taken, and one undo takes it back exactly."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Csm
from tests.conftest import rounds
from tests.faults.hostile_book import fill
from tests.faults.matrix import Tally
from tests.faults.program import FIRST
from tests.faults.shell import rows
from tests.store.test_every_action import dump

CUT = """
import os, signal, sys
from csm_tui.cli.main import main
from csm_tui.store.writing_light import LightWriting
left = [int(sys.argv[1])]
for verb in ("add", "change"):
    def dying(self, *given, real=getattr(LightWriting, verb), **values):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, *given, **values)
    setattr(LightWriting, verb, dying)
sys.exit(main(["import", *sys.argv[2:]]))
"""
FULL = """
import resource, sys
size = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
from csm_tui.cli.main import main
sys.exit(main(["import", *sys.argv[2:]]))
"""


@pytest.fixture
def filled(book: str) -> str:
    """A book with some accounts, that were not imported."""
    fill(book, ("Northwind", "Acme"))
    return book


@pytest.fixture
def large(tmp_path: Path) -> str:
    """A list whose import is larger than what SQLite keeps in memory, so that much of it is on the disk early."""
    path = tmp_path / "large.csv"
    lines = [f"C{at},Customer {at},c{at}.com,2027-01-31,{'x' * 900}" for at in range(2500)]
    path.write_text("\n".join(["ID,Name,Website,Renewal,Owner", *lines, ""]))
    return str(path)


def cut(script: str, at: int, book: str, path: str) -> subprocess.CompletedProcess[str]:
    """An import that is cut off at some point."""
    command = [sys.executable, "-c", FIRST + script, str(at), "--db", book, path]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.fault("E4")
def test_a_kill_in_the_middle_leaves_the_book_as_it_was(tally: Tally, filled: str, large: str) -> None:
    before = dump(filled)
    for at in (1, 2, 4000, 5000, 10, 500, 2500, 2501, 4999)[: rounds(9, 4)]:
        died = cut(CUT, at, filled, large)
        tally.tried += 1
        assert died.returncode == -signal.SIGKILL, died.stderr
        if dump(filled) != before or rows(filled, "PRAGMA integrity_check") != [("ok",)]:
            tally.lost.append(f"it is half done after row {at}")


@pytest.mark.fault("E4")
def test_a_full_disk_in_the_middle_leaves_the_book_as_it_was(tally: Tally, filled: str, large: str) -> None:
    before = dump(filled)
    for size in (1_500_000, 700_000, 1_000_000, 2_000_000, 3_000_000)[: rounds(5, 5)]:
        ran = cut(FULL, size, filled, large)
        tally.tried += 1
        if ran.returncode != 1 or "Traceback" in ran.stderr or "nothing was changed" not in ran.stderr:
            tally.crashed.append(f"{size}: {ran.returncode} {ran.stderr[-200:]}")
        if dump(filled) != before:
            tally.lost.append(f"it is half done at {size} bytes")


LIST = "ID,Name,Website,ARR,Renewal,Tier,Pulse,Last call,Champion\n" + "".join(
    f"X{at},Customer {at},c{at}.com,{at}000,2027-02-0{1 + at % 9},enterprise,4,2026-11-02,Ada {at}\n"
    for at in range(30)
)


@pytest.mark.fault("E4")
def test_taken_twice_it_adds_nothing_and_one_row_that_changed_is_one_change(
    tally: Tally, filled: str, csm: Csm, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    before = dump(filled)
    for wanted, undone in (((30, 0, 0), True), ((30, 0, 0), False), ((0, 0, 30), False)):
        told = csm("import", str(path), "--json").json
        if (told["new"], told["changed"], told["unchanged"]) != wanted:
            tally.lost.append(f"{told['new']} new, {told['changed']} changed")
        if undone:
            assert csm("undo", "--yes").code == 0
            if dump(filled) != before:
                tally.lost.append("the undo left something behind")
    taken = dump(filled)
    path.write_text(LIST.replace("X7,Customer 7,c7.com,7000", "X7,Customer 7,c7.com,7777"))
    told = csm("import", str(path), "--json").json
    assert (told["new"], told["changed"], told["unchanged"]) == (0, 1, 29)
    assert rows(filled, "SELECT arr_cents FROM account WHERE name = 'Customer 7'") == [(777700,)]
    assert csm("undo", "--yes").code == 0
    if dump(filled) != taken:
        tally.lost.append("the undo of a change left something behind")
