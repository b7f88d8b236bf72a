"""Group B, the file itself: damaged in 200 ways it is refused and left as it is, and never replaced in silence."""

from __future__ import annotations

import io
import shutil
import sqlite3
import subprocess
import traceback
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from csm_tui.cli.main import main
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.demo import write_demo
from csm_tui.store import backup
from csm_tui.store.connection import APPLICATION_ID, SCHEMA_VERSION, reading
from csm_tui.store.connection import damaged as damage
from csm_tui.store.pages import Pages
from csm_tui.store.remains import Remains
from csm_tui.tui import start
from csm_tui.tui.app import CsmApp
from tests.conftest import TODAY, rounds, soon
from tests.faults.damages import MOST, PAGE, damaged
from tests.faults.matrix import Tally
from tests.faults.program import CSM
from tests.terminal import Terminal
from tests.tui.conftest import press, screen_text, settle, toasts

SECONDS = 10


class Shelf(NamedTuple):
    """A folder for a book, with a backup of it beside it; the book's bytes, and the day of the backup."""

    path: Path
    book: bytes
    backed_up_on: str

    def content(self) -> bytes | None:
        """What stands there, where that is a plain file."""
        return self.path.read_bytes() if self.path.is_file() and not self.path.is_symlink() else None

    def beside(self) -> list[str]:
        """Every file of the folder, without the book."""
        return sorted(str(found) for found in self.path.parent.rglob("*") if found != self.path)

    def state(self) -> tuple[bytes | None, list[str]]:
        """All that no command may change."""
        return self.content(), self.beside()

    def lay(self, number: int) -> None:
        """Put a damaged book in the place."""
        if self.path.is_dir():
            self.path.rmdir()
        self.path.unlink(missing_ok=True)
        damaged(self.path, self.book, number)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up book of a year, and one backup."""
    folder = tmp_path_factory.mktemp("damage")
    path = str(folder / "book.db")
    write_demo(path, TODAY, 40)
    backup.back_up(path)
    return folder


@pytest.fixture
def shelf(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The book and its backup in a place of their own."""
    shutil.copytree(source, tmp_path / "mine")
    path = tmp_path / "mine" / "book.db"
    monkeypatch.setenv("CSM_DB", str(path))
    monkeypatch.setenv("CSM_TODAY", TODAY.isoformat())
    name = Path(backup.backups(str(path))[0]).name
    return Shelf(path, path.read_bytes(), f"{name[:4]}-{name[4:6]}-{name[6:8]}")


class Ran(NamedTuple):
    """What a command came to: its exit code, or the last line of a traceback; its words."""

    code: int | str
    said: str


def run(*words: str) -> Ran:
    """One command line in this process, which has everything loaded."""
    out, err = io.StringIO(), io.StringIO()
    try:
        with soon(), redirect_stdout(out), redirect_stderr(err):
            code = main(list(words))
    except Exception as error:  # noqa: BLE001 - a bug is counted
        return Ran(f"{type(error).__name__} at {traceback.extract_tb(error.__traceback__)[-1]}", "")
    return Ran(code, out.getvalue() + err.getvalue())


def first_frame(path: str) -> Ran:
    """What the workspace does with a book before it draws anything."""
    try:
        with soon():
            start._ready(path, TODAY)
            with reading(path, TODAY) as book:
                start.first_look(book)
    except Refusal as refusal:
        return Ran(1, str(refusal))
    except Exception as error:  # noqa: BLE001 - a bug is counted
        return Ran(f"{type(error).__name__} at {traceback.extract_tb(error.__traceback__)[-1]}", "")
    return Ran(0, "")


