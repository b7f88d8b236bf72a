"""A book that is not there yet, a terminal on it, and the shell beside it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import CSM, Terminal

DAY = "2026-11-21"
Shell = Callable[..., str]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the book will be, on the pinned day."""
    path = tmp_path / "book.db"
    monkeypatch.setenv("CSM_DB", str(path))
    monkeypatch.setenv("CSM_TODAY", DAY)
    return path


@pytest.fixture
def shell(book: Path) -> Shell:
    """Run a command line of csm as a shell does, and hand over what it prints; a refusal fails the test."""

    def run(*arguments: str) -> str:
        ran = subprocess.run([CSM, *arguments], capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return run


def found(shell: Shell, *arguments: str) -> Any:
    """The data that a command prints for scripts."""
    return json.loads(shell(*arguments, "--json"))


@pytest.fixture
def terminal(book: Path) -> Iterator[Terminal]:
    """The workspace on the book."""
    started = Terminal([CSM], {"CSM_DB": str(book), "CSM_TODAY": DAY})
    yield started
    started.close()
