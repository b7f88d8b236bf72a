"""What HubSpot calls things: the labels of its exports and the names of its properties.

`annualrevenue` is the customer's own turnover and never what the account pays us, so it is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

NAME = "hubspot"
TITLE = "HubSpot"

SYNONYMS = {
    "id": ("record id", "hs object id", "company id", "id"),
    "domain": ("company domain name", "domain", "website url", "website"),
    "owner": ("company owner",),
    "pulse": ("csm sentiment", "hs csm sentiment"),
    "last_touch": ("last contacted", "notes last contacted", "last activity date", "notes last updated"),
    "deleted": ("is deleted", "fivetran deleted"),
}
ID_SOURCES: dict[str, str] = {}

_COMPANY_IDS = ("associated company ids", "associated company id", "primary associated company id", "company id")
_COMPANY = ("associated company", "primary associated company", "primary company", "company name", "company")
_DELETED = ("is deleted", "fivetran deleted")

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {
        "id": ("record id", "hs object id", "contact id", "vid", "id"),
        "account_ids": _COMPANY_IDS,
        "account": _COMPANY,
        "title": ("job title",),
        "role": ("buying role", "hs buying role"),
        "deleted": _DELETED,
    },
    "renewals": {
        "id": ("record id", "hs object id", "deal id", "id"),
        "account_ids": _COMPANY_IDS,
        "account": _COMPANY,
        "amount": ("amount", "amount in company currency"),
        "pipeline": ("pipeline", "deal pipeline", "deal pipeline id"),
        "stage": ("deal stage", "deal pipeline stage id"),
        "closed": ("is deal closed", "is closed", "hs is closed"),
        "won": ("is closed won", "hs is closed won"),
        "deleted": _DELETED,
    },
    "touchpoints": {
        "id": ("record id", "hs object id", "engagement id", "id"),
        "account_ids": _COMPANY_IDS,
        "account": _COMPANY,
        "day": ("meeting start time", "hs meeting start time", "start time", "activity date", "hs timestamp",
                "timestamp", "date"),
        "time": (),
        "ends": ("meeting end time", "hs meeting end time", "end time"),
        "kind": ("type", "activity type", "engagement type"),
        "direction": ("call direction", "hs call direction", "email direction", "hs email direction"),
        "outcome": ("call outcome", "hs call disposition", "meeting outcome", "hs meeting outcome"),
        "state": ("call status", "hs call status", "email send status", "hs email status"),
        "minutes": (),
        "milliseconds": ("hs call duration", "call duration (ms)", "call duration"),
        "subject": ("call title", "hs call title", "meeting name", "meeting title", "hs meeting title", "email subject",
                    "hs email subject", "title", "subject"),
        "notes": ("note body", "hs note body", "call notes", "call body", "hs call body", "meeting description",
                  "hs meeting body", "meeting notes", "email body", "hs email text", "hs email html", "body",
                  "hs body preview"),
        "contact_ids": ("associated contact ids", "associated contact id", "contact id"),
        "contacts": ("associated contact", "associated contacts"),
        "emails": ("email to address", "hs email to email", "contact email"),
        "deleted": _DELETED,
    },
    "tickets": {
        "id": ("record id", "hs object id", "ticket id", "id"),
        "account_ids": _COMPANY_IDS,
        "account": (*_COMPANY, "primary company name"),
        "opened": ("create date", "createdate"),
        "closed": ("close date", "closed date"),
        "deleted": _DELETED,
    },
}  # fmt: skip
"""What HubSpot calls things in its other lists, by kind."""

_PREFIXES = ("property_", "hs_")
_SIGNS = frozenset({"companydomainname", "hubspotownerid", "hsobjectid", "companyowner", "noteslastcontacted",
                    "associatedcompanyids", "associatedcompany", "associatedcontact", "associatedcontactids",
                    "contactowner", "dealowner", "ticketowner", "engagementid", "fivetransynced"})  # fmt: skip


def recognises(headers: Collection[str]) -> bool:
    """A property's prefix, a column that only HubSpot has, or its pair of `Record ID` and `Company name`."""
    plain = {header.strip().casefold().replace(" ", "").replace("_", "") for header in headers}
    if any(header.strip().casefold().startswith(_PREFIXES) for header in headers) or not _SIGNS.isdisjoint(plain):
        return True
    return {"recordid", "companyname"} <= plain
