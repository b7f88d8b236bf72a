"""A warmed-up process that forks one child after another, each of which acts on a book until it is killed.

It reads `PATH SEED` a line. It writes the child's number, then what the child says: `ORIGIN CHANGES` after each
commit, and how it ended once it is gone.
"""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NoReturn

from tests.faults import spoil
from tests.faults.acting import act
from tests.store.test_every_action import filled

GONE = "gone"


@contextmanager
def nursery() -> Iterator[subprocess.Popen[str]]:
    """The process, ready to fork."""
    command, root = [sys.executable, "-m", __name__], Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        assert process.stdin is not None
        process.stdin.close()


def _live(path: str, seed: int) -> NoReturn:
    rng = random.Random(seed)
    for number in count():
        origin = f"{seed}:{number}"
        if changes := act(path, rng, origin):
            _say(f"{origin} {changes}")
    raise AssertionError


def _say(line: str) -> None:
    """In one call: a kill leaves no half line."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """Warm up, then fork a child a line."""
    spoil.take_out(os.environ.get(spoil.ASKED, ""))
    rng = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        path = filled(f"{folder}/book.db")
        for number in range(40):
            act(path, rng, str(number))
    gc.freeze()  # what children share is not written to
    _say("ready")
    for line in sys.stdin:
        path, seed = line.split()
        child = os.fork()
        if child == 0:
            _say(str(os.getpid()))  # by itself, or what it saves may be said before
            _live(path, int(seed))
        _, status = os.waitpid(child, 0)
        _say(f"{GONE} {status}")


if __name__ == "__main__":
    main()
