"""Which column of a file holds what, by its header, in whatever case, spacing and punctuation."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.errors import Refusal
from csm_tui.domain.money import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("account name", "company name", "customer name", "client name", "account", "company",
             "customer", "client", "organisation", "organization", "logo", "name"),
    "id": ("external id",),
    "domain": ("domain", "company domain", "company domain name", "website", "website url", "url"),
    "owner": ("csm", "csm name", "success manager", "account owner", "owner"),
    "arr": ("arr", "annual recurring revenue", "acv", "annual value", "contract value"),
    "mrr": ("mrr", "monthly recurring revenue", "monthly fee"),
    "currency": ("currency", "currency code", "currency iso code", "arr currency", "amount currency"),
    "start": ("start", "start date", "started on", "customer since", "contract start",
              "contract start date", "original contract date", "go-live signed", "onboarding start"),
    "renewal": ("renewal", "renewal date", "renewal on", "next renewal date", "next renewal",
                "contract end", "contract end date", "end date", "expiry", "expiry date", "expires",
                "to date"),
    "notice": ("notice", "notice days", "notice period", "notice period days", "opt-out",
               "cancellation notice"),
    "tier": ("tier", "touch model", "touch", "segment", "plan level", "class", "priority"),
    "health": ("health", "rag", "colour", "color", "health score", "score", "overall score"),
    "pulse": ("pulse", "csm pulse", "csm score", "csm sentiment", "gut feel", "sentiment"),
    "seats": ("seats", "licenses", "licences", "license count", "licence count", "users purchased"),
    "last_touch": ("last touch", "last contact", "last contacted", "last meeting", "last call",
                   "last activity date", "last activity"),
    "champion": ("champion", "key contact", "main contact", "primary contact", "poc"),
    "churned": ("churned on", "churn date", "churned"),
    "archived": ("archived on", "archived"),
    "deleted": (),
}  # fmt: skip
"""What every source calls things; a source's own words come before these."""

FIELDS = tuple(field for field in SYNONYMS if field != "deleted")
"""What `--map` can name."""

_ASIDE = re.compile(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]\s*$")
_HARMLESS = frozenset({"days", "in days", "annual", "yearly", "date", "yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy"})


class Columns(NamedTuple):
    """Where each field stands, and what is not used: by name, in the order of the file."""

    at: Mapping[str, int]
    headers: tuple[str, ...]
    unused: tuple[str, ...]
    repeated: tuple[str, ...]
    currency: str | None


def plain(header: str) -> str:
    """A header as it is compared: no case, blanks, punctuation, leading `property_` or trailing `__c`."""
    text = unicodedata.normalize("NFKC", header).strip().casefold()
    text = text.removeprefix("property_").removesuffix("__c")
    return "".join(character for character in text if character.isalnum())


def columns(
    headers: Sequence[str],
    own_words: Mapping[str, tuple[str, ...]],
    mapped: Mapping[str, str],
    common_words: Mapping[str, tuple[str, ...]] = SYNONYMS,
) -> Columns:
    """Find the column of each field. `mapped` says it outright: a header, or nothing for `leave it out`.

    Of two columns with the same header the first counts. Raises Refusal when a mapped column is not there.
    """
    names = tuple(header.strip() for header in headers)
    places: dict[str, int] = {}
    for at, name in enumerate(names):
        for known in _called(name):
            places.setdefault(known, at)
    chosen = {field: _mapped(column, names) for field, column in mapped.items()}
    taken = {at for at in chosen.values() if at is not None}
    for field, common in common_words.items():
        if field not in chosen:
            chosen[field] = _first((*own_words.get(field, ()), *common), places, taken)
            taken |= {at for at in (chosen[field],) if at is not None}
    return _columns(names, {field: at for field, at in chosen.items() if at is not None})


def _columns(names: tuple[str, ...], at: dict[str, int]) -> Columns:
    money_column = at.get("arr", at.get("mrr", at.get("amount")))
    used = set(at.values())
    return Columns(
        at,
        names,
        tuple(name for place, name in enumerate(names) if place not in used and name),
        tuple(dict.fromkeys(name for place, name in enumerate(names) if name and name in names[:place])),
        None if money_column is None else _aside_currency(names[money_column]),
    )


def _called(header: str) -> list[str]:
    """What a header is looked up by: itself, and without an aside such as `(EUR)` that changes nothing."""
    aside = _ASIDE.search(header)
    if aside and (_aside_currency(header) or aside.group(1).casefold() in _HARMLESS):
        return [plain(header), plain(header[: aside.start()])]
    return [plain(header)]


def _aside_currency(header: str) -> str | None:
    """The currency that a header names in brackets: `ARR (€)`."""
    aside = _ASIDE.search(header)
    if aside is None:
        return None
    text = aside.group(1)
    return SYMBOLS.get(text) or (text if re.fullmatch("[A-Z]{3}", text) else None)


def _first(words: tuple[str, ...], places: Mapping[str, int], taken: set[int]) -> int | None:
    found = (places.get(plain(word)) for word in words)
    return next((at for at in found if at is not None and at not in taken), None)


def _mapped(column: str, names: tuple[str, ...]) -> int | None:
    if not column:
        return None
    if column in names:
        return names.index(column)
    alike = [at for at, name in enumerate(names) if plain(name) == plain(column)]
    if not alike:
        listed = ", ".join(name for name in names if name)
        raise Refusal(f"There is no column “{column}” in the file: it has {listed}.")
    return alike[0]
