"""A row of due work has room for its day, in any year."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.tui.due_rows import DAY, when
from tests.domain.due import QUIET, book, only, promise, put_off

YEAR_END = date(2026, 12, 21)


@pytest.mark.parametrize(
    ("due", "width", "told"),
    [
        (date(2027, 1, 4), DAY, "4 Jan 2027"),
        (date(2027, 1, 14), DAY, "14 Jan"),
        (date(2027, 1, 14), 12, "14 Jan 2027"),
        (date(2026, 12, 23), DAY, "Wed 23"),
    ],
)
def test_a_day_of_the_next_year_stands_whole(due: date, width: int, told: str) -> None:
    assert when(only(book(QUIET, promises=(promise(due),)), "p1", YEAR_END), YEAR_END, width)[0] == told


def test_what_was_put_off_into_the_next_year_stands_whole() -> None:
    due = date(2026, 12, 22)
    off = put_off("p1", due, 30, (date(2027, 2, 14) - date(2026, 11, 21)).days)
    item = only(book(QUIET, promises=(promise(due),), snoozes=(off,)), "p1", YEAR_END)
    assert [when(item, YEAR_END, width)[0] for width in (DAY, 12)] == ["zz 14 Feb", "zz 14 Feb"]
