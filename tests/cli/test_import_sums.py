"""Every row of every file ends as new, changed, unchanged or refused with its line; the order of rows is no matter."""

from __future__ import annotations

import codecs
import csv
import io
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csm_tui.cli.main import main
from tests.cli.conftest import Csm, rows
from tests.conftest import rounds
from tests.shared import DATA, FILES, shared_data

TITLES = {"countries.csv": 1}
"""Lines above the header, by file."""


def decoded(raw: bytes) -> str:
    """The text of a file by the simplest rules there are."""
    if raw[2:6].count(0) == 3:
        return raw[2:].decode("utf-32-be" if raw[2] == 0 else "utf-32-le", "ignore")
    if raw.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def count(path: Path) -> int:
    """The rows of a file that say something, without the header and what stands above it."""
    csv.field_size_limit(1 << 30)
    found = csv.reader(io.StringIO(decoded(path.read_bytes()), newline=""), skipinitialspace=True)
    return sum(any(cell.strip() for cell in row) for row in found) - 1 - TITLES.get(path.name, 0)


def first_header(path: Path) -> str:
    """What the first column of a file is called."""
    return next(csv.reader(io.StringIO(decoded(path.read_bytes()), newline="")))[0]


@shared_data
@pytest.mark.parametrize("folder", sorted({path.relative_to(DATA).parts[0] for path in FILES}))
def test_each_row_of_each_given_file_ends_in_one_of_the_four_ways(folder: str, csm: Csm) -> None:
    taken = 0
    for path in (path for path in FILES if path.relative_to(DATA).parts[0] == folder and path.suffix == ".csv"):
        ran = csm("import", "--dry-run", "--json", str(path))
        if "no column that names accounts" in ran.err:
            ran = csm("import", "--dry-run", "--json", str(path), "--map", f"name={first_header(path)}")
        if ran.code == 0:
            told = ran.json
            lines = [each["line"] for each in told["refused"]]
            assert told["new"] + told["changed"] + told["unchanged"] + len(lines) == count(path), path
            assert lines == sorted(set(lines)), path
            assert all(each["reason"] for each in told["refused"]), path
            taken += 1
    assert taken or folder in {"blns", "ics-ical"}, folder


HOSTILE = [
    ("Name,ARR\nAcme,5\n,7\nBolt,lots\nAcme Inc,6\n", (1, 3)),
    ("My book\n\nName,ARR\nAcme,5\n\nGrand Total,5\n", (1, 0)),
    ('Name,City,ARR\n"Acme,Rome,5\nBolt,Bern,6\nCorax,"Kiel\n,7\n', (1, 2)),
    ("Name;ARR\rAcme;1,5\rBolt;2,5;x\r", (1, 1)),
    ("sep=|\nName|ARR\nA\0b|5\n \nBolt|6\n", (1, 1)),
    ("Name,Name,,ARR\nAcme,x,y,5\nBolt\n", (2, 0)),
    ("ID,Name\n1,Acme\n1,Bolt\n1.2E+17,Corax\n", (1, 2)),
]


@pytest.mark.parametrize(("text", "ends"), HOSTILE)
def test_each_row_of_a_hostile_file_ends_in_one_of_them_too(
    text: str, ends: tuple[int, int], tmp_path: Path, csm: Csm
) -> None:
    path = tmp_path / "book.csv"
    path.write_text(text, encoding="utf-8", newline="")
    for _ in range(2):
        told = csm("import", "--json", str(path)).json
        assert (told["new"] + told["unchanged"], len(told["refused"])) == ends


BOOK = """
SELECT name, tier, domain, owner, renewal_on, arr_cents, currency, seats, notice_days,
  (SELECT group_concat(source || value) FROM external_id WHERE account_id = account.id),
  (SELECT group_concat(day) FROM touchpoint WHERE account_id = account.id),
  (SELECT group_concat(value) FROM pulse WHERE account_id = account.id),
  (SELECT group_concat(name) FROM contact WHERE account_id = account.id)
FROM account ORDER BY name
"""
HEADER = ["ID", "Name", "Website", "ARR", "Renewal", "Tier", "Pulse", "Last call", "Champion", "Shoe size"]


def cell(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *texts])


@st.composite
def lists(draw: st.DrawFn) -> list[list[str]]:
    """Rows of accounts that are plainly not the same, some of them without an id or a domain, some unreadable."""
    made = []
    for at in range(draw(st.integers(1, 6))):
        made.append([
            draw(cell(f"X{at}")), f"Customer {at}", draw(cell(f"c{at}.com")), draw(cell("5", "1,234.50", "lots")),
            draw(cell("31/01/2027", "2027-02-01", "01/02/2027", "soon")), draw(cell("enterprise", "mars")),
            draw(cell("4", "red")), draw(cell("02/11/2026")), draw(cell("Ada")), draw(cell("42")),
        ])  # fmt: skip
    return made


@settings(max_examples=rounds(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists(), st.randoms(use_true_random=False))
def test_any_order_of_rows_and_columns_gives_the_same_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], made: list[list[str]], chance: random.Random
) -> None:
    columns, order = list(range(len(HEADER))), list(range(len(made)))
    chance.shuffle(columns)
    chance.shuffle(order)
    shuffled = [[made[row][column] for column in columns] for row in order]
    books: list[list[tuple[object, ...]]] = []
    for header, lines in ((HEADER, made), ([HEADER[at] for at in columns], shuffled)):
        book, path = tmp_path / "book.db", tmp_path / "book.csv"
        book.unlink(missing_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *lines])
        main(["import", "--db", str(book), "--dates", "dmy", "--refused", str(tmp_path / f"r{len(books)}"), str(path)])
        (tmp_path / f"r{len(books)}").unlink(missing_ok=True)
        books.append(rows(str(book), BOOK) if book.exists() else [])
    assert books[0] == books[1]
