"""Journey 2: today's due check-ins: one ranked list of all that is due, worked to its end."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Shell, found
from tests.terminal import CSM, Terminal

SHEET = """\
Account,Tier,ARR,Renewal,Last touch,Health
Northwind,high,48000,2027-06-01,2026-10-12,green
Fabrikam,high,5000,2026-12-20,2026-10-20,yellow
Contoso,high,120000,2027-11-10,2026-10-15,red
"""


def test_from_a_sheet_to_a_day_that_is_done(shell: Shell, book: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "accounts.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    shell("import", str(sheet))
    due = found(shell, "today")
    check_ins = [item for item in due if item["kind"] == "check_in" and item["days_late"]]
    assert {item["account"] for item in check_ins} == {"Northwind", "Fabrikam", "Contoso"}
    assert [item["score"] for item in check_ins] == sorted((item["score"] for item in check_ins), reverse=True)
    assert all("contact is owed" in " ".join(item["why"]) for item in check_ins)
    shell("done", check_ins[0]["id"], "call they are fine >send the plan tue")

    terminal = Terminal([CSM], {"CSM_DB": str(book), "CSM_TODAY": "2026-11-21"})
    try:
        terminal.shows("OVERDUE")
        terminal.type("w")
        terminal.shows("contact is owed")
        terminal.escape()
        terminal.type("/check-in\r")
        terminal.taken_up()
        terminal.read(0.6)
        for _ in range(2):
            terminal.type("d")
            terminal.shows("Log a touchpoint")
            terminal.type("call all is well :)\r")
            terminal.shows("next check-in")
        terminal.escape()
        terminal.type("q")
        assert terminal.status() == 0
    finally:
        terminal.close()
    late = [item for item in found(shell, "today") if item["kind"] == "check_in" and item["days_late"]]
    assert late == []
    assert len(found(shell, "history")) == 4, "an import and three calls; what the rules opened beside them is told too"
