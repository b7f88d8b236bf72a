"""Which backups are kept: the last few, then one a day, one a week, one a month, the newest of each."""

from __future__ import annotations

import re
from datetime import date

from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LAST, DAYS, WEEKS, MONTHS = 5, 12, 10, 9

_NAME = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d{9})Z(?:-(\d+))?\.db$")


def is_backup(name: str) -> bool:
    """Whether a file is called as the backups are that come and go: `20261121T091500123Z.db`, in UTC."""
    return _NAME.match(name) is not None


def newest_first(names: Iterable[str]) -> list[str]:
    """Names of backups by their moment; of those of one moment the one made last comes first."""
    return sorted(names, key=_moment, reverse=True)


def survivors(names: Iterable[str]) -> set[str]:
    """Those that are kept: the last 5, and the newest of each of the last 12 days, 10 weeks and 9 months that have one.

    The newest of a day, week or month that is over stays the newest of it, so that what is kept now was kept before.
    """
    ordered = newest_first(names)
    kept = set(ordered[:LAST])
    for most, period in PERIODS:
        newest: dict[object, str] = {}
        for name in ordered:
            newest.setdefault(period(made_on(name)), name)
        kept.update(list(newest.values())[:most])
    return kept


def made_on(name: str) -> date:
    """The day of a backup (UTC)."""
    return date(int(name[:4]), int(name[4:6]), int(name[6:8]))


PERIODS: tuple[tuple[int, Callable[[date], object]], ...] = (
    (DAYS, lambda day: day),
    (WEEKS, lambda day: day.isocalendar()[:2]),
    (MONTHS, lambda day: (day.year, day.month)),
)


def _moment(name: str) -> tuple[str, int]:
    found = _NAME.match(name)
    return (name[:18], int(found[5] or 1)) if found else ("", 0)
