"""Days and calendars of any kind, for laws that hold whatever the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from csm_tui.domain.days import Calendar

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
RUNS = st.builds(
    lambda first, length: frozenset(first + timedelta(days=n) for n in range(length)),
    DAYS,
    st.integers(0, 15),
)
CALENDARS = st.builds(
    lambda weekend, one, other: Calendar(weekend, one | other),
    st.frozensets(st.integers(0, 6), max_size=6),
    RUNS,
    RUNS,
)
