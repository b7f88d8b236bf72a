"""What merging two accounts would do, in sentences: the very same action runs on a copy of the book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from csm_tui.actions.merge import MergeAccounts, Merged, merge_accounts
from csm_tui.domain.days import day_month
from csm_tui.domain.money import written

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading
    from csm_tui.store.verbs import Value

FIELDS = {
    "started_on": "start", "renewal_on": "renewal", "notice_days": "notice days", "arr_cents": "ARR", "ae": "AE",
    "notice_served_on": "notice served", "auto_renew_off_on": "auto-renew off", "interval_days": "interval",
    "term_months": "months of the term", "auto_renew": "auto-renew",
    "review_days": "days between reviews", "review_kind": "kind of review",
}  # fmt: skip
MOST_NAMES = 6


def merge_preview(reading: Reading, wanted: MergeAccounts) -> Merged:
    """What would move, be joined and be filled."""
    from csm_tui.store.rehearsing import rehearsing

    with rehearsing(reading, reading.today) as writing:
        return merge_accounts(writing, wanted)


def sentences(merged: Merged, wanted: MergeAccounts) -> list[str]:
    """What moves, who is joined, what is filled and what is not, one line each."""
    counts = ((merged.touchpoints, "touchpoint"), (merged.promises, "promise"), (merged.pulses, "pulse"))
    moved = [f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count]
    told = [f"{', '.join(moved) or 'No touchpoint'} of {wanted.from_account} will stand at {wanted.account}."]
    for label, names in (
        ("People who move", merged.people),
        ("People both know, who become one", merged.joined),
        ("Tags that move", merged.tags),
        ("Ids that move", merged.external_ids),
        ("Filled, since it was empty", tuple(_said(name, value, merged) for name, value in _facts(merged))),
        (
            "Let go, since both know it",
            tuple(_said(name, value, merged) for name, value in merged.differed),
        ),
    ):
        if names:
            more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
            told.append(f"{label}: {', '.join(names[:MOST_NAMES])}{more}.")
    if merged.escalation:
        told.append(f"Both are escalated: the {merged.escalation} escalation goes on, and the other is closed.")
    return [*told, f"{wanted.from_account} is then gone. One undo parts them again."]


def _facts(merged: Merged) -> list[tuple[str, Value]]:
    return [(name, value) for name, value in merged.filled if name != "currency"]


def _said(name: str, value: Value, merged: Merged) -> str:
    return f"{FIELDS.get(name, name)} {_value(name, value, merged)}"


def _value(name: str, value: Value, merged: Merged) -> str:
    if name == "notes":
        return "of both"
    if name == "arr_cents":
        return written(int(value or 0), merged.currency)
    if name.endswith("_on"):
        return day_month(date.fromisoformat(str(value)))
    return ("yes" if value else "no") if name == "auto_renew" else str(value)
