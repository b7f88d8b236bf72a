"""What the rules open by themselves is written a part at a time, each behind what the user has to write."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Protocol

from csm_tui.keeping_up import in_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from csm_tui.domain.policy import Policy

REST_S = 0.02
"""Between two parts the screen has the interpreter to itself, and another csm the book."""


class Hosts(Protocol):
    """What a sweep asks of its desk."""

    path: str
    today: date
    policy: Policy

    def later(self, work: Callable[[], None]) -> bool:
        """Put work behind what waits to be written; whether there is still time for it."""

    def swept(self, *, wrote: bool, again: bool) -> None:
        """It has ended: whether it wrote anything, and whether it was asked for again meanwhile."""

    def broke(self, error: Exception) -> None:
        """It has ended with a bug."""


class Sweep:
    """At most one at a time. All of it runs in the desk's writing thread."""

    def __init__(self, desk: Hosts) -> None:
        self._desk = desk
        self.runs = self._again = False

    def ask(self) -> bool:
        """Begin, else remember that an account was changed meanwhile; whether this one began."""
        self._again = self.runs
        if self.runs:
            return False
        self.runs = True
        self._go_on(in_parts(self._desk.path, self._desk.today, self._desk.policy), wrote=False)
        return True

    def _go_on(self, parts: Iterator[None], *, wrote: bool) -> None:
        more = False
        try:
            more = next(parts, self) is None
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread, where it is told apart
            self._desk.broke(error)
        if more:
            time.sleep(REST_S)
        if not more or not self._desk.later(partial(self._go_on, parts, wrote=True)):
            self.runs = False
            self._desk.swept(wrote=wrote, again=self._again)
