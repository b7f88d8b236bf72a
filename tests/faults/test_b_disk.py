"""Row B1: a full disk loses nothing, leaves nothing half written, is named, and after it is freed all goes on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from csm_tui import paths
from csm_tui.store import backup
from csm_tui.tui import drafts
from tests.cli.conftest import Csm, Ran, book_path, csm, filled
from tests.conftest import rounds
from tests.faults.disk import PAGE, Disk, in_a_child, mounted
from tests.faults.matrix import Tally
from tests.store.test_backup import whole
from tests.store.test_every_action import Dump, dump
from tests.store.test_migrate import as_before, contents, old
from tests.tui.conftest import kinds, press, rows, settle, toasts, workspace
from tests.tui.test_log_form import put

__all__ = ["book_path", "csm", "filled", "kinds"]

pytestmark = pytest.mark.fault("B1")

LINES = {
    "add": ["account", "add", "Bolt", "--notes", "x" * 9000],
    "log": ["log", "northwind", "call @jon 25m", "told " * 900],
    "undo": ["undo"],
    "import": ["import", "{given}"],
    "backup": ["backup"],
    "restore": ["restore"],
    "export": ["export", "book", "--out", "{folder}/out.json"],
    "a first start": ["--db", "{folder}/new/book.db", "account", "add", "Bolt"],
    "demo": ["demo", "--write", "{folder}/demo.db", "--accounts", "2"],
}
ALL = rounds(2) == 2
STEP = PAGE if ALL else 24 * PAGE
MOST = 300


class Place(NamedTuple):
    """A book in a folder in which there is little room, and how to run a line with so many bytes of it."""

    folder: Path
    book: str
    run: Callable[[list[str], int], Ran]
    free: Callable[[], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of 3 MiB."""
    with mounted(tmp_path / "disk", "3m") as made:
        yield made


def little_disk(disk: Disk, csm: Csm) -> Place:
    def run(line: list[str], room: int) -> Ran:
        disk.leave(room)
        return csm(*line)

    return Place(disk.folder, str(disk.folder / "book.db"), run, disk.free)


@pytest.fixture(params=["a full disk", "files that may not grow"])
def place(request: pytest.FixtureRequest, csm: Csm, tmp_path: Path) -> Place:
    """A real disk that is full; where none can be mounted, at least a limit to the length of files."""
    if request.param == "a full disk":
        return little_disk(request.getfixturevalue("disk"), csm)
    if os.geteuid() == 0 and not ALL:
        pytest.skip("a disk that is full was tried")
    folder = tmp_path / "limited"
    folder.mkdir(mode=0o700)
    return Place(folder, str(folder / "book.db"), lambda line, room: in_a_child(line, file_size=room), lambda: None)


