"""Whatever the umask: every file that holds customers is 0600, in folders that are 0700 where we made them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.cli.main import main
from csm_tui.exchange.demo import write_demo
from csm_tui.store import backup, migrate
from csm_tui.store.connection import opened
from csm_tui.tui import drafts
from tests.conftest import TODAY


@pytest.fixture(params=[0o000, 0o022, 0o077], ids="umask {:03o}".format, autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """The umask of the process."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> set[tuple[str, int]]:
    """Of everything below a folder: what it is, and who may do what."""
    return {("folder" if found.is_dir() else "file", found.stat().st_mode & 0o777) for found in folder.rglob("*")}


PRIVATE = {("file", 0o600), ("folder", 0o700)}


def test_a_new_book_and_the_folders_above_it(tmp_path: Path) -> None:
    migrate.ready(str(tmp_path / "a" / "b" / "book.db"))
    assert modes(tmp_path) == PRIVATE


def test_the_journal_while_something_is_written(tmp_path: Path) -> None:
    path = str(tmp_path / "a" / "book.db")
    migrate.ready(path)
    connection = opened(path, 1, write=True)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO account (name, added_on) VALUES ('A', '2026-01-01')")
    assert Path(f"{path}-journal").exists()
    assert modes(tmp_path) == PRIVATE
    connection.close()


def test_backups_and_restored_books(tmp_path: Path) -> None:
    path = str(tmp_path / "a" / "book.db")
    migrate.ready(path)
    saved = backup.back_up(path)
    backup.copy(path, str(tmp_path / "copy.db"))
    Path(saved).chmod(0o644)
    backup.restore(path, saved)
    Path(saved).chmod(0o600)
    backup.restore(str(tmp_path / "b" / "c" / "book.db"), saved)
    assert modes(tmp_path) == PRIVATE


def test_a_backup_while_it_is_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "a" / "book.db")
    migrate.ready(path)
    seen: list[set[tuple[str, int]]] = []
    real = backup.verify

    def looked(*given: object) -> None:
        seen.append(modes(tmp_path))
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "verify", looked)
    backup.back_up(path)
    assert seen == [PRIVATE]


def test_drafts() -> None:
    drafts.keep("/some/book.db", "log-1", "half a line")
    assert drafts.kept("/some/book.db", "log-1") == "half a line"
    folder = Path(paths.drafts())
    assert modes(folder.parent) == PRIVATE
    assert folder.parent.stat().st_mode & 0o777 == 0o700


def test_a_draft_kept_again_over_one_that_is_open_to_others() -> None:
    drafts.keep("/some/book.db", "log-1", "half a line")
    [kept] = Path(paths.drafts()).iterdir()
    kept.chmod(0o644)
    drafts.keep("/some/book.db", "log-1", "a whole line")
    assert modes(Path(paths.drafts()).parent) == PRIVATE


def test_the_demo_book(tmp_path: Path) -> None:
    write_demo(str(tmp_path / "d" / "demo.db"), TODAY, 3, 10)
    assert modes(tmp_path) == PRIVATE


def test_the_shell_on_a_fresh_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_TODAY", TODAY.isoformat())
    for line in (["account", "add", "Acme"], ["log", "acme", "call ok"], ["backup"], ["restore"]):
        assert main(line) == 0
    assert modes(tmp_path) == PRIVATE
    assert Path(paths.database()).exists()
