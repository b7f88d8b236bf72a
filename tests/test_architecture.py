"""The laws that a linter cannot hold: a pure domain, one reader of the clock, mounted panes, ids that are no texts."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import csm_tui

SOURCE = Path(csm_tui.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))


def name_of(file: Path) -> str:
    return str(file.relative_to(SOURCE))


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, at the top or inside a function, or only for types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "no relative imports"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names if str(node.module) == "csm_tui")


def dotted(node: ast.AST) -> str:
    """`datetime.now` of `datetime.now()`; nothing where it is no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def test_every_module_opens_with_a_sentence_about_itself() -> None:
    assert [name_of(file) for file in MODULES if not (ast.get_docstring(parsed(file)) or "").strip()] == []


PURE = {
    "__future__", "bisect", "collections", "collections.abc", "dataclasses", "datetime", "decimal", "difflib",
    "enum", "fractions", "csm_tui.typed",
    "functools", "heapq", "itertools", "math", "operator", "re", "string", "typing", "unicodedata", "calendar",
}  # fmt: skip
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}


@pytest.mark.parametrize("file", sorted((SOURCE / "domain").rglob("*.py")), ids=name_of)
def test_the_domain_is_pure(file: Path) -> None:
    """No clock, no file, no screen, no chance: it imports itself and a few modules that have none of these."""
    tree = parsed(file)
    strange = {module for module in imported(tree) if module not in PURE and not module.startswith("csm_tui.domain")}
    assert strange == set()
    assert [name for name, _ in calls(tree) if name in IMPURE_CALLS] == []


CLOCK = {
    "today", "now", "utcnow", "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime",
    "time.strftime",
    "time.clock_gettime", "datetime.datetime.now",
}  # fmt: skip
OWNERS = {"date", "datetime", "datetime.date", "datetime.datetime", "dt.date", "dt.datetime", "time"}


def reads_clock(name: str) -> bool:
    owner, _, called = name.rpartition(".")
    return name in CLOCK - {"today", "now", "utcnow"} or (owner in OWNERS and called in {"today", "now", "utcnow"})


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_only_clock_py_reads_the_clock(file: Path) -> None:
    tree = parsed(file)
    found = [name for name, _ in calls(tree) if reads_clock(name)]
    handed = [
        dotted(argument) for _, call in calls(tree) for argument in [*call.args, *(k.value for k in call.keywords)]
        if reads_clock(dotted(argument))
    ]  # fmt: skip
    if name_of(file) == "clock.py":
        assert found
    else:
        assert found + handed == []
        assert "from time import" not in file.read_text(encoding="utf-8")


LAYERS = {
    "domain": {"domain"},
    "store": {"domain", "store"},
    "actions": {"domain", "store", "actions"},
    "views": {"domain", "store", "views"},
    "exchange": {"domain", "store", "actions", "views", "exchange"},
    "tui": {"domain", "store", "actions", "views", "exchange", "tui"},
    "cli": {"domain", "store", "actions", "views", "exchange", "tui", "cli"},
}
OUTSIDE = {"textual": {"tui"}, "rich": {"tui"}, "sqlmodel": {"store"}, "sqlalchemy": {"store"}, "sqlite3": {"store"}}


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_layer_imports_only_what_lies_below_it_even_inside_functions(file: Path) -> None:
    layer = file.relative_to(SOURCE).parts[0]
    for module in imported(parsed(file)):
        parts = module.split(".")
        if parts[0] in OUTSIDE:
            assert layer in OUTSIDE[parts[0]], module
        if layer in LAYERS and parts[0] == "csm_tui" and len(parts) > 1 and parts[1] in LAYERS:
            assert parts[1] in LAYERS[layer], module


@pytest.mark.parametrize("layer", ["views", "actions"])
def test_views_know_no_actions_and_actions_no_views(layer: str) -> None:
    other = {"views": "actions", "actions": "views"}[layer]
    for file in (SOURCE / layer).rglob("*.py"):
        assert not [module for module in imported(parsed(file)) if module.startswith(f"csm_tui.{other}")], file


def test_sqlmodel_stands_behind_the_tables_and_the_writing() -> None:
    """So that no read command and no log line can load it by the way."""
    knows = {
        name_of(file) for file in MODULES
        if any(module.split(".")[0] in {"sqlmodel", "sqlalchemy"} for module in imported(parsed(file)))
    }  # fmt: skip
    assert knows == {"store/table_row.py", "store/writing.py"}


