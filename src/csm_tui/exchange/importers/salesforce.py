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
    "renewals": {
        "account_ids": ("account id", "account id 18"),
        "amount": ("amount", "amount (converted)"),
        "deleted": ("is deleted", "deleted"),
    },
    "touchpoints": {
        "id": ("activity id", "task id", "event id", "id"),
        "account_ids": ("account id", "18 digit id", "account id 18"),
        "account": ("company / account", "account name", "account"),
        "what": ("what id", "related to id"),
        "related": ("related to", "what name"),
        "day": ("start date time", "start", "activity date time", "activity date", "date", "due date only", "due date"),
        "ends": ("end date time", "end"),
        "kind": ("type", "activity type", "task/event record type"),
        "subtype": ("task subtype", "event subtype", "activity subtype"),
        "direction": ("call type",),
        "outcome": ("call disposition", "call result"),
        "closed": ("is closed", "closed"),
        "minutes": ("duration in minutes", "duration (minutes)", "duration"),
        "seconds": ("call duration in seconds", "call duration (seconds)", "call duration"),
        "notes": ("description", "full comments", "full comment", "comments"),
        "contact_ids": ("who id", "contact id"),
        "contacts": ("primary contact", "primary contact: full name", "contact", "contact name", "name"),
        "deleted": ("is deleted", "deleted"),
    },
    "tickets": {
        "account_ids": ("account id", "account id 18"),
        "deleted": ("is deleted", "deleted"),
    },
}  # fmt: skip
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
