"""A list of calls, meetings, emails and notes: what its columns are called, and one of its rows as a touchpoint."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from csm_tui.actions.import_touchpoints import ImportTouchpoints, TouchpointRow, import_touchpoints
from csm_tui.actions.people import Who
from csm_tui.domain.errors import Refusal
from csm_tui.domain.touchpoints import Kind
from csm_tui.exchange import cells, talk_words
from csm_tui.exchange.columns import plain
from csm_tui.exchange.row_cells import WHOSE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.actions.import_accounts import Remark
    from csm_tui.actions.import_outcome import Outcome
    from csm_tui.exchange.row_cells import RowCells
    from csm_tui.store.verbs import Writing

NAME = "touchpoints"
WORDS: dict[str, tuple[str, ...]] = {
    "id": ("touchpoint id", "activity id"),
    "source": (),
    **WHOSE,
    "what": (),
    "related": (),
    "day": ("date", "day", "when", "contact date", "activity date"),
    "time": ("time", "start time"),
    "ends": (),
    "kind": ("kind", "type", "channel", "activity type", "activity"),
    "subtype": (),
    "direction": ("direction",),
    "state": ("state", "status"),
    "outcome": ("outcome", "result"),
    "closed": (),
    "minutes": ("minutes", "duration", "duration in mins", "duration (min)", "duration (minutes)", "length"),
    "seconds": ("seconds", "duration in seconds"),
    "milliseconds": (),
    "subject": ("subject", "summary", "topic", "title"),
    "notes": ("notes", "comments", "description", "details", "full notes"),
    "mood": ("mood", "sentiment"),
    "contact_ids": ("contact id", "contact ids"),
    "contacts": ("contacts", "contact", "people", "attendees", "with", "participants", "contact name"),
    "emails": ("contact email", "email", "emails"),
    "deleted": (),
    "csm_id": ("csm id",),
}  # fmt: skip
DAYS = ("day", "ends")
NEEDS = (
    (("day",), "days (Date)"),
)  # fmt: skip
LONGEST_SUMMARY = 120
OWN = "own"


def row(found: RowCells) -> TouchpointRow:
    """One row as a touchpoint. Raises Refusal for one that is deleted, called off, a task, or cannot be read."""
    found.live()
    day = found.day("day")
    if day is None:
        raise Refusal("has no day")
    emails = found.emails("emails")
    notes = found.prose("notes")
    summary, notes = _summary(found, notes)
    what = _kind(found, summary)
    outcomes = [text for text in map(found.text, ("outcome", "state")) if text]
    done = talk_words.done(outcomes)
    return TouchpointRow(
        line=found.line,
        whose=found.whose(emails),
        day=day,
        kind=what,
        direction=talk_words.direction(what, found.text("direction") or "", outcomes, ours=_is_hers(found)),
        time=_time(found),
        related=found.text("related"),
        done=True if found.yes("closed") else done,
        booked=_is_hers(found) and "booked" in map(str.casefold, outcomes),
        missed=talk_words.missed(outcomes),
        minutes=_minutes(found),
        mood=found.word("mood", talk_words.mood),
        summary=summary,
        notes=notes or None,
        source=found.text("source") or found.shape.id_source("id"),
        source_id=found.one("id", cells.external_id),
        people=_people(found, emails),
        apart=found.ours,
    )


def _time(found: RowCells) -> str | None:
    """The time of day as it is written; one that names its zone is not moved, and that is told."""
    texts = [found.text(field) or "" for field in ("time", "day")]
    time = next((time for time in map(talk_words.clock_time, texts) if time), None)
    if time and any(map(talk_words.of_a_zone, texts)):
        found.shape.counted["have a time of another zone, such as UTC: it was taken as it is written."] += 1
    return time


def _is_hers(found: RowCells) -> bool:
    return found.shape.source.NAME == OWN


def _summary(found: RowCells, notes: str) -> tuple[str, str]:
    """The subject in one line, and the notes; without a subject the first line of the notes."""
    subject = found.prose("subject")
    subject = subject if found.ours else " ".join(subject.split())
    if subject or not notes:
        return subject, notes
    first = " ".join(notes.split("\n", 1)[0].split())
    if len(first) > LONGEST_SUMMARY:
        return first[: LONGEST_SUMMARY - 1].rstrip() + "…", notes
    return first, "" if first == notes else notes


def _kind(found: RowCells, summary: str) -> Kind:
    """What it was: by its type, else by the columns of the file, else by the beginning of its subject."""
    types = [text for text in map(found.text, ("subtype", "kind")) if text]
    named = [kind for kind in map(talk_words.kind, types) if kind is not None]
    if named:
        return named[0]
    task = any(map(talk_words.is_task, types))
    whole = None if task else _kind_of_file(found)
    begins = talk_words.kind(re.split(r"[:\-–(]", summary, maxsplit=1)[0]) if len(summary) < LONGEST_SUMMARY else None
    kind = whole or begins
    if kind is not None:
        return kind
    if task or found.shape.source.NAME != OWN:
        raise Refusal("is a task, not a touchpoint: nothing says that it was a call, a meeting, an email or a note")
    found.shape.counted["do not say what they were: they were taken as notes, which restart no cadence."] += 1
    return Kind.NOTE


_OF_FILE = (("note", Kind.NOTE), ("call", Kind.CALL), ("meeting", Kind.MEETING), ("email", Kind.EMAIL),
            ("enddatetime", Kind.MEETING))  # fmt: skip


def _kind_of_file(found: RowCells) -> Kind | None:
    """The one kind that the names of the columns speak of, such as `Call notes` and `Call outcome`."""
    fields = ("subject", "notes", "outcome", "ends", "day", "milliseconds")
    headers = [plain(found.shape.header(field)) for field in fields if field in found.shape.found.at]
    spoken = [kind for sign, kind in _OF_FILE if any(sign in header.replace("notes", "") for header in headers)]
    return spoken[0] if spoken else None


def _minutes(found: RowCells) -> int | None:
    """How long it took, in whatever the column counts; else from its end."""
    for field, parts in (("minutes", 1), ("seconds", 60), ("milliseconds", 60_000)):
        length = found.one(field, partial(talk_words.minutes, of_a_minute=parts))
        if length is not None:
            return length
    begins, ends = found.day("day"), found.day("ends")
    times = (talk_words.clock_time(found.text("day") or ""), talk_words.clock_time(found.text("ends") or ""))
    if begins is None or ends is None or None in times:
        return None
    from_when, to_when = (
        datetime.fromisoformat(f"{day}T{time}") for day, time in zip((begins, ends), times, strict=True)
    )
    length = int((to_when - from_when).total_seconds() // 60)
    return length if 0 <= length <= talk_words.MOST_MINUTES else None


_BETWEEN = re.compile(r"\s*[;,&]\s*|\s+and\s+")
_BETWEEN_OURS = re.compile(r"\s*;\s*")


def _people(found: RowCells, emails: tuple[str, ...]) -> tuple[Who, ...]:
    """Who took part: by id, by email, by name."""
    source = found.shape.id_source("contact_ids")
    named = found.references("contacts")
    ids = [one.id for one in (*found.references("contact_ids", ids=True), *named, *found.linked("contact")) if one.id]
    between = _BETWEEN_OURS if found.ours else _BETWEEN
    names = [part for one in named if one.name and not one.id for part in between.split(one.name) if part]
    return (
        *(Who(source, one) for one in dict.fromkeys(ids)),
        *(Who(email=email) for email in emails),
        *(Who(name=name) for name in dict.fromkeys(names)),
    )


def take(writing: Writing, title: str, rows: Iterable[TouchpointRow | Remark]) -> Outcome:
    """The rows into the book."""
    return import_touchpoints(writing, ImportTouchpoints(title, rows))
