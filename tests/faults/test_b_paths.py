"""Row B10: links, odd paths, and files that are there: nothing is followed or overwritten without being asked."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.store import backup, migrate
from csm_tui.store.connection import BookFile, opened
from csm_tui.tui import drafts
from tests.cli.conftest import Csm, book_path, csm, filled
from tests.faults.matrix import Tally
from tests.store.test_every_action import rows

__all__ = ["book_path", "csm", "filled"]

pytestmark = pytest.mark.fault("B10")

WRITES = (["log", "northwind", "call ok"], ["account", "add", "Bolt"], ["done", "p1"], ["undo"])
HOSTILE = ("../../out", "/etc/passwd", "a/b", "..", "x\ny", "-rf", "CON", "book.db-journal", "nul\\x")


def tree(folder: Path) -> dict[str, bytes | str]:
    """All that lies below a folder: files with what is in them, links with where they lead."""
    found: dict[str, bytes | str] = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        found[name] = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else "folder"
    return found


def in_the_way(folder: Path) -> list[Path]:
    """Whatever may lie where something is to be written."""
    theirs = folder / "theirs"
    theirs.write_text("theirs")
    (folder / "folder").mkdir()
    (folder / "link").symlink_to(theirs)
    (folder / "to a folder").symlink_to(folder / "folder")
    (folder / "to nothing").symlink_to(folder / "not there")
    (folder / "to itself").symlink_to(folder / "to itself")
    (folder / "second").hardlink_to(theirs)
    os.mkfifo(folder / "pipe")
    return [folder / name for name in os.listdir(folder)]  # noqa: PTH208


def test_what_is_in_the_way_is_refused_and_stays(tally: Tally, csm: Csm, filled: str, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    targets = in_the_way(place)
    given = tmp_path / "list.csv"
    given.write_text("name\n\n,\n")
    before = tree(place)
    for target in targets:
        for line in (
            ["export", "accounts", "--out", str(target)],
            ["export", "book", "--out", str(target)],
            ["backup", str(target)],
            ["demo", "--write", str(target)],
            ["import", str(given), "--refused", str(target)],
        ):
            ran = csm(*line)
            tally.tried += 1
            if ran.code != 1 or ran.err.count("\n") != 1 or str(target) not in ran.err:
                tally.crashed.append(f"{line[0]} over {target.name}: {ran.code}, {ran.err[:80]}")
            if tree(place) != before:
                tally.lost.append(f"{line[0]} changed {target.name}")
                return


def test_what_is_replaced_when_asked_is_the_link_and_not_where_it_leads(
    tally: Tally, csm: Csm, filled: str, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for target in in_the_way(place):
        ran = csm("export", "accounts", "--out", str(target), "--force")
        plain = target.name in {"theirs", "link", "second"}
        tally.tried += 1
        if ran.code != (0 if plain else 1):
            tally.crashed.append(f"{target.name}: {ran.code}, {ran.err[:80]}")
        if plain and (target.is_symlink() or not target.read_text(encoding="utf-8-sig").startswith("csm ID")):
            tally.lost.append(f"{target.name} was not replaced")
        if target.name in {"link", "second"} and (place / "theirs").exists():
            left = (place / "theirs").read_text(encoding="utf-8-sig")
            if left != "theirs" and not left.startswith("csm ID"):
                tally.lost.append(f"{target.name} was followed")


@pytest.mark.parametrize("way", ["symbolic", "hard", "by another path"])
def test_an_export_over_the_book_by_any_name_is_refused(
    tally: Tally, csm: Csm, filled: str, tmp_path: Path, way: str
) -> None:
    other = tmp_path / "other.db"
    if way == "symbolic":
        other.symlink_to(filled)
    elif way == "hard":
        other.hardlink_to(filled)
    else:
        other = tmp_path / "my" / ".." / "my" / "book.db"
    before = Path(filled).read_bytes()
    ran = csm("export", "accounts", "--out", str(other), "--force")
    tally.tried += 1
    if ran.code != 1 or Path(filled).read_bytes() != before or not other.exists():
        tally.lost.append("the book was replaced by an export")


def test_a_name_that_sqlite_takes_for_its_own_is_refused(tally: Tally, csm: Csm, filled: str) -> None:
    for end in ("-journal", "-wal", "-shm"):
        for line in (["export", "accounts", "--out", filled + end], ["backup", filled + end]):
            ran = csm(*line)
            tally.tried += 1
            if ran.code != 1 or "SQLite" not in ran.err or Path(filled + end).exists():
                tally.lost.append(f"{line[0]} wrote {end}")
            assert csm("today").code == 0


def test_a_book_with_a_second_name_is_read_and_not_written(tally: Tally, csm: Csm, filled: str, tmp_path: Path) -> None:
    second = tmp_path / "second.db"
    second.hardlink_to(filled)
    before = Path(filled).read_bytes()
    for path in (filled, str(second)):
        for line in WRITES:
            ran = csm("--db", path, *line)
            tally.tried += 1
            if ran.code != 1 or "second name" not in ran.err or ran.err.count("\n") != 1:
                tally.lost.append(f"{line[0]} on a book with a second name: {ran.code}, {ran.err[:80]}")
        looked = csm("--db", path, "today")
        if looked.code != 0 or "second name" not in looked.err:
            tally.lost.append(f"csm today does not say it: {looked.err[:80]}")
        assert "second name" in csm("--db", path, "doctor").out
    assert Path(filled).read_bytes() == before
    copy = str(tmp_path / "copy.db")
    assert csm("backup", copy).code == 0
    assert csm("--db", copy, *WRITES[0]).code == 0
    second.unlink()
    assert csm(*WRITES[0]).code == 0


def test_a_name_that_a_kill_left_to_the_book_stands_in_nobodys_way(tally: Tally, csm: Csm, filled: str) -> None:
    """A restore that was cut off leaves the book under the name that it was to be kept by; so does its making."""
    csm("backup")
    folder = Path(paths.backups(filled))
    (folder / "before-restore-20261121T101500000Z.db").hardlink_to(filled)
    (Path(filled).parent / ".new-abc.db").hardlink_to(filled)
    for line in WRITES:
        tally.tried += 1
        if csm(*line).code != 0:
            tally.lost.append(f"{line[0]} is refused for a name of our own")
    assert csm("restore").code == 0
    assert rows(filled, "PRAGMA integrity_check") == [("ok",)]


def test_a_book_behind_a_link_is_one_book_with_one_place(
    tally: Tally, csm: Csm, filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whatever path it is reached: one backup folder, one journal, one set of drafts."""
    link, folder = tmp_path / "link.db", tmp_path / "to my"
    link.symlink_to(filled)
    folder.symlink_to(Path(filled).parent)
    monkeypatch.chdir(Path(filled).parent)
    drafts.keep(filled, "log-1", "half a line")
    for path in (str(link), str(folder / "book.db"), "book.db", "../my/book.db"):
        tally.tried += 1
        if paths.backups(path) != paths.backups(filled) or drafts.of_book(path) != ["log-1"]:
            tally.lost.append("another path to the book is another place")
        with closing(opened(path, 1, write=True)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO account (name, added_on) VALUES ('A', '2026-01-01')")
            if not Path(f"{filled}-journal").exists():
                tally.lost.append("another path to the book is another journal")
        kept = csm("--db", path, "restore", csm("--db", path, "backup", "--json").json["path"], "--json").json["kept"]
        if Path(kept).parent != Path(paths.backups(filled)):
            tally.lost.append("a restore by another path keeps the old book elsewhere")
    assert link.is_symlink()


def test_a_backup_folder_that_leads_elsewhere_or_nowhere(tally: Tally, csm: Csm, filled: str, tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", Path(paths.backups(filled))
    folder.symlink_to(elsewhere)
    tally.tried += 2
    ran = csm("backup")
    if ran.code != 1 or ran.err.count("\n") != 1 or elsewhere.exists():
        tally.lost.append("a backup folder that leads nowhere was made")
    elsewhere.mkdir(mode=0o700)
    if csm("backup").code != 0 or len(list(elsewhere.iterdir())) != 1:
        tally.lost.append("a backup folder on another disk is not used")


def test_no_customers_name_becomes_a_path(
    tally: Tally, csm: Csm, book_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work" / "here"
    work.mkdir(parents=True)
    monkeypatch.chdir(work)
    for name in HOSTILE:
        csm("account", "add", "--", name)
    before = set(tree(tmp_path))
    for name in HOSTILE:
        for line in (["account", "show", name], ["brief", name], ["export", "book"], ["playbook", "show", name]):
            csm(*line)
            tally.tried += 1
    tally.injected += sorted(set(tree(tmp_path)) - before)
    assert len(csm("accounts", "--json").json) > 5


@pytest.mark.parametrize("name", ["a\nb.db", " .db", "-rf", "ü 😀.db", "a'b\".db", "%2e%2e", "x" * 240])
def test_a_book_may_have_an_odd_name(tally: Tally, csm: Csm, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    path = str(folder / name)
    for line in (["account", "add", "Acme"], ["log", "acme", "call ok"], ["backup"], ["restore"], ["undo"]):
        ran = csm(f"--db={path}", *line)
        tally.tried += 1
        if ran.code != 0 and len(name) < 200:
            tally.crashed.append(f"{line[0]}: {ran.err[:80]}")
    assert {found.name for found in folder.iterdir()} <= {name, f"{name}.backups"}


def test_two_who_make_one_book_at_once_refuse_nobody(tally: Tally, tmp_path: Path) -> None:
    """While a book is being named it has two names for a moment, of which both are ours."""
    path = str(tmp_path / "book.db")
    real = os.unlink

    def later(given: str) -> None:
        if Path(path).exists() and ".new-" in given and given.endswith(".db"):
            tally.tried += 1
            try:
                opened(path, 1, write=True).close()
            except BookFile:
                tally.lost.append("a book that was just made is refused")
        real(given)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "unlink", later)
        migrate.make(path)
        backup.back_up(path)
