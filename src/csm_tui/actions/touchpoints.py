"""Logging: the touchpoint and all that its line says, in one stroke."""

from __future__ import annotations

from csm_tui.actions.meanwhile import still_there
from csm_tui.actions.plan_talk import after_talk, risk_seen
from csm_tui.domain.days import plausible
from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import Person, person_meant
from csm_tui.domain.touchpoints import Direction, Kind, State
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.actions.recovery import Opened
    from csm_tui.domain.logline import LogLine
    from csm_tui.store.verbs import Row, Writing


class LogTouchpoint(NamedTuple):
    """A line as it was read, for one account; notes are Markdown and are never parsed.

    `answers` is the booked touchpoint whose end the line tells, when that is known; `with_step` says that it is logged
    with the step that it does, so that it does no other.
    """

    account_id: int
    account: str
    line: LogLine
    notes: str = ""
    answers: int = 0
    with_step: bool = False

    @property
    def label(self) -> str:
        """What history and undo call it."""
        if not self.line.is_touchpoint:
            return f"Note for {self.account}" if not self.line.promises else f"Promise with {self.account}"
        verb = "Book" if self.line.state is State.BOOKED else "Log"
        return f"{verb} {self.line.kind} with {self.account}"


class Logged(NamedTuple):
    """What was written: the touchpoint (None for promises alone), the promises, the people who are new, the step that
    it completed, and the risk it opened or added to.
    """

    touchpoint_id: int | None
    promise_ids: tuple[int, ...]
    new_contacts: tuple[str, ...]
    answered_booking: bool
    step: str = ""
    risk: Opened | None = None


def log_touchpoint(writing: Writing, wanted: LogTouchpoint) -> Logged:
    """Add the touchpoint and all that its line says: people, promises, signals, pulse.

    A held touchpoint of the kind that was booked for the same day is that booking, held. Raises Refusal for a line that
    says nothing, and for a token of date form that names no day. Signals or notes alone become an internal note, which
    restarts nothing.
    """
    _sensible(wanted.line, wanted.notes)
    still_there(writing, "account", wanted.account_id, wanted.account)
    wanted = wanted._replace(line=_of_a_kind(wanted.line, wanted.notes))
    line, touchpoint_id, answered = wanted.line, None, False
    new: tuple[str, ...] = ()
    if line.is_touchpoint or line.kind is Kind.NOTE:
        touchpoint_id, answered = _touchpoint(writing, wanted)
        new = _people(writing, wanted, touchpoint_id)
        _signals(writing, line, touchpoint_id)
    _pulse(writing, wanted, touchpoint_id)
    promised = _promises(writing, wanted, touchpoint_id)
    step = after_talk(writing, wanted.account_id, line, with_step=wanted.with_step) if line.is_touchpoint else ""
    risk = risk_seen(writing, wanted.account_id, line, touchpoint_id)
    return Logged(touchpoint_id, promised, new, answered, step, risk)


def _of_a_kind(line: LogLine, notes: str) -> LogLine:
    """The line; where it tells of no touchpoint, but of signals or notes, it is an internal note."""
    if line.is_touchpoint or not (line.signals or notes):
        return line
    return line._replace(kind=Kind.NOTE, direction=Direction.INTERNAL)


def _sensible(line: LogLine, notes: str) -> None:
    if line.impossible:
        words = ", ".join(f"“{word}”" for word in line.impossible)
        told = "is not a day" if len(line.impossible) == 1 else "are not days"
        raise Refusal(f"{words} {told}: nothing was logged. Write a day such as fri, -3d, 14.11 or 2026-11-14.")
    if line.is_empty and not notes.strip():
        raise Refusal("The line says nothing yet: write what happened, such as “call @jon all good :)”.")
    plausible(line.day)


def _pulse(writing: Writing, wanted: LogTouchpoint, touchpoint_id: int | None) -> None:
    line = wanted.line
    if line.pulse is not None:
        writing.add(
            "pulse", account_id=wanted.account_id, touchpoint_id=touchpoint_id, value=line.pulse,
            given_on=min(line.day, writing.today).isoformat(), reason=line.words or None,
        )  # fmt: skip


