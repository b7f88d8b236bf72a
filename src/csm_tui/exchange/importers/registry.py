"""Every source that can be imported, in the order of trial, and what no list of accounts looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from csm_tui.exchange.columns import plain
from csm_tui.exchange.importers import hubspot, own, salesforce

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Source(Protocol):
    """What the file of a source holds: its name, what it calls things, and how to tell its header."""

    @property
    def NAME(self) -> str: ...  # noqa: N802
    @property
    def TITLE(self) -> str: ...  # noqa: N802
    @property
    def SYNONYMS(self) -> Mapping[str, tuple[str, ...]]: ...  # noqa: N802
    @property
    def ID_SOURCES(self) -> Mapping[str, str]: ...  # noqa: N802

    def recognises(self, headers: Collection[str]) -> bool:
        """Whether these headers are of this source."""


SOURCES: tuple[Source, ...] = (hubspot, salesforce, own)
"""The last takes what no other claims."""

BY_NAME = {source.NAME: source for source in SOURCES}

OTHERS = {
    "deals": {"dealname", "dealid", "dealstage", "opportunityname", "opportunityid", "opportunityowner",
              "stagename",
              "forecastcategory"},
    "tickets": {"ticketid", "ticketname", "ticketstatus", "ticketsubject", "hsticketpriority",
                "hsticketcategory", "caseid",
                "casenumber"},
    "activities": {"whoid", "whatid", "activitydate", "tasksubtype", "engagementid", "engagementtype",
                   "notebody", "hsnotebody",
                   "hscalltitle", "hsmeetingtitle", "usageid"},
    "owners": {"activeuserid"},
    "subscriptions": {"subscriptionid", "churneventid"},
}  # fmt: skip
"""What only other lists have a column of."""

_PEOPLE = {"firstname", "lastname"}
_CONTRACT = {"arr", "mrr", "renewal", "renewaldate", "contractend", "seats", "annualrecurringrevenue"}


def recognised(headers: Collection[str]) -> Source:
    """The source whose header this is."""
    return next(source for source in SOURCES if source.recognises(headers))


def other_than_accounts(headers: Collection[str]) -> str | None:
    """What a list holds that is plainly not one of accounts, such as deals or contacts; None otherwise."""
    names = {plain(header) for header in headers}
    for what, signs in OTHERS.items():
        if not signs.isdisjoint(names):
            return what
    return "contacts" if names >= _PEOPLE and names.isdisjoint(_CONTRACT) else None
