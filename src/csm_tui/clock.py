"""The only reader of the clock. Everything else is told what day it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta

from csm_tui.domain.days import LAST_DAY, plausible
from csm_tui.domain.errors import Refusal


def today() -> date:
    """The day: the machine's own, or the one that CSM_TODAY pins for demos, pictures and tests.

    Raises Refusal for a day beyond which no rule could count: a clock that says so is not to be believed.
    """
    pinned = os.environ.get("CSM_TODAY")
    if not pinned:
        day = date.today()
        if day > LAST_DAY:
            raise Refusal(f"The clock of this machine says {day.isoformat()}: set it, or pin the day with CSM_TODAY.")
        return day
    try:
        return plausible(date.fromisoformat(pinned))
    except ValueError:
        raise Refusal(f"CSM_TODAY is {pinned!r}: write a day such as 2026-11-21.") from None


def moment() -> str:
    """Now, in the one text form of a moment: UTC to the millisecond, `2026-11-21T14:20:05.123Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def utc(local_time: datetime) -> str:
    """A moment of the machine's own time zone, in the text form of a moment."""
    return local_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def end_of_yesterday() -> str:
    """The last moment of the day before."""
    return utc(datetime.combine(date.today(), time.min) - timedelta(milliseconds=1))


def local(moment_text: str) -> datetime:
    """A stored moment in the machine's own time zone; in UTC at the end of time, where there is no other zone."""
    found = datetime.fromisoformat(moment_text)
    try:
        return found.astimezone()
    except OverflowError:
        return found
