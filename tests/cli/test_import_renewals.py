"""csm import of renewals and tickets: what each line becomes, and that it becomes it once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Csm, rows
from tests.cli.test_import_kinds import ACCOUNTS, counts, written
from tests.cli.test_import_talks import HUBSPOT_COMPANIES, book, reasons

__all__ = ["book"]


def test_open_renewals_set_the_renewal_and_the_arr_where_the_term_is_known(tmp_path: Path, csm: Csm, book: str) -> None:
    deals = (
        "Id,AccountId,Name,StageName,Amount,CloseDate,Type,IsClosed,Contract_Term__c,IsDeleted\n"
        "1,001x0000002xLCVAA2,Acme 2027,Negotiation,96000,2027-03-01,Renewal,false,24,false\n"
        "2,001x0000002xLCVAA2,Acme 2029,Prospecting,96000,2029-03-01,Renewal,false,24,false\n"
        "3,001x0000002xLCvAA3,Bolt 2027,Negotiation,50000,2027-05-01,Existing Business - Renewal,false,,false\n"
        "4,001x0000002xLCvAA3,More seats,Negotiation,1,2027-01-01,Existing Business - Upsell,false,,false\n"
        "5,001x0000002xLCWAA2,Cobalt 2025,Closed Won,1,2025-01-01,Renewal,true,,false\n"
        "6,001x0000002xLCWAA2,Cobalt gone,Negotiation,1,2027-01-01,Renewal,false,,true\n"
    )
    path = written(tmp_path, "deals.csv", deals)
    told = csm("import", path, "--json")
    assert counts(told.json) == (0, 2, 0, 4)
    assert reasons(told.json) == {
        3: "is another open renewal of the account than line 2, whose day was taken",
        5: "is not a renewal (type “Existing Business - Upsell”): only renewals are taken",
        6: "is closed (Closed Won): only open renewals are taken",
        7: "is deleted in Salesforce",
    }
    assert "The amount of 1 renewal was not taken as ARR" in told.err
    assert "1 of the deals is not a renewal" in told.err
    assert rows(book, "SELECT name, renewal_on, arr_cents, term_months FROM account ORDER BY id") == [
        ("Acme Inc", "2027-03-01", 4_800_000, 24), ("Bolt GmbH", "2027-05-01", None, None), ("Cobalt", None, None, None)
    ]  # fmt: skip
    assert counts(csm("import", path, "--json").json) == (0, 0, 2, 4)
    stale = deals.replace("2027-03-01", "2025-03-01").replace("2029-03-01", "2024-03-01")
    assert "before the renewal on 2027-03-01 that the book has" in str(
        reasons(csm("import", written(tmp_path, "stale.csv", stale), "--json").json)
    )


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Amount (USD)", "24000"), ("Amount,Amount Currency", "24000,USD"), ("Amount,Amount Currency", "$24000,USD")],
)
def test_the_amount_of_a_renewal_is_in_the_currency_that_the_file_names(
    tmp_path: Path, csm: Csm, book: str, header: str, cells: str
) -> None:
    head, row = f"Opportunity Name,Account Name,Close Date,Term,{header}\n", "Acme renewal,Acme Inc,2027-03-01,12.0,"
    assert counts(csm("import", written(tmp_path, "deals.csv", f"{head}{row}{cells}\n"), "--json").json)[1] == 1
    assert rows(book, "SELECT arr_cents, currency FROM account WHERE id = 1") == [(2_400_000, "USD")]
    other = "Opportunity Name,Account Name,Close Date,Amount,Currency\nA renewal,Acme Inc,2027-03-01,$5,GBP\n"
    assert reasons(csm("import", written(tmp_path, "other.csv", other), "--json").json) == {
        2: "is in USD by its amount and in GBP by its currency"
    }


def test_a_currency_without_an_amount_makes_no_other_sum_of_one_that_is_known(
    tmp_path: Path, csm: Csm, book: str
) -> None:
    csm("account", "edit", "Acme", "--arr", "48000 EUR")
    told = csm(
        "import", written(tmp_path, "sf.csv", ACCOUNTS.replace("OwnerId", "CurrencyIsoCode").replace(",5", ",USD"))
    )
    assert "is in USD there without an amount, so its €48,000 was kept" in told.err
    assert rows(book, "SELECT currency FROM account ORDER BY id") == [("EUR",), ("USD",), ("USD",)]
    assert csm("import", str(tmp_path / "sf.csv"), "--json").json["changed"] == 0


def test_hubspots_deals_are_renewals_by_type_pipeline_or_name(tmp_path: Path, csm: Csm, book_path: str) -> None:
    deals = (
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Pipeline,Associated Company IDs\n"
        "1,Acme,Talking,1,2027-03-01 00:00,Renewals,101\n2,Renew Bolt,Talking,1,2027-04-01 00:00,Sales,102\n"
        "3,Bolt renewal,closedlost,1,2026-04-01 00:00,Sales,102\n4,New,Talking,1,2027-04-01 00:00,Sales,102\n"
    )
    files = written(tmp_path, "deals.csv", deals), written(tmp_path, "companies.csv", HUBSPOT_COMPANIES)
    assert [counts(each) for each in csm("import", *files, "--json").json] == [(0, 2, 0, 2), (2, 0, 0, 0)]
    assert rows(book_path, "SELECT renewal_on FROM account") == [("2027-03-01",), ("2027-04-01",)]


def test_tickets_are_kept_as_counts_that_only_grow(tmp_path: Path, csm: Csm, book_path: str) -> None:
    header = "Ticket ID,Ticket name,Create date,Close date,Associated Company IDs\n"
    two = "1,a,2026-11-01 08:00,2026-11-02 09:00,101\n2,b,2026-11-01 09:00,,101\n"
    files = [written(tmp_path, "c.csv", HUBSPOT_COMPANIES), written(tmp_path, "t.csv", header + two + "3,c,,,101\n")]
    told = csm("import", *files, "--json")
    assert counts(told.json[1]) == (2, 0, 0, 1)
    assert "Tickets are kept as counts" in told.err
    stored = "SELECT account_id, name, day, value, source FROM measure ORDER BY id"
    opened, closed = (1, "tickets opened", "2026-11-01"), (1, "tickets closed", "2026-11-02")
    assert sorted(rows(book_path, stored)) == sorted([(*opened, 2, "HubSpot"), (*closed, 1, "HubSpot")])
    assert counts(csm("import", *files, "--json").json[1]) == (0, 0, 2, 1)
    one_more = header + two + "4,d,2026-11-01 10:00,,101\n"
    assert counts(csm("import", written(tmp_path, "more.csv", one_more), "--json").json) == (0, 3, 0, 0)
    assert counts(csm("import", written(tmp_path, "part.csv", header + two[:40] + "\n"), "--json").json)[1] == 0
    assert (*opened, 3, "HubSpot") in rows(book_path, stored)
    of_two = written(tmp_path, "two.csv", header + "5,e,2026-11-09 10:00,,101;102\n")
    assert counts(csm("import", of_two, "--json").json) == (1, 0, 0, 0)
    at_both = "SELECT account_id, value FROM measure WHERE day = '2026-11-09' ORDER BY 1"
    assert rows(book_path, at_both) == [(1, 1), (2, 1)], "a ticket of two accounts is not put down to one of them"
