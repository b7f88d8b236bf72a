"""Guards of the program that can be taken out: a file a group of the matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Guard(NamedTuple):
    """A guard: the test that must turn red without it, how to take it out of the program that runs, and with what it
    turns red.
    """

    test: str
    take_out: Callable[[], None]
    red: str = "AssertionError"
