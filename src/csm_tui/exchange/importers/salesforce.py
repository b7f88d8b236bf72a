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

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {
        "id": ("contact id", "id", "18 digit id", "contact id 18"),
        "account_ids": ("account id", "account id 18"),
        "account": ("account name", "account", "company / account"),
        "deleted": ("is deleted", "deleted"),
    },
}
"""What Salesforce calls things in its other lists, by kind."""

_SIGNS = frozenset({
    "masterrecordid", "systemmodstamp", "lastmodifiedbyid", "createdbyid", "ownerid", "parentid",
    "billingstreet", "billingcity",
    "billingstate", "billingcountry", "billingpostalcode", "billingstateprovince", "billingzippostalcode",
})  # fmt: skip

_API_NAMES = frozenset({
    "accountid", "isdeleted", "whoid", "whatid", "stagename", "closedate", "isclosed", "iswon", "forecastcategory",
    "activitydate", "tasksubtype", "eventsubtype", "calldisposition", "calltype", "calldurationinseconds",
    "startdatetime", "enddatetime", "casenumber",
})  # fmt: skip
_LABELS = frozenset({
    "mailing street", "mailing city", "mailing state/province", "mailing country", "opportunity owner",
    "opportunity name", "fiscal period", "probability (%)", "task/event record type", "task subtype", "event subtype",
    "company / account", "full comments", "full comment", "assigned", "assigned to", "assigned to: full name",
    "18 digit id", "primary contact: full name", "date/time opened",
})  # fmt: skip


def recognises(headers: Collection[str]) -> bool:
    """A custom field (`…__c`), or a column that only Salesforce has by that name or writes that way."""
    written = {header.strip().casefold() for header in headers}
    plain = {header.replace(" ", "").replace("/", "") for header in written}
    own = not _SIGNS.isdisjoint(plain) or not (_API_NAMES | _LABELS).isdisjoint(written)
    return own or any(header.endswith("__c") for header in written)
