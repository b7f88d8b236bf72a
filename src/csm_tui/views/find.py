"""Finding words in all that was written down: touchpoints, the newest first, then the notes on accounts and people."""

from __future__ import annotations

from heapq import nlargest
from itertools import islice

from csm_tui.domain.finding import Piece, answers, excerpt, search
from csm_tui.store.queries import find as queries
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csm_tui.domain.finding import Search
    from csm_tui.domain.touchpoints import Kind
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.find import Note, Said

MOST = 50
FIRST_LOOK = 500
"""So many of the newest touchpoints are read before the index is asked, which is slow for words that are everywhere."""


class Found(NamedTuple):
    """One place where the words stand: a touchpoint, or a note on an account or a contact, without day and kind."""

    account_id: int
    account: str
    touchpoint_id: int | None
    contact_id: int | None
    contact: str | None
    day: date | None
    kind: Kind | None
    summary: str
    notes: str
    excerpt: tuple[Piece, ...]


class Findings(NamedTuple):
    """What was found, and whether there is more of it than was asked for."""

    lines: list[Found]
    more: bool


def find(reading: Reading, words: str, account_id: int | None = None, limit: int = MOST) -> Findings:
    """So many touchpoints that hold all words or their beginnings, newest first, then so many notes.

    Words in “quotes” follow each other. Raises Refusal where there is nothing to look for.
    """
    wanted = search(words)
    talks = _talks(reading, wanted, account_id, limit + 1)
    notes = (note for note in queries.notes(reading, account_id) if answers(wanted, note.notes))
    noted = list(islice(notes, limit + 1))
    lines = [*(_of_talk(wanted, said) for said in talks[:limit]), *(_of_note(wanted, note) for note in noted[:limit])]
    return Findings(lines, len(talks) > limit or len(noted) > limit)


def _talks(reading: Reading, wanted: Search, account_id: int | None, most: int) -> list[Said]:
    if account_id is not None:
        return list(islice(_answering(wanted, queries.of_account(reading, account_id)), most))
    if not queries.has_index(reading):
        return nlargest(most, _answering(wanted, _all(reading)), key=lambda said: (said.day, said.touchpoint_id))
    newest = queries.indexed(reading, queries.every(wanted), queries.HIGHEST, FIRST_LOOK)
    found = list(islice(_answering(wanted, newest), most))
    if len(found) == most or len(newest) < FIRST_LOOK:
        return found
    return list(islice(_answering(wanted, _likely(reading, wanted)), most))


def _answering(wanted: Search, talks: Iterator[Said] | list[Said]) -> Iterator[Said]:
    return (said for said in talks if answers(wanted, said.summary, said.notes))


def _likely(reading: Reading, wanted: Search) -> Iterator[Said]:
    """What the index says yes to, newest first, a chunk at a time."""
    match, below = queries.likely(wanted), queries.HIGHEST
    while chunk := queries.indexed(reading, match, below):
        yield from chunk
        below = chunk[-1].place


def _all(reading: Reading) -> Iterator[Said]:
    """Every touchpoint there is, where the book has no index."""
    below = queries.HIGHEST
    while chunk := queries.numbered(reading, below):
        yield from chunk
        below = chunk[-1].place


def _of_talk(wanted: Search, said: Said) -> Found:
    there = [pieces for text in (said.summary, said.notes) if (pieces := excerpt(wanted, text))]
    shown = (*there[0], Piece(" · ", False), *there[1]) if len(there) == 2 else there[0]
    return Found(
        said.account_id, said.account, said.touchpoint_id, None, None, said.day, said.kind, said.summary, said.notes,
        shown,
    )  # fmt: skip


def _of_note(wanted: Search, note: Note) -> Found:
    shown = excerpt(wanted, note.notes)
    return Found(
        note.account_id, note.account, None, note.contact_id, note.contact, None, None, "", note.notes, shown
    )  # fmt: skip


def as_json(found: Found) -> dict[str, object]:
    """One place for scripts."""
    return {
        "account": found.account,
        "account_id": found.account_id,
        "touchpoint_id": found.touchpoint_id,
        "contact": found.contact,
        "contact_id": found.contact_id,
        "day": found.day.isoformat() if found.day else None,
        "kind": str(found.kind) if found.kind else None,
        "summary": found.summary,
        "notes": found.notes,
        "excerpt": "".join(piece.text for piece in found.excerpt),
    }
