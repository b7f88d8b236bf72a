"""From a file to a first Today in a real terminal: at most ten keys after the file name, from an empty book."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.terminal import CSM, Terminal

MOST = 10
OWN = """\
Account;Tier;ARR;Renewal;Last touch;Health
Northwind Traders;high;48.000 €;01.06.2027;12.10.2026;green
Fabrikam;low;5.000 €;20.12.2026;;yellow
Contoso;white-glove;120.000 €;10.11.2027;25.10.2026;red
"""


def shared(*names: str) -> list[str]:
    """Files of the shared folder of real exports, which stands beside the repository where there is one."""
    for parent in Path(__file__).resolve().parents:
        folder = parent / "shared" / "data"
        if folder.is_dir():
            return [str(folder / name) for name in names]
    pytest.skip("the shared folder of real exports is not on this machine")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The workspace on a book that is not there yet."""
    started = Terminal([CSM], {"CSM_DB": str(tmp_path / "new.db"), "CSM_TODAY": "2026-11-21"})
    yield started
    started.close()


def bring_in(terminal: Terminal, files: list[str]) -> int:
    """Import the files from the empty book; how many keys that took besides the names of the files."""
    terminal.shows("The book is empty")
    keys = 0
    terminal.type("I")
    keys += 1
    terminal.shows("before anything is written")
    terminal.type(" ".join(files))
    terminal.shows(files[-1][-12:])
    terminal.type("\r")
    keys += 1
    terminal.shows("Columns")
    terminal.shows("import ")
    terminal.type("\r")
    keys += 1
    terminal.shows("u undoes")
    return keys


def ranked(path: str) -> list[str]:
    """The accounts of Today in the order of its ranking, as the shell prints them."""
    command = [sys.executable, "-m", "csm_tui", "--db", path, "today", "--json"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [item["account"] for item in json.loads(found)]


def test_a_sheet_of_ones_own_becomes_a_today_that_ranks(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_TODAY", "2026-11-21")
    sheet = tmp_path / "my accounts.csv"
    sheet.write_text(OWN, encoding="utf-8")
    assert bring_in(terminal, [f'"{sheet}"']) <= MOST
    terminal.shows("Contoso")
    assert ranked(str(tmp_path / "new.db"))[0] == "Contoso", "at risk and the largest"


@pytest.mark.parametrize(
    ("files", "accounts"),
    [
        (("hubspot-fivetran/company_data.csv", "hubspot-fivetran/contact_data.csv"), 24),
        (("salesforce-dataloader/accountData.csv",), 423),
    ],
)
def test_real_exports_become_a_today_that_ranks(
    terminal: Terminal, tmp_path: Path, files: tuple[str, ...], accounts: int
) -> None:
    given = shared(*files)
    assert bring_in(terminal, given) <= MOST
    terminal.shows("THIS WEEK")
    with closing(sqlite3.connect(tmp_path / "new.db")) as book:
        assert book.execute("SELECT count(*) FROM account").fetchone() == (accounts,)
        assert book.execute("SELECT count(*) FROM operation").fetchone() == (1,), "one undo for all"


def test_from_the_empty_book_the_palette_leads_to_the_demo_and_leaves_the_book_alone(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.shows("The book is empty")
    terminal.type(":")
    terminal.shows("a command, a filter")
    terminal.type("made-up")
    terminal.shows("yours stays as it is")
    terminal.type("\r")
    terminal.shows("MUST DO")
    terminal.type("q")
    assert terminal.status() == 0
    with closing(sqlite3.connect(tmp_path / "new.db")) as book:
        assert book.execute("SELECT count(*) FROM account").fetchone() == (0,)
