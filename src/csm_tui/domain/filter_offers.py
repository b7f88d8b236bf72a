"""What the token being typed could become: the offer that stands dim behind it, which tab takes."""

from __future__ import annotations

import re

from csm_tui.domain.filter_fields import ALIASES, FIELDS, OF_ITEMS, WordField
from csm_tui.domain.filters import NONE, SAVED, SIGNAL
from csm_tui.domain.touchpoints import Signal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LETTERS = 2
"""A field is offered from so many letters on."""


class Values(NamedTuple):
    """What the book has to offer: owners, tags, and the names of saved filters."""

    owners: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()


def offered(text: str, values: Values, fields: Iterable[str] = OF_ITEMS) -> str:
    """The text with its last token completed; empty when there is nothing to offer."""
    found = re.search(r'(?:^|\s)(-|not:)?([^\s"]+)$', text)
    if found is None:
        return ""
    typed = found.group(2)
    wanted = typed.casefold()
    for option in _options(wanted, values, frozenset(fields)):
        if option.casefold().startswith(wanted) and len(option) > len(typed):
            return text + option[len(typed) :]
    return ""


def _options(typed: str, values: Values, fields: frozenset[str]) -> Iterator[str]:
    """All that the token could become, likeliest first."""
    if typed.startswith(SIGNAL):
        yield from (f"{SIGNAL}{signal}" for signal in Signal)
    elif typed.startswith(SAVED):
        yield from (f"{SAVED}{name}" for name in values.saved)
    elif (found := re.match(r"([^\W\d_]+)[:=]", typed)) is not None:
        yield from (f"{found.group()}{word}" for word in _words(found.group(1), values))
    elif len(typed) >= LETTERS:
        yield from (_begun(name) for name in (*FIELDS, *ALIASES) if ALIASES.get(name, name) in fields)


def _words(name: str, values: Values) -> tuple[str, ...]:
    field = FIELDS.get(ALIASES.get(name, name))
    if not isinstance(field, WordField):
        return (NONE,) if field else ()
    of_book = {"owner": values.owners, "tag": values.tags}.get(field.name, ())
    return (*field.words, *(word for value in of_book for word in value.split()), NONE)


def _begun(name: str) -> str:
    """A field with the operator that usually follows it."""
    field = FIELDS[ALIASES.get(name, name)]
    return f"{name}:" if isinstance(field, WordField) else f"{field.example[: len(name) + 1]}"
