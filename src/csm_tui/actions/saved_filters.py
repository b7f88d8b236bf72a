"""Filters kept by name: saved, saved anew, removed."""

from __future__ import annotations

import re

from csm_tui.domain.errors import Refusal
from csm_tui.domain.filters import expanded, parse
from csm_tui.domain.naming import folded
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Writing

_NAME = r"[^\W_][\w.-]{0,39}"


class SaveFilter(NamedTuple):
    """A filter to keep by name; a name that is taken gets the new text."""

    name: str
    text: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Save filter ={folded(self.name)}"


class RemoveFilter(NamedTuple):
    """A saved filter that is no longer wanted."""

    name: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Remove filter ={folded(self.name)}"


def save_filter(writing: Writing, wanted: SaveFilter) -> str:
    """Keep a filter; the name under which it is kept. Raises Refusal for a filter or a name that cannot be read."""
    name = folded(wanted.name)
    if re.fullmatch(_NAME, name) is None:
        raise Refusal("A filter's name is one word of at most 40 letters and digits, such as quiet.")
    saved = {str(row["name"]): str(row["text"]) for row in writing.find("saved_filter")}
    if not parse(wanted.text, saved=saved).terms:
        raise Refusal("There is no filter to save: give its words, such as silent:21+ tier:high.")
    text, row = expanded(wanted.text, saved), _row(writing, name)
    if row is None:
        writing.add("saved_filter", name=name, text=text)
    else:
        writing.change("saved_filter", int(row["id"] or 0), text=text)
    return name


def remove_filter(writing: Writing, wanted: RemoveFilter) -> None:
    """Forget a saved filter. Raises Refusal when there is none of that name."""
    row = _row(writing, folded(wanted.name))
    if row is None:
        raise Refusal(f"There is no saved filter “{wanted.name}”: `csm filter list` shows them.")
    writing.remove("saved_filter", int(row["id"] or 0))


def _row(writing: Writing, name: str) -> Row | None:
    return next(iter(writing.find("saved_filter", name=name)), None)
