"""Which column holds what: by synonym, by what a source calls it, or as she says."""

from __future__ import annotations

import pytest

from csm_tui.domain.errors import Refusal
from csm_tui.exchange.columns import columns
from csm_tui.exchange.importers import hubspot, own, salesforce
from csm_tui.exchange.importers.headers import kind_of
from csm_tui.exchange.importers.registry import BY_NAME, SOURCES, Source, recognised


def fields(headers: list[str], source: Source = own, **mapped: str) -> dict[str, str]:
    found = columns(headers, source.SYNONYMS, mapped)
    return {field: headers[at] for field, at in found.at.items()}


def test_case_blanks_punctuation_prefix_and_suffix_make_no_other_header() -> None:
    assert fields(["ACCOUNT_NAME", "Go-live signed", "property_domain", "Renewal_Date__c"]) == {
        "name": "ACCOUNT_NAME",
        "start": "Go-live signed",
        "domain": "property_domain",
        "renewal": "Renewal_Date__c",
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.NAME)
@pytest.mark.parametrize(
    "header", ["AnnualRevenue", "annualrevenue", "Annual Revenue", "property_annualrevenue", "ANNUALREVENUE"]
)
def test_the_customers_own_turnover_is_never_arr(source: Source, header: str) -> None:
    found = columns(["Name", header], source.SYNONYMS, {})
    assert "arr" not in found.at
    assert found.unused == (header,)


def test_revenue_and_amount_are_arr_in_her_own_list_and_nowhere_else() -> None:
    assert fields(["Name", "Revenue"])["arr"] == "Revenue"
    assert "arr" not in fields(["Name", "Amount"], salesforce)
    assert "arr" not in fields(["Name", "Amount"], hubspot)


def test_the_amounts_header_may_name_its_currency_but_not_its_scale() -> None:
    assert columns(["Name", "ARR (€)"], own.SYNONYMS, {}).currency == "EUR"
    assert columns(["Name", "MRR [USD]"], own.SYNONYMS, {}).currency == "USD"
    assert "arr" not in fields(["Name", "ARR (k€)"])


def test_what_she_maps_wins_and_an_empty_column_leaves_a_field_out() -> None:
    assert fields(["Name", "ARR", "Net"], arr="net")["arr"] == "Net"
    assert "arr" not in fields(["Name", "ARR"], arr="")
    assert fields(["Name", "ARR"], seats="ARR") == {"name": "Name", "seats": "ARR"}
    with pytest.raises(Refusal, match=r"no column “Nett”.*Name, ARR"):
        fields(["Name", "ARR"], arr="Nett")


def test_of_two_columns_with_one_header_the_first_is_used_and_it_is_told() -> None:
    found = columns(["id", "name", "name"], own.SYNONYMS, {})
    assert found.at["name"] == 1
    assert found.repeated == ("name",)
    assert found.unused == ("name",)


def test_every_source_is_in_the_registry_once_and_the_last_takes_the_rest() -> None:
    assert list(BY_NAME) == ["hubspot", "salesforce", "own"]
    assert recognised(["Company", "ARR"]) is own


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        (["ID", "ISDELETED", "MASTERRECORDID", "NAME"], "salesforce"),
        (["NAME", "ORACLE_ID__C"], "salesforce"),
        (["Account Name", "Billing State/Province"], "salesforce"),
        (["id", "is_deleted", "property_name"], "hubspot"),
        (["Record ID", "Company name", "Company Domain Name"], "hubspot"),
        (["Record ID", "Company name"], "hubspot"),
        (["hs_object_id", "name"], "hubspot"),
        (["Customer", "ARR", "Renewal"], "own"),
    ],
)
def test_a_source_is_known_by_its_header(headers: list[str], source: str) -> None:
    assert source == recognised(headers).NAME


@pytest.mark.parametrize(
    ("headers", "what"),
    [
        (["ID", "ACCOUNTID", "NAME", "STAGENAME", "AMOUNT"], "renewals"),
        (["Record ID", "Deal Name", "Amount"], "renewals"),
        (["id", "property_firstname", "property_lastname", "property_company"], "contacts"),
        (["Ticket ID", "Ticket name", "Primary Company Name"], "tickets"),
        (["Subject", "WhoId", "Name"], "touchpoints"),
        (["Company", "First Name", "Last Name", "ARR"], "accounts"),
        (["Company", "Priority", "Owner"], "accounts"),
        (["Company", "Contact"], "accounts"),
        (["Company", "Contact", "Email", "Tier"], "accounts"),
        (["Company", "Contact", "Email"], "contacts"),
        (["Client", "Date", "Topic"], "touchpoints"),
        (["Client", "Date", "Topic", "ARR"], "accounts"),
        (["usage_id", "account_id"], "usage"),
    ],
)
def test_a_list_of_something_else_is_told_from_one_of_accounts(headers: list[str], what: str) -> None:
    assert kind_of(headers) == what
