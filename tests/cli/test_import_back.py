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


ODD = ("Na", "Null", "?", "Unknown", "<b>Jo</b>", "AT&amp;T")


def test_what_looks_like_nothing_or_like_html_comes_back_as_it_was_written(tmp_path: Path, csm: Csm, book: str) -> None:
    people = "SELECT name, email, title, notes FROM contact ORDER BY id"
    csm("account", "add", "Unknown")
    for at, name in enumerate(ODD):
        assert csm("contact", "add", "Acme", name, "--email", f"{at}@acme.com", "--title", "n/a").code == 0
        assert csm("log", "Acme", f"call {name} likes <i>that</i> &amp; this").code == 0
    csm("log", "Unknown", "call a &lt; b")
    csm("touchpoint", "edit", "t1", "--notes", "<p>one</p>  two\nnull")
    files = lists(csm, tmp_path)
    there = rows(book, people), rows(book, TALKS)
    assert [counts(each)[2:] for each in csm("import", *files, "--json").json] == [(2, 0), (9, 0), (7, 0)]
    assert (rows(book, people), rows(book, TALKS)) == there
    other = str(tmp_path / "other.db")
    csm("--db", other, "import", *files)
    assert (rows(other, people), rows(other, TALKS)) == there


STANDS_IN = "SELECT day FROM touchpoint WHERE summary = 'last contact before this book' ORDER BY 1"


@pytest.mark.parametrize("together", [True, False])
def test_the_call_that_stands_in_gives_way_to_the_touchpoints_of_its_day(
    tmp_path: Path, csm: Csm, book: str, together: bool
) -> None:
    csm("account", "add", "Bolt")
    for line in (("Acme", "2.11. call hello"), ("Acme", "9.11. call again @ana"), ("Bolt", "3.11. call hello")):
        csm("log", *line)
    files = lists(csm, tmp_path)
    other = str(tmp_path / "other.db")
    if together:
        assert "taken out 2 times" in csm("--db", other, "import", *files).err
    else:
        for file in files:
            csm("--db", other, "import", file)
    assert rows(other, TALKS) == rows(book, TALKS)
    again = csm("--db", other, "import", *files, "--json").json
    assert [counts(each) for each in again] == [(0, 0, 2, 0), (0, 0, 3, 0), (0, 0, 3, 0)]


def test_what_stands_in_stays_where_nothing_later_counts_or_she_added_to_it_or_the_file_has_it(
    tmp_path: Path, csm: Csm, book_path: str
) -> None:
    accounts = tmp_path / "accounts.csv"
    accounts.write_text("Account,Last touch\nAcme,2026-11-05\nBolt,2026-11-05\nCobalt,2026-11-05\n")
    csm("import", str(accounts))
    csm("touchpoint", "edit", "t2", "--notes", "about the price")
    talks = tmp_path / "talks.csv"
    talks.write_text(
        "Account,Date,Type,Subject,Outcome\nAcme,2026-11-04,call,hello,held\nAcme,2026-11-06,call,hello,no answer\n"
        "Acme,2026-12-06,call,next,\nBolt,2026-11-06,call,hello,held\n"
        "Cobalt,2026-11-05,call,last contact before this book,held\nCobalt,2026-11-06,call,hello,held\n"
    )
    csm("import", str(talks))
    assert rows(book_path, STANDS_IN) == [("2026-11-05",)] * 3


def test_the_ids_of_other_systems_come_back_with_the_accounts(tmp_path: Path, csm: Csm, book: str) -> None:
    sheet = tmp_path / "sf.csv"
    sheet.write_text("Id,Name,OwnerId\n001x0000002xLCVAA2,Twin,5\n001x0000002xLCvAA3,Twin,5\n", encoding="utf-8")
    csm("import", str(sheet))
    ids = "SELECT name, source, value FROM account LEFT JOIN external_id ON account.id = account_id ORDER BY 1, 2, 3"
    files = lists(csm, tmp_path)
    before = rows(book, ids)
    assert counts(csm("import", files[0], "--json").json) == (0, 0, 3, 0)
    assert rows(book, ids) == before
    other = str(tmp_path / "other.db")
    told = csm("--db", other, "import", files[0], "--json").json
    assert (counts(told), "Salesforce ID" in told["unused_headers"]) == ((3, 0, 0, 0), False)
    assert rows(other, ids) == [
        ("Acme", None, None),
        ("Twin", "salesforce", "001x0000002xLCVAA2"),
        ("Twin", "salesforce", "001x0000002xLCvAA3"),
    ]
