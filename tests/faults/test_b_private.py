"""Row B9: whatever the umask, every file that holds customers is 0600, in folders that are 0700 where we made them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.cli.commands.settings import _begin
from csm_tui.exchange.demo import write_demo
from csm_tui.store import backup, migrate
from csm_tui.store.connection import opened
from csm_tui.tui import drafts, remembered
from csm_tui.tui.forms.editor import written_anew
from tests.cli.conftest import Csm, book_path, csm
from tests.conftest import TODAY
from tests.faults.matrix import Tally

__all__ = ["book_path", "csm"]

pytestmark = pytest.mark.fault("B9")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids="umask {:03o}".format, autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """The umask of the process."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def look(folder: Path, tally: Tally) -> None:
    """Count what lies below a folder, and what of it others may use."""
    for found in folder.rglob("*"):
        mode = stat.S_IMODE(found.stat().st_mode)
        tally.tried += 1
        if mode != (0o700 if found.is_dir() else 0o600):
            tally.lost.append(f"{found.name} is {mode:04o}")


def test_a_new_book_and_the_folders_above_it(tally: Tally, tmp_path: Path) -> None:
    migrate.ready(str(tmp_path / "a" / "b" / "book.db"))
    look(tmp_path, tally)
    assert tally.tried == 3


def test_the_journal_while_something_is_written(tally: Tally, tmp_path: Path) -> None:
    path = str(tmp_path / "a" / "book.db")
    migrate.ready(path)
    connection = opened(path, 1, write=True)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO account (name, added_on) VALUES ('A', '2026-01-01')")
    assert Path(f"{path}-journal").exists()
    look(tmp_path, tally)
    connection.close()


def test_backups_and_restored_books(tally: Tally, tmp_path: Path) -> None:
    path = str(tmp_path / "a" / "book.db")
    migrate.ready(path)
    saved = backup.back_up(path)
    backup.copy(path, str(tmp_path / "copy.db"))
    Path(saved).chmod(0o644)
    backup.restore(path, saved)
    Path(saved).chmod(0o600)
    backup.restore(str(tmp_path / "b" / "c" / "book.db"), saved)
    look(tmp_path, tally)


def test_a_backup_while_it_is_being_written(tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "a" / "book.db")
    migrate.ready(path)
    real = backup.verify

    def looked(*given: object) -> None:
        assert list(tmp_path.rglob(".new-*"))
        look(tmp_path, tally)
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "verify", looked)
    backup.back_up(path)


def test_drafts_and_columns_kept_again_over_what_is_open_to_others(tally: Tally) -> None:
    for text in ("half a line", "a whole line"):
        drafts.keep("/some/book.db", "log-1", text)
        remembered.remember("Accounts", (text,))
        assert drafts.kept("/some/book.db", "log-1") == text
        look(Path(paths.drafts()).parents[1], tally)
        [kept] = Path(paths.drafts()).iterdir()
        kept.chmod(0o644)
        (Path(paths.drafts()).parent / "columns.json").chmod(0o644)


def test_notes_in_an_editor(tally: Tally, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nls -ld "$1" > "$0.told"; ls -ld "${1%/*}" >> "$0.told"\n')
    editor.chmod(0o700)

    @contextmanager
    def nothing() -> Iterator[None]:
        yield

    assert written_anew(str(editor), "notes", nothing) == "notes"
    told = (tmp_path / "editor.told").read_text().splitlines()
    tally.tried += 1
    if [line[:10] for line in told] != ["-rw-------", "drwx------"]:
        tally.lost.append(f"the notes in the editor are {told[0][:10]} in {told[1][:10]}")


def test_the_demo_book(tally: Tally, tmp_path: Path) -> None:
    write_demo(str(tmp_path / "d" / "demo.db"), TODAY, 3, 10)
    look(tmp_path, tally)


def test_the_shell_on_a_fresh_machine(tally: Tally, csm: Csm, tmp_path: Path) -> None:
    given = tmp_path / "given" / "list.csv"
    out = tmp_path / "out"
    for folder in (given.parent, out):
        folder.mkdir(mode=0o700)
    given.write_text("name,arr\nBolt,48000\n,7\n")
    given.chmod(0o600)
    for line in (
        ["account", "add", "Acme"],
        ["log", "acme", "call ok"],
        ["import", str(given)],
        ["backup"],
        ["restore"],
        *(["export", what, "--out", str(out / what)] for what in ("accounts", "touchpoints", "book")),
    ):
        assert csm(*line).code == 0, line
    _begin(paths.settings())
    assert (given.parent / "list.refused.csv").exists()
    look(tmp_path, tally)
    assert tally.tried > 12


def test_what_is_open_to_others_already_is_told(tally: Tally, csm: Csm, book_path: str) -> None:
    csm("account", "add", "Acme")
    kept = csm("backup", "--json").json["path"]
    drafts.keep(book_path, "log-1", "half a line")
    [draft] = Path(paths.drafts()).iterdir()
    assert csm("doctor").code == 0
    for wide in (book_path, kept, Path(kept).parent, draft, draft.parent):
        mode = Path(wide).stat().st_mode
        Path(wide).chmod(stat.S_IMODE(mode) | 0o044)
        ran = csm("doctor")
        tally.tried += 1
        if ran.code != 1 or Path(wide).name not in ran.out or "chmod" not in ran.out:
            tally.lost.append(f"{Path(wide).name} is open to others, and doctor does not say so")
        Path(wide).chmod(stat.S_IMODE(mode))
    assert csm("doctor").code == 0
