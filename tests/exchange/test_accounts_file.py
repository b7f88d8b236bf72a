"""A whole file as typed rows: what can go in, what cannot and why, and what was not used."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from csm_tui.actions.import_accounts import AccountRow
from csm_tui.actions.import_outcome import Remark
from csm_tui.domain.accounts import Tier
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.cells import Order
from csm_tui.exchange.given import Given
from csm_tui.exchange.survey import Said, surveyed


class Read(NamedTuple):
    """What a file holds."""

    rows: list[AccountRow]
    refused: list[Remark]
    unused: tuple[str, ...]
    remarks: tuple[str, ...]


def sheet(text: str, said: Said | None = None) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.csv"
        path.write_text(text, encoding="utf-8", newline="")
        file = surveyed(Given(str(path)), said or Said(), {})
        lines = list(file)
        rows = [line for line in lines if isinstance(line, AccountRow)]
        return Read(rows, [line for line in lines if isinstance(line, Remark)], file.unused, file.told)


def test_a_line_of_her_own_list_is_read_in_full() -> None:
    (row,) = sheet(
        "Customer;Website;ARR (€);Start;Renewal;Notice;Tier;RAG;Licences;Last call;Champion;CSM;Salesforce ID"
        "\nAcme;https://acme.com/;48.000;01.02.2025;31.01.2027;3 months;enterprise;green;25;"
        "03.11.2026;Ada;Jo;001x0000002xLCVAA2\n"
    ).rows
    assert (row.name, row.domain, row.arr_cents, row.currency) == ("Acme", "acme.com", 4_800_000, "EUR")
    assert (row.started_on, row.renewal_on, row.notice_days) == (date(2025, 2, 1), date(2027, 1, 31), 91)
    assert (row.tier, row.pulse, row.seats, row.last_touch_on) == (Tier.WHITE_GLOVE, 4, 25, date(2026, 11, 3))
    assert (row.champion, row.owner, row.id_source, row.external_id) == (
        "Ada",
        "Jo",
        "salesforce",
        "001x0000002xLCVAA2",
    )


def test_a_monthly_amount_counts_twelve_times_and_only_where_no_yearly_one_is_given() -> None:
    rows = sheet("Name,ARR,MRR\nAcme,,$100\nBolt,500,100\n").rows
    assert [(row.arr_cents, row.currency) for row in rows] == [(120_000, "USD"), (50_000, None)]


def test_a_cell_that_cannot_be_read_refuses_its_line_with_header_and_text() -> None:
    found = sheet("Name,ARR,Renewal\nAcme,lots,\nBolt,,2300-01-01\nCorax,-5,\nDelta,5,2027-01-01\n")
    assert [row.name for row in found.rows] == ["Delta"]
    assert [(remark.line, remark.reason.split(":")[0]) for remark in found.refused] == [
        (2, "ARR"),
        (3, "Renewal"),
        (4, "ARR"),
    ]
    assert "“lots”" in found.refused[0].reason


def test_lines_without_name_with_too_many_cells_or_with_nul_are_refused_and_short_ones_are_read() -> None:
    found = sheet("Name,City,ARR\n,Rome,5\nAcme,Rome,5,6\nA\x00B,Rome,5\nBolt\n")
    assert [(remark.line, remark.reason[:14]) for remark in found.refused] == [
        (2, "has no name"), (3, "has 4 cells wh"), (4, "The name holds"),
    ]  # fmt: skip
    assert [row.name for row in found.rows] == ["Bolt"]


@pytest.mark.parametrize("header", ["id,is_deleted,property_name", "ID,ISDELETED,NAME,OWNERID"])
def test_what_is_deleted_at_its_source_is_not_taken(header: str) -> None:
    found = sheet(f"{header}\n1,TRUE,Acme\n2,false,Bolt\n")
    assert [row.name for row in found.rows] == ["Bolt"]
    assert "is deleted in" in found.refused[0].reason


def test_a_health_score_is_not_taken_for_a_pulse_and_stands_among_the_unused() -> None:
    found = sheet("Name,Health\nAcme,4\nBolt,87\n")
    assert [row.pulse for row in found.rows] == [None, None]
    assert found.unused == ("Health",)


def test_her_pulse_comes_before_a_colour() -> None:
    found = sheet("Name,Health,Pulse\nAcme,green,2\n")
    assert found.rows[0].pulse == 2
    assert found.unused == ("Health",)


def test_a_column_of_segments_that_are_no_tiers_is_left_out_and_single_odd_words_are_told() -> None:
    assert sheet("Name,Segment\nAcme,EMEA\nBolt,APAC\n").unused == ("Segment",)
    mixed = sheet("Name,Segment\nAcme,Enterprise\nBolt,Mars\n")
    assert [row.tier for row in mixed.rows] == [Tier.WHITE_GLOVE, None]
    assert mixed.remarks == ("The column “Segment” was left out where it says “Mars”.",)


def test_days_in_two_readings_refuse_the_file_until_she_says_which() -> None:
    text = "Name,Renewal\nAcme,03/04/2027\n"
    with pytest.raises(Refusal, match="--dates"):
        sheet(text)
    assert sheet(text, Said(order=Order.MDY)).rows[0].renewal_on == date(2027, 3, 4)
    assert sheet(text, Said(order=Order.DMY)).rows[0].renewal_on == date(2027, 4, 3)


def test_amount_and_currency_that_contradict_each_other_refuse_the_line() -> None:
    found = sheet("Name,ARR,Currency\nAcme,$5,EUR\nBolt,5,chf\n")
    assert "USD" in found.refused[0].reason
    assert [(row.arr_cents, row.currency) for row in found.rows] == [(500, "CHF")]


def test_the_refusal_lists_the_first_columns_that_are_there_each_on_one_line_and_cut() -> None:
    with pytest.raises(Refusal, match="only “Kunde Nord”, “Land”, “c”, “d”, “e”, “f” and more:"):
        sheet('"Kunde\nNord",Land,c,d,e,f,g\n1,2,3,4,5,6,7\n')
    with pytest.raises(Refusal) as refused:
        sheet("x" * 5000 + ",y\n1,2\n")
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "1,english\n2,german\n", "Subject,Date\nHi,2026-01-01\n"])
def test_a_table_without_a_column_of_names_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(Refusal, match=r"no column that names accounts.*--map name=COLUMN"):
        sheet(text)


def test_deals_are_not_taken_for_accounts_unless_she_says_so() -> None:
    text = "ID,NAME,STAGENAME,ACCOUNT\n1,Big deal,Won,Acme\n"
    with pytest.raises(Refusal):
        sheet(text)
    assert sheet(text, Said(kind="accounts", mapped={"name": "ACCOUNT"})).rows[0].name == "Acme"
