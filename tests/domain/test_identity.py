"""Who is who: names, domains and ids as two files would write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.identity import (
    LEGAL_SUFFIXES,
    Ambiguous,
    Directory,
    Identity,
    Known,
    id_key,
    normal_domain,
    normal_name,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme, Inc.", "ACME"),
        ("Acme GmbH & Co. KG", "acme"),
        ("Recall Information Management, S. A.", "Recall Information Management"),
        ("Varnum Consulting LLC", "Varnum  Consulting"),
        ("Żabka Sp. z o.o.", "żabka"),
        ("Ａｃｍｅ Ltd", "Acme"),
        ("Novo A/S", "Novo"),
    ],
)
def test_a_legal_suffix_case_and_width_make_no_other_company(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme", "Acme Labs"), ("1.00", "100"), ("Inc", "Ltd"), ("★", "☆"), ("A.I. Co", "B.I. Co"), ("Co", "")],
)
def test_companies_that_differ_stay_apart(one: str, other: str) -> None:
    assert normal_name(one) != normal_name(other)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.Acme.com/de?x=1#y", "acme.com"),
        ("acme.com:8080", "acme.com"),
        ("jane@acme.co.uk", "acme.co.uk"),
        ("WWW.ACME.COM.", "acme.com"),
        ("münchen.de", "münchen.de"),
        ("gmail.com", None),
        ("https://www.linkedin.com/company/acme", None),
        ("see the crm", None),
        ("", None),
        ("https://", None),
    ],
)
def test_a_domain_is_read_from_whatever_was_pasted_and_shared_hosts_are_nobodys(text: str, domain: str | None) -> None:
    assert normal_domain(text) == domain


def test_a_salesforce_id_counts_by_its_first_fifteen_characters_in_their_case() -> None:
    assert id_key("salesforce", "001x0000002xLCVAA2") == id_key("salesforce", "001x0000002xLCV")
    assert id_key("salesforce", "001x0000002xLCVAA2") != id_key("salesforce", "001x0000002xlcvAA2")
    assert id_key("hubspot", "123456789012345678") != id_key("hubspot", "123456789012345999")


def test_the_id_decides_before_the_domain_and_the_domain_before_nothing() -> None:
    directory = Directory([Known(1, "Acme", "acme.com", (("crm", "A"),)), Known(2, "Bolt", "bolt.io")])
    assert directory.decide(Identity("Bolt", "bolt.io", "crm", "A")) == 1
    assert directory.decide(Identity("Bolt Europe", "bolt.io", "crm", "B")) == 2
    assert directory.decide(Identity("Bolt Ltd")) == 2
    assert directory.decide(Identity("Corax")) is None


def test_another_id_of_the_same_source_is_another_customer() -> None:
    directory = Directory([Known(1, "Acme", "acme.com", (("crm", "A"),))])
    assert directory.decide(Identity("Acme", "acme.com", "crm", "B")) is None
    assert directory.decide(Identity("Acme", "acme.com", "erp", "B")) == 1


def test_two_of_one_name_are_told_apart_by_domain_or_not_at_all() -> None:
    directory = Directory([Known(1, "Acme Inc", "acme.com"), Known(2, "Acme Ltd", "acme.co.uk")])
    assert directory.decide(Identity("Acme", "acme.co.uk")) == 2
    with pytest.raises(Ambiguous, match="“Acme Inc” or “Acme Ltd”"):
        directory.decide(Identity("Acme"))


def test_a_domain_of_one_and_the_name_of_another_is_left_to_the_csm() -> None:
    directory = Directory([Known(1, "Acme", "acme.com"), Known(2, "Bolt")])
    with pytest.raises(Ambiguous):
        directory.decide(Identity("Bolt", "acme.com"))


def test_an_account_is_found_by_what_it_is_called_now_and_no_longer_by_what_it_was() -> None:
    directory = Directory([Known(1, "Acme", "acme.com")])
    directory.put(Known(1, "Zenith", "zenith.io"))
    assert directory.decide(Identity("Acme", "acme.com")) is None
    assert directory.decide(Identity("Zenith")) == 1


@given(st.from_regex(r"(https?://)?(www\.){0,2}[a-z0-9.-]{1,12}/?", fullmatch=True))
def test_the_short_way_to_a_domain_leads_where_the_long_way_does(text: str) -> None:
    assert normal_domain(text) == normal_domain(f" {text}")


@pytest.mark.parametrize("suffix", sorted(LEGAL_SUFFIXES))
def test_every_legal_suffix_is_no_part_of_the_name(suffix: str) -> None:
    assert normal_name(f"Acme {suffix}") == normal_name(f"ACME, {suffix.upper()}.") == "acme"
