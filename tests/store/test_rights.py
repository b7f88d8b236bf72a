"""What a user has no rights to is refused in one sentence; a book that may only be read is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.deeds import DEEDS
from tests.store.test_connection import DOORS, read, write_lightly
from tests.store.test_every_action import do, filled


def as_nobody(deed: Callable[[], object]) -> str:
    """What a deed came to for a user without rights: nothing, or the error."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        told = ""
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            deed()
        except BaseException as error:  # noqa: BLE001 - told to the parent
            told = f"{type(error).__name__}: {error}"
        os.write(writer, told.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told_by_child:
        return told_by_child.read()


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder that any user can reach, with nothing in it."""
    for folder in (tmp_path, *tmp_path.parents[:4]):
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith(("pytest", "popen", "test")):
            folder.chmod(0o755)
    made = tmp_path / "open"
    made.mkdir(mode=0o755)
    return made


def read_only(folder: Path) -> str:
    """A book that nobody may write, in a folder where nobody may write."""
    path = filled(str(folder / "book.db"))
    do(path, DEEDS["edit an account"])
    Path(path).chmod(0o444)
    folder.chmod(0o555)
    return path


def test_a_read_only_book_is_read(open_folder: Path) -> None:
    path = read_only(open_folder)
    before = Path(path).read_bytes()
    assert as_nobody(lambda: read(path)) == ""
    open_folder.chmod(0o755)
    assert Path(path).read_bytes() == before


@pytest.mark.parametrize("door", ["write lightly", "write models", "undo"])
def test_a_write_to_a_read_only_book_is_refused_in_a_sentence(open_folder: Path, door: str) -> None:
    path = read_only(open_folder)
    before = Path(path).read_bytes()
    told = as_nobody(lambda: DOORS[door](path))
    open_folder.chmod(0o755)
    assert told.startswith("BookFile: ")
    assert told.endswith("may not be written: nothing was changed; check the file and its folder.")
    assert Path(path).read_bytes() == before


def test_a_write_in_a_folder_where_no_journal_can_be_made_is_refused_in_a_sentence(open_folder: Path) -> None:
    path = read_only(open_folder)
    Path(path).chmod(0o666)
    told = as_nobody(lambda: write_lightly(path))
    open_folder.chmod(0o755)
    assert told.startswith("BookFile: ")
    assert "may not be written: nothing was changed" in told


def test_a_book_of_somebody_else_is_refused(open_folder: Path) -> None:
    path = filled(str(open_folder / "book.db"))
    Path(path).chmod(0)
    assert as_nobody(lambda: read(path)) == f"BookFile: {path} may not be read: check whose file it is."


def test_a_folder_of_somebody_else_is_refused(open_folder: Path) -> None:
    path = filled(str(open_folder / "book.db"))
    open_folder.chmod(0)
    told = as_nobody(lambda: read(path))
    open_folder.chmod(0o755)
    assert told == f"BookFile: {path} cannot be opened: Permission denied."
