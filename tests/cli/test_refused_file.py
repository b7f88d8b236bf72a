"""The file of refused rows: what it holds, that it can be mended and imported again, and that it harms nobody."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from csm_tui.actions.import_outcome import Remark
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.given import Given
from csm_tui.exchange.refused_file import keep_refused, write_refused
from tests.cli.conftest import Csm, rows

BAD = (
    'My book\n\nName;ARR;Notes\nAcme;lots;"two\nlines"\nBolt;5;\n=1+1;many;-2\nCorax;1;x;too many\n"Delta;6;\nEcho;7;\n'
    "\nCopyright (c) 2000- x\n"
)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "book.csv"
    path.write_text(BAD, encoding="utf-8")
    return path


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_refused_rows_stand_behind_their_reasons_as_they_were_and_only_she_may_read_them(
    bad: Path,
    book_path: str,
    csm: Csm,
) -> None:
    told = csm("import", str(bad))
    path = bad.with_name("book.refused.csv")
    assert f"The refused rows are in {path}: mend them there and import that file." in told.err
    header, *found = table(path)
    assert header == ["Refused because", "Name", "ARR", "Notes"]
    assert [row[1:] for row in found] == [
        ["Acme", "lots", "two\nlines"], ["'=1+1", "many", "'-2"], ["Corax", "1", "x", "too many"], ['"Delta;6;'],
    ]  # fmt: skip
    assert [row[0][:12] for row in found] == ["ARR: “lots” ", "ARR: “many” ", "has 4 cells ", "a quotation "]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert rows(book_path, "SELECT name FROM account ORDER BY name") == [("Bolt",), ("Echo",)]


def test_the_mended_file_goes_in_and_its_reasons_are_no_column(bad: Path, book_path: str, csm: Csm) -> None:
    csm("import", str(bad))
    path = bad.with_name("book.refused.csv")
    text = path.read_text(encoding="utf-8-sig").replace("lots", "8").replace("many;'-2", "9;'-2")
    path.write_text(text, encoding="utf-8")
    told = csm("import", str(path), "--json").json
    assert (told["new"], [each["line"] for each in told["refused"]], told["unused_headers"]) == (2, [5, 6], ["Notes"])
    assert rows(book_path, "SELECT name, arr_cents FROM account WHERE arr_cents > 700") == [
        ("Acme", 800),
        ("=1+1", 900),
    ]
    assert path.with_name("book.refused-2.csv").exists()


def test_nothing_is_written_over_nor_for_a_dry_run_unless_she_names_the_file(bad: Path, csm: Csm) -> None:
    assert csm("import", str(bad), "--dry-run").code == 0
    assert [path.name for path in bad.parent.glob("*refused*")] == []
    named = bad.with_name("mine.csv")
    assert csm("import", str(bad), "--dry-run", "--refused", str(named)).code == 0
    before = named.read_bytes()
    again = csm("import", str(bad), "--refused", str(named))
    assert (again.code, named.read_bytes()) == (1, before)
    assert "is there already" in again.err
    assert csm("import", str(bad), str(bad), "--refused", "x").code == 2


def test_where_it_cannot_be_written_the_import_stands_and_she_is_told(bad: Path, csm: Csm) -> None:
    with pytest.raises(Refusal, match="could not be written"):
        write_refused(Given(str(bad)), [Remark(4, "no")], bad.parent / "missing" / "x.csv")
    told = csm("import", str(bad), "--refused", str(bad.parent / "missing" / "x.csv"))
    assert told.code == 1
    assert "the others are in the book" in told.err


def test_a_file_that_breaks_off_is_taken_away(bad: Path) -> None:
    target = bad.with_name("x.csv")
    with pytest.raises(Refusal, match="There is no file"):
        write_refused(Given(str(bad.with_name("gone.csv"))), [Remark(4, "no")], target)
    assert not target.exists()


def test_the_place_is_beside_the_file_or_here(bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = bad.with_name("book.refused.csv")
    given, refused = Given(str(bad)), [Remark(4, "no")]
    assert keep_refused(given, refused) == beside
    text = beside.read_text(encoding="utf-8-sig")
    beside.write_text("hers", encoding="utf-8")
    assert keep_refused(given, refused) == bad.with_name("book.refused-2.csv")
    again = bad.with_name("book.refused-2.csv")
    assert (beside.read_text(encoding="utf-8"), again.read_text(encoding="utf-8-sig")) == ("hers", text)
    assert keep_refused(Given(str(again)), [Remark(2, "no")]) == again, "it holds just these rows"
    elsewhere = bad.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    link = bad.with_name("link.csv")
    link.symlink_to(bad)
    assert keep_refused(Given(str(link)), refused) == Path("link.refused.csv")


def test_a_file_that_nobody_has_mended_is_kept_once_and_a_link_is_not_trusted(bad: Path, csm: Csm) -> None:
    told = [csm("import", str(bad)).err for _ in range(3)]
    assert all(f"The refused rows are in {bad.with_name('book.refused.csv')}: mend" in each for each in told)
    assert len(list(bad.parent.glob("*.refused*"))) == 1
    aside = bad.with_name("aside.csv")
    bad.with_name("book.refused.csv").rename(aside)
    bad.with_name("book.refused.csv").symlink_to(aside)
    assert f"The refused rows are in {bad.with_name('book.refused-2.csv')}: mend" in csm("import", str(bad)).err
