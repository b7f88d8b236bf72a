"""What the tests of the log line share: a day, the plainest line, and short words for its promises."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.logline import LogLine, ReadPromise, parse
from csm_tui.domain.touchpoints import Direction, Kind, Side, State
from tests.conftest import TODAY

FRIDAY = date(2026, 11, 27)
SATURDAY = date(2026, 11, 28)
PLAIN = LogLine(Kind.CALL, Direction.TWO_WAY, State.HELD, TODAY)


def read(text: str) -> LogLine:
    """The line without its marks."""
    return unmarked(parse(text, TODAY))


def unmarked(line: LogLine) -> LogLine:
    """What a line says, wherever it stood: lines that say the same are equal without their marks."""
    return line._replace(marks=())


def ours(what: str, due_on: date | None = None) -> ReadPromise:
    """What we promised."""
    return ReadPromise(Side.OURS, what, due_on)


def theirs(what: str, due_on: date | None = None) -> ReadPromise:
    """What they promised."""
    return ReadPromise(Side.THEIRS, what, due_on)


def nobody(name: str) -> bool:
    """An account without contacts."""
    return not name
