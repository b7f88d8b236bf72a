"""What goes out comes back: the same book with all its relations, to the byte, and nothing that a sheet calculates."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csm_tui.exchange.demo import write_demo
from tests.blank import empty_book
from tests.cli.conftest import Csm
from tests.conftest import TODAY
from tests.faults.hostile_book import SAMPLE, fill
from tests.faults.matrix import Tally
from tests.faults.shell import rows
from tests.hostile import OWN
from tests.store.test_every_action import dump, filled

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "'=1", "''@", "=cmd|'/c calc'!A0",
    "＝1",
)  # fmt: skip
STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBERS = {"csm ID", "ARR", "Seats", "Notice days", "Minutes", "Pulse"}


def cells(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV as a spreadsheet has them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.fault("E7")
@pytest.mark.parametrize("what", ["accounts", "contacts", "touchpoints", "promises"])
def test_no_cell_that_goes_out_is_a_formula(tally: Tally, book: str, csm: Csm, tmp_path: Path, what: str) -> None:
    fill(book, (*FORMULAS, *(text for text in OWN if "\x00" not in text)))
    out = tmp_path / "out.csv"
    assert csm("export", what, "--out", str(out)).code == 0
    for row in cells(out):
        for header, cell in row.items():
            tally.tried += 1
            number = header in NUMBERS and cell.lstrip("-").replace(".", "").isdigit()
            if cell.startswith(STARTS) and not number:
                tally.injected.append(f"{header}: {cell[:20]!a}")


@pytest.mark.fault("E7")
def test_a_guarded_cell_comes_back_as_the_text_it_was(tally: Tally, book: str, csm: Csm, tmp_path: Path) -> None:
    names = [f"{text} {number}" for number, text in enumerate(FORMULAS) if text[0] not in "\t\r"]
    for name in names:
        assert csm("account", "add", "--", name).code == 0
    out, other = tmp_path / "out.csv", str(tmp_path / "other.db")
    assert csm("export", "accounts", "--out", str(out)).code == 0
    assert csm("--db", other, "import", str(out)).code == 0
    found = {name for (name,) in rows(other, "SELECT name FROM account")}
    tally.tried += len(names)
    tally.lost += [name for name in names if name not in found]


@pytest.mark.fault("E9")
@pytest.mark.parametrize("what", ["a row in every table", "the demo", "hostile text"])
def test_a_book_goes_out_in_and_out_again_the_same_to_the_byte(
    tally: Tally, csm: Csm, tmp_path: Path, what: str
) -> None:
    source, other = str(tmp_path / "source.db"), str(tmp_path / "other.db")
    if what == "a row in every table":
        filled(source)
    elif what == "the demo":
        write_demo(source, TODAY)
    else:
        empty_book(source)
        fill(source, SAMPLE)
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert csm("--db", source, "export", "book", "--out", str(first)).code == 0
    assert csm("--db", other, "import", str(first)).code == 0
    assert csm("--db", other, "export", "book", "--out", str(second)).code == 0
    if first.read_bytes() != second.read_bytes():
        tally.lost.append("the second export is another one")
    if dump(other) != dump(source):
        tally.lost.append("rows or relations")
    with closing(sqlite3.connect(other)) as connection:
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            tally.lost.append("a relation")
    tally.figures["bytes"] = first.stat().st_size


@pytest.mark.fault("E9")
def test_lists_come_back_without_a_change_and_in_any_order(tally: Tally, csm: Csm, tmp_path: Path) -> None:
    """What csm export wrote of its own lists, its import knows row by row."""
    source = str(tmp_path / "source.db")
    write_demo(source, TODAY)
    before = dump(source)
    files = []
    for what in ("touchpoints", "contacts", "accounts"):
        files.append(str(tmp_path / f"{what}.csv"))
        assert csm("--db", source, "export", what, "--out", files[-1]).code == 0
    for told in csm("--db", source, "import", "--json", *files).json:
        tally.tried += told["unchanged"]
        if told["new"] or told["changed"] or told["refused"]:
            tally.lost.append(f"{told['new']} new, {told['changed']} changed, {told['refused'][:2]}")
    assert dump(source) == before
