"""The made-up book as one file: always the same for the same day and sizes."""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.errors import Refusal
from csm_tui.exchange.demo.cast import invented, written_cast
from csm_tui.exchange.demo.large import BATCH, Moulds, moulds, play_in_bulk
from csm_tui.exchange.demo.rows import Rows, Stage
from csm_tui.exchange.demo.shelf import Shelf
from csm_tui.exchange.demo.words_cast import CAST
from csm_tui.exchange.demo.year import play
from csm_tui.store import migrate
from csm_tui.store.queries.sizes import holdings

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.exchange.demo.rows import Connection
    from csm_tui.store.connection import Reading


MOST_ACCOUNTS, MOST_TOUCHPOINTS = 1_000_000, 20_000_000
FIRST_YEAR, LAST_YEAR = 1910, 2190


def write_demo(
    path: str, today: date, accounts: int = 40, touchpoints: int | None = None, *, plans: bool = False
) -> None:
    """Write a whole new book where nothing is yet, for this user alone (0600).

    Without `touchpoints` each account has its year as its cadence asks; with it there are exactly so many, spread
    evenly, and plans only if they are wished for: about forty steps an account. Raises Refusal for sizes out of range,
    a day too far off, and a path that is taken or that cannot be written.
    """
    _check(today, accounts, touchpoints)
    if os.path.lexists(path):
        raise _taken(path)
    try:
        migrate.make_new(path, lambda connection: fill(connection, Wanted(today, accounts, touchpoints, plans)))
    except FileExistsError:
        raise _taken(path) from None


def _taken(path: str) -> Refusal:
    return Refusal(f"{path} is there already: it was left as it is. Give a name that is free.")


def _check(today: date, accounts: int, touchpoints: int | None) -> None:
    if not FIRST_YEAR <= today.year <= LAST_YEAR:
        raise Refusal(f"A made-up book needs a day from {FIRST_YEAR} to {LAST_YEAR}: {today} is too far off.")
    if not 1 <= accounts <= MOST_ACCOUNTS:
        raise Refusal(f"A made-up book has 1 to {MOST_ACCOUNTS:,} accounts: change --accounts {accounts}.")
    if touchpoints is not None and not 0 <= touchpoints <= MOST_TOUCHPOINTS:
        raise Refusal(f"A made-up book has 0 to {MOST_TOUCHPOINTS:,} touchpoints: change --touchpoints {touchpoints}.")


def size(reading: Reading) -> tuple[int, int]:
    """How many accounts and touchpoints a book has."""
    held = holdings(reading)
    return held.accounts, held.touchpoints


class Wanted(NamedTuple):
    """The day and the sizes of a book."""

    today: date
    accounts: int
    touchpoints: int | None = None
    plans: bool = False


def fill(connection: Connection, wanted: Wanted) -> None:
    """Put the rows of the book into an empty file."""
    today, accounts, touchpoints, plans = wanted
    rows = Rows(connection)
    stage = Stage(today, Random(f"{today.toordinal()} {accounts} {touchpoints}"), rows, Shelf(rows))
    spoken = moulds(stage.rng)._replace(plans=plans) if touchpoints is not None else Moulds()
    for number in range(accounts):
        if touchpoints is None:
            play(stage, written_cast(stage, number) if number < len(CAST) else invented(stage, number))
        else:
            share = touchpoints * (number + 1) // accounts - touchpoints * number // accounts
            play_in_bulk(stage, invented(stage, number, touched=share > 0), share, spoken)
        rows.push(BATCH)
    rows.push()
    rows.add("kept_up", today.isoformat())  # last, since an account that comes in makes the rules look again
    rows.push(0)
