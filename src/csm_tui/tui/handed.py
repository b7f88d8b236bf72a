"""What the desk hands over to the screen's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Answer(NamedTuple):
    """What came of a question: the slot it was asked for, and the data or the error."""

    slot: str
    data: Any = None
    error: Exception | None = None


class Done(NamedTuple):
    """What came of a deed: what it is called, its result, the tables it changed, or the error; and the slot it had."""

    label: str
    result: Any = None
    changed: frozenset[str] = frozenset()
    error: Exception | None = None
    verb: str = "done"
    account_id: int = 0
    slot: str = ""


class News(NamedTuple):
    """Tables that another process changed, or a new day."""

    changed: frozenset[str]
    today: date
    new_day: bool = False
