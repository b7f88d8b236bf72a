"""Takes touchpoints from a file into the book one by one: adds the new, changes what differs, deletes nothing.

Nothing here grows with the file but one bit for each touchpoint spoken of.
"""

from __future__ import annotations

from dataclasses import dataclass

from csm_tui.actions.earlier_contact import EARLIER_CONTACT, StandIns
from csm_tui.actions.import_accounts import FROM_FILE, FieldChange, Remark
from csm_tui.actions.import_columns import joined, number
from csm_tui.actions.import_outcome import Outcome, take_all
from csm_tui.actions.people import People, Who
from csm_tui.actions.plan_talk import review_dated
from csm_tui.actions.spoken_for import SpokenFor
from csm_tui.actions.whose import Accounts, Whose
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import id_key
from csm_tui.domain.touchpoints import REVIEW_KINDS, Direction, Kind, State
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from csm_tui.domain.touchpoints import Mood
    from csm_tui.store.verbs import Row, Value, Writing

SHOWN = 40
MEETINGS = frozenset({Kind.MEETING, Kind.ONSITE, Kind.TRAINING, Kind.QBR, Kind.EBR})
"""What stands in a calendar: on its own day it is still to be asked whether it was held."""

NO_PLAN = frozenset({Kind.EMAIL, Kind.NOTE})
"""What cannot be booked."""


