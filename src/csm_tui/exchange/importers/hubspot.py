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

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {
        "id": ("record id", "hs object id", "contact id", "vid", "id"),
        "account_ids": ("associated company ids", "associated company id", "primary associated company id",
                        "company id"),
        "account": ("associated company", "primary associated company", "primary company", "company name", "company"),
        "title": ("job title",),
        "role": ("buying role", "hs buying role"),
        "deleted": ("is deleted", "fivetran deleted"),
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
