"""Somebody who does one thing after another to a book, through the actions and both ways of writing, by chance."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

from csm_tui.domain.errors import Refusal
from csm_tui.store.transaction import redo, undo
from tests.store.deeds import DEEDS, logging
from tests.store.test_every_action import AT, do

NAMES = sorted(DEEDS)
CHANGES = "SELECT count(*) FROM change JOIN operation ON operation_id = operation.id WHERE origin = ?"


def act(path: str, rng: random.Random, origin: str) -> int:
    """Do something under an origin of its own; how many rows that changed, as the file has it."""
    try:
        chance = rng.random()
        if chance < 0.15:
            undo(path, origin, AT)
        elif chance < 0.25:
            redo(path, origin, AT)
        else:
            deed = DEEDS[rng.choice(NAMES)] if chance < 0.5 else logging(f"call @p{rng.random()} told :) >send it fri")
            do(path, deed, light=rng.random() < 0.5, origin=origin)
    except Refusal:
        return 0
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(CHANGES, (origin,)).fetchone()[0])
