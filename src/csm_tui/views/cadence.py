"""Who is owed a touchpoint, most overdue first, with the rhythm of the last quarter and where the time went."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.accounts import AccountFacts, Band
from csm_tui.domain.cadence import Lateness, Standing, because, rhythm, standing
from csm_tui.domain.health import band_by_hand
from csm_tui.store.queries import accounts, agenda, touchpoints
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.domain.touchpoints import Kind
    from csm_tui.store.connection import Reading

WEEKS, WEEK = 13, 7
EFFORT_DAYS = 30
NO_WEEKS = (0,) * WEEKS


class CadenceLine(NamedTuple):
    """One account's rhythm. `weeks` counts its two-way touchpoints in each of the last 13 weeks, the latest last."""

    facts: AccountFacts
    band: Band
    standing: Standing
    rhythm: str
    because: str
    weeks: tuple[int, ...]
    last_kind: Kind | None


class Effort(NamedTuple):
    """Where the time of the last 30 days went, for one band: accounts, touchpoints, minutes, yearly cents."""

    band: Band
    accounts: int
    touches: int
    minutes: int
    arr_cents: int


class CadenceBoard(NamedTuple):
    """The whole board: lines, how many are late, due within the week, and inside their latest day."""

    lines: list[CadenceLine]
    late: int
    this_week: int
    kept: int
    effort: list[Effort]
    today: date
    left_out: tuple[str, ...] = ()


def cadence_board(reading: Reading) -> CadenceBoard:
    """Every active account that is owed contact: breached and overdue first, then by the next day."""
    today = reading.today
    found = {key: facts for key, facts in accounts.account_facts(reading).items() if facts.is_active(today)}
    weeks = touchpoints.counted_weeks(reading, WEEKS)
    kinds = touchpoints.last_kinds(reading, found)
    lines = [_line(reading, facts, weeks.get(key, NO_WEEKS), kinds.get(key)) for key, facts in found.items()]
    lines.sort(key=lambda line: _place(line.standing, line.facts))
    units = [*reading.policy.money.by_unit(_amounts(found.values()))]
    week_on = today + timedelta(days=reading.policy.agenda.week)
    return CadenceBoard(
        lines,
        sum(line.standing.days_late > 0 for line in lines),
        sum(today <= _next_on(line.standing) <= week_on for line in lines),
        sum(line.standing.lateness is not Lateness.BREACHED for line in lines),
        _effort(reading, lines, units[0] if units else ""),
        today,
        tuple(units[1:]),
    )


def cadence_glance(reading: Reading) -> CadenceBoard:
    """The most overdue account and the counts, from what is due within the week, without building the board.

    As on the board nothing is left out that was put off: that moves where a check-in stands in Today, not its day.
    """
    today, policy = reading.today, reading.policy
    week_on = today + timedelta(days=policy.agenda.week)
    ids = {*agenda.booked_ids(reading, week_on), *agenda.alarm_ids(reading)}
    found = accounts.facts_of_due(reading, week_on, ids).values()
    owed = [(standing(facts, today, policy.cadence), facts) for facts in found if facts.is_active(today)]
    due = [one for one in owed if one[0].days_late > 0 or _next_on(one[0]) <= week_on]
    lines = [_line(reading, min(due, key=lambda one: _place(*one))[1], NO_WEEKS, None)] if due else []
    late = sum(one.days_late > 0 for one, _ in due)
    soon = sum(today <= _next_on(one) <= week_on for one, _ in due)
    return CadenceBoard(lines, late, soon, 0, [], today)


def _line(reading: Reading, facts: AccountFacts, weeks: tuple[int, ...], kind: Kind | None) -> CadenceLine:
    today = reading.today
    owed = standing(facts, today, reading.policy.cadence)
    return CadenceLine(
        facts,
        band_by_hand(facts.pulse),
        owed,
        rhythm(owed.interval),
        because(facts, today),
        weeks,
        kind,
    )


def _next_on(owed: Standing) -> date:
    return owed.booked_on or owed.ideal_on


def _place(owed: Standing, facts: AccountFacts) -> tuple[int, date, int, str, int]:
    return -owed.days_late, _next_on(owed), -(facts.arr_cents or 0), facts.name, facts.account_id


def _amounts(members: Iterable[AccountFacts]) -> list[tuple[int, str]]:
    return [(facts.arr_cents, facts.currency) for facts in members if facts.arr_cents]


def _effort(reading: Reading, lines: list[CadenceLine], unit: str) -> list[Effort]:
    """Touchpoints and minutes by band, against what those accounts pay that are of one currency or have a rate."""
    money = reading.policy.money
    touched = {row[0]: row for row in touchpoints.effort(reading, reading.today - timedelta(days=EFFORT_DAYS - 1))}
    found = []
    for band in (Band.AT_RISK, Band.WATCH, Band.HEALTHY, Band.NONE):
        members = [line.facts for line in lines if line.band is band]
        rows = [touched[facts.account_id] for facts in members if facts.account_id in touched]
        found.append(
            Effort(
                band, len(members), sum(row[1] for row in rows), sum(row[2] for row in rows),
                money.sums(_amounts(members)).get(unit, 0),
            )
        )  # fmt: skip
    return found


def as_json(line: CadenceLine) -> dict[str, object]:
    """A line of the board for scripts."""
    owed, facts = line.standing, line.facts
    return {
        "account": facts.name,
        "account_id": facts.account_id,
        "band": str(line.band),
        "interval_days": owed.interval,
        "because": line.because,
        "rhythm": line.rhythm,
        "last_two_way_on": facts.last_two_way_on.isoformat() if facts.last_two_way_on else None,
        "next_check_in_on": owed.ideal_on.isoformat(),
        "latest_check_in_on": owed.latest_on.isoformat(),
        "booked_on": owed.booked_on.isoformat() if owed.booked_on else None,
        "days_late": owed.days_late,
        "state": str(owed.lateness),
        "weeks": list(line.weeks),
    }