def test_nothing_that_is_run_loads_a_package_that_is_not_declared() -> None:
    declared = {"textual", "sqlmodel", "platformdirs", "argcomplete"}
    theirs = {"rich", "sqlalchemy"}  # come with textual and sqlmodel, whose own interface speaks in them
    for file in MODULES:
        for module in imported(parsed(file)):
            root = module.split(".")[0]
            assert root in {"csm_tui"} | sys.stdlib_module_names | declared | theirs, (name_of(file), module)


NETWORK = {
    "socket", "socketserver", "ssl", "http", "urllib", "ftplib", "smtplib", "poplib", "imaplib", "xmlrpc", "webbrowser",
    "telnetlib", "multiprocessing",
}  # fmt: skip


def test_nothing_opens_a_connection_to_anywhere() -> None:
    """No network, no telemetry: promised in docs/reliability.md."""
    for file in MODULES:
        assert not NETWORK & {module.split(".")[0] for module in imported(parsed(file))}, name_of(file)
        assert not [name for name, _ in calls(parsed(file)) if name.endswith((".open_connection", ".start_server"))]


def test_no_two_parts_of_the_app_define_the_same_name_and_none_hides_one_of_textual() -> None:
    from textual.app import App

    from csm_tui.tui.app import CsmApp

    told = {"action_back", "action_quit", "on_event"}  # ours on purpose
    parts = [part for part in CsmApp.__mro__ if part.__module__.startswith("csm_tui.") and part is not CsmApp]
    names = [name for part in (CsmApp, *parts) for name in vars(part) if not name.startswith("__")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    hidden = {name for part in parts for name in vars(part) if not name.startswith("__") and hasattr(App, name)}
    assert hidden == told


def test_no_cursor_blinks() -> None:
    """Every one-line input is the still one, and every longer one is told to be."""
    for file in (SOURCE / "tui").rglob("*.py"):
        tree, text = parsed(file), file.read_text(encoding="utf-8")
        bases = {dotted(base) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases}
        made = {name for name, _ in calls(tree)}
        assert "Input" not in made, name_of(file)
        assert not bases & {"Input", "TextArea"} or "self.cursor_blink = False" in text, name_of(file)


def test_every_file_in_panes_is_a_pane_of_the_workspace() -> None:
    from csm_tui.tui.pane import Pane
    from csm_tui.tui.screens.workspace import PANES

    files = {file.stem for file in (SOURCE / "tui" / "panes").glob("*.py") if file.stem != "__init__"}
    assert {pane.__module__ for pane in PANES} == {f"csm_tui.tui.panes.{stem}" for stem in files}
    assert len(PANES) == len(files)
    assert all(issubclass(pane, Pane) for pane in PANES)


def test_every_pane_has_a_number_of_its_own_and_says_what_it_reads() -> None:
    from csm_tui.store.journal import JOURNALLED
    from csm_tui.tui.screens.workspace import PANES

    numbers = [pane.NUMBER for pane in PANES]
    assert numbers == sorted(set(numbers))
    for pane in PANES:
        assert pane.READS, pane
        assert set(JOURNALLED) >= pane.READS, pane
        assert pane.TITLE, pane
        assert pane.EMPTY, pane


def test_a_pane_knows_no_other_pane() -> None:
    for file in (SOURCE / "tui" / "panes").glob("*.py"):
        own = f"csm_tui.tui.panes.{file.stem}"
        others = [module for module in imported(parsed(file)) if module.startswith("csm_tui.tui.panes.")]
        assert [module for module in others if module != own] == [], file.name


def test_no_widget_id_and_no_row_key_comes_from_a_text() -> None:
    """They come from database ids and words of the code: a name may be any text, and twice the same."""
    for file in (SOURCE / "tui").rglob("*.py"):
        for name, call in calls(parsed(file)):
            for word in call.keywords:
                if word.arg == "id" and isinstance(word.value, ast.JoinedStr):
                    told = ast.unparse(word.value)
                    assert ".name" not in told, (name_of(file), name)
                    assert "account." not in told, (name_of(file), name)
