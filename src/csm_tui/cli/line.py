"""How the words behind ACCOUNT, and the options before it, become one log line."""

from __future__ import annotations

from csm_tui.cli.fields import day_ahead, day_of_touchpoint, people
from csm_tui.domain.daywords import clock_time
from csm_tui.domain.errors import Refusal
from csm_tui.domain.logline import ReadPromise, parse
from csm_tui.domain.logline_direction import default_direction, is_unanswered
from csm_tui.domain.naming import fitting, person_named
from csm_tui.domain.touchpoints import Direction, Kind, Mood, Side, Signal, State
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.named import find_account

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from csm_tui.domain.logline import LogLine
    from csm_tui.domain.naming import Named, Person
    from csm_tui.store.connection import Reading

MOST_MINUTES = 24 * 60


def meant(reading: Reading, typed: str) -> tuple[Named, list[Person]]:
    """The account that is meant, and who is known there."""
    where = find_account(reading, typed)
    return where, people(reading, where.id)


def read_line(text: str, known: Sequence[Person], today: date, add_new: bool = False) -> LogLine:
    """The line, with `@` names that are known there; with `add_new` also those that could be nobody else."""

    def knows(typed: str) -> bool:
        return person_named(known, typed) is not None or (add_new and not fitting(known, typed))

    return parse(text, today, knows)


def doubts(line: LogLine, known: Sequence[Person], where: str) -> list[str]:
    """What to say of each name that was kept as a word."""
    told = []
    for typed in line.unknown_contacts:
        near = fitting(known, typed)
        if near:
            told.append(f"@{typed} could be {' or '.join(near)} at {where}: kept as a word.")
        else:
            told.append(f"@{typed} is nobody at {where}: kept as a word; --new-contacts adds them.")
    return told


def with_options(line: LogLine, chosen: argparse.Namespace, known: Sequence[Person], today: date) -> LogLine:
    """The line with what the options say instead, or besides."""
    said: dict[str, Any] = {**_when(chosen, today), **_tone(chosen)}
    if chosen.minutes is not None and not 1 <= chosen.minutes <= MOST_MINUTES:
        raise Refusal(f"{chosen.minutes} minutes is out of range: use 1 to {MOST_MINUTES:,}.")
    if chosen.minutes is not None:
        said["minutes"] = chosen.minutes
    said["signals"] = tuple(dict.fromkeys((*line.signals, *(Signal(name) for name in chosen.signal))))
    said["contacts"] = _contacts(line, chosen, known)
    said["promises"] = (*line.promises, *(_promise(given, today) for given in chosen.promised))
    return _directed(line._replace(**said), line, chosen)


def _when(chosen: argparse.Namespace, today: date) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if chosen.on is not None:
        day = day_of_touchpoint(chosen.on, today)
        said |= {"day": day, "state": State.BOOKED if day > today else State.HELD}
    if chosen.at is not None:
        said["time"] = clock_time(chosen.at.strip())
        if said["time"] is None:
            raise Refusal(f"“{chosen.at}” is not a time of day: write it like 14:20.")
    return said


def _tone(chosen: argparse.Namespace) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if chosen.mood is not None:
        said["mood"] = Mood(chosen.mood)
    if chosen.pulse is not None:
        said["pulse"] = chosen.pulse
    return said


def _contacts(line: LogLine, chosen: argparse.Namespace, known: Sequence[Person]) -> tuple[str, ...]:
    """The people of the line and of `--with`, each once. Raises Refusal for nobody there, and for several."""
    for typed in chosen.with_:
        near = fitting(known, typed)
        if person_named(known, typed) is None and near:
            raise Refusal(f"--with {typed} could be {' or '.join(near)}: give more of the name.")
        if not near and not chosen.new_contacts:
            raise Refusal(f"--with {typed} names nobody there: --new-contacts adds them, `csm contact add` too.")
        if not typed.strip():
            raise Refusal("--with names nobody: give a name.")
    return tuple({typed.strip().casefold(): typed.strip() for typed in (*line.contacts, *chosen.with_)}.values())


def _promise(given: tuple[Side, str, str | None], today: date) -> ReadPromise:
    side, what, by = given
    if not what.strip():
        raise Refusal("A promise needs words: say what is owed, such as --promise 'send the report' --by fri.")
    return ReadPromise(side, what.strip(), None if by is None else day_ahead(by, today))


def _directed(line: LogLine, typed: LogLine, chosen: argparse.Namespace) -> LogLine:
    """Kind and direction: as the options say, else the line's own arrow, else what the kind makes of it."""
    kind = typed.kind if chosen.kind is None else Kind(chosen.kind)
    usual = default_direction(typed.kind, typed.words, typed.contacts)
    own = default_direction(kind, line.words, line.contacts) if typed.direction is usual else typed.direction
    direction = own if chosen.direction is None else Direction(chosen.direction)
    return line._replace(
        kind=kind,
        kind_given=typed.kind_given or chosen.kind is not None or chosen.direction is not None,
        direction=direction,
        unanswered=direction is Direction.OUT and is_unanswered(kind, line.words, line.contacts),
    )
