"""The touchpoints of two accounts that become one: a line of a file that is at both is one, with what either knows."""

from __future__ import annotations

from csm_tui.actions.import_columns import joined, number
from csm_tui.domain.touchpoints import State
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Value, Writing

OF_TALK = ("time", "minutes", "mood")
NAMED, SAID = "touchpoint_contact", "touchpoint_signal"


def merge_talks(writing: Writing, account_id: int, from_id: int) -> int:
    """Move touchpoints; how many moved. What was added to one that is there already goes to that one."""
    there: dict[tuple[Value, Value], Row] = {
        (row["source"], row["source_id"]): row
        for row in writing.find("touchpoint", account_id=account_id)
        if row["source_id"] is not None
    }
    count = 0
    for row in writing.find("touchpoint", account_id=from_id):
        twin = there.get((row["source"], row["source_id"]))
        if twin is None:
            writing.change("touchpoint", number(row["id"]), account_id=account_id)
            count += 1
        else:
            _hang(writing, row, twin)
            _fill(writing, row, twin)
    return count


def _hang(writing: Writing, row: Row, twin: Row) -> None:
    """Give a touchpoint's people, signals and promises to its twin; the emptied one goes with its account."""
    for table, what in ((NAMED, "contact_id"), (SAID, "signal")):
        known = {one[what] for one in writing.find(table, touchpoint_id=twin["id"])}
        for one in writing.find(table, touchpoint_id=row["id"]):
            if one[what] not in known:
                writing.change(table, number(one["id"]), touchpoint_id=twin["id"])
    for table in ("promise", "pulse", "risk_signal"):
        for one in writing.find(table, touchpoint_id=row["id"]):
            writing.change(table, number(one["id"]), touchpoint_id=twin["id"])


def _fill(writing: Writing, row: Row, twin: Row) -> None:
    """Fill what the twin lacks; notes are kept of both."""
    learned: Row = {name: row[name] for name in OF_TALK if twin[name] is None and row[name] is not None}
    notes = joined(twin["notes"], row["notes"])
    if notes is not None:
        learned["notes"] = notes
    if twin["state"] == State.BOOKED.value != row["state"]:  # what was answered at either is answered
        learned |= {name: row[name] for name in ("state", "direction")}
    if learned:
        writing.change("touchpoint", number(twin["id"]), **learned)
