"""What Salesforce calls things, in its Data Loader and in its reports.

`AnnualRevenue` is the customer's own turnover and never what the account pays us, so it is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.domain.identity import SALESFORCE

if TYPE_CHECKING:
    from collections.abc import Collection

NAME = SALESFORCE
TITLE = "Salesforce"

SYNONYMS = {
    "id": ("id", "account id", "18 digit id", "account id 18", "salesforce id"),
    "deleted": ("isdeleted", "is deleted", "deleted"),
}
ID_SOURCES: dict[str, str] = {}

_SIGNS = frozenset({
    "masterrecordid", "systemmodstamp", "lastmodifiedbyid", "createdbyid", "ownerid", "parentid",
    "billingstreet", "billingcity",
    "billingstate", "billingcountry", "billingpostalcode", "billingstateprovince", "billingzippostalcode",
})  # fmt: skip


def recognises(headers: Collection[str]) -> bool:
    """A custom field (`…__c`), or a column that only Salesforce has by that name."""
    custom = any(header.strip().casefold().endswith("__c") for header in headers)
    plain = {header.strip().casefold().replace(" ", "").replace("/", "") for header in headers}
    return custom or not _SIGNS.isdisjoint(plain)
