"""Group F: a book against a model of it, undo of everything, and guards that are taken out."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from csm_tui.store import connection
from csm_tui.store.checkup import OK, PROBLEM, findings
from tests.conftest import TODAY, rounds
from tests.faults import spoil
from tests.faults.guards.f_model import less
from tests.faults.matrix import ROWS, Tally

ROOT = Path(__file__).parents[2]
WITHOUT = {"D3": "it reads the code, and runs no program that a guard could be taken out of"}
"""Rows that can have no guard, and why."""

WRITER = {"foreign_keys": 1, "busy_timeout": 5000, "synchronous": 3, "cell_size_check": 1}
READER = {"foreign_keys": 1, "busy_timeout": 5000, "query_only": 1, "trusted_schema": 0}


@pytest.mark.fault("F4")
@pytest.mark.parametrize(("write", "wanted"), [(True, WRITER), (False, READER)])
def test_every_connection_is_made_with_its_guards(tally: Tally, book: str, write: bool, wanted: dict[str, int]) -> None:
    made = connection.opened(book, 5, write=write)
    for pragma, value in wanted.items():
        tally.tried += 1
        if made.execute(f"PRAGMA {pragma}").fetchone()[0] != value:
            tally.lost.append(pragma)
    tally.tried += 1
    if made.isolation_level is not None:
        tally.lost.append("Python begins transactions by itself")
    made.close()


@pytest.mark.fault("F4")
def test_doctor_says_which_guard_a_connection_could_not_have(
    tally: Tally, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> tuple[str, str]:
        return next((one.state, one.told) for one in findings(book, TODAY) if one.check == "connections")

    agree = connection._agree
    assert told()[0] == OK
    for pragma in {**connection.WRITER, **connection.READER}:
        monkeypatch.setattr(connection, "_agree", partial(less, agree, pragma))
        tally.tried += 1
        state, words = told()
        if state != PROBLEM or pragma not in words:
            tally.lost.append(f"{pragma}: {words}")


SOME = sorted(spoil.GUARDS)


@pytest.mark.slow
@pytest.mark.fault("F6")
@pytest.mark.parametrize("name", SOME[:: 1 if rounds(10) > 1 else 20])
def test_without_its_guard_a_row_turns_red(tally: Tally, name: str) -> None:
    env = {**os.environ, spoil.ASKED: name, "CSM_FAULTS": "", "CSM_ALL_ROUNDS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-x", spoil.GUARDS[name].test]
    ran = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=300)
    tally.tried += 1
    if ran.returncode != pytest.ExitCode.TESTS_FAILED or spoil.GUARDS[name].red not in ran.stdout:
        tally.lost.append(f"{name}: {ran.stdout[-400:]}")


def row_in(marks: Iterable[ast.expr]) -> str:
    """The row that is named among marks; nothing, where none is."""
    return next((row for mark in marks for row in re.findall(r"pytest\.mark\.fault\('(\w+)'\)", ast.unparse(mark))), "")


def rows_of(path: Path) -> Iterator[tuple[str, str]]:
    """The tests of a file, and the row with which each is marked, or else the whole file."""
    code = ast.parse(path.read_text(encoding="utf-8")).body
    whole = row_in(
        one.value for one in code if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "pytestmark"
    )
    for one in code:
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_"):
            yield f"{path.relative_to(ROOT)}::{one.name}", row_in(one.decorator_list) or whole


@pytest.mark.fault("F6")
def test_each_row_that_can_have_a_guard_has_one(tally: Tally) -> None:
    """A row of groups A to E that is tried, and whose test nobody has seen fail, proves nothing."""
    row_of = dict(pair for path in sorted(ROOT.glob("tests/faults/test_*.py")) for pair in rows_of(path))
    guarded = {row_of.get(guard.test.partition("[")[0], guard.test) for guard in spoil.GUARDS.values()}
    tally.lost += [f"a guard names no test of a row: {one}" for one in sorted(guarded - set(ROWS))]
    for row in sorted(set(row_of.values()) - {""}):
        tally.tried += 1
        if row[0] in "ABCDE" and row not in guarded | set(WITHOUT):
            tally.lost.append(f"{row} has no guard")
    tally.figures["guards"] = len(spoil.GUARDS)
