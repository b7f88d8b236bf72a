"""A touchpoint that was written down is mended or taken out."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.meanwhile import as_seen, still_there
from csm_tui.actions.touchpoints import proper, signs_told
from csm_tui.domain.days import day_month, plausible
from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import BETWEEN_NAMES, Person, folded, person_meant
from csm_tui.domain.touchpoints import State
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.store.verbs import Row, Writing

MOST_MINUTES = 10_000


class CorrectTouchpoint(NamedTuple):
    """Facts of a touchpoint set anew; `people` are the names of all who were there, None where that stays."""

    touchpoint_id: int
    account_id: int
    account: str
    values: Row
    people: tuple[str, ...] | None = None
    seen: Row | None = None
    """What stood there when it was looked at, and its `people` with `BETWEEN_NAMES`; see `as_seen`."""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Correct touchpoint t{self.touchpoint_id} with {self.account}"


class DeleteTouchpoint(NamedTuple):
    """A touchpoint that should not stand there."""

    touchpoint_id: int
    account_id: int
    account: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Delete touchpoint t{self.touchpoint_id} with {self.account}"


def correct_touchpoint(writing: Writing, wanted: CorrectTouchpoint) -> tuple[str, ...]:
    """Set facts of a touchpoint; the people who are new. A pulse that was given with it moves to its day, and so does
    what a review dates.

    Raises Refusal for nothing to change, and for one that would have been held or missed on a day to come.
    """
    row = still_there(writing, "touchpoint", wanted.touchpoint_id, "The touchpoint")
    if not wanted.values and wanted.people is None:
        raise Refusal("Nothing to change: say what, such as --day yesterday or --mood worried.")
    _sensible({**row, **wanted.values}, writing.today)
    if wanted.seen is not None:
        _as_seen(writing, wanted, row, wanted.seen)
    if wanted.values:
        writing.change("touchpoint", wanted.touchpoint_id, **wanted.values)
    new: tuple[str, ...] = ()
    if wanted.people is not None:
        new = _people(writing, wanted.touchpoint_id, int(row["account_id"] or 0), wanted.people)
    day = str(wanted.values.get("day") or row["day"])
    for pulse in writing.find("pulse", touchpoint_id=wanted.touchpoint_id):
        if day != row["day"] and pulse["given_on"] == row["day"]:
            writing.change("pulse", int(pulse["id"] or 0), given_on=min(day, writing.today.isoformat()))
    _told_anew(writing, row, {**row, **wanted.values})
    return new


def _told_anew(writing: Writing, before: Row, after: Row) -> None:
    """What took place, when and of what kind counts as if it had been logged so."""
    if all(before[name] == after[name] for name in ("day", "kind", "state", "direction")):
        return
    from csm_tui.actions.plan_talk import review_corrected

    if before["state"] == State.BOOKED and after["state"] == State.HELD:
        signs_told(writing, int(before["id"] or 0))
    review_corrected(writing, before, after)


def _as_seen(writing: Writing, wanted: CorrectTouchpoint, row: Row, seen: Row) -> None:
    """Refuse what is no longer as it was seen; who was there is seen by name, in whatever order."""
    links = writing.find("touchpoint_contact", touchpoint_id=wanted.touchpoint_id)
    there = [str(writing.find("contact", id=link["contact_id"])[0]["name"]) for link in links]
    values = wanted.values if wanted.people is None else {**wanted.values, "people": _in_order(wanted.people)}
    looked = {**seen, "people": _in_order(str(seen.get("people") or "").split(BETWEEN_NAMES))}
    as_seen({**row, "people": _in_order(there)}, looked, values)


def _in_order(names: Iterable[str]) -> str:
    return BETWEEN_NAMES.join(sorted(names))


def _sensible(row: Row, today: date) -> None:
    day, minutes = plausible(date.fromisoformat(str(row["day"]))), row["minutes"]
    if day > today and row["state"] != State.BOOKED:
        raise Refusal(f"{day_month(day)} is still to come: a touchpoint of that day is booked, not {row['state']}.")
    if minutes is not None and not 0 <= int(minutes) <= MOST_MINUTES:
        raise Refusal(f"{minutes} minutes is out of range: use 0 to {MOST_MINUTES:,}.")


def _people(writing: Writing, touchpoint_id: int, account_id: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """Link exactly the people named; whoever is not known yet becomes a contact of the account it belongs to by now.

    Of several of one name those who were there are meant first. Who is new.
    """
    rows = writing.find("contact", account_id=account_id)
    known = [Person(int(row["id"] or 0), str(row["name"]), row["status"] == "active") for row in rows]
    linked = writing.find("touchpoint_contact", touchpoint_id=touchpoint_id)
    were = [person for person in known if person.id in {link["contact_id"] for link in linked}]
    there: set[int] = set()
    new = []
    for typed in names:
        same = [one for one in were if folded(one.name) == folded(typed) and one.id not in there]
        person = same[0] if same else person_meant(known, typed)
        if person is None:
            name = proper(typed)
            person = Person(writing.add("contact", account_id=account_id, name=name), name, active=True)
            known.append(person)
            new.append(name)
        there.add(person.id)
    for link in linked:
        if link["contact_id"] not in there:
            writing.remove("touchpoint_contact", int(link["id"] or 0))
    for contact_id in sorted(there - {int(link["contact_id"] or 0) for link in linked}):
        writing.add("touchpoint_contact", touchpoint_id=touchpoint_id, contact_id=contact_id)
    return tuple(new)


def delete_touchpoint(writing: Writing, wanted: DeleteTouchpoint) -> None:
    """Take a touchpoint out, with its people and signals; promises made and a pulse given in it stay."""
    row = still_there(writing, "touchpoint", wanted.touchpoint_id, "The touchpoint")
    writing.remove("touchpoint", wanted.touchpoint_id)
    from csm_tui.actions.plan_talk import review_gone

    review_gone(writing, row)
