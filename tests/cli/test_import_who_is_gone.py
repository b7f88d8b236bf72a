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
