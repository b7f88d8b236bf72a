"""What is said of a book that cannot be read: its backups, each with its day and what it holds, and the salvage."""

from __future__ import annotations

import os
from shlex import quote

from csm_tui import clock, paths
from csm_tui.cli.commands.backup import in_words
from csm_tui.store.offers import offers
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.connection import Unreadable
    from csm_tui.store.offers import Offer

MOST = 10
"""So many backups are named, the newest first."""


def ways_out(refusal: Unreadable) -> list[str]:
    """The lines that follow the sentence; none for a file of another program that has no backups."""
    path = refusal.path
    found = offers(path, clock.today())
    if not found and not refusal.ours:
        return []
    lines = [_head(refusal, found), *(f"  {told(one)}  {command(path, 'restore', one.path)}" for one in found[:MOST])]
    if len(found) > MOST:
        lines.append(f"  and {len(found) - MOST} older ones in {paths.backups(path)}")
    if os.path.isfile(path) and os.path.getsize(path):
        lines.append(f"To save what can still be read, in a new book beside it: {command(path, 'doctor', '--salvage')}")
    return lines


def _head(refusal: Unreadable, found: list[Offer]) -> str:
    if not found:
        return "There is no backup of it."
    return "To bring a backup back in its place:" if refusal.ours else "If this was your book, these are its backups:"


def told(offer: Offer) -> str:
    """`2026-11-20  40 accounts, 120 contacts, …`."""
    return f"{offer.made_on}  {'cannot be read.' if offer.holds is None else in_words(offer.holds)}"


def command(path: str, *words: str) -> str:
    """A command line on a book; where it is not the one that csm takes by itself, it is named."""
    chosen = [] if path == paths.database() else ["--db", path]
    return " ".join(["csm", *(quote(word) for word in [*words, *chosen])])
