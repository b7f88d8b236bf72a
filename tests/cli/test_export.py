"""csm export writes lists and the whole book, safely; what it wrote, csm import reads and changes nothing."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import SRC, Csm
from tests.store.test_every_action import dump, run


@pytest.fixture
def odd(filled: str) -> str:
    """A book with names that a spreadsheet, a table or a terminal would trip over."""
    run(filled, "UPDATE account SET name = '=HYPERLINK(\"x\")', domain = 'acme.com', arr_cents = 123456 WHERE id = 3")
    run(filled, "INSERT INTO external_id (account_id, source, value) VALUES (1, 'own', '0012'), (1, 'hubspot', '9')")
    run(filled, "INSERT INTO account (name, added_on) VALUES ('+1; \"quoted\"', '2026-01-01'), (\"'@x\", '2026-01-01')")
    run(filled, "INSERT INTO pulse (account_id, value, given_on) VALUES (1, 4, '2026-11-01')")
    return filled


def test_our_own_accounts_and_contacts_import_back_without_a_change(odd: str, csm: Csm, tmp_path: Path) -> None:
    before = dump(odd)
    for what, count in (("accounts", 5), ("contacts", 3), ("touchpoints", 2)):
        out = str(tmp_path / f"{what}.csv")
        assert csm("export", what, "--out", out).code == 0
        found = csm("import", out, "--json").json
        assert (found["new"], found["changed"], found["unchanged"], found["refused"]) == (0, 0, count, [])
    out = str(tmp_path / "promises.csv")
    csm("export", "promises", "--out", out)
    assert (csm("import", out).code, "holds promises" in csm("import", out).err) == (1, True)
    assert dump(odd) == before


def test_accounts_go_into_an_empty_book_and_out_again_the_same(odd: str, csm: Csm, tmp_path: Path) -> None:
    told = []
    for number, db in enumerate((odd, str(tmp_path / "new.db"))):
        out = tmp_path / f"{number}.csv"
        assert csm("--db", db, "export", "accounts", "--out", str(out)).code == 0
        csm("--db", str(tmp_path / "new.db"), "import", str(out))
        rows = [line.split(",") for line in out.read_text().splitlines()]
        told.append(sorted(row[1:3] + row[5:7] + row[10:14] for row in rows))
    assert told[0] == told[1]
    assert "'=HYPERLINK" in (tmp_path / "0.csv").read_text()
    names = [one["name"] for one in csm("--db", str(tmp_path / "new.db"), "accounts", "--json").json]
    assert {'=HYPERLINK("x")', '+1; "quoted"', "'@x"} <= set(names)


def test_the_whole_book_goes_out_and_into_an_empty_one(odd: str, csm: Csm, tmp_path: Path) -> None:
    out, db = str(tmp_path / "book.json"), str(tmp_path / "new" / "new.db")
    assert csm("export", "book", "--out", out).code == 0
    dry = csm("--db", db, "import", out, "--dry-run")
    assert (dry.code, "dry run" in dry.err, Path(db).exists()) == (0, True, False)
    ran = csm("--db", db, "import", out)
    assert (ran.code, dry.out == ran.out, dump(db)) == (0, True, dump(odd))
    assert "not empty" in csm("--db", db, "import", out).err
    assert csm("--db", db, "undo").code == 0
    assert csm("--db", db, "import", out, "--json").json["new"] == sum(len(rows) for rows in dump(odd).values())
    assert "import it alone" in csm("--db", db, "import", out, out).err


def test_to_standard_output_as_csv_json_and_markdown(odd: str, csm: Csm) -> None:
    assert (
        csm("export", "promises").out.splitlines()[1].startswith("1,Northwind Traders,ours,send usage,2026-11-18,open")
    )
    assert csm("export", "promises", "--json").json[0]["what"] == "send usage"
    assert csm("export", "contacts", "--format", "md").out.splitlines()[1].startswith("| --- |")
    assert json.loads(csm("export", "book").out)["csm_book"] >= 4
    assert csm("export", "book", "--format", "csv").code == 2
    assert csm("export", "everything").code == 2


def test_a_file_that_is_there_is_replaced_only_with_force_and_never_the_book(
    odd: str, csm: Csm, tmp_path: Path
) -> None:
    out = tmp_path / "a.csv"
    out.write_text("mine")
    ran = csm("export", "accounts", "--out", str(out))
    assert (ran.code, "--force" in ran.err, out.read_text()) == (1, True, "mine")
    assert csm("export", "accounts", "--out", str(out), "--force").code == 0
    assert (out.read_text()[:6], out.stat().st_mode & 0o777) == ("csm ID", 0o600)
    assert "the book itself" in csm("export", "accounts", "--out", odd, "--force").err
    assert csm("export", "accounts", "--out", str(tmp_path), "--force").code == 1
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".new")) == []


def on_a_terminal(*arguments: str, answer: bytes = b"") -> str:
    """What the program writes to a terminal on which somebody answers."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": SRC}
    command = [sys.executable, "-m", "csm_tui", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as program:
        os.close(theirs)
        os.write(ours, answer)
        told = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            told += piece
        program.wait(60)
    os.close(ours)
    return told.decode()


def test_on_a_terminal_it_asks_and_steers_nothing(odd: str, tmp_path: Path) -> None:
    run(odd, "UPDATE contact SET title = char(27) || '[31m' WHERE id = 1")
    assert "\x1b" not in on_a_terminal("export", "contacts")
    out = tmp_path / "a.csv"
    out.write_text("mine")
    assert "Replace it?" in on_a_terminal("export", "contacts", "--out", str(out), answer=b"n\n")
    assert out.read_text() == "mine"
    on_a_terminal("export", "contacts", "--out", str(out), answer=b"y\n")
    assert "\x1b[31m" in out.read_text()


def test_the_name_of_the_file_says_the_format_unless_it_is_said(odd: str, csm: Csm, tmp_path: Path) -> None:
    def begins(*wanted: str) -> str:
        out = Path(wanted[-1])
        assert csm("export", "contacts", *wanted[:-1], "--out", str(out)).code == 0
        return out.read_text(encoding="utf-8-sig")[:1]

    assert begins(str(tmp_path / "a.md")) == "|"
    assert begins(str(tmp_path / "a.JSON")) == "["
    assert begins(str(tmp_path / "a.txt")) == "c"
    assert begins("--format", "csv", str(tmp_path / "b.md")) == "c"
    ran = csm("export", "book", "--out", str(tmp_path / "book.csv"))
    assert (ran.code, (tmp_path / "book.csv").exists()) == (2, False)


def test_a_dash_is_standard_output_and_input(
    odd: str, csm: Csm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    there = set(tmp_path.iterdir())
    assert csm("export", "contacts", "--out", "-").out == csm("export", "contacts").out != ""
    assert set(tmp_path.iterdir()) == there
    ran = subprocess.run(
        [sys.executable, "-m", "csm_tui", "import", "-", "--json", "--db", odd],
        input=csm("export", "contacts").out, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": SRC},
    )  # fmt: skip
    assert (json.loads(ran.stdout)["unchanged"], json.loads(ran.stdout)["refused"]) == (3, [])
