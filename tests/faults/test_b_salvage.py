"""Group B, salvage: one page of a book is lost, whichever, and nearly every row is back in a sound book beside it."""

from __future__ import annotations

import io
import json
import random
import shutil
import sqlite3
import stat
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from csm_tui.cli.main import main
from csm_tui.exchange.demo import write_demo
from csm_tui.playbooks import all_playbooks
from csm_tui.store.journal import Operation
from csm_tui.store.remains import TABLES
from csm_tui.store.writing_light import write_light
from tests.conftest import TODAY, rounds
from tests.faults.damages import PAGE
from tests.faults.matrix import Tally
from tests.store.test_every_action import AT, filled

LEAST = 0.98
Rows = dict[str, set[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A book of about 300 pages, a part of which the journal knows."""
    path = tmp_path_factory.mktemp("salvage") / "book.db"
    write_demo(str(path), TODAY, 64)
    with write_light(str(path), Operation("Work", "shell", AT), TODAY) as writing:
        for number in range(30):
            writing.add("promise", account_id=1, side="ours", what=f"Promise {number}", made_on="2026-11-01")
            writing.add("escalation", account_id=1 + number, severity="high", opened_on="2026-11-02")
    return path.read_bytes()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the damaged book lies."""
    path = tmp_path / "mine" / "book.db"
    path.parent.mkdir()
    monkeypatch.setenv("CSM_DB", str(path))
    monkeypatch.setenv("CSM_TODAY", TODAY.isoformat())
    return path


def rows(path: str | Path) -> Rows:
    """Every row of a book; of an operation what salvage leaves as it was."""
    with closing(sqlite3.connect(path)) as connection:
        found = {table: set(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in TABLES}
    return {**found, "operation": {row[:5] for row in found["operation"]}}


def whole(path: str) -> bool:
    """Pages, indexes, references and rights."""
    with closing(sqlite3.connect(path)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return sound and not connection.execute("PRAGMA foreign_key_check").fetchall() and mode(path) == 0o600


def mode(path: str) -> int:
    """Who may do what with it."""
    return stat.S_IMODE(Path(path).stat().st_mode)


def csm(*words: str) -> tuple[int, str]:
    """A command line, and what it printed."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        return main(list(words)), out.getvalue()


def salvaged(place: Path, damaged: bytes) -> dict[str, Any] | str:
    """What `csm doctor --salvage --json` says, or the refusal. The damaged file is as it was."""
    place.write_bytes(damaged)
    code, said = csm("doctor", "--salvage", "--json")
    assert place.read_bytes() == damaged
    return said if code else dict(json.loads(said))


def without(book: bytes, page: int, instead: bytes) -> bytes:
    """The book with a page (from 1) overwritten."""
    return book[: (page - 1) * PAGE] + instead + book[page * PAGE :]


def share(want: Rows, got: Rows) -> float:
    """How many rows are there again, each column as it was."""
    return sum(len(want[table] & got[table]) for table in TABLES) / sum(map(len, want.values()))


def seen(tally: Tally, where: str, found: dict[str, Any] | str, want: Rows) -> float:
    """Count what a salvage brought back; the share of the rows."""
    tally.tried += 1
    if isinstance(found, str):
        tally.crashed.append(f"{where}: {found}")
        return 0.0
    if not whole(found["path"]):
        tally.lost.append(f"{where}: the new book is not whole")
    back = share(want, rows(found["path"]))
    if back < LEAST:
        tally.lost.append(f"{where}: {back:.3f} of the rows")
    Path(found["path"]).unlink()
    return back


@pytest.mark.fault("B5")
@pytest.mark.slow
def test_any_page_may_be_lost(tally: Tally, place: Path, large: bytes) -> None:
    """The first, the roots, inner pages, leaves, overflowing text, indexes: of random bytes or of zeros."""
    place.write_bytes(large)
    want, last = rows(place), len(large) // PAGE
    for number in {1, *random.Random(1).sample(range(2, last + 1), rounds(150, 30) - 1)}:
        instead = random.Random(number).randbytes(PAGE) if number % 4 else bytes(PAGE)
        found = salvaged(place, without(large, number, instead))
        if not isinstance(found, str) or "is whole" not in found:  # a page that holds nothing
            back = seen(tally, f"page {number}", found, want)
            tally.figures["least share of rows back"] = min(back, tally.figures.get("least share of rows back", 1.0))


@pytest.mark.fault("B5")
def test_a_lost_root_is_no_lost_table(tally: Tally, place: Path, large: bytes) -> None:
    """The leaves below it are found, and known by what stands on them; the same for the first page, which names all."""
    place.write_bytes(large)
    want, roots = rows(place), objects(place)
    lost = {"the first page": 1, "touchpoints": roots["touchpoint"], "steps": roots["step"]}
    lost["some contacts"] = 1 + large.index(f"{next(iter(want['contact']))[2]}".encode()) // PAGE
    for name, page in lost.items():
        seen(tally, name, salvaged(place, without(large, page, random.Random(page).randbytes(PAGE))), want)


def objects(path: Path) -> dict[str, int]:
    """The root of every table."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'").fetchall())


@pytest.mark.fault("B5")
def test_what_is_missing_is_told(tally: Tally, place: Path, large: bytes) -> None:
    """Row by row, of each table; what stands in for a lost row says so; and the new book takes the old one's place."""
    place.write_bytes(large)
    want = rows(place)
    page = 1 + large.index(b"touchpoint", large.rindex(b"Check-in")) // PAGE if b"Check-in" in large else 100
    place.write_bytes(without(large, page, bytes(PAGE)))
    found = salvaged(place, place.read_bytes())
    assert isinstance(found, dict), found
    got = rows(found["path"])
    for table in found["tables"]:
        tally.tried += 1
        gone = {row[0] for row in want[table["table"]]} - {row[0] for row in got[table["table"]]}
        if gone != {*table["missing"], *table["left_out"]}:
            tally.lost.append(f"{table['table']}: not told of {len(gone)}")
    code, said = csm("doctor", "--salvage")
    assert (code, "The damaged book was left as it is" in said) == (0, True)
    assert said.splitlines()[-1].startswith("To put it in its place: csm restore ")
    assert csm("restore", found["path"])[0] == 0
    assert csm("today")[0] == 0
    assert "is whole, so there is nothing to salvage" in csm("doctor", "--salvage")[1]


@pytest.mark.fault("B5")
def test_every_reference_to_a_lost_row_is_settled(tally: Tally, place: Path, tmp_path: Path) -> None:
    """Tables of one page, each lost as a whole: what belonged to its rows is let go of, stood in for, or left out."""
    path = filled(str(tmp_path / "small.db"))
    with closing(sqlite3.connect(path)) as connection:
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'").fetchall())
    book, want = Path(path).read_bytes(), rows(path)
    for table in TABLES[: rounds(len(TABLES), 4)]:
        found = salvaged(place, without(book, roots[table], bytes(PAGE)))
        tally.tried += 1
        if isinstance(found, str) or not whole(found["path"]):
            tally.lost.append(f"{table}: no sound book: {found}")
            continue
        got = rows(found["path"])
        told = {one["table"]: one for one in found["tables"]}
        for other in TABLES:
            gone = {row[0] for row in want[other]} - {row[0] for row in got[other]}
            if other != table and gone != set(told[other]["left_out"]) and other != "kept_up":
                tally.lost.append(f"without {table}: {len(gone)} of {other}, untold")
        Path(found["path"]).unlink()


@pytest.mark.fault("B5")
def test_what_the_journal_knows_is_found_again(tally: Tally, place: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "small.db")
    shutil.copy(filled(path), place)
    with write_light(str(place), Operation("Work", "shell", AT), TODAY) as writing:
        kept = writing.add("promise", account_id=1, side="ours", what="kept in the journal", made_on="2026-11-01")
        writing.change("promise", kept, what="changed in the journal")
        writing.remove("promise", writing.add("promise", account_id=1, side="ours", what="x", made_on="2026-11-01"))
    with closing(sqlite3.connect(place)) as connection:
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'promise'").fetchall()
    found = salvaged(place, without(place.read_bytes(), root, bytes(PAGE)))
    assert isinstance(found, dict), found
    tally.tried += 1
    whats = {row[4] for row in rows(found["path"])["promise"]}
    if whats != {"send usage", "their list", "changed in the journal"}:
        tally.lost.append(f"{len(whats)} promises came back")
    with closing(sqlite3.connect(found["path"])) as connection:
        newest = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'promise'").fetchone()
    tally.tried += 1
    tally.lost += ["an id would be given twice"] * (newest != (kept + 1,))


@pytest.mark.fault("B5")
def test_a_lost_playbook_text_is_that_of_the_playbook_that_is_still_there(
    tally: Tally, place: Path, large: bytes
) -> None:
    text = next(one.text for one in all_playbooks().templates if one.playbook.id == "onboarding")
    found = salvaged(place, without(large, 1 + large.index(text[-60:-20].encode()) // PAGE, b"\xff" * PAGE))
    assert isinstance(found, dict), found
    tally.tried += 1
    tally.lost += ["the text"] * (text not in {row[2] for row in rows(found["path"])["template"]})


@pytest.mark.fault("B5")
def test_the_journal_of_a_crash_is_played_back_in_the_copy_alone(tally: Tally, place: Path, large: bytes) -> None:
    """A write was cut off with half its pages in the file: the new book has none of it, both files are as before."""
    place.write_bytes(large)
    want = rows(place)
    with closing(sqlite3.connect(place, isolation_level=None)) as crashing:
        crashing.execute("PRAGMA cache_size=1")
        crashing.execute("BEGIN IMMEDIATE")
        for number in range(300):
            crashing.execute("INSERT INTO account (name, added_on) VALUES (?, '2026-01-01')", (f"{number}" * 90,))
        half, journal = place.read_bytes(), Path(f"{place}-journal").read_bytes()
    Path(f"{place}-journal").write_bytes(journal)
    page = len(large) // PAGE // 2
    found = salvaged(place, without(half, page, random.Random(2).randbytes(PAGE)))
    tally.tried += 1
    assert Path(f"{place}-journal").read_bytes() == journal
    assert isinstance(found, dict), found
    got = rows(found["path"])
    tally.lost += ["rows of a write that never was"] * (len(got["account"]) != len(want["account"]))
    seen(tally, "a crash and a lost page", found, want)
