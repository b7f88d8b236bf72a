"""csm doctor finds what is wrong, and says what to do about it."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.store import backup, checkup
from csm_tui.store.checkup import findings
from tests.cli.conftest import Csm

Told = dict[str, tuple[str, str]]


def looked(csm: Csm, *, code: int = 0) -> Told:
    ran = csm("doctor", "--json")
    assert ran.code == code
    return {one["check"]: (one["state"], one["told"] + " " + one["remedy"]) for one in ran.json}


def test_a_book_that_is_well(csm: Csm, filled: str) -> None:
    Path(filled).parent.chmod(0o700)
    backup.back_up(filled)
    found = looked(csm)
    assert {check for check, (state, _) in found.items() if state == "problem"} == set()
    for check in ("book", "whole", "references", "permissions", "folder", "backups", "disk", "settings", "versions"):
        assert found[check][0] == "ok", check
    assert csm("doctor").err == "No problem.\n"


def test_without_a_book_it_looks_at_the_rest(csm: Csm, book_path: str) -> None:
    found = looked(csm)
    assert found["book"][0] == "note"
    assert "csm import" in found["book"][1]
    assert "settings" in found


def test_a_book_and_a_folder_that_others_may_use(csm: Csm, filled: str) -> None:
    Path(filled).chmod(0o644)
    Path(filled).parent.chmod(0o777)
    found = looked(csm, code=1)
    assert found["permissions"] == ("problem", f"Others may read the book (0644). chmod 600 {filled}")
    assert found["folder"][0] == "problem"
    assert csm("doctor").err == "2 problems.\n"


def test_a_damaged_book(csm: Csm, filled: str) -> None:
    data = bytearray(Path(filled).read_bytes())
    page = 4096
    data[page : page * 6] = b"\xff" * page * 5
    Path(filled).write_bytes(bytes(data))
    found = looked(csm, code=1)
    assert "problem" in {found[check][0] for check in ("book", "whole") if check in found}


def test_rows_that_belong_to_nothing(csm: Csm, filled: str) -> None:
    connection = sqlite3.connect(filled)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("DROP TRIGGER contact_insert_journal")
    connection.execute("INSERT INTO contact (account_id, name) VALUES (999, 'Nobody')")
    connection.commit()
    connection.close()
    assert looked(csm, code=1)["references"][0] == "problem"


def test_a_stranger_and_a_newer_book(csm: Csm, filled: str) -> None:
    connection = sqlite3.connect(filled)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    assert "newer csm" in looked(csm, code=1)["book"][1]
    Path(filled).write_text("hello")
    assert "not a csm book" in looked(csm, code=1)["book"][1]


def test_a_backup_that_is_broken_old_or_missing(csm: Csm, filled: str) -> None:
    assert looked(csm)["backups"][0] == "note"
    made = Path(backup.back_up(filled))
    made.rename(made.with_name("20261101T101010123Z.db"))
    assert looked(csm)["backups"] == ("note", "1 of them, the newest of 2026-11-01 (20 days old), whole. "
                                      "csm backup makes a new one")  # fmt: skip
    made.with_name("20261101T101010123Z.db").write_text("no book")
    assert looked(csm, code=1)["backups"][0] == "problem"


def test_a_link_a_network_and_a_synced_folder(tmp_path: Path, filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(filled)
    found = {one.check: one for one in findings(str(link), date(2026, 11, 21))}
    assert f"a link to {filled}" in found["book"].told
    monkeypatch.setattr(checkup, "_file_system", lambda _path: "nfs4")
    assert checkup._place(filled).state == "note"
    monkeypatch.setattr(checkup, "_file_system", lambda _path: "fuse.sshfs")
    assert "sshfs" in checkup._place(filled).told
    monkeypatch.setattr(checkup, "_file_system", lambda _path: "ext4")
    assert checkup._place(filled).state == "ok"
    assert "Dropbox" in checkup._place(str(tmp_path / "Dropbox" / "book.db")).told


def test_too_little_room(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checkup._room(filled).state == "ok"
    monkeypatch.setattr(checkup, "LEAST_ROOM", 10**18)
    assert checkup._room(filled).state == "problem"


def test_settings_that_are_wrong_are_problems(csm: Csm, filled: str) -> None:
    path = Path(paths.settings())
    path.parent.mkdir(parents=True)
    path.write_text("foo = 1\n")
    assert "line 1: there is no setting foo" in looked(csm, code=1)["settings"][1]


def test_a_terminal_that_cannot_draw(csm: Csm, filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from csm_tui.cli.commands import doctor

    assert looked(csm)["terminal"][0] == "note"
    monkeypatch.setattr(doctor, "is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    assert "export TERM" in looked(csm)["terminal"][1]
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(doctor, "columns_and_lines", lambda: (79, 24))
    assert looked(csm)["terminal"][0] == "note"
    monkeypatch.setattr(doctor, "columns_and_lines", lambda: (80, 24))
    monkeypatch.setenv("NO_COLOR", "1")
    assert looked(csm)["terminal"] == ("ok", "xterm-256color, no colours (NO_COLOR), 80 columns and 24 lines. ")
