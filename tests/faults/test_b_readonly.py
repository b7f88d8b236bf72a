"""Row B3: what may only be read is read and said to be so; what would write refuses in one sentence."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from csm_tui.store import backup
from tests.cli.conftest import Csm, Ran, book_path, csm, filled
from tests.faults.disk import NOBODY, in_a_child, mounted
from tests.faults.matrix import Tally
from tests.faults.test_b_restore import crash_while_writing
from tests.store.test_every_action import dump, run
from tests.store.test_migrate import old
from tests.tui.conftest import kinds, press, screen_text, settle, toasts, workspace
from tests.tui.test_log_form import put

__all__ = ["book_path", "csm", "filled", "kinds"]

pytestmark = pytest.mark.fault("B3")

LOOKS = (
    ["today"],
    ["accounts", "--json"],
    ["account", "show", "northwind"],
    ["history"],
    ["find", "good"],
    ["brief", "northwind"],
    ["export", "book"],
    ["cadence"],
    ["promises"],
)
WRITES = (
    ["log", "northwind", "call ok"],
    ["account", "add", "Bolt"],
    ["done", "p1"],
    ["undo"],
    ["redo"],
    ["import", "{given}"],
    ["backup"],
    ["restore", "{copy}"],
    ["contact", "left", "northwind", "jon"],
)
Line = Callable[[list[str]], Ran]


def shut(folder: Path, book: int, above: int) -> None:
    """The rights of the book, and of its folder."""
    (folder / "book.db").chmod(book)
    folder.chmod(above)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user can reach (pytest's own are closed to others), which can be taken away again."""
    with tempfile.TemporaryDirectory() as above:
        made = Path(above) / "open"
        for folder in (made.parent, made):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
        yield made
        made.chmod(0o755)


RIGHTS = {"file and folder": (0o444, 0o555), "file": (0o444, 0o755), "folder": (0o666, 0o555)}


def look_and_write(tally: Tally, book: str, line: Line, given: Path, copy: str) -> None:
    """All that looks, then all that writes, each in one sentence."""
    for looking in LOOKS:
        ran = line(["--db", book, *looking])
        tally.tried += 1
        if ran.code != 0 or not ran.out or ran.err.count("read-only") != 1:
            tally.crashed.append(f"{looking[0]}: {ran.code}, {ran.err[:60]} {ran.err[-120:]}")
    for writing in WRITES:
        ran = line(["--db", book, *(word.format(given=given, copy=copy) for word in writing)])
        tally.tried += 1
        if ran.code != 1 or ran.out or ran.err.count("\n") != 1 or "Traceback" in ran.err:
            tally.crashed.append(f"{writing[0]}: {ran.code}, {ran.err[:60]} {ran.err[-120:]}")


@pytest.mark.parametrize("kind", [*RIGHTS, "disk"])
def test_a_book_that_may_not_be_written(tally: Tally, csm: Csm, filled: str, open_folder: Path, kind: str) -> None:
    given, copy, book = open_folder.parent / "list.csv", str(open_folder.parent / "copy.db"), open_folder / "book.db"
    csm("log", "acme", "call ok")
    csm("undo")
    given.write_text("name\nBolt\n")
    backup.copy(filled, copy)
    for found in (given, copy):
        Path(found).chmod(0o644)
    for line in (*LOOKS, *WRITES):  # what is loaded now need not be readable to nobody
        shutil.copy(filled, book)
        csm("--db", str(book), *(word.format(given=given, copy=copy) for word in line))
    shutil.rmtree(f"{book}.backups")
    run(filled, "UPDATE kept_up SET on_day = '2026-11-20'")  # the sweep of the day is still to be made
    if kind == "disk":
        with mounted(open_folder.parent / "disk", "4m") as disk:
            there = shutil.copy(filled, str(disk.folder / "book.db"))
            disk.remount("ro")
            look_and_write(tally, there, lambda words: csm(*words), given, copy)
            disk.remount("rw")
            assert csm("--db", there, *WRITES[0]).code == 0
        return
    shutil.copy(filled, book)
    before = book.read_bytes()
    shut(open_folder, *RIGHTS[kind])
    as_others = lambda words: in_a_child(words, user=NOBODY)  # noqa: E731
    look_and_write(tally, str(book), as_others, given, copy)
    shut(open_folder, 0o600, 0o755)
    if dump(str(book)) != dump(filled) or (kind != "file" and book.read_bytes() != before):
        tally.lost.append("a book that may not be written was written")


