"""What a command loads decides how fast it answers: no read command and no log loads the heavy libraries."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import SRC

HEAVY = {"textual", "sqlmodel", "sqlalchemy", "pydantic", "rich", "asyncio"}
SLOW = {
    "difflib",
    "statistics",
    "platformdirs",
    "importlib.metadata",
    "dataclasses",
    "pathlib",
    "shutil",
    "subprocess",
    "inspect",
}
OF_PARSING = {"argparse", "gettext", "importlib", "locale", "typing"}
"""What a line without options does without: together as much as `python -c pass`."""
OF_WORDS = {"enum", "re"}
"""What is due is shown without: half as much as `python -c pass`. The line of a log needs `re`."""
PROBE = """
import sys
before = set(sys.modules)
from csm_tui.cli.main import main
sys.stdout, kept = open("/dev/null", "w"), sys.stdout
code = main(sys.argv[1:])
print(code, *sorted(set(sys.modules) - before), file=kept)
"""
READS = [
    ("today",), ("today", "--all", "--json"), ("accounts",), ("account", "show", "acme"), ("cadence",), ("reviews",),
    ("promises", "--all"), ("find", "good"), ("brief", "acme"), ("recovery",), ("plan", "acme"),
    ("history",), ("paths",), ("help",), ("help", "rules"), ("log", "--help"), (), ("--version",),
]  # fmt: skip
REFLEXES = [
    ("log", "northwind", "call @jon hi :( #value >send it fri pulse:2"),
    ("log", "--kind", "call", "--with", "jon", "--promise", "send", "--by", "fri", "--json", "northwind"),
    ("done", "c1", "call @jon hi"), ("done", "p1"), ("snooze", "c1"), ("move", "p1", "fri"), ("undo",),
]  # fmt: skip


def loaded(*arguments: str) -> tuple[int, set[str]]:
    """The exit code of a command in a process of its own, and the modules it loaded."""
    command = [sys.executable, "-c", PROBE, *arguments]
    ran = subprocess.run(command, env={**os.environ, "PYTHONPATH": SRC}, capture_output=True, timeout=60, text=True)
    code, *modules = ran.stdout.split()
    return int(code), set(modules)


@pytest.mark.parametrize("arguments", [*READS, *REFLEXES], ids=lambda arguments: " ".join(arguments[:2]) or "csm")
def test_no_read_command_and_no_reflex_loads_a_heavy_library(filled: str, arguments: tuple[str, ...]) -> None:
    code, modules = loaded(*arguments)
    assert code == (1 if arguments == ("undo",) else 0)
    assert not HEAVY & modules


@pytest.mark.parametrize("arguments", [("today",), (), *REFLEXES[:1]], ids=["today", "csm", "log"])
def test_the_reflexes_load_no_slow_module_of_the_standard_library(filled: str, arguments: tuple[str, ...]) -> None:
    assert not SLOW & loaded(*arguments)[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("today",),
        ("--db", "my.db", "today", "tier:high"),
        (),
        ("cadence",),
        ("recovery",),
        ("log", "northwind", "call @jon hi >send it"),
    ],
)
def test_a_line_without_options_loads_neither_a_parser_nor_typing(filled: str, arguments: tuple[str, ...]) -> None:
    assert not OF_PARSING & loaded(*[filled if word == "my.db" else word for word in arguments])[1]


@pytest.mark.parametrize("arguments", [("today",), (), ("since",)])
def test_what_is_due_loads_neither_patterns_nor_the_enum_of_the_library(
    filled: str, arguments: tuple[str, ...]
) -> None:
    assert not OF_WORDS & loaded(*arguments)[1]


def test_the_log_does_not_load_the_agenda(filled: str) -> None:
    assert "csm_tui.domain.agenda" not in loaded("log", "northwind", "call @jon hi")[1]


COUNTING = """
import sqlite3, sys
from csm_tui.cli.main import main
opened, connect = [], sqlite3.connect
sqlite3.connect = lambda *given, **named: opened.append(given) or connect(*given, **named)
sys.stdout, kept = open("/dev/null", "w"), sys.stdout
code = main(sys.argv[1:])
print(code, len(opened), file=kept)
"""


@pytest.mark.parametrize(("arguments", "connections"), [(("today",), 1), (("done", "p1"), 2), (REFLEXES[0], 2)])
def test_a_command_reads_the_tables_and_triggers_of_its_book_once_and_once_more_to_write(
    filled: str, arguments: tuple[str, ...], connections: int
) -> None:
    command = [sys.executable, "-c", COUNTING, *arguments]
    ran = subprocess.run(command, env={**os.environ, "PYTHONPATH": SRC}, capture_output=True, timeout=60, text=True)
    assert ran.stdout.split() == ["0", str(connections)]


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("help",)])
def test_the_version_and_the_overview_load_neither_a_parser_nor_a_database(
    book_path: str, arguments: tuple[str, ...]
) -> None:
    code, modules = loaded(*arguments)
    assert code == 0
    assert not (HEAVY | SLOW | {"sqlite3", "argparse", "re", "json"}) & modules


def test_the_check_sees_a_heavy_library_where_there_is_one(book_path: str) -> None:
    assert loaded("account", "add", "Acme")[1] >= {"sqlmodel", "sqlalchemy", "pydantic"}
