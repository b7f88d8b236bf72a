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


class StandIns:
    """The calls that stand in, of accounts for which touchpoints come in; each account's are looked up once.

    One that a line of the file has spoken of stays, and so does one to which she has added something.
    """

    def __init__(self, writing: Writing, is_spoken: Callable[[int], bool]) -> None:
        self._writing = writing
        self._is_spoken = is_spoken
        self._at: dict[int, list[Row]] = {}
        self.gone = 0

    def give_way(self, account_id: int, came: Row) -> None:
        """Take out what stood in on or before the day of a touchpoint that came, if that counts."""
        day = str(came["day"])
        if any(came[name] != value for name, value in COUNTED.items()) or day > self._writing.today.isoformat():
            return
        for row in list(self._of(account_id)):
            if str(row["day"]) <= day and not self._is_spoken(number(row["id"])):
                self._writing.remove("touchpoint", number(row["id"]))
                self._at[account_id].remove(row)
                self.gone += 1

    def _of(self, account_id: int) -> list[Row]:
        if account_id not in self._at:
            found = self._writing.find("touchpoint", account_id=account_id, **_STANDS_IN, **_UNTOUCHED)
            self._at[account_id] = [
                row for row in found
                if row["source"] is not None and not self._writing.find("touchpoint_contact", touchpoint_id=row["id"])
            ]  # fmt: skip
        return self._at[account_id]
