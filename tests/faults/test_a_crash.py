"""Group A: what was said to be saved is there after a kill at any moment and a cut of the power, and whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from subprocess import Popen

import pytest

from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.faults.nursery import GONE, nursery
from tests.faults.power import Disk, Files
from tests.faults.replay import Day, again, lived, looked_at
from tests.faults.whole import wrongs
from tests.store.test_every_action import filled

ANEW = 20
"""After so many kills the book is begun anew, so that most deeds find what they are to be done to."""

REACH_S = 0.02, 0.1
"""A kill comes within so long: about an action, and what an action takes beside much other work."""


@pytest.mark.slow
@pytest.mark.fault("A1")
def test_a_kill_at_a_random_moment_loses_nothing_and_leaves_nothing_half_done(tally: Tally, tmp_path: Path) -> None:
    empty, path, rng = filled(str(tmp_path / "filled.db")), str(tmp_path / "book.db"), random.Random(3)
    committed, said = 0, dict[str, int]()
    with nursery() as process:
        for seed in range(rounds(1000, 40)):
            if seed % ANEW == 0:
                shutil.copyfile(empty, path)
                said = {}
            told = killed_in_the_act(process, path, seed, rng)
            if int(told.pop()[1]) != signal.SIGKILL:
                tally.crashed.append("an action ended by itself")
            said |= {origin: int(changes) for origin, changes in told}
            committed += len(told)
            tally.tried += 1
            tally.lost += wrongs(path, said)
            if tally.lost or tally.crashed:
                break
    tally.figures["actions saved"] = committed
    assert committed >= tally.tried / 2 or tally.lost or tally.crashed


def killed_in_the_act(process: Popen[str], path: str, seed: int, rng: random.Random) -> list[list[str]]:
    """Kill a child a moment after it began, or after it said that something is saved; all that was said."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{path} {seed}\n")
    process.stdin.flush()
    child, told, some = int(process.stdout.readline()), list[list[str]](), rng.randrange(3)
    while not told or told[-1][0] != GONE:
        if len(told) == some:
            time.sleep(rng.uniform(0, rng.choice(REACH_S)))
            with suppress(ProcessLookupError):  # it may have ended by itself, which is told of
                os.kill(child, signal.SIGKILL)
        told.append(process.stdout.readline().split())
    return told


def days(folder: Path, rng: random.Random) -> Iterator[Day]:
    """Some actions by chance, and again some others."""
    for number in count():
        yield lived(filled(str(folder / f"day-{number}.db")), 20, rng)


def looks(tally: Tally, folder: Path, most: int, left: Callable[[Disk], Files], rng: random.Random) -> None:
    """Look so many times, at moments by chance, at what would be left of the book."""

    def happens(disk: Disk, saved: dict[str, int]) -> None:
        if tally.tried < most and rng.random() < 0.1:
            tally.tried += 1
            tally.lost += looked_at(left(disk), folder, saved)

    for day in days(folder, rng):
        again(day, happens)
        if tally.tried >= most:
            return


@pytest.mark.slow
@pytest.mark.fault("A2")
def test_a_kill_between_any_two_writes_leaves_the_action_whole_or_undone(tally: Tally, tmp_path: Path) -> None:
    looks(tally, tmp_path, rounds(500), lambda disk: disk.as_it_stands(), random.Random(5))


@pytest.mark.slow
@pytest.mark.fault("A3")
def test_a_power_cut_loses_nothing_that_was_saved(tally: Tally, tmp_path: Path) -> None:
    rng = random.Random(7)
    looks(tally, tmp_path, rounds(1000), lambda disk: disk.without_power(rng), rng)
