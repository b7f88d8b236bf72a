"""What the tests of the shell share: `csm` as a function on a book of three accounts, on the pinned day."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from csm_tui.cli.main import main
from tests.blank import empty_book

PINNED = "2026-11-21"
SRC = str(Path(__file__).parents[2] / "src")


class Ran(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The data it printed."""
        return json.loads(self.out)


Csm = Callable[..., Ran]


@pytest.fixture
def book_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the book of these tests lies; there is none yet."""
    monkeypatch.setenv("CSM_DB", str(tmp_path / "my" / "book.db"))
    monkeypatch.setenv("CSM_TODAY", PINNED)
    return str(tmp_path / "my" / "book.db")


@pytest.fixture
def csm(book_path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Csm:
    """Run one command line in this process."""

    def run(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = main(list(arguments))
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def filled(book_path: str) -> str:
    """Three accounts, three people at Northwind, promises of both sides and a booked meeting."""
    empty_book(book_path)
    with sqlite3.connect(book_path, isolation_level=None) as connection:
        connection.executescript(FILL)
    connection.close()
    return book_path


FILL = """
INSERT INTO account (name, tier, added_on, started_on, renewal_on, notice_days, arr_cents, seats) VALUES
  ('Northwind Traders', 'high-touch', '2026-01-05', '2025-11-01', '2027-06-01', 30, 4800000, 120),
  ('Northern Lights', 'low-touch', '2026-01-05', NULL, NULL, NULL, NULL, NULL),
  ('Acme', 'white-glove', '2026-01-05', '2025-01-10', '2026-11-10', NULL, 990000, NULL);
INSERT INTO contact (account_id, name, role, email) VALUES
  (1, 'Jon Bell', 'champion', 'jon@northwind.com'), (1, 'Ana Diaz', NULL, NULL), (1, 'Ana Lopez', NULL, NULL);
INSERT INTO touchpoint (account_id, day, kind, state, direction, summary) VALUES
  (1, '2026-10-12', 'call', 'held', 'two-way', 'all good'),
  (3, '2026-11-20', 'meeting', 'booked', 'two-way', 'quarterly plan');
INSERT INTO promise (account_id, side, what, due_on, made_on) VALUES
  (1, 'ours', 'send usage', '2026-11-18', '2026-10-12'),
  (1, 'theirs', 'their list', '2026-11-27', '2026-10-12');
INSERT INTO kept_up (on_day) VALUES ('2026-11-21');
"""
"""The rules have been asked already: what they open by themselves has tests of its own."""


def rows(path: str, sql: str) -> list[tuple[Any, ...]]:
    """What stands in the file."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The program itself, in a process of its own, with the environment of the test."""
    environment = {**os.environ, "PYTHONPATH": SRC, **options.pop("env", {})}
    command = [sys.executable, "-m", "csm_tui", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, timeout=60, **options)