class TouchpointRow(NamedTuple):
    """What one line of a file says about a touchpoint; None is what it does not say.

    `related` may name an account, or a deal. `done` is what the file says about it: done, still open, or nothing.
    `booked` is her own word for a day of which it is still to be asked whether it was held. `apart` is what is no other
    line's touchpoint, however alike they are.
    """

    line: int
    whose: Whose
    day: date
    kind: Kind
    direction: Direction
    time: str | None = None
    related: str | None = None
    done: bool | None = None
    booked: bool = False
    missed: bool = False
    minutes: int | None = None
    mood: Mood | None = None
    summary: str = ""
    notes: str | None = None
    source: str = ""
    source_id: str | None = None
    people: tuple[Who, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class ImportTouchpoints:
    """The touchpoints of one file, or why a line is none; `source` as undo and history will say it."""

    source: str
    rows: Iterable[TouchpointRow | Remark]

    @property
    def label(self) -> str:
        """`Import touchpoints from HubSpot`."""
        return f"Import touchpoints from {self.source}"


def import_touchpoints(writing: Writing, wanted: ImportTouchpoints) -> Outcome:
    """Add and change touchpoints as the lines say. A second time the same lines change nothing."""
    book = _Book(writing)
    take_all(wanted.rows, book.take, book.outcome)
    return book.told()


class _Book:
    """The book while the lines go in, and what became of them."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._accounts = Accounts(writing)
        self._people = People(writing)
        self._spoken = SpokenFor()
        self._stand_ins = StandIns(writing, self._spoken.__contains__)
        self._strangers = 0
        self._reviewed: set[int] = set()
        self.outcome = Outcome()

    def told(self) -> Outcome:
        """What became of every line, who was named in them that the book does not know, and what gave way to them.
        The preparation of a review is dated by what came in.
        """
        for account_id in sorted(self._reviewed):
            review_dated(self._writing, account_id)
        if self._strangers:
            self.outcome.remarks.append(
                f"People named in touchpoints who are not contacts of the account were left out, {self._strangers:,} "
                "times: import the contacts too, and this file again."
            )
        if self._stand_ins.gone:
            self.outcome.remarks.append(
                f"“{EARLIER_CONTACT}” was taken out {self._stand_ins.gone:,} times: "
                "touchpoints of that day or later came in."
            )
        return self.outcome

    def take(self, row: TouchpointRow) -> None:
        """One line: a new touchpoint, a change, nothing, or a refusal with its reason."""
        try:
            values = self._columns(row)
            places = self._places(row)
            met = [(account_id, self._met(row, account_id, values)) for account_id in places]
            changes = [self._differing(known, values) for _, known in met if known is not None]
        except Refusal as refusal:
            self.outcome.refuse(row.line, str(refusal))
            return
        name = f"{self._accounts.names[places[0]]}, {row.kind} on {row.day.isoformat()}"
        fields: list[FieldChange] = []
        for account_id, known in met:
            if known is None:
                fields += self._add(row, account_id, values)
            else:
                fields += self._change(row, account_id, known, changes.pop(0))
        if all(known is None for _, known in met):
            self.outcome.add(row.line, f"{name}, {row.summary}" if row.summary else name)
        else:
            self.outcome.change(row.line, name, fields)

    def _places(self, row: TouchpointRow) -> tuple[int, ...]:
        """The accounts of a line: as it says, else what it is related to, else those of the people it names by id."""
        says = row.whose.ids or row.whose.name or row.whose.domain
        found: tuple[int, ...] = ()
        if not says:
            found = self._related(row) or tuple(
                dict.fromkeys(one for who in row.people for one in self._people.accounts_of(who))
            )
        return found or self._accounts.of(row.whose if says or not row.related else Whose(name=row.related))

    def _related(self, row: TouchpointRow) -> tuple[int, ...]:
        try:
            return self._accounts.of(Whose(name=row.related))
        except Refusal:
            return ()

    def _met(self, row: TouchpointRow, account_id: int, values: Row) -> Row | None:
        """The touchpoint of a line: by its id, else the most alike of that day, kind and summary with no other id."""
        if row.source_id is not None:
            source, key = id_key(row.source, row.source_id)
            found = self._writing.find("touchpoint", source=source, source_id=key, account_id=account_id)
            if found:
                return found[0]
        alike = self._writing.find(
            "touchpoint", account_id=account_id, day=row.day.isoformat(), kind=row.kind.value, summary=row.summary
        )
        free = [one for one in alike if self._may_be(row, one)]
        if len(free) < 2:
            return free[0] if free else None
        there = {self._known(account_id, who) for who in row.people} - {None}
        return min(free, key=lambda one: self._unlike(one, values, there))

    def _may_be(self, row: TouchpointRow, known: Row) -> bool:
        """Not where it has another id, nor where an earlier line has spoken of it and this one is of another time."""
        if row.source_id is not None and known["source_id"] is not None:
            return False
        at_another_time = None not in {row.time, known["time"]} and row.time != known["time"]
        return number(known["id"]) not in self._spoken or not (row.apart or at_another_time)

    def _unlike(self, known: Row, values: Row, there: set[int | None]) -> int:
        """In how many facts a touchpoint is not what a line says, those counted of which the line says nothing."""
        links = self._writing.find("touchpoint_contact", touchpoint_id=known["id"])
        facts = [known[name] != value for name, value in values.items() if name != "source"]
        return sum(facts) + ({link["contact_id"] for link in links} != there)

    def _columns(self, row: TouchpointRow) -> Row:
        """What a line says, as the columns of a touchpoint. Raises Refusal for what is none (yet, or any more)."""
        source, key = id_key(row.source, row.source_id) if row.source_id is not None else (None, None)
        return {
            "day": row.day.isoformat(),
            "time": row.time,
            "kind": row.kind.value,
            "state": _state(row, self._writing.today).value,
            "direction": row.direction.value,
            "minutes": row.minutes,
            "mood": None if row.mood is None else row.mood.value,
            "summary": row.summary,
            "notes": row.notes,
            "source": source,
            "source_id": key,
        }

    def _add(self, row: TouchpointRow, account_id: int, values: Row) -> list[FieldChange]:
        said = {column: value for column, value in values.items() if value is not None}
        said.setdefault("source", row.source or FROM_FILE)
        touchpoint_id = self._writing.add("touchpoint", account_id=account_id, **said)
        self._spoken.add(touchpoint_id)
        self._link(row, account_id, touchpoint_id, set())
        self._came_in(account_id, values)
        return [FieldChange("at", "", self._accounts.names[account_id])]

    def _came_in(self, account_id: int, now: Row) -> None:
        self._stand_ins.give_way(account_id, now)
        if now["kind"] in REVIEW_KINDS:
            self._reviewed.add(account_id)

    def _differing(self, known: Row, values: Row) -> Row:
        """Where a line says something else than the book. Refused when an earlier line said it of the same one."""
        said, spoken = dict(values), number(known["id"]) in self._spoken
        answered = known["state"] not in {State.BOOKED.value, said["state"]}
        if answered and (not spoken or said["state"] == State.BOOKED.value):
            said["state"] = said["direction"] = None  # what she has answered stays answered
        if known["source_id"] is not None:
            said["source"] = said["source_id"] = None
        said["notes"] = joined(known["notes"], said["notes"])
        differing: Row = {name: value for name, value in said.items() if value not in {None, known[name]}}
        if differing.keys() - {"notes"} and spoken:
            raise Refusal(
                "is the same touchpoint as an earlier line, as far as can be told, and says something else: "
                "keep one, or give each an id"
            )
        return differing

    def _change(self, row: TouchpointRow, account_id: int, known: Row, differing: Row) -> list[FieldChange]:
        touchpoint_id = number(known["id"])
        self._spoken.add(touchpoint_id)
        if differing:
            self._writing.change("touchpoint", touchpoint_id, **differing)
            self._came_in(account_id, {**known, **differing})
        linked = self._writing.find("touchpoint_contact", touchpoint_id=touchpoint_id) if row.people else []
        new = self._link(row, account_id, touchpoint_id, {number(one["contact_id"]) for one in linked})
        told = [
            FieldChange("id" if name == "source_id" else name, _short(known[name]), _short(value))
            for name, value in differing.items()
            if name != "source"
        ]
        return told + ([FieldChange("contacts", str(len(linked)), str(len(linked) + new))] if new else [])

    def _link(self, row: TouchpointRow, account_id: int, touchpoint_id: int, linked: set[int]) -> int:
        """Link the people named whom the book knows for sure; how many were not linked yet."""
        met = [self._known(account_id, who) for who in row.people]
        self._strangers += met.count(None)
        new = dict.fromkeys(one for one in met if one is not None and one not in linked)
        for contact_id in new:
            self._writing.add("touchpoint_contact", touchpoint_id=touchpoint_id, contact_id=contact_id)
        return len(new)

    def _known(self, account_id: int, who: Who) -> int | None:
        try:
            return self._people.meant(account_id, who)
        except Refusal:
            return None


def _state(row: TouchpointRow, today: date) -> State:
    """Held, booked or missed on this day. Raises Refusal for what has not been done, and for what cannot be booked."""
    if row.missed:
        return State.MISSED
    if row.booked and row.kind not in NO_PLAN:
        return State.BOOKED
    if row.day > today:
        return _ahead(row)
    if row.day == today:
        return _of_today(row)
    if row.done is False:
        raise Refusal(f"was planned for {row.day.isoformat()} and never marked as done")
    return State.HELD


def _ahead(row: TouchpointRow) -> State:
    if row.done:
        raise Refusal(f"is marked as done, but its day {row.day.isoformat()} lies ahead")
    if row.kind in NO_PLAN:
        raise Refusal(f"is still to be done on {row.day.isoformat()}: only calls and meetings can be booked")
    return State.BOOKED


def _of_today(row: TouchpointRow) -> State:
    if row.done is False and row.kind in NO_PLAN:
        raise Refusal("is still to be done today: only calls and meetings can be booked")
    to_ask = row.done is False or (row.done is None and row.kind in MEETINGS)
    return State.BOOKED if to_ask else State.HELD


def _short(value: Value) -> str:
    text = " ".join(str(value).split()) if value is not None else ""
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