def _touchpoint(writing: Writing, wanted: LogTouchpoint) -> tuple[int, bool]:
    line = wanted.line
    values: Row = {
        "day": line.day.isoformat(),
        "time": line.time,
        "kind": str(line.kind),
        "state": str(line.state),
        "direction": str(line.direction),
        "minutes": line.minutes,
        "mood": str(line.mood) if line.mood else None,
        "summary": line.words,
        "notes": wanted.notes or None,
    }
    booked = _booking(writing, wanted)
    if booked is None:
        return writing.add("touchpoint", account_id=wanted.account_id, **values), False
    row_id = int(booked["id"] or 0)
    for name in ("time", "minutes", "mood", "summary"):
        values[name] = values[name] or booked[name]
    values["notes"] = "\n\n".join(str(text) for text in (booked["notes"], wanted.notes) if text) or None
    writing.change("touchpoint", row_id, **values)
    signs_told(writing, row_id)
    return row_id, True


def _booking(writing: Writing, wanted: LogTouchpoint) -> Row | None:
    """The booked touchpoint that this line tells the end of."""
    line = wanted.line
    if wanted.answers:
        return still_there(writing, "touchpoint", wanted.answers, "The booking")
    if line.state is not State.HELD or line.direction is not Direction.TWO_WAY:
        return None
    found = writing.find(
        "touchpoint",
        account_id=wanted.account_id,
        day=line.day.isoformat(),
        kind=str(line.kind),
        state=str(State.BOOKED),
    )
    return found[0] if found else None


def _people(writing: Writing, wanted: LogTouchpoint, touchpoint_id: int) -> tuple[str, ...]:
    """Link the people named; whoever is not known yet becomes a contact. Raises Refusal for a name of several."""
    if not wanted.line.contacts:
        return ()
    rows = writing.find("contact", account_id=wanted.account_id)
    people = [Person(int(row["id"] or 0), str(row["name"]), row["status"] == "active") for row in rows]
    there = {row["contact_id"] for row in writing.find("touchpoint_contact", touchpoint_id=touchpoint_id)}
    new = []
    for typed in wanted.line.contacts:
        person = person_meant(people, typed)
        if person is None:
            name = proper(typed)
            person = Person(writing.add("contact", account_id=wanted.account_id, name=name), name, active=True)
            people.append(person)
            new.append(name)
        if person.id not in there:
            there.add(person.id)
            writing.add("touchpoint_contact", touchpoint_id=touchpoint_id, contact_id=person.id)
    return tuple(new)


def proper(typed: str) -> str:
    """A typed name as a person's: `jon.bell` is Jon Bell; what has capitals or other letters stays as it is."""
    if typed.isascii() and typed == typed.lower():
        return " ".join(word[:1].upper() + word[1:] for word in typed.replace(".", " ").split()) or typed
    return typed


def _signals(writing: Writing, line: LogLine, touchpoint_id: int) -> None:
    there = {row["signal"] for row in writing.find("touchpoint_signal", touchpoint_id=touchpoint_id)}
    for signal in dict.fromkeys(line.signals):
        if str(signal) not in there:
            writing.add("touchpoint_signal", touchpoint_id=touchpoint_id, signal=str(signal))


def signs_told(writing: Writing, touchpoint_id: int) -> None:
    """A booking is told as held: its signs are written now, since of two talks of one day the one logged later is
    later, whenever it was booked (rules.md, Readings).
    """
    for row in writing.find("touchpoint_signal", touchpoint_id=touchpoint_id):
        writing.remove("touchpoint_signal", int(row["id"] or 0))
        writing.add("touchpoint_signal", touchpoint_id=touchpoint_id, signal=row["signal"])


def _promises(writing: Writing, wanted: LogTouchpoint, touchpoint_id: int | None) -> tuple[int, ...]:
    made_on = min(wanted.line.day, writing.today).isoformat()
    return tuple(
        writing.add(
            "promise",
            account_id=wanted.account_id,
            touchpoint_id=touchpoint_id,
            side=str(promise.side),
            what=promise.what,
            due_on=promise.due_on.isoformat() if promise.due_on else None,
            made_on=made_on,
        )
        for promise in wanted.line.promises
    )
