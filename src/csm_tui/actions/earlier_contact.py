"""The call that stands in for the last contact before this book, until touchpoints of that day or later come in."""

from __future__ import annotations

from csm_tui.actions.import_columns import number
from csm_tui.domain.touchpoints import Direction, Kind, State
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from csm_tui.store.verbs import Row, Value, Writing

EARLIER_CONTACT = "last contact before this book"
COUNTED: dict[str, Value] = {"state": State.HELD.value, "direction": Direction.TWO_WAY.value}
"""What restarts the cadence: a touchpoint that was held and two-way."""

_STANDS_IN: dict[str, Value] = {"kind": Kind.CALL.value, "summary": EARLIER_CONTACT, **COUNTED}
_UNTOUCHED: dict[str, Value] = {"time": None, "minutes": None, "mood": None, "notes": None, "source_id": None}


def stand_in(writing: Writing, account_id: int, day: date, source: str) -> None:
    """A held two-way call on the day of the last contact, as a file says it."""
    writing.add("touchpoint", account_id=account_id, day=day.isoformat(), source=source, **_STANDS_IN)


def give_way(writing: Writing, account_id: int, came: Row, is_spoken: Callable[[int], bool]) -> int:
    """Take out what stood in, since a touchpoint that counts came on or after its day; how many.

    One that a line of the file has spoken of stays, and so does one to which she has added something.
    """
    day = str(came["day"])
    if any(came[name] != value for name, value in COUNTED.items()) or day > writing.today.isoformat():
        return 0
    found = writing.find("touchpoint", account_id=account_id, **_STANDS_IN, **_UNTOUCHED)
    gone = [
        touchpoint_id for row in found
        if row["source"] is not None and str(row["day"]) <= day
        and not is_spoken(touchpoint_id := number(row["id"]))
        and not writing.find("touchpoint_contact", touchpoint_id=touchpoint_id)
    ]  # fmt: skip
    for touchpoint_id in gone:
        writing.remove("touchpoint", touchpoint_id)
    return len(gone)
