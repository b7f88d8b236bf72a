"""csm backup and restore: a copy that is whole, and a way back from every restore."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Csm, rows


def test_a_backup_lies_in_the_folder_or_where_one_says_and_tells_what_it_holds(
    csm: Csm, filled: str, tmp_path: Path
) -> None:
    path, counts = csm("backup").out.splitlines()
    assert str(Path(path).parent) == filled + ".backups"
    assert counts == "3 accounts, 3 contacts, 2 touchpoints, 2 promises."
    target = str(tmp_path / "copy.db")
    assert csm("backup", target, "--json").json == {
        "path": target, "accounts": 3, "contacts": 3, "touchpoints": 2, "promises": 2,
    }  # fmt: skip
    assert stat.S_IMODE(Path(target).stat().st_mode) == 0o600
    assert rows(target, "SELECT * FROM account") == rows(filled, "SELECT * FROM account")


@pytest.mark.parametrize("target", ["book.db", "nowhere/copy.db", ""])
def test_a_backup_never_overwrites_and_needs_a_folder(csm: Csm, filled: str, target: str) -> None:
    before = Path(filled).read_bytes()
    ran = csm("backup", str(Path(filled).parent / target) if target else "")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert Path(filled).read_bytes() == before


def test_the_newest_backup_is_restored_and_the_way_back_is_printed_and_works(csm: Csm, filled: str) -> None:
    csm("backup")
    csm("done", "p1")
    first, second = csm("restore").out.splitlines()
    assert first.startswith(f"Restored {filled}.backups/")
    assert first.endswith(": 3 accounts, 3 contacts, 2 touchpoints, 2 promises.")
    assert rows(filled, "SELECT state FROM promise WHERE id = 1") == [("open",)]
    kept = second.removeprefix("The book as it was is kept. To go back: csm restore ")
    assert csm("restore", kept).code == 0
    assert rows(filled, "SELECT state FROM promise WHERE id = 1") == [("kept",)]
    assert stat.S_IMODE(Path(filled).stat().st_mode) == 0o600


def test_json_of_a_restore_names_the_source_and_what_was_kept(csm: Csm, filled: str) -> None:
    source = csm("backup", "--json").json["path"]
    data = csm("restore", "--json").json
    assert data["restored"] == source
    assert data["path"] == filled
    assert Path(data["kept"]).exists()
    assert data["accounts"] == 3


def test_a_restore_mends_a_damaged_book_and_keeps_the_damaged_one(csm: Csm, filled: str) -> None:
    csm("backup")
    damaged = b"SQLite format 3\0" + b"\xff" * 5000
    Path(filled).write_bytes(damaged)
    assert csm("today").code == 1
    data = csm("restore", "--json").json
    assert data["accounts"] == 3
    assert Path(data["kept"]).read_bytes() == damaged
    assert csm("today").code == 0


def test_a_restore_makes_the_book_where_there_is_none(csm: Csm, filled: str, tmp_path: Path) -> None:
    source = str(tmp_path / "copy.db")
    csm("backup", source)
    shutil.rmtree(Path(filled).parent)
    ran = csm("restore", source)
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert csm("accounts", "--json").json[0]["name"] == "Northwind Traders"
    assert stat.S_IMODE(Path(filled).parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 4096, None])
def test_what_is_no_book_is_refused_and_nothing_is_changed(
    csm: Csm, filled: str, tmp_path: Path, content: bytes | None
) -> None:
    source, before = tmp_path / "other", Path(filled).read_bytes()
    if content is not None:
        source.write_bytes(content)
    ran = csm("restore", str(source))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert Path(filled).read_bytes() == before
    assert [path.name for path in Path(filled).parent.iterdir()] == ["book.db"]
    assert content is None or source.read_bytes() == content


def test_a_copy_cut_short_is_refused_and_nothing_is_changed(csm: Csm, filled: str, tmp_path: Path) -> None:
    source, before = tmp_path / "cut.db", Path(filled).read_bytes()
    source.write_bytes(before[: len(before) // 2])
    assert csm("restore", str(source)).code == 1
    assert Path(filled).read_bytes() == before


def test_a_folder_or_a_newer_book_is_refused(csm: Csm, filled: str, tmp_path: Path) -> None:
    newer = str(tmp_path / "newer.db")
    csm("backup", newer)
    import sqlite3

    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = Path(filled).read_bytes()
    assert "newer csm" in csm("restore", newer).err
    assert "is not a file" in csm("restore", str(tmp_path)).err
    assert "Which file?" in csm("restore", "").err
    assert Path(filled).read_bytes() == before


def test_without_a_backup_there_is_nothing_to_restore(csm: Csm, filled: str) -> None:
    ran = csm("restore")
    assert ran.code == 1
    assert "There is no backup in" in ran.err
