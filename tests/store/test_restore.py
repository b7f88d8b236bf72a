"""A restore puts a whole book in the place of another, and is undone by the file it kept."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.domain.errors import Refusal
from csm_tui.store import backup, journal
from csm_tui.store.connection import SCHEMA_VERSION, BookFile, reading
from csm_tui.store.writing_light import write_light
from tests.conftest import TODAY
from tests.store.deeds import DEEDS
from tests.store.test_backup import around, mode, whole
from tests.store.test_every_action import AT, do, dump, full, full_once, rows, run

__all__ = ["full", "full_once"]


def test_restore_puts_the_backup_back_and_restoring_what_it_kept_is_the_undo(full: str) -> None:
    first = dump(full)
    saved = backup.back_up(full)
    do(full, DEEDS["churn an account"])
    second = dump(full)
    kept = backup.restore(full, saved)
    assert kept is not None
    assert (dump(full), dump(kept), dump(saved)) == (first, second, first)
    again = backup.restore(full, kept)
    assert again is not None
    assert (dump(full), dump(again)) == (second, first)
    assert {mode(path) for path in (full, saved, kept, again)} == {0o600}
    assert mode(paths.backups(full)) == 0o700
    assert [name for name in around(full) if "/" not in name] == [Path(full).name, Path(full).name + ".backups"]


def test_a_restored_book_is_no_link_to_its_backup(full: str) -> None:
    saved = backup.back_up(full)
    backup.restore(full, saved)
    do(full, DEEDS["churn an account"])
    assert dump(saved) != dump(full)


def test_a_restore_mends_a_damaged_book_and_keeps_the_damaged_bytes(full: str) -> None:
    saved, sound = backup.back_up(full), dump(full)
    Path(full).write_bytes(b"rubbish")
    kept = backup.restore(full, saved)
    assert kept is not None
    assert dump(full) == sound
    assert Path(kept).read_bytes() == b"rubbish"


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0" + b"\0" * 5000, None])
def test_a_source_that_is_no_book_changes_nothing(full: str, tmp_path: Path, content: bytes | None) -> None:
    source = tmp_path / "source"
    if content is not None:
        source.write_bytes(content)
    before, book = around(full), Path(full).read_bytes()
    with pytest.raises(BookFile):
        backup.restore(full, str(source))
    assert (around(full), Path(full).read_bytes()) == (before, book)


def test_a_backup_of_a_newer_csm_is_not_put_in_the_place_of_the_book(full: str) -> None:
    saved = backup.back_up(full)
    run(saved, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before, book = around(full), Path(full).read_bytes()
    with pytest.raises(BookFile, match="newer csm"):
        backup.restore(full, saved)
    assert (around(full), Path(full).read_bytes()) == (before, book)


def test_a_restore_where_there_is_no_book_makes_one_in_a_private_folder(full: str, tmp_path: Path) -> None:
    saved, sound = backup.back_up(full), dump(full)
    path = tmp_path / "new" / "place" / "book.db"
    assert backup.restore(str(path), saved) is None
    assert dump(str(path)) == sound
    assert (mode(path), mode(path.parent), mode(path.parent.parent)) == (0o600, 0o700, 0o700)


def test_what_another_process_commits_during_a_restore_is_in_the_book_or_in_the_kept_one(full: str) -> None:
    saved = backup.back_up(full)
    working, restored = threading.Event(), threading.Event()
    told: list[str] = []

    def log() -> None:
        try:
            with write_light(full, journal.Operation("Late", "shell", AT), TODAY) as writing:
                writing.add("account", name="Late", added_on="2026-11-21")
                working.set()
                restored.wait(0.3)
            told.append("committed")
        except Refusal as refusal:
            told.append(str(refusal))

    writer = threading.Thread(target=log)
    writer.start()
    assert working.wait(60)
    try:
        kept = backup.restore(full, saved)
    except Refusal:  # busy: as good an answer
        kept = None
    restored.set()
    writer.join(60)
    books = [path for path in (full, kept) if path is not None]
    assert all(whole(path) for path in books)
    there = any(("Late",) in rows(path, "SELECT name FROM account") for path in books)
    assert there == (told == ["committed"]), told
    assert there or "nothing was changed" in told[0]


def test_a_reading_that_began_before_a_restore_still_sees_its_own_book(full: str) -> None:
    saved = backup.back_up(full)
    do(full, DEEDS["churn an account"])
    with reading(full, TODAY) as book:
        before = book.rows("SELECT churned_on FROM account WHERE id = 1")
        backup.restore(full, saved)
        assert book.rows("SELECT churned_on FROM account WHERE id = 1") == before
    with reading(full, TODAY) as book:
        assert book.rows("SELECT churned_on FROM account WHERE id = 1") == [(None,)]


def test_a_book_behind_a_link_stays_behind_it(full: str, tmp_path: Path) -> None:
    """A link to the book in a synchronised folder is restored where the book lies, and is still a link."""
    saved = backup.back_up(full)
    real = tmp_path / "elsewhere" / "book.db"
    real.parent.mkdir()
    shutil.move(full, real)
    Path(full).symlink_to(real)
    do(full, DEEDS["churn an account"])
    backup.restore(full, saved)
    assert rows(full, "SELECT churned_on FROM account WHERE id = 1") == [(None,)]
    assert Path(full).is_symlink()
