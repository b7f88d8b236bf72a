"""Who churned, or was archived, where a file comes from is not brought in as somebody to care for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Csm, rows

FILE = """Account,Tier,Churned on,Archived on
Acme GmbH,high,,
Left Ltd,high,2026-05-01,
Old AG,low,,2026-06-01
Stays Inc,low,no,-
"""


def test_who_is_gone_is_named_and_left_out(csm: Csm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "accounts.csv").write_text(FILE, encoding="utf-8")
    book = str(tmp_path / "new.db")
    ran = csm("--db", book, "import", "accounts.csv")
    assert rows(book, "SELECT name FROM account ORDER BY name") == [("Acme GmbH",), ("Stays Inc",)]
    assert "is churned there" in ran.out + ran.err
    assert "is archived there" in ran.out + ran.err


def test_our_own_file_changes_nothing_where_it_comes_from(csm: Csm, filled: str, tmp_path: Path) -> None:
    assert csm("account", "churn", "northwind").code == 0
    assert csm("account", "archive", "acme").code == 0
    out = str(tmp_path / "accounts.csv")
    assert csm("export", "accounts", "--out", out).code == 0
    before = rows(filled, "SELECT * FROM account")
    ran = csm("import", out, "--json")
    assert (ran.json["refused"], ran.json["changed"]) == ([], 0)
    assert rows(filled, "SELECT * FROM account") == before


def test_a_line_about_somebody_who_left_changes_nobody_who_is_there(csm: Csm, book_path: str, tmp_path: Path) -> None:
    """The old contract and the new one of a customer who came back: the second import is as the first."""
    path = tmp_path / "accounts.csv"
    path.write_text("ID,Account,ARR,Churned on\n1,Acme old,5,2025-05-01\n1,Acme,7,\nBolt,Bolt,3,\n", encoding="utf-8")
    for _ in range(2):
        ran = csm("import", str(path), "--json")
        assert [each["line"] for each in ran.json["refused"]] == [2]
        assert rows(book_path, "SELECT name, arr_cents FROM account ORDER BY id") == [("Acme", 700), ("Bolt", 300)]
    path.write_text("Account,ARR,Churned on\nBolt,4,2026-11-01\n", encoding="utf-8")
    assert "`csm account churn` says so" in str(csm("import", str(path), "--json").json["refused"])
    csm("account", "churn", "bolt")
    assert csm("import", str(path), "--json").json["changed"] == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_customers_that_are_one_in_the_book_stay_as_the_merge_made_them(
    csm: Csm, book_path: str, tmp_path: Path, order: tuple[int, int]
) -> None:
    lines = ("1,Acme Inc,5", "2,Acme,7")
    path = tmp_path / "accounts.csv"
    path.write_text("\n".join(["ID,Account,ARR", *(lines[at] for at in order), ""]), encoding="utf-8")
    people = tmp_path / "people.csv"
    people.write_text("Account ID,First name,Last name\n1,Jo,Bell\n2,Al,Dent\n", encoding="utf-8")
    csm("import", str(path))
    csm("account", "merge", "Acme Inc", "id:2" if order == (0, 1) else "id:1", "--yes")
    for _ in range(2):
        ran = csm("import", str(path), str(people), "--json").json
        assert rows(book_path, "SELECT name, arr_cents FROM account") == [("Acme", 700)]
        assert [len(each["refused"]) for each in ran] == [1, 0]
    path.write_text("ID,Account,ARR\n1,Acme Inc,5\n2,Acme,9\n", encoding="utf-8")
    csm("import", str(path))
    assert rows(book_path, "SELECT name, arr_cents FROM account") == [("Acme", 900)]
