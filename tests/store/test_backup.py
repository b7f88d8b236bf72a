"""A backup is whole, private and nobody else's file; a restore leaves old or new, and is undone by the file it kept."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from csm_tui import clock, paths
from csm_tui.domain.errors import Refusal
from csm_tui.store import backup, journal
from csm_tui.store.connection import SCHEMA_VERSION, BookFile, opened, reading
from csm_tui.store.transaction import undo
from csm_tui.store.writing_light import write_light
from tests.conftest import TODAY, rounds
from tests.store.deeds import DEEDS
from tests.store.test_every_action import AT, Dump, do, dump, full, full_once, rows, run

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


@pytest.mark.parametrize("step", ["_fill", "verify", "_sync_folder"])
@pytest.mark.parametrize("after", [False, True])
def test_a_copy_that_fails_leaves_nothing_half_done(
    full: str, tmp_path: Path, step: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = around(full), getattr(backup, step)

    def breaks(*given: object) -> None:
        if after:
            real(*given)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, step, breaks)
    with pytest.raises((BookFile, OSError)):
        backup.copy(full, str(tmp_path / "copy.db"))
    left = sorted(set(around(full)) - set(before))
    assert left in ([], ["copy.db"])
    assert not left or (step == "_sync_folder" and whole(str(tmp_path / "copy.db")))


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


@pytest.mark.usefixtures("moments")
def test_the_thirty_newest_are_kept_and_what_a_restore_put_aside_forever(full: str) -> None:
    made = [backup.back_up(full)]
    aside = backup.restore(full, made[0])
    made += [backup.back_up(full) for _ in range(34)]
    assert backup.backups(full) == made[::-1][:30]
    assert aside is not None
    assert Path(aside).exists()
    assert aside not in backup.backups(full)


def test_somebody_s_own_file_in_the_folder_is_never_thinned(full: str, moments: list[str]) -> None:
    own = Path(paths.private_folder(paths.backups(full))) / "00000000-mine.db"
    own.write_text("mine")
    for _ in range(backup.KEPT + 2):
        backup.back_up(full)
    assert own.read_text() == "mine"


def test_backups_of_one_moment_do_not_collide(full: str, moments: list[str]) -> None:
    moments += [AT] * 3
    made = [backup.back_up(full) for _ in range(3)]
    assert len(set(made)) == 3
    assert set(backup.backups(full)) == set(made)


def test_a_backup_that_was_just_made_is_there_even_when_the_clock_went_back(full: str, moments: list[str]) -> None:
    moments += [f"2030-01-01T00:00:{second:02}.000Z" for second in range(backup.KEPT)]
    for _ in range(backup.KEPT):
        backup.back_up(full)
    assert moments == []
    assert Path(backup.back_up(full)).exists()


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


def crash_while_writing(path: str) -> None:
    """Leave a journal that SQLite will play back."""
    child = os.fork()
    if child == 0:
        crashing = opened(path, 1, write=True)
        crashing.execute("PRAGMA cache_size=1")
        crashing.execute("BEGIN IMMEDIATE")
        crashing.execute("DELETE FROM touchpoint")
        for number in range(400):
            crashing.execute("INSERT INTO account (name, added_on) VALUES (?, '2026-01-01')", (f"{number}" * 50,))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert Path(f"{path}-journal").exists()


def test_a_stale_journal_is_never_played_into_the_restored_book(full: str) -> None:
    saved = backup.back_up(full)
    do(saved, DEEDS["log all there is"])
    wanted = dump(saved)
    crash_while_writing(full)
    kept = backup.restore(full, saved)
    assert kept is not None
    assert dump(full) == wanted
    assert whole(full)
    assert not Path(f"{full}-journal").exists()
    assert len(dump(kept)["account"]) == 4, "the kept book can still be rolled back by its own journal"


def test_a_stale_journal_of_a_book_that_is_gone_is_not_played_back_either(full: str) -> None:
    saved = backup.back_up(full)
    do(saved, DEEDS["log all there is"])
    wanted = dump(saved)
    crash_while_writing(full)
    Path(full).unlink()
    backup.restore(full, saved)
    assert dump(full) == wanted
    assert whole(full)
    assert not Path(f"{full}-journal").exists()


def test_what_another_process_commits_during_a_restore_is_in_the_book_or_in_the_kept_one(full: str) -> None:
    saved = backup.back_up(full)
    working, restored = threading.Event(), threading.Event()
    told: list[str] = []

    def log() -> None:
        try:
            with write_light(full, journal.Operation("Late", "shell", AT), TODAY) as writing:
                writing.add("account", name="Late", added_on="2026-11-21")
                working.set()
                restored.wait(5)
            told.append("committed")
        except Refusal as refusal:
            told.append(str(refusal))

    writer = threading.Thread(target=log)
    writer.start()
    assert working.wait(10)
    try:
        kept = backup.restore(full, saved)
    except Refusal:  # busy: as good an answer
        kept = None
    restored.set()
    writer.join(20)
    books = [path for path in (full, kept) if path is not None]
    assert all(whole(path) for path in books)
    there = any(("Late",) in rows(path, "SELECT name FROM account") for path in books)
    assert there == (told == ["committed"]), told
    assert there or "nothing was changed" in told[0]


KILLED = """
import os, signal, sys
from csm_tui.store import backup
path, source, when = sys.argv[1], sys.argv[2], int(sys.argv[3])
seen = [0]
here = os.path.dirname(backup.__file__)

def each_line(frame, event, argument):
    if frame.f_code.co_filename.startswith(here):
        if event == "line":
            seen[0] += 1
            if seen[0] == when:
                os.kill(os.getpid(), signal.SIGKILL)
        return each_line

sys.settrace(each_line)
backup.restore(path, source)
sys.settrace(None)
print(seen[0])
"""


def restoring(path: str, source: str, when: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, path, source, str(when)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_there_is_a_book_at_every_line_of_a_restore(full: str) -> None:
    saved = backup.back_up(full)
    seen: list[bool] = []

    def each_line(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename == backup.__file__:
            seen.append(Path(full).exists())
            return each_line
        return None

    before = sys.gettrace()
    sys.settrace(each_line)
    try:
        backup.restore(full, saved)
    finally:
        sys.settrace(before)
    assert len(seen) > 30
    assert all(seen)


@pytest.mark.slow
def test_a_kill_at_any_line_of_a_restore_leaves_old_or_new_and_the_next_restore_works(full: str) -> None:
    saved, old_book = backup.back_up(full), full + ".old"
    do(full, DEEDS["churn an account"])
    shutil.copy(full, old_book)
    old, new = dump(full), dump(saved)
    ran = restoring(full, saved, 0)
    assert ran.returncode == 0, ran.stderr
    lines = int(ran.stdout)
    assert lines > 30
    seen: set[bool] = set()
    for when in range(1, lines + 1, max(1, lines // rounds(lines * 2))):
        shutil.copy(old_book, full)
        assert restoring(full, saved, when).returncode == -signal.SIGKILL
        found: Dump = dump(full)
        assert found in (old, new), when
        seen.add(found == new)
        backup.restore(full, saved)
        assert dump(full) == new, when
        assert whole(full)
    assert seen == {False, True}


def test_what_a_killed_restore_left_does_not_stop_the_next(full: str) -> None:
    saved, before = backup.back_up(full), dump(full)
    for left in (".restoring", ".restoring.part", ".restoring-journal", ".restoring.part-journal"):
        Path(full + left).write_bytes(b"half")
    backup.restore(full, saved)
    assert dump(full) == before
    assert whole(full)


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
