"""A line of plain words is read without a parser, and comes out as the parser would read it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csm_tui.cli.main import COMMANDS, split
from csm_tui.cli.parsing import parser
from csm_tui.cli.usage import PLAIN, WrongUsage, plain
from tests.cli.conftest import SRC
from tests.conftest import rounds

WORDS = ["--db", "my.db", "--db=x.db", "--db=", "--json", "", "tier:high", "north", "call @jon -3d", "-tag:x", "--",
         "-3", "--all", "--days", "5", "-h", ">send it", "a=b", "--jso", "-"]  # fmt: skip


def by_parser(name: str, arguments: list[str]) -> dict[str, Any] | None:
    """What argparse chooses; None for wrong usage and for help."""
    module = import_module(f"csm_tui.cli.commands.{COMMANDS.get(name, name)}")
    reader = parser(name, "", "")
    module.configure(reader)
    try:
        return dict(vars(reader.parse_args(arguments)))
    except (WrongUsage, SystemExit):
        return None


def plainly(name: str, arguments: list[str]) -> dict[str, Any] | None:
    """What is chosen without a parser; None where there must be one."""
    module = import_module(f"csm_tui.cli.commands.{COMMANDS.get(name, name)}")
    leading, word, rest = split(arguments)
    chosen = plain(module.configure, leading, rest if word is None else [word, *rest])
    return None if chosen is None else vars(chosen)


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_what_is_read_plainly_is_what_the_parser_reads(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    @given(st.lists(st.sampled_from(WORDS), max_size=5))
    @settings(max_examples=rounds(400))
    def same(arguments: list[str]) -> None:
        found = plainly(name, arguments)
        assert found is None or found == by_parser(name, arguments)

    same()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("today", []),
        ("today", ["--db", "my.db", "--json", "tier:high", "arr>50k"]),
        ("log", ["northwind", "-3d call @jon -- all good", "--not-an-option"]),
        ("done", ["--db=my.db", "c12", "--missed", "he was ill"]),
        ("workspace", ["--db", "my.db"]),
        ("onboarding", []),
    ],
)
def test_the_usual_lines_need_no_parser(name: str, arguments: list[str]) -> None:
    found = plainly(name, arguments)
    assert found is not None
    assert found == by_parser(name, arguments)


LEAVING = """
import threading
from csm_tui.cli.main import _leave
threading.Thread(target=lambda: (threading.main_thread().join(), print("written"))).start()
_leave(3)
"""


def test_a_thread_that_is_at_work_is_waited_for() -> None:
    ran = subprocess.run([sys.executable, "-c", LEAVING], env={**os.environ, "PYTHONPATH": SRC}, capture_output=True)
    assert (ran.returncode, ran.stdout) == (3, b"written\n")
