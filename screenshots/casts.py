"""The casts: each is one of the three journeys, typed by a script into the real program on the made-up book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screenshots.pictures import DAY, LINE
from screenshots.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable


def _stage(title: str, book: str) -> Stage:
    return Stage(title, {"CSM_DB": book, "CSM_TODAY": DAY.isoformat()})


def log(book: str) -> str:
    """A call is logged in one line, and taken back; then the same from the shell."""
    stage = _stage("Log a touchpoint in one line", book)
    stage.open("csm", shows="4 must do")
    stage.key("j", hold=0.4)
    stage.key("j", shows="─ Northwind Traders")
    stage.key("l", shows="Log a touchpoint")
    stage.type(LINE)
    stage.shows("worried")
    stage.key("\r", shows="u undoes")
    stage.gone("u undoes")
    stage.key("u", shows="Undone")
    stage.gone("Undone")
    stage.leave()
    line = "call @jon all good :) >send usage by team fri"
    stage.run(f"csm log northwind '{line}'", "log", "northwind", line)
    stage.run("csm undo", "undo", "--yes")
    return stage.cast()


def today(book: str) -> str:
    """The day is looked at in the shell, then a check-in and a promise are worked in the workspace."""
    stage = _stage("Check today's due check-ins", book)
    stage.run("csm today 'kind:check-in' group:overdue", "today", "kind:check-in", "group:overdue")
    stage.open("csm", shows="4 must do")
    stage.key("w", shows="Score")
    stage.key("w", gone="Score", hold=0.5)
    stage.key("/", hold=0.5)
    stage.type("check-in")
    stage.key("\r")
    stage.key("d", shows="Log a touchpoint")
    stage.type("call @jon back on track :)")
    stage.key("\r", shows="u undoes")
    stage.gone("u undoes")
    stage.leave()
    return stage.cast()


def recovery(book: str) -> str:
    """An account at risk is walked: the signals that were seen, the first steps, what stands against closing."""
    stage = _stage("Walk an at-risk recovery", book)
    stage.open("csm", shows="4 must do")
    stage.key("r", shows="The first ten minutes")
    stage.key("\r", shows="DONE WHEN", hold=2.5)
    stage.key("d", shows="Done: Confirm the signal")
    stage.gone("Done: Confirm the signal")
    stage.key("l", shows="Log a touchpoint")
    stage.type("call @emma they want a plan until Friday :|")
    stage.key("\r", shows="u undoes")
    stage.gone("u undoes")
    stage.key("C", shows="still open", hold=2.5)
    stage.key("\x1b", gone="still open", hold=0.5)
    stage.key("\x1b", shows="1 Today")
    stage.leave()
    return stage.cast()


CASTS: dict[str, Callable[[str], str]] = {"log-a-touchpoint": log, "due-check-ins": today, "walk-a-recovery": recovery}
"""Every cast by the name of its file."""
