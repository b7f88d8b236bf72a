"""What the clock of reviews asks about: the days of reviews held, booked and let go, and the plans that lead to one."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.accounts import Tier
from csm_tui.domain.reviews import ReviewFacts
from csm_tui.store.queries.accounts import day
from csm_tui.store.queries.active import ACTIVE, listed
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from csm_tui.store.connection import Reading

_TIERS = {str(tier): tier for tier in Tier}

_DUE = f"""
WITH clock AS MATERIALIZED (
  SELECT id, tier, added_on, started_on, review_days, review_kind, (
    SELECT day FROM touchpoint INDEXED BY touchpoint_reviews
    WHERE kind IN ('qbr', 'ebr') AND state = 'held' AND direction = 'two-way' AND account_id = account.id
      AND day <= :today ORDER BY day DESC LIMIT 1) AS held_on
  FROM account WHERE {ACTIVE} AND coalesce(review_days, 1) > 0)
SELECT * FROM clock
WHERE (id IN (
  SELECT account_id FROM touchpoint INDEXED BY touchpoint_reviews WHERE kind IN ('qbr', 'ebr') AND state = 'booked'
    AND direction = 'two-way' AND day BETWEEN :today AND :horizon)
OR CASE WHEN held_on IS NULL AND started_on IS NOT NULL THEN started_on <= :first
  ELSE coalesce(held_on, added_on) <= CASE
    WHEN review_days IS NOT NULL THEN date(:horizon, '-' || review_days || ' days')
    WHEN tier = 'low-touch' THEN :low_touch ELSE :interval END END)
"""
"""Those whose next review can be neither due nor booked by the horizon are left out; `reviews.standing` says when."""

_HELD = """
SELECT account_id, day FROM touchpoint INDEXED BY touchpoint_reviews
WHERE kind IN ('qbr', 'ebr') AND state = 'held' AND direction = 'two-way' AND day <= :today{some} ORDER BY day, id
"""

_BOOKED = """
SELECT account_id, min(day) FROM touchpoint INDEXED BY touchpoint_reviews
WHERE kind IN ('qbr', 'ebr') AND state = 'booked' AND direction = 'two-way' AND day >= :today{some} GROUP BY account_id
"""

_PREPARED = """
SELECT s.account_id FROM step s JOIN plan p ON p.id = s.plan_id
WHERE s.state = 'open' AND p.closed_on IS NULL AND s.done_by IN ('qbr', 'ebr'){some}
"""


def due_by(reading: Reading, horizon: date) -> list[ReviewFacts]:
    """The clocks of the active accounts whose next review may be due, or is booked, on or before the horizon.

    Of the reviews held only the last is there, where none was let go: the clock asks for no other.
    """
    policy = reading.policy.reviews
    given = {
        "today": reading.today.isoformat(),
        "horizon": horizon.isoformat(),
        "first": (horizon - timedelta(days=policy.first)).isoformat(),
        "interval": (horizon - timedelta(days=policy.interval)).isoformat(),
        "low_touch": (horizon - timedelta(days=policy.low_touch)).isoformat(),
    }
    found = reading.rows(_DUE, given)
    if not found:
        return []
    booked = dict(reading.rows(_BOOKED.format(some=""), {"today": given["today"]}))
    prepared = {row[0] for row in reading.rows(_PREPARED.format(some=""))}
    skips = _skips(reading, "")
    held = _held(reading, f" AND account_id IN ({listed(skips)})") if skips else {}
    return [
        ReviewFacts(
            _TIERS[tier], date.fromisoformat(added), day(started), every, kind,
            tuple(held.get(one, ())) if one in skips else (date.fromisoformat(last),) if last else (),
            tuple(skips.get(one, ())), day(booked.get(one)), one, one in prepared,
        )
        for one, tier, added, started, every, kind, last in found
    ]  # fmt: skip


def _held(reading: Reading, some: str) -> dict[int, list[date]]:
    """The days of reviews held, by account."""
    held: dict[int, list[date]] = {}
    for account_id, on in reading.rows(_HELD.format(some=some), {"today": reading.today.isoformat()}):
        held.setdefault(account_id, []).append(date.fromisoformat(on))
    return held


def _skips(reading: Reading, some: str) -> dict[int, list[date]]:
    """The due days of reviews let go, by account."""
    skips: dict[int, list[date]] = {}
    for account_id, on in reading.rows(f"SELECT account_id, due_on FROM review_skip WHERE 1{some} ORDER BY due_on"):
        skips.setdefault(account_id, []).append(date.fromisoformat(on))
    return skips


def facts(reading: Reading, ids: Collection[int] | None = None) -> list[ReviewFacts]:
    """The clocks of reviews of some accounts, or of all the active ones."""
    chosen = None if ids is None else listed(ids)
    today = {"today": reading.today.isoformat()}
    some = "" if chosen is None else f" AND account_id IN ({chosen})"
    held, skips = _held(reading, some), _skips(reading, some)
    booked = dict(reading.rows(_BOOKED.format(some=some), today))
    prepared = {row[0] for row in reading.rows(_PREPARED.format(some=some.replace("account_id", "s.account_id")))}
    where = f"WHERE {ACTIVE}" if chosen is None else f"WHERE id IN ({chosen})"
    sql = f"SELECT id, tier, added_on, started_on, review_days, review_kind FROM account {where} ORDER BY id"
    return [
        ReviewFacts(
            Tier(tier), date.fromisoformat(added), day(started), every, kind, tuple(held.get(account_id, ())),
            tuple(skips.get(account_id, ())), day(booked.get(account_id)), account_id, account_id in prepared,
        )
        for account_id, tier, added, started, every, kind in reading.rows(sql, today)
    ]  # fmt: skip
