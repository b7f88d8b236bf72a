"""Our own lists of a book go back in: into it without a change, into an empty one as what it held."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Csm, rows
from tests.cli.test_import_kinds import counts

TALKS = (
    "SELECT day, time, kind, state, direction, summary, touchpoint.notes, group_concat(name) FROM touchpoint "
    "LEFT JOIN touchpoint_contact ON touchpoint.id = touchpoint_id LEFT JOIN contact ON contact.id = contact_id "
    "GROUP BY touchpoint.id ORDER BY touchpoint.id"
)


@pytest.fixture
def book(csm: Csm, book_path: str) -> str:
    """Acme with three people."""
    csm("account", "add", "Acme")
    for name in ("Jon Bell", "Ana Diaz", "Smith, Jane"):
        csm("contact", "add", "Acme", name)
    return book_path


def lists(csm: Csm, tmp_path: Path) -> list[str]:
    names = [str(tmp_path / f"{what}.csv") for what in ("accounts", "contacts", "touchpoints")]
    for name in names:
        assert csm("export", Path(name).stem, "--out", name, "--force").code == 0
    return names


def test_touchpoints_that_are_alike_come_back_each_as_itself(tmp_path: Path, csm: Csm, book: str) -> None:
    for line in (
        ("--at", "09:00", "Acme", "call no answer"),
        ("--at", "15:00", "Acme", "call no answer"),
        ("Acme", "call @jon"),
        ("--direction", "out", "Acme", "call @ana"),
        ("Acme", "call @ana"),
        ("Acme", "call @jane"),
        ("--direction", "out", "Acme", "call tbd"),
    ):
        assert csm("log", *line).code == 0
    files = lists(csm, tmp_path)
    there = rows(book, TALKS)
    assert [counts(each) for each in csm("import", *files, "--json").json] == [(0, 0, 1, 0), (0, 0, 3, 0), (0, 0, 7, 0)]
    assert rows(book, TALKS) == there
    other = str(tmp_path / "other.db")
    csm("--db", other, "account", "add", "Acme")
    csm("--db", other, "import", *files[1:])
    assert rows(other, TALKS) == there
    again = csm("--db", other, "import", files[2], "--json").json
    assert (counts(again), rows(other, TALKS)) == ((0, 0, 7, 0), there)


def test_two_lines_of_two_times_are_two_touchpoints_and_one_of_a_new_time_is_the_same(
    tmp_path: Path, csm: Csm, book: str
) -> None:
    sheet = tmp_path / "talks.csv"
    sheet.write_text("Account,Date,Time,Type,Subject\n" + "".join(
        f"Acme,2026-11-05,{time},call,Hello\n" for time in ("09:00", "15:00")
    ))  # fmt: skip
    assert counts(csm("import", str(sheet), "--json").json) == (2, 0, 0, 0)
    assert counts(csm("import", str(sheet), "--json").json) == (0, 0, 2, 0)
    sheet.write_text(sheet.read_text().replace("15:00", "16:00"))
    assert counts(csm("import", str(sheet), "--json").json) == (0, 1, 1, 0)
    assert rows(book, "SELECT time FROM touchpoint ORDER BY id") == [("09:00",), ("16:00",)]
