"""What a CSM's own list calls things; any list that has a column of names is taken for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

NAME = "own"
TITLE = "your own CSV"

SYNONYMS = {
    "id": ("id", "account id", "company id", "customer id", "client id", "record id", "crm id", "external id",
           "salesforce id", "sfid", "sfdc id", "hubspot id", "gsid"),
    "arr": ("revenue", "amount", "book"),
}  # fmt: skip

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {"id": ("source id", "contact id", "person id", "external id", "id"), "source": ("source",)},
    "touchpoints": {"id": ("source id", "touchpoint id", "activity id", "external id", "id"), "source": ("source",)},
}
"""What she calls things in her other lists, by kind."""

ID_SOURCES = {
    "salesforceid": "salesforce",
    "sfid": "salesforce",
    "sfdcid": "salesforce",
    "hubspotid": "hubspot",
    "gsid": "gainsight",
}
"""Columns of ids that are another system's, even here."""


def recognises(headers: Collection[str]) -> bool:
    """Every list that no other source claims."""
    return bool(headers)