def test_a_book_of_somebody_else_or_in_a_folder_of_theirs(
    tally: Tally, csm: Csm, filled: str, open_folder: Path
) -> None:
    book = Path(shutil.copy(filled, open_folder / "book.db"))
    for rights in ((0, 0o755), (0o644, 0)):
        shut(open_folder, *rights)
        for words in (*LOOKS, WRITES[0], WRITES[3]):
            ran = in_a_child(["--db", str(book), *words], user=NOBODY)
            tally.tried += 1
            if ran.code != 1 or ran.out or ran.err.count("\n") != 1 or str(book) not in ran.err:
                tally.crashed.append(f"{words[0]}: {ran.code}, {ran.err[:60]} {ran.err[-120:]}")
        open_folder.chmod(0o755)
    assert not [name for name in os.listdir(open_folder) if name != "book.db"]  # noqa: PTH208


def test_a_write_that_was_cut_off_beside_a_read_only_book_is_said(
    tally: Tally, csm: Csm, filled: str, open_folder: Path
) -> None:
    """It could only be rolled back by writing: what is half there is not shown as if it were whole."""
    book = shutil.copy(filled, str(open_folder / "book.db"))
    crash_while_writing(book)
    shut(open_folder, 0o444, 0o555)
    Path(f"{book}-journal").chmod(0o644)
    ran = in_a_child(["--db", book, "today"], user=NOBODY)
    tally.tried += 1
    if ran.code != 1 or ran.err.count("\n") != 1 or book not in ran.err:
        tally.lost.append(f"half a write is shown: {ran.code}, {ran.err[-160:]}")
    shut(open_folder, 0o600, 0o755)
    if csm("--db", book, "today").code != 0 or dump(book) != dump(filled):
        tally.lost.append("it is not rolled back once it may be written")


def test_an_older_book_that_may_not_be_written(tally: Tally, csm: Csm, open_folder: Path) -> None:
    book = old(str(open_folder / "book.db"))
    shut(open_folder, 0o444, 0o555)
    for words in (LOOKS[0], WRITES[0]):
        ran = in_a_child(["--db", book, *words], user=NOBODY)
        tally.tried += 1
        if ran.code != 1 or ran.out or ran.err.count("\n") != 1:
            tally.crashed.append(f"{words[0]}: {ran.code}, {ran.err[-160:]}")


def test_no_book_can_be_made_in_a_folder_that_may_not_be_written(tally: Tally, csm: Csm, open_folder: Path) -> None:
    csm("import", str(open_folder / "none.csv"))  # what is loaded now need not be readable to nobody
    csm("demo", "--write", str(open_folder))
    open_folder.chmod(0o555)
    for words in (["account", "add", "Bolt"], ["import", str(open_folder / "none.csv")], ["demo", "--write", "{new}"]):
        new = str(open_folder / "new.db")
        line = [word.format(new=new) for word in words]
        ran = in_a_child(line if words[0] == "demo" else ["--db", new, *line], user=NOBODY)
        tally.tried += 1
        if ran.code != 1 or ran.out or ran.err.count("\n") != 1:
            tally.crashed.append(f"{words[0]}: {ran.code}, {ran.err[-160:]}")


async def test_the_workspace_opens_read_only_says_so_and_refuses_in_a_sentence(
    tally: Tally, kinds: str, tmp_path: Path
) -> None:
    """The sweep of the day is still to be made, and cannot be; nor can the last look be noted."""
    run(kinds, "DELETE FROM kept_up")
    with mounted(tmp_path / "disk", "4m") as disk:
        book = shutil.copy(kinds, disk.folder / "book.db")
        before = dump(str(book))
        disk.remount("ro")
        app = workspace(str(book))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            tally.tried += 1
            if "read-only" not in screen_text(app).splitlines()[0] or not any(
                "read-only" in one for one in toasts(app)
            ):
                tally.crashed.append("it does not say that nothing can be saved")
            app.workspace.panes[0].select("c1")
            await press(pilot, "l")
            await put(pilot, "call told me so")
            await press(pilot, "enter")
            tally.tried += 1
            if not any("may not be written" in one for one in toasts(app)):
                tally.crashed.append(f"it does not say that nothing was saved: {toasts(app)}")
            for key in ("2", "4", "H", "escape", "u"):
                await press(pilot, key)
        if dump(str(book)) != before:
            tally.lost.append("it was written")