def is_whole(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with it."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def offered(shelf: Shelf, said: str) -> bool:
    """Whether the way back is told: each backup with its day and counts, and the salvage where something is left."""
    if shelf.path.is_symlink():  # the backups of a link lie where it leads
        return True
    told = f"{shelf.backed_up_on}  40 accounts" in said and "csm restore" in said
    return told and ("csm doctor --salvage" in said or not shelf.content())


def see(tally: Tally, where: str, ran: Ran, *, untouched: bool) -> None:
    """Count what a command did to a damaged book."""
    tally.tried += 1
    if ran.code not in {0, 1}:
        tally.crashed.append(f"{where}: {ran.code}")
    if not untouched:
        tally.lost.append(f"{where}: the file was altered, or another made")
    tally.figures["refused"] = tally.figures.get("refused", 0) + (ran.code == 1)


@pytest.mark.fault("B4")
def test_a_damaged_book_is_read_or_refused_and_never_altered(tally: Tally, shelf: Shelf) -> None:
    for number in range(0, MOST, MOST // rounds(MOST)):
        shelf.lay(number)
        before = shelf.state()
        for command in ("today", "doctor"):
            ran = run(command)
            see(tally, f"damage {number}, {command}", ran, untouched=shelf.state() == before)
            refused = ran.code == 1 if command == "today" else not (shelf.path.is_file() and is_whole(shelf.path))
            if refused and not offered(shelf, ran.said):
                tally.crashed.append(f"damage {number}, {command}: no way back was offered: {ran.said[:120]}")
        see(tally, f"damage {number}, workspace", first_frame(str(shelf.path)), untouched=shelf.state() == before)
    assert tally.figures["refused"] > tally.tried / 4


COMMANDS = [
    ["accounts"], ["account", "show", "Adatum"], ["cadence"], ["reviews"], ["onboarding"], ["recovery"], ["promises"],
    ["find", "usage"], ["history"], ["since"], ["brief", "Adatum"], ["export", "accounts"], ["backup"],
]  # fmt: skip
WRITES = [["log", "Adatum", "call they said yes"], ["undo"], ["account", "edit", "Adatum", "--owner", "Me"]]


@pytest.mark.fault("B4")
def test_damage_that_a_later_page_shows_is_said_then(tally: Tally, shelf: Shelf) -> None:
    """Whatever is read in the middle of work, by a pane's command or by one that writes."""
    for number in range(1, MOST, MOST // rounds(MOST, 50)):
        if number % 10 == 0:
            continue
        for words in (*COMMANDS, *WRITES):
            shelf.lay(number)
            before = shelf.state()
            ran = run(*words)
            written = words in [*WRITES, ["backup"]] and (ran.code == 0 or "was saved" in ran.said)
            see(tally, f"damage {number}, {words[0]}", ran, untouched=written or shelf.state() == before)


@pytest.mark.fault("B4")
def test_a_value_that_its_column_does_not_take_is_damage_and_no_bug(tally: Tally, shelf: Shelf) -> None:
    for was, now in ((b"high-touch", b"hugh-touch"), (b"two-way", b"ten-way"), (b"2026-", b"2O26-")):
        pages = [shelf.book[at : at + PAGE] for at in range(0, len(shelf.book), PAGE)]
        shelf.path.write_bytes(b"".join(page if b"CREATE" in page else page.replace(was, now) for page in pages))
        before = shelf.state()
        for words in (["today"], ["accounts"], ["cadence"], ["log", "Adatum", "call fine"]):
            ran = run(*words)
            written = ran.code == 0 or "was saved" in ran.said
            see(tally, words[0], ran, untouched=written or shelf.state() == before)
            if ran.code == 1 and "is damaged" not in ran.said:
                tally.crashed.append(f"{words[0]}: {ran.said}")


@pytest.mark.fault("B4")
def test_the_rules_write_nothing_into_a_damaged_book(
    tally: Tally, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look of a day opens what falls due, but not in a file that is not whole."""
    monkeypatch.setenv("CSM_TODAY", "2026-12-01")
    for number in range(1, MOST, MOST // rounds(MOST, 50)):
        shelf.lay(number)
        if shelf.path.is_file() and not is_whole(shelf.path):
            before = shelf.state()
            see(tally, f"damage {number}, today", run("today"), untouched=shelf.state() == before)


@pytest.mark.fault("B4")
async def test_a_pane_that_cannot_be_read_says_so_and_not_that_the_book_is_empty(tally: Tally, shelf: Shelf) -> None:
    book = bytearray(shelf.book)
    for leaf in Remains(Pages(shelf.book)).trees["contact"].leaves:
        book[(leaf.page - 1) * PAGE : leaf.page * PAGE] = b"\xff" * PAGE
    shelf.path.write_bytes(book)
    app = CsmApp(str(shelf.path), TODAY)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        tally.tried += 1
        told = screen_text(app)
        if "The book is empty" in told or "This could not be read" not in told:
            tally.lost.append("a pane says what is not so")
        tally.crashed += ["nothing was said"] * ("csm doctor --salvage" not in " ".join(toasts(app)))
        standing = [notice.identity for notice in app._notifications]
        for _ in range(8):  # many lists meet it at once
            app.desk.broke(damage(str(shelf.path)))
        await settle(pilot)
        tally.crashed += ["it was said again while it stood there"] * (
            [notice.identity for notice in app._notifications] != standing
        )


@pytest.mark.fault("B4")
def test_the_programs_themselves_say_it(tally: Tally, shelf: Shelf) -> None:
    """Real processes, the workspace in a real terminal: a sample, among it the first page and a page of touchpoints."""
    for number in (1, 7, 20)[: rounds(3, 3) + 1]:
        shelf.lay(number)
        before = shelf.state()
        ran = subprocess.run([*CSM, "today"], capture_output=True, text=True, timeout=SECONDS, check=False)
        see(tally, f"damage {number}, csm today", Ran(ran.returncode, ran.stderr), untouched=shelf.state() == before)
        tally.crashed += ["a traceback"] * ("Traceback" in ran.stderr)
        terminal = Terminal(CSM, {"CSM_DB": str(shelf.path)})
        try:
            if ran.returncode == 0:
                terminal.shows("Today")
                terminal.type("q")
            status = terminal.status()
            see(tally, f"damage {number}, csm", Ran(status, ""), untouched=shelf.state() == before)
            tally.crashed += ["a traceback"] * (b"Traceback" in terminal.out)
        finally:
            terminal.close()


def strange(path: Path, application_id: int, version: int, script: str) -> None:
    """A sound file of another program."""
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.executescript(f"PRAGMA application_id={application_id}; PRAGMA user_version={version}; {script}")


ANKI = """
CREATE TABLE col (id INTEGER PRIMARY KEY, crt INTEGER, ver INTEGER); INSERT INTO col VALUES (1, 2, 11);
CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT, flds TEXT); INSERT INTO notes VALUES (1, 'a', 'b');
"""
FIREFOX = "CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT); INSERT INTO moz_places VALUES (1, 'x');"
LIKE_OURS = "CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO account VALUES (1, 'x');"
STRANGERS = {
    "Anki's": (0, 0, ANKI), "Anki's of our version": (0, SCHEMA_VERSION, ANKI), "Firefox's": (0, 77, FIREFOX),
    "a table of the same name": (0, SCHEMA_VERSION, LIKE_OURS),
    "another program's id": (0x12345678, SCHEMA_VERSION, LIKE_OURS),
    "our id without a version": (APPLICATION_ID, 0, LIKE_OURS),
}  # fmt: skip


@pytest.mark.fault("B12")
@pytest.mark.parametrize("whose", STRANGERS)
def test_a_file_of_another_program_is_refused_and_left_as_it_is(
    tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    shelf = Shelf(tmp_path / "folder" / "strange.db", b"", "")
    shelf.path.parent.mkdir()
    strange(shelf.path, *STRANGERS[whose])
    monkeypatch.setenv("CSM_DB", str(shelf.path))
    before = shelf.state()
    restore = ["restore", str(shelf.path), "--db", str(tmp_path / "folder" / "none.db")]
    for words in (["today"], ["doctor"], ["doctor", "--salvage"], *COMMANDS[:2], *WRITES, ["backup"], restore):
        ran = run(*words)
        see(tally, words[0], ran, untouched=shelf.state() == before)
        if ran.code != 1 or "is not a csm book" not in ran.said:
            tally.lost.append(f"{words[0]} took it")
    ran = first_frame(str(shelf.path))
    see(tally, "workspace", ran, untouched=shelf.state() == before)
    tally.lost += ["the workspace took it"] * (ran.code != 1)
