"""Group F: a book against a model of it, undo of everything, and guards that are taken out."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from csm_tui.store import connection
from csm_tui.store.checkup import OK, PROBLEM, findings
from tests.conftest import TODAY, rounds
from tests.faults import spoil
from tests.faults.guards.f_model import less
from tests.faults.matrix import Tally

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
@pytest.mark.parametrize("name", SOME[: rounds(len(SOME))])
def test_without_its_guard_a_row_turns_red(tally: Tally, name: str) -> None:
    env = {**os.environ, spoil.ASKED: name, "CSM_FAULTS": "", "CSM_ALL_ROUNDS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-x", spoil.GUARDS[name].test]
    ran = subprocess.run(command, env=env, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=300)
    tally.tried += 1
    if ran.returncode != pytest.ExitCode.TESTS_FAILED or "AssertionError" not in ran.stdout:
        tally.lost.append(f"{name}: {ran.stdout[-400:]}")
