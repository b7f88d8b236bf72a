"""Counts what the tests of a row tried, and takes a guard out where that is asked."""

from __future__ import annotations

import os
import time
from collections.abc import Generator

import pytest

from tests.cli.conftest import Csm
from tests.conftest import TODAY
from tests.faults import spoil
from tests.faults.matrix import ROWS, Tally
from tests.faults.shell import shell

spoil.take_out(os.environ.get(spoil.ASKED, ""))


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """The count of this test, under the row it is marked with."""
    mark = request.node.get_closest_marker("fault")
    assert mark is not None, "the test has no row"
    assert mark.args[0] in ROWS, mark.args
    return Tally(mark.args[0])


@pytest.fixture
def csm(book: str, tally: Tally, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Csm:
    """One command line on the book, on the pinned day, in this process."""
    monkeypatch.setenv("CSM_DB", book)
    monkeypatch.setenv("CSM_TODAY", TODAY.isoformat())
    return shell(tally, capsys, monkeypatch)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """A test fails by what its tally holds."""
    counted = pyfuncitem.funcargs.get("tally")
    started = time.perf_counter()
    passed = False
    try:
        result = yield
        if isinstance(counted, Tally):
            counted.check()
        passed = True
        return result
    except pytest.skip.Exception:
        counted = None
        raise
    finally:
        if isinstance(counted, Tally):
            counted.tell(passed, time.perf_counter() - started)
