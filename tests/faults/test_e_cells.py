"""Days and numbers of a list, from the file to the book: read as her sheet means them, or refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Csm
from tests.faults.matrix import Tally
from tests.faults.shell import rows

DAYS = {
    "dmy by a day over twelve": (["03/04/2025", "31/12/2025"], ["2025-04-03", "2025-12-31"]),
    "mdy by a day over twelve": (["03/04/2025", "12/31/2025"], ["2025-03-04", "2025-12-31"]),
    "dashes": (["16-10-2024", "01-02-2024"], ["2024-10-16", "2024-02-01"]),
    "iso, and the last of February": (["2024-02-29", "2025-02-28"], ["2024-02-29", "2025-02-28"]),
    "times with zones keep their day": (
        ["2025-12-31T23:59:59Z", "2025-12-31T00:00:01+14:00", "2025-12-31 23:59:59-1100"], ["2025-12-31"] * 3,
    ),
    "nothing is nothing": (["2025-01-02", "null", "-", "n/a", ""], ["2025-01-02", None, None, None, None]),
}  # fmt: skip
AMBIGUOUS = ["03/04/2025", "05/06/2025"]
MIXED = ["03/04/2025", "31/12/2025", "12/31/2025"]
NO_DAYS = (
    "29/02/2025", "2025-02-29", "45678", "0000-00-00", "0001-01-01", "10000-01-01", "2025-13-01", "31/04/2025",
    "2024-W09-4", "20240229", "2025-1-", "yesterday", "99999999999999999999", "٢٠٢٥-٠١-٠٢", "2025-01-02\x1b[2J",
)  # fmt: skip


def listed(path: Path, header: str, cells: list[str]) -> str:
    """A list of accounts with one column more."""
    lines = [f'Customer {number},"{cell}"' for number, cell in enumerate(cells)]
    path.write_text("\n".join([f"Name,{header}", *lines, ""]), encoding="utf-8")
    return str(path)


@pytest.mark.fault("E5")
@pytest.mark.parametrize("what", DAYS)
def test_a_column_of_days_is_read_in_one_way(tally: Tally, book: str, csm: Csm, tmp_path: Path, what: str) -> None:
    given, wanted = DAYS[what]
    ran = csm("import", listed(tmp_path / "days.csv", "Renewal date", given))
    assert ran.code == 0, ran.err
    found = [day for (day,) in rows(book, "SELECT renewal_on FROM account ORDER BY name")]
    if found != wanted:
        tally.lost.append(f"{given} became {found}")


@pytest.mark.fault("E5")
def test_a_column_in_two_readings_asks_and_is_never_guessed_row_by_row(
    tally: Tally, book: str, csm: Csm, tmp_path: Path
) -> None:
    path = listed(tmp_path / "days.csv", "Renewal date", AMBIGUOUS)
    ran = csm("import", path)
    assert (ran.code, "--dates" in ran.err) == (1, True), ran.err
    if rows(book, "SELECT 1 FROM account"):
        tally.lost.append("it was guessed")
    ran = csm("import", path, "--dates", "dmy")
    assert ran.code == 0
    assert rows(book, "SELECT renewal_on FROM account WHERE name = 'Customer 0'") == [("2025-04-03",)]
    ran = csm("import", listed(tmp_path / "mixed.csv", "Renewal date", MIXED))
    assert (ran.code, "mixes days" in ran.err) == (1, True), ran.err


@pytest.mark.fault("E5")
def test_what_is_no_day_refuses_its_row_and_no_other(tally: Tally, book: str, csm: Csm, tmp_path: Path) -> None:
    for text in NO_DAYS:
        told = csm("import", listed(tmp_path / "days.csv", "Renewal date", [text, "2026-12-31"]), "--json").json
        if [one["line"] for one in told["refused"]] != [2]:
            tally.lost.append(f"{text!a} was taken: {told}")
    assert rows(book, "SELECT DISTINCT renewal_on FROM account") == [("2026-12-31",)]


AMOUNTS = {
    "1,234.50": 123450, "1.234,50": 123450, "€1.234,50": 123450, "1 234,50 €": 123450, "1'234.50": 123450, "-0": 0,
    "0": 0, "12k": 1200000, "1.2m": 120000000, "0.1": 10, "0.29": 29, "1.005": 100500, "33333333.33": 3333333333,
    "USD 5": 500, "9,999,999,999.99": 999999999999,
}  # fmt: skip
NO_AMOUNTS = (
    "($5)", "-5", "NaN", "inf", "-inf", "1e400", "9223372036854775808", "1e30", "five", "0x10", "1,2,3", "--5",
    "5 or 6",
)  # fmt: skip


@pytest.mark.fault("E6")
def test_amounts_are_read_to_the_cent(tally: Tally, book: str, csm: Csm, tmp_path: Path) -> None:
    ran = csm("import", listed(tmp_path / "sums.csv", "ARR", list(AMOUNTS)), "--json")
    assert ran.json["refused"] == []
    found = dict(rows(book, "SELECT name, arr_cents FROM account"))
    for number, (text, cents) in enumerate(AMOUNTS.items()):
        tally.tried += 1
        if found[f"Customer {number}"] != cents:
            tally.lost.append(f"{text} became {found[f'Customer {number}']}")
    assert rows(book, "SELECT sum(arr_cents) FROM account") == [(sum(AMOUNTS.values()),)]


@pytest.mark.fault("E6")
def test_what_is_no_amount_refuses_its_row(tally: Tally, book: str, csm: Csm, tmp_path: Path) -> None:
    told = csm("import", listed(tmp_path / "sums.csv", "ARR", [*NO_AMOUNTS, "5"]), "--json").json
    tally.tried += len(NO_AMOUNTS)
    refused = {one["line"] - 2 for one in told["refused"]}
    tally.lost += [f"{text} was taken" for at, text in enumerate(NO_AMOUNTS) if at not in refused]
    assert rows(book, "SELECT arr_cents FROM account") == [(500,)]


@pytest.mark.fault("E6")
def test_ids_stay_the_text_they_are(tally: Tally, book: str, csm: Csm, tmp_path: Path) -> None:
    ids = ("007", "0", "00000000000000000012345678901234567890", "1e5x", "0x1F", "+49", "12.0", "001A000000AbCdEFGH")
    told = csm("import", listed(tmp_path / "ids.csv", "ID", list(ids)), "--json").json
    found = {value for (value,) in rows(book, "SELECT value FROM external_id")}
    refused = {ids[one["line"] - 2] for one in told["refused"]}
    tally.tried += len(ids)
    tally.lost += [text for text in ids if text not in found | refused]
    assert {"007", "0", "+49"} <= found
