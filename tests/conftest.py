"""What every test shares: a pinned day, an empty book, its own environment, and how many rounds to run."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.blank import empty_book
from tests.ends import Starts, secret_book, starts

TODAY = date(2026, 11, 21)
"""A Saturday: the day of the worked cases in rules.md."""

IN_FULL = bool(os.environ.get("CSM_ALL_ROUNDS"))
"""Whether all rounds are run, with other cases each time and on an idle machine. What runs with every change is never
red by chance: it tries the same cases each time, and waits as long as a busy machine may take.
"""
settings.register_profile(
    "csm",
    deadline=None,
    derandomize=not IN_FULL,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no fault of a law
)
settings.load_profile("csm")

MEMORY = Path("/dev/shm")
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**30:
    # Books are made where a commit need not wait for a disk: no test here pulls the plug.
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def rounds(most: int, part: int = 10) -> int:
    """So many rounds when CSM_ALL_ROUNDS is set, else a tenth or another part of them, and at least one."""
    return most if IN_FULL else max(1, most // part)


@contextmanager
def soon(seconds: int = 60) -> Iterator[None]:
    """What hangs fails."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def pytest_collection_finish() -> None:
    """What has been imported stays: looking through all of it for garbage again and again took a third of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True)
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the machine, nor writes outside its own folder."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "CSM_DB", "CSM_TODAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # else every start compiles what it loads
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DATA", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))


@pytest.fixture
def book(tmp_path: Path) -> str:
    """The path of an empty book."""
    path = str(tmp_path / "book.db")
    empty_book(path)
    return path


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """A book with a customer whose name must not get out, and a promise that is late."""
    return secret_book(str(tmp_path / "book.db"))


@pytest.fixture
def start(secret: str) -> Iterator[Starts]:
    """Start the program, perhaps spoilt, in a terminal of its own."""
    yield from starts(secret)
