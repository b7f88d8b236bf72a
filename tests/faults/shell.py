"""One command line on the book of a test, in its own process, and what it came to."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from csm_tui.cli.main import main
from tests.cli.conftest import Csm, Ran
from tests.faults.matrix import Tally
from tests.hostile import CONTROL


def shell(tally: Tally, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Csm:
    """A function that runs a command line; each is counted, and what it writes may not steer a terminal."""

    def run(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        tally.tried += 1
        ran = Ran(main(list(arguments)), *capsys.readouterr())
        steering = [stream for stream in (ran.out, ran.err) if CONTROL.search(stream.replace("\n", ""))]
        if steering and arguments[0] != "export":  # a pipe gets what is stored, letter for letter
            tally.injected.append(f"csm {arguments[0]} writes {CONTROL.findall(steering[0])[:3]!a}")
        if "Traceback" in ran.err:
            tally.crashed.append(f"csm {arguments[0]}: {ran.err[-200:]!a}")
        return ran

    return run


def rows(path: str, sql: str) -> list[tuple[Any, ...]]:
    """What stands in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()