def tree(folder: Path) -> dict[str, int]:
    """What lies in a folder, and how long it is."""
    found = {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    for name in (".filler", "new/book.db"):  # a first book that is made, whole and empty, is no half one
        found.pop(name, None)
    return found


def restock(place: Place, source: str) -> None:
    """The folder as it was in the beginning: a book, and one backup of it."""
    place.free()
    for found in place.folder.iterdir():
        shutil.rmtree(found) if found.is_dir() else found.unlink()
    shutil.copy(source, place.book)
    Path(place.book).chmod(0o600)


def told_well(ran: Ran, place: Place) -> bool:
    """One sentence that names the disk and a path on it."""
    sentence = ran.err.strip()
    named = str(place.folder) in sentence and ("disk" in sentence or "space" in sentence or "large" in sentence)
    return (ran.code, ran.out, sentence.count("\n")) == (1, "", 0) and named and "Traceback" not in sentence


@pytest.mark.slow
@pytest.mark.parametrize("name", LINES)
def test_a_full_disk_loses_nothing_and_all_goes_on_once_there_is_room(
    tally: Tally, place: Place, filled: str, csm: Csm, name: str
) -> None:
    """From no room at all, a page more each time, until there is enough."""
    given = Path(filled).parent / "list.csv"
    given.write_text("name,arr\n" + "".join(f"Account {number},{number}\n" for number in range(400)))
    csm("log", "acme", "call " + "before " * 40)
    line = [word.format(folder=place.folder, given=given) for word in LINES[name]]
    line = line if line[0] in {"--db", "demo"} else ["--db", place.book, *line]
    for room in range(0, MOST * STEP, STEP):
        restock(place, filled)
        backup.back_up(place.book)
        before, there = dump(place.book), tree(place.folder)
        ran = place.run(line, room)
        tally.tried += 1
        if ran.code == 0:
            break
        if not told_well(ran, place):
            tally.crashed.append(f"with {room} bytes left: {ran.code}, {ran.err[-160:]}")
        if csm("today").code != 0 or dump(place.book) != before or not whole(place.book):
            tally.lost.append(f"something of the book, with {room} bytes left")
        if name != "import" and tree(place.folder) != there:
            tally.lost.append(f"left behind with {room} bytes: {sorted(set(tree(place.folder)) - set(there))}")
        place.free()
        if csm(*line).code != 0:
            tally.crashed.append("it does not go on once there is room")
    assert ran.code == 0, ran.err
    assert tally.tried > 1


@pytest.mark.slow
def test_an_older_book_stays_old_or_comes_up_to_date(tally: Tally, place: Place, csm: Csm, tmp_path: Path) -> None:
    source = old(str(tmp_path / "old.db"))
    before = contents(source)
    for room in range(0, MOST * STEP, STEP):
        restock(place, source)
        ran = place.run(["--db", place.book, "account", "add", "Bolt"], room)
        tally.tried += 1
        if ran.code == 0:
            break
        if not told_well(ran, place):
            tally.crashed.append(f"with {room} bytes left: {ran.code}, {ran.err[-160:]}")
        if not as_before(before, place.book) or not whole(place.book):
            tally.lost.append(f"a row, with {room} bytes left")
        tally.lost += [
            f"a backup that is not whole, with {room} bytes" for kept in backup.backups(place.book) if not whole(kept)
        ]
        place.free()
        if csm("--db", place.book, "account", "add", "Bolt").code != 0:
            tally.crashed.append("it does not go on once there is room")
    assert ran.code == 0, ran.err


def test_a_draft_that_cannot_be_kept_leaves_the_one_before(
    tally: Tally, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(disk.folder))
    assert drafts.keep("/book.db", "log-1", "half a line") == ""
    folder = Path(paths.drafts())
    there = tree(folder)
    disk.leave(0)
    for text in ("a longer line", "x" * 100_000):
        told = drafts.keep("/book.db", "log-1", text)
        tally.tried += 1
        if str(folder) not in told or "disk" not in told or told.count("\n"):
            tally.crashed.append(f"it says {told!r}")
        if drafts.kept("/book.db", "log-1") != text or tree(folder) != there:
            tally.lost.append("a draft, or the one that was kept before")
    disk.free()
    assert drafts.keep("/book.db", "log-1", "a longer line") == ""
    assert drafts.kept("/book.db", "log-1") == "a longer line"


async def test_the_workspace_says_it_keeps_what_was_typed_and_goes_on_without_a_restart(
    tally: Tally, disk: Disk, kinds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = shutil.copy(kinds, disk.folder / "book.db")
    monkeypatch.setenv("XDG_STATE_HOME", str(disk.folder / "state"))
    before: Dump = dump(str(book))
    app = workspace(str(book))
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        disk.leave(0)
        app.workspace.panes[0].select("c1")
        await press(pilot, "l")
        await put(pilot, "call " + "told me so " * 300)
        await press(pilot, "enter")
        tally.tried += 1
        if dump(str(book)) != before:
            tally.lost.append("something was written to a full disk")
        said = " ".join([*toasts(app), *(str(one.render()) for one in app.screen.query("Static"))])
        if "disk" not in said or str(disk.folder) not in said.replace(" ", "").replace("\n", ""):
            tally.crashed.append(f"it does not say that the disk is full: {said[-200:]}")
        disk.free()
        await press(pilot, "l", "enter")
        if len(rows(str(book), "SELECT id FROM touchpoint WHERE summary LIKE 'told me so%'")) != 1:
            tally.lost.append("it does not go on once there is room")
    assert os.path.exists(book)  # noqa: PTH110
