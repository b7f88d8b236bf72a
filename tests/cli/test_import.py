"""csm import from the outside: what it prints, what it writes, and that no file brings it down."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csm_tui.cli.main import main
from csm_tui.store.transaction import undo
from tests.conftest import soon
from tests.shared import DATA, FILES, shared_data

BOOKS = {
    "hubspot-fivetran/company_data.csv": ("hubspot", 24),
    "salesforce-dataloader/accountData.csv": ("salesforce", 423),
    "salesforce-dataloader/insertAccountCsv.csv": ("salesforce", 100),
    "salesforce-dataloader/accountsForInsert.csv": ("own", 4),
    "salesforce-dataloader/upsertAccountCsvTemplate.csv": ("salesforce", 100),
}


@pytest.fixture(autouse=True)
def own_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mine" / "book.db"
    monkeypatch.setenv("CSM_DB", str(path))
    monkeypatch.setenv("CSM_TODAY", "2026-11-21")
    return path


def imported(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["import", "--json", *arguments]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def rows(book: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(book)) as connection:
        return connection.execute(sql).fetchall()


def written(folder: Path, text: str) -> str:
    path = folder / "book.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_dry_run_on_no_book_tells_and_makes_none(
    tmp_path: Path, own_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "Name,ARR\nAcme,5\n")
    assert imported(capsys, "--dry-run", path) == {
        "source": "own", "new": 1, "changed": 0, "unchanged": 0, "refused": [], "unused_headers": [],
    }  # fmt: skip
    assert not own_book.parent.exists()


def test_a_dry_run_tells_old_and_new_and_leaves_the_book_as_it_is(
    tmp_path: Path, own_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", written(tmp_path, "Name,ARR\nAcme,5\n")])
    before = own_book.read_bytes()
    capsys.readouterr()
    assert main(["import", "--dry-run", written(tmp_path, "Name,ARR,Phase\nAcme,7,x\nBolt,lots,\n")]) == 0
    out, err = capsys.readouterr()
    assert "line 2: Acme: ARR €5 → €7" in out
    assert "line 3: ARR: “lots” is not an amount" in out
    assert "Phase" in out
    assert "Nothing was written" in err
    assert own_book.read_bytes() == before


def test_an_import_is_one_operation_after_one_backup_and_one_undo_away(
    tmp_path: Path, own_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", written(tmp_path, "Name,ARR\nAcme,5\n")])
    backups = Path(f"{own_book}.backups")
    assert not backups.exists()
    main(["import", written(tmp_path, "Name,ARR\nAcme,6\nBolt,7\n")])
    assert "`csm undo` takes it all back" in capsys.readouterr().err
    assert len(list(backups.iterdir())) == 1
    assert rows(own_book, "SELECT label FROM operation ORDER BY id DESC LIMIT 1") == [
        ("Import accounts from your own CSV",)
    ]
    undo(str(own_book), "test", "2026-11-21T09:00:00.000Z")
    assert rows(own_book, "SELECT name, arr_cents FROM account") == [("Acme", 500)]
    main(["import", written(tmp_path, "Name,ARR\nAcme,5\n")])
    assert len(list(backups.iterdir())) == 1, "nothing to write, so nothing to keep a copy of"


def test_a_file_of_refused_lines_only_makes_no_book(tmp_path: Path, own_book: Path) -> None:
    assert main(["import", written(tmp_path, "Name,ARR\nAcme,lots\n")]) == 0
    assert not own_book.exists()


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("missing.csv", "There is no file"),
        ("", "is a folder"),
        ("empty.csv", "is empty"),
        ("bin.csv", "not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_1(
    tmp_path: Path, own_book: Path, capsys: pytest.CaptureFixture[str], name: str, what: str
) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "bin.csv").write_bytes(bytes(range(256)) * 20)
    assert main(["import", str(tmp_path / name)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert what in err
    assert len(err.splitlines()) == 1
    assert not own_book.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(written(tmp_path, "Name\nAcme\n"))
    path.chmod(0)
    assert main(["import", str(path)]) == 1
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--map", "arr"], ["--map", "colour=X"], ["--as", "abacus"], ["--dates", "ymd"]])
def test_wrong_usage_is_exit_2(tmp_path: Path, arguments: list[str]) -> None:
    assert main(["import", written(tmp_path, "Name\nAcme\n"), *arguments]) == 2


def test_a_mapped_column_and_a_source_are_taken_as_she_says(
    tmp_path: Path, own_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "ID,Label,Net\n001x0000002xLCVAA2,Acme,5\n")
    told = imported(capsys, path, "--map", "name=Label", "--map", "arr=Net", "--as", "salesforce")
    assert (told["source"], told["new"], told["unused_headers"]) == ("salesforce", 1, [])
    assert rows(own_book, "SELECT name, arr_cents, source FROM account, external_id") == [("Acme", 500, "salesforce")]


@shared_data
@pytest.mark.parametrize("name", BOOKS)
def test_a_real_book_goes_in_once(name: str, own_book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, accounts = BOOKS[name]
    path = str(DATA / name)
    rehearsed = imported(capsys, path, "--dry-run")
    with soon():
        first = imported(capsys, path)
    assert first == rehearsed
    assert (first["source"], first["new"], first["refused"]) == (source, accounts, [])
    changes = rows(own_book, "SELECT count(*) FROM change")
    again = imported(capsys, path)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, accounts)
    assert rows(own_book, "SELECT count(*) FROM change") == changes
    assert rows(own_book, "SELECT count(*) FROM account WHERE arr_cents IS NOT NULL") == [(0,)]
    undo(str(own_book), "test", "2026-11-21T09:00:00.000Z")
    assert rows(own_book, "SELECT count(*) FROM account") == [(0,)]


@shared_data
def test_names_with_accents_of_a_windows_file_arrive_as_they_were_meant(own_book: Path) -> None:
    main(["import", str(DATA / "salesforce-dataloader/accountData.csv")])
    assert ("Pébéo of America",) in rows(own_book, "SELECT name FROM account")


@shared_data
@pytest.mark.parametrize("folder", sorted({path.relative_to(DATA).parts[0] for path in FILES}))
def test_no_file_brings_a_dry_run_down(folder: str, own_book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (path for path in FILES if path.relative_to(DATA).parts[0] == folder):
        code = main(["import", "--dry-run", str(path)])
        out, err = capsys.readouterr()
        assert code in {0, 1}, path
        assert (out == "") == (code == 1), path
        assert err.endswith(".\n"), path
        assert not own_book.exists(), path


@shared_data
def test_naughty_names_arrive_byte_for_byte_and_only_once(
    tmp_path: Path, own_book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    naughty = json.loads((DATA / "blns" / "blns.json").read_text(encoding="utf-8"))
    names = sorted({text.strip() for text in naughty} - {""})
    path = tmp_path / "naughty.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["ID", "Name"], *enumerate(names)])
    told = imported(capsys, str(path))
    kept = {name for (name,) in rows(own_book, "SELECT name FROM account")}
    assert told["new"] == len(kept)
    assert kept <= set(names)
    refused = told["refused"]
    assert isinstance(refused, list)
    assert len(kept) + len(refused) == len(names)
    assert all("cannot be kept" in each["reason"] for each in refused)
    assert imported(capsys, str(path))["unchanged"] == len(kept)
    assert main(["import", "--dry-run", str(path), "--as", "hubspot"]) == 0
    assert not any(ord(character) < 32 and character != "\n" for character in capsys.readouterr().out)
