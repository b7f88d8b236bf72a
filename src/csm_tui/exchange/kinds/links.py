"""A list that only links other lists by their ids, such as deals and companies in a HubSpot warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csm_tui.actions.import_accounts import Remark
from csm_tui.actions.import_outcome import Outcome
from csm_tui.domain.errors import Refusal
from csm_tui.exchange import cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.exchange.row_cells import RowCells
    from csm_tui.store.verbs import Writing

NAME = "links"
WORDS: dict[str, tuple[str, ...]] = {
    "company": ("company id",),
    "contact": ("contact id",),
    "renewals": ("deal id",),
    "touchpoints": ("engagement id",),
    "tickets": ("ticket id",),
}
DAYS = ()
NEEDS = ()

Links = dict[tuple[str, str], dict[str, list[str]]]
"""The ids that rows of a kind are linked to: by kind of the row and of what it is linked to, then by the row's id."""


class LinkRow(NamedTuple):
    """One link: the ids of both ends, by what they are."""

    line: int
    ends: dict[str, str]


def row(found: RowCells) -> LinkRow:
    """One row as a link. Raises Refusal for one that lacks an end."""
    ends = {name: found.one(name, cells.external_id) for name in WORDS}
    known = {name: one for name, one in ends.items() if one is not None}
    if len(known) < 2:
        raise Refusal("links nothing: one of its ids is missing")
    return LinkRow(found.line, known)


def take(_: Writing, __: str, rows: Iterable[LinkRow | Remark]) -> Outcome:
    """Nothing goes into the book."""
    outcome = Outcome()
    for row in rows:
        if isinstance(row, Remark):
            outcome.refuse(*row)
        else:
            outcome.unchanged += 1
    outcome.remarks.append("Links write nothing: they say whose the rows of the other files are.")
    return outcome


def gathered(rows: Iterable[LinkRow | Remark], links: Links) -> None:
    """Add the rows to what is linked: companies and contacts of everything else, companies of contacts."""
    for row in rows:
        if isinstance(row, Remark):
            continue
        for target in ("company", "contact"):
            for name, one in row.ends.items():
                if target in row.ends and name not in {target, "company"}:
                    kind = "contacts" if name == "contact" else name
                    links.setdefault((kind, target), {}).setdefault(one, []).append(row.ends[target])
