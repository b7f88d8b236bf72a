"""Days are days and no moments: midnight, summer time, leap days and another time zone move none of them."""

from __future__ import annotations

import os
import subprocess
import time
from calendar import isleap, monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csm_tui import clock
from csm_tui.domain.days import Calendar
from tests.cli.conftest import Csm
from tests.conftest import rounds
from tests.faults.hostile_book import fill
from tests.faults.matrix import Tally
from tests.faults.program import CSM

ZONES = ("UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
ODD_DAYS = (
    "2026-03-08",
    "2026-03-29",
    "2026-10-25",
    "2026-11-01",
    "2011-12-30",
    "2028-02-29",
    "2027-12-31",
    "2100-02-28",
)
"""Nights on which clocks change, a day that one place never had, leap days, ends of years."""
ANY_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.fault("E8")
def test_the_time_zone_changes_nothing_on_a_pinned_day(tally: Tally, book: str) -> None:
    """All that today, the cadence and the renewals say is the same wherever she travels, between two runs too."""
    fill(book, tuple(f"plain {number}" for number in range(6)))
    for day in ODD_DAYS[:: 1 if rounds(10) > 1 else 4]:
        told = set()
        for zone in ZONES[:: 1 if rounds(10) > 1 else 2]:
            env = {**os.environ, "CSM_DB": book, "CSM_TODAY": day, "TZ": zone}
            ran = subprocess.run([*CSM, "today", "--all", "--json"], env=env, capture_output=True, timeout=60)
            tally.tried += 1
            if ran.returncode:
                tally.crashed.append(f"{day} in {zone}: {ran.stderr[-200:]!r}")
            told.add(ran.stdout)
        if len(told) != 1:
            tally.lost.append(f"{day} is not the same everywhere")


@pytest.mark.fault("E8")
@pytest.mark.parametrize("zone", ZONES)
def test_a_moment_is_the_same_wherever_it_is_read(tally: Tally, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """Through every half hour of the nights on which clocks change: none is lost, none is taken for another."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for day in ODD_DAYS:
            begun = datetime.fromisoformat(f"{day}T00:00:00+00:00") - timedelta(1)
            for halves in range(96):
                moment = (begun + timedelta(minutes=30 * halves)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
                tally.tried += 1
                if clock.utc(clock.local(moment)) != moment:
                    tally.lost.append(f"{moment} in {zone}")
        assert abs((datetime.fromisoformat(clock.moment()) - datetime.now(UTC)).total_seconds()) < 60  # noqa: TID251
    finally:
        monkeypatch.undo()
        time.tzset()


def by_hand(day: date, add: int) -> date:
    """A day so many days on, counted with the lengths of the months alone."""
    year, month, number = day.year, day.month, day.day + add
    while number > monthrange(year, month)[1]:
        number -= monthrange(year, month)[1]
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, number)


@pytest.mark.fault("E8")
def test_four_hundred_years_of_working_days_against_a_plain_count(tally: Tally) -> None:
    """The law holds for the weekdays of any day: forward, back, and how far."""

    @settings(max_examples=rounds(3000))
    @given(ANY_DAY, st.integers(0, 400), st.sets(st.integers(0, 6), max_size=6), st.sets(ANY_DAY, max_size=3))
    def law(day: date, add: int, weekend: set[int], off: set[date]) -> None:
        tally.tried += 1
        days = Calendar(frozenset(weekend), frozenset(off))
        assert day + timedelta(add) == by_hand(day, add)
        forward, back = days.forward(day), days.back(day)
        free = [day + timedelta(n) for n in range((forward - day).days)] + [
            day - timedelta(n) for n in range((day - back).days)
        ]
        assert all(one.weekday() in weekend or one in off for one in free if day not in (forward, back))
        assert not any(one.weekday() in weekend or one in off for one in (forward, back))

    law()
    assert isleap(2000)
    assert not isleap(2100)


@pytest.mark.fault("E8")
def test_a_renewal_on_a_leap_day_and_at_both_ends_of_the_calendar(tally: Tally, csm: Csm) -> None:
    for number, day in enumerate(("2028-02-29", "1900-01-01", "2199-12-31")):
        ran = csm("account", "add", f"Customer {number}", "--renewal", day, "--notice", "90", "--start", "2026-01-01")
        if ran.code == 0:
            for command in (
                ("today", "--all"),
                ("accounts",),
                ("account", "show", f"customer {number}"),
                ("brief", f"customer {number}"),
            ):
                assert csm(*command).code == 0
        else:
            assert len(ran.err) > 20
        tally.tried += 1
