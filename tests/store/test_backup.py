"""A backup is whole, private, nobody else's file, and takes nobody else's place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csm_tui import clock, paths, placing
from csm_tui.domain.errors import Refusal
from csm_tui.store import backup, journal, rotation
from csm_tui.store.connection import BookFile
from csm_tui.store.transaction import undo
from csm_tui.store.writing_light import write_light
from tests.conftest import TODAY
from tests.store.deeds import DEEDS
from tests.store.test_every_action import AT, do, dump, full, full_once, rows

__all__ = ["full", "full_once"]


def mode(path: str | Path) -> int:
    return Path(path).stat().st_mode & 0o777


def around(path: str) -> list[str]:
    """What lies in the folder of a book, and in its folder of backups."""
    folder = Path(path).parent
    return sorted(str(found.relative_to(folder)) for found in folder.rglob("*"))


def whole(path: str) -> bool:
    return rows(path, "PRAGMA integrity_check") == [("ok",)] and rows(path, "PRAGMA foreign_key_check") == []


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the clock will say, last first; after that a second more each time."""
    said: list[str] = []

    def moment() -> str:
        counted[0] += 1
        return said.pop() if said else f"2026-11-21T10:{counted[0] // 60:02}:{counted[0] % 60:02}.000Z"

    counted = [0]
    monkeypatch.setattr(clock, "moment", moment)
    return said


def test_a_backup_equals_the_book_is_whole_and_private(full: str) -> None:
    do(full, DEEDS["log all there is"])
    kept = backup.back_up(full)
    assert os.path.dirname(kept) == paths.backups(full)  # noqa: PTH120
    assert dump(kept) == dump(full)
    for table in ("operation", "change", "sqlite_master", "sqlite_sequence"):
        assert rows(kept, f"SELECT * FROM {table}") == rows(full, f"SELECT * FROM {table}")
    assert whole(kept)
    assert (mode(kept), mode(paths.backups(full))) == (0o600, 0o700)
    assert backup.backups(full) == [kept]


def test_it_is_a_book_that_can_be_undone_from(full: str) -> None:
    before = dump(full)
    do(full, DEEDS["log all there is"])
    kept = backup.back_up(full)
    undo(kept, "shell", AT)
    assert dump(kept) == before


def test_a_backup_taken_while_another_writes_is_a_committed_state(full: str) -> None:
    with write_light(full, journal.Operation("Half", "shell", AT), TODAY) as writing:
        before = dump(full)
        writing.add("account", name="Half", added_on="2026-11-21")
        kept = backup.back_up(full)
    assert dump(kept) == before
    assert dump(full) != before


def test_what_lies_at_the_target_is_refused_and_untouched(full: str, tmp_path: Path) -> None:
    for name, made in (("file", Path.touch), ("folder", Path.mkdir), ("link", lambda path: path.symlink_to("gone"))):
        target = tmp_path / name
        made(target)
        before = around(full)
        with pytest.raises(BookFile, match="is there already"):
            backup.copy(full, str(target))
        assert around(full) == before
        assert not target.is_file() or target.read_bytes() == b""


def test_a_name_that_another_csm_takes_meanwhile_is_left_to_it(full: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real, taken = placing.put, list[str]()

    def put(source: str, target: str) -> None:
        if not taken:
            taken.append(target)
            Path(target).write_text("somebody's")
        real(source, target)

    monkeypatch.setattr(placing, "put", put)
    made = backup.back_up(full)
    assert Path(taken[0]).read_text() == "somebody's"
    assert made != taken[0]
    assert whole(made)


@pytest.mark.parametrize("name", ["copy.db.part", "copy.db.new", "copy.db-journal", ".copy.db"])
def test_a_file_beside_the_target_is_somebody_s_and_stays(full: str, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"mine")
    target = str(tmp_path / "copy.db")
    try:
        backup.copy(full, target)
    except Refusal:
        assert not Path(target).exists()
    assert (tmp_path / name).read_bytes() == b"mine"


def test_where_there_is_no_folder_it_is_said_and_nothing_is_left(full: str, tmp_path: Path) -> None:
    before = around(full)
    with pytest.raises(BookFile, match="No backup can be written to"):
        backup.copy(full, str(tmp_path / "nowhere" / "copy.db"))
    assert around(full) == before


@pytest.mark.parametrize("step", ["_fill", "verify", "sync", "put", "_link"])
@pytest.mark.parametrize("after", [False, True])
def test_a_copy_that_fails_leaves_nothing_half_done(
    full: str, tmp_path: Path, step: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = backup if hasattr(backup, step) else placing
    before, real = around(full), getattr(module, step)

    def breaks(*given: object) -> None:
        if after:
            real(*given)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, step, breaks)
    with pytest.raises((BookFile, OSError)):
        backup.copy(full, str(tmp_path / "copy.db"))
    left = sorted(set(around(full)) - set(before))
    assert left in ([], ["copy.db"])
    assert not left or (after and whole(str(tmp_path / "copy.db")))


def test_a_damaged_book_is_not_backed_up(full: str) -> None:
    book = bytearray(Path(full).read_bytes())
    book[4096 * 9 : 4096 * 9 + 500] = b"\xff" * 500
    Path(full).write_bytes(book)
    before = around(full)
    with pytest.raises(BookFile):
        backup.back_up(full)
    assert [name for name in around(full) if name not in before and not name.endswith(".backups")] == []
    assert backup.backups(full) == []
    assert Path(full).read_bytes() == book


@pytest.mark.parametrize(
    "spoil",
    ["PRAGMA application_id = 7", "PRAGMA foreign_keys = OFF; UPDATE contact SET account_id = 99 WHERE id = 3"],
)
def test_a_copy_that_is_not_whole_does_not_count(full: str, tmp_path: Path, spoil: str) -> None:
    """References that point nowhere and a head that is not ours are seen by the check, not only torn pages."""
    with closing(sqlite3.connect(full, isolation_level=None)) as connection:
        connection.executescript(spoil)
        with pytest.raises(BookFile, match="is not whole"):
            backup.verify(connection, full)
    with pytest.raises(BookFile):
        backup.copy(full, str(tmp_path / "copy.db"))
    assert around(full) == [Path(full).name]


def test_somebody_s_own_file_in_the_folder_is_never_thinned(full: str, moments: list[str]) -> None:
    own = Path(paths.private_folder(paths.backups(full))) / "00000000-mine.db"
    own.write_text("mine")
    for _ in range(rotation.LAST + 2):
        backup.back_up(full)
    assert own.read_text() == "mine"


def test_backups_of_one_moment_do_not_collide(full: str, moments: list[str]) -> None:
    moments += [AT] * 3
    made = [backup.back_up(full) for _ in range(3)]
    assert len(set(made)) == 3
    assert set(backup.backups(full)) == set(made)


def test_a_backup_that_was_just_made_is_there_even_when_the_clock_went_back(full: str, moments: list[str]) -> None:
    moments += [f"2030-01-01T00:00:{second:02}.000Z" for second in range(40)]
    for _ in range(40):
        backup.back_up(full)
    assert moments == []
    assert Path(backup.back_up(full)).exists()
