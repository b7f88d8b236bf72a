"""Files without an end: refused in a sentence, soon, with little memory; an import that is stopped changes nothing."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from csm_tui.exchange.given import MOST
from tests.conftest import rounds, soon
from tests.faults.matrix import Tally
from tests.faults.program import CSM
from tests.faults.shell import rows

MOST_MEMORY, MOST_SECONDS = 150_000, 20.0
"""Kilobytes, and seconds of the slowest processor."""


MEASURED = """
import resource, subprocess, sys
code, used = subprocess.call(sys.argv[1:]), resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_maxrss, used.ru_utime + used.ru_stime)
"""
"""A small program that starts another: what a child of this one uses counts what this one has used."""


def sparse(path: Path) -> str:
    with path.open("wb") as file:
        file.write(b"Name,ARR\nAcme,5\n")
        file.truncate(MOST + 1)
    return str(path)


def one_cell(path: Path) -> str:
    with path.open("wb") as file:
        file.write(b'Name,Notes\nAcme,"')
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    return str(path)


def commas(path: Path) -> str:
    path.write_bytes(b"Name,Notes\n" + b"," * 10_000_000 + b"\n")
    return str(path)


def lines(path: Path) -> str:
    path.write_bytes(b'Name,Notes\n"' + b"and on\n" * 3_000_000)
    return str(path)


def pipe(path: Path) -> str:
    """What goes on for ever, written by a thread that ends when nobody reads."""
    os.mkfifo(path)

    def write() -> None:
        try:
            with path.open("wb", buffering=0) as file:
                while True:
                    file.write(b"x" * 1_000_000)
        except BrokenPipeError:
            return

    threading.Thread(target=write, daemon=True).start()
    return str(path)


ENDLESS: dict[str, Callable[[Path], str]] = {
    "larger than said": sparse, "a device": lambda _path: "/dev/zero", "one cell": one_cell, "commas": commas,
    "an open quotation mark": lines, "a pipe": pipe,
}  # fmt: skip


@pytest.mark.fault("E3")
@pytest.mark.parametrize("what", ENDLESS)
def test_what_has_no_end_is_refused_soon_and_with_little_memory(
    tally: Tally, book: str, tmp_path: Path, what: str
) -> None:
    if what == "a pipe" and rounds(10) == 1:
        pytest.skip("a gigabyte through a pipe: in the long rounds")
    command = [sys.executable, "-c", MEASURED, *CSM, "import", ENDLESS[what](tmp_path / "endless.csv")]
    ran = subprocess.run(command, env={**os.environ, "CSM_DB": book}, capture_output=True, text=True)
    code, memory, took = map(float, ran.stdout.splitlines()[-1].split())  # before it, what an import says
    tally.tried += 1
    tally.figures[f"MB for {what}"] = round(memory / 1000)
    if code != 1 or ran.stderr.count("\n") != 1:
        tally.crashed.append(f"{code}: {ran.stderr[-200:]}")
    if memory > MOST_MEMORY:
        tally.crashed.append(f"{memory / 1000:.0f} MB")
    if took > MOST_SECONDS * (3 if what == "a pipe" else 1):
        tally.crashed.append(f"{took:.1f} s")
    if rows(book, "SELECT 1 FROM account"):
        tally.lost.append("something was written")


def hears_ctrl_c() -> None:
    """SIGINT counts in the program, even where these tests run in the background and do not hear it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.fault("E3")
def test_a_pipe_that_ends_is_read_and_one_that_nobody_fills_can_be_left(
    tally: Tally, book: str, tmp_path: Path
) -> None:
    env = {**os.environ, "CSM_DB": book}
    shell = f"{shlex.join(CSM)} import <(printf 'Name\\nAcme\\n')"
    assert subprocess.run(["bash", "-c", shell], env=env, capture_output=True).returncode == 0
    assert rows(book, "SELECT name FROM account") == [("Acme",)]
    os.mkfifo(tmp_path / "empty.csv")
    command = [*CSM, "import", str(tmp_path / "empty.csv")]
    waiting = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, preexec_fn=hears_ctrl_c)  # noqa: PLW1509
    with soon(), (tmp_path / "empty.csv").open("wb"):  # once it is being read
        waiting.send_signal(signal.SIGINT)
        tally.tried += 2
        told = waiting.communicate(timeout=60)[1]
    if waiting.returncode != 130 or b"Traceback" in told:
        tally.crashed.append(f"{waiting.returncode}: {told[-200:]!r}")


STOPPED = """
import os, signal, sys
from csm_tui.cli.main import main
from csm_tui.store.writing_light import LightWriting
add, left = LightWriting.add, [int(sys.argv[1])]
def stopped(self, table, **values):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGINT)
    return add(self, table, **values)
LightWriting.add = stopped
sys.exit(main(["import", *sys.argv[2:]]))
"""


@pytest.mark.fault("E3")
def test_ctrl_c_in_the_middle_of_an_import_leaves_nothing_half_done(tally: Tally, book: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name\n" + "".join(f"Customer {at}\n" for at in range(50)))
    for at in (1, 20, 60)[:: 1 if rounds(10) > 1 else 2]:
        command = [sys.executable, "-c", STOPPED, str(at), "--db", book, str(path)]
        ran = subprocess.run(command, capture_output=True, text=True, preexec_fn=hears_ctrl_c)
        tally.tried += 1
        if ran.returncode != (130 if at < 60 else 0) or "Traceback" in ran.stderr:
            tally.crashed.append(f"{ran.returncode}: {ran.stderr[-200:]}")
        if at < 60 and rows(book, "SELECT 1 FROM account UNION ALL SELECT 1 FROM operation"):
            tally.lost.append(f"half of it is there after {at} rows")
