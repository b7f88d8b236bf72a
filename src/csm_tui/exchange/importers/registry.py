"""Every source and every kind of list that can be imported, in the order of trial, and how a header tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from csm_tui.exchange.importers import hubspot, own, salesforce
from csm_tui.exchange.importers.headers import ACCOUNTS
from csm_tui.exchange.kinds import contacts, links, renewals, tickets, touchpoints

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from types import ModuleType


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
    @property
    def WORDS(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]: ...  # noqa: N802

    def recognises(self, headers: Collection[str]) -> bool:
        """Whether these headers are of this source."""


SOURCES: tuple[Source, ...] = (hubspot, salesforce, own)
"""The last takes what no other claims."""

BY_NAME = {source.NAME: source for source in SOURCES}

KINDS: tuple[ModuleType, ...] = (contacts, renewals, touchpoints, tickets, links)
"""Every kind beside accounts, in the order in which they go in: each may name what an earlier one brought."""

KIND_BY_NAME = {kind.NAME: kind for kind in KINDS}
KIND_NAMES = (ACCOUNTS, *KIND_BY_NAME)


def recognised(headers: Collection[str]) -> Source:
    """The source whose header this is."""
    return next(source for source in SOURCES if source.recognises(headers))
