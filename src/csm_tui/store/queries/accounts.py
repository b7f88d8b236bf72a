"""Accounts with their contract and the dated facts that the rules ask about."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.accounts import AccountFacts, Tier
from csm_tui.domain.lifecycle import ADOPTION_LAST, ONBOARDING_LAST, VALUE_LAST
from csm_tui.store.queries.active import ACTIVE, listed
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Any

    from csm_tui.domain.policy import MoneyPolicy
    from csm_tui.store.connection import Reading

_COLUMNS = """
  a.id, a.name, a.tier, a.added_on, a.started_on, a.renewal_on, a.notice_days, a.notice_served_on, a.auto_renew_off_on,
  a.arr_cents, a.currency, a.seats, a.interval_days, a.churned_on, a.archived_on, a.auto_renew"""

_LAST_TWO_WAY = """
  (SELECT day FROM touchpoint WHERE account_id = a.id AND state = 'held' AND direction = 'two-way' AND day <= :today
   ORDER BY day DESC LIMIT 1)"""
"""Over the partial index `touchpoint_counted`: one look-up an account."""

_PULSE = """
  (SELECT given_on || value FROM pulse WHERE account_id = a.id AND given_on <= :today
   ORDER BY given_on DESC, id DESC LIMIT 1)"""

_FACTS = f"SELECT {_COLUMNS}, {_LAST_TWO_WAY}, {_PULSE} FROM account a"

_BOOKED = """
SELECT account_id, min(CASE direction WHEN 'two-way' THEN day END), min(day)
FROM touchpoint INDEXED BY touchpoint_booked
WHERE state = 'booked' AND day >= :today GROUP BY account_id
"""

# Named, since grouping tempts the planner to walk the index by account, which holds every touchpoint there ever was.

_PROMISED = """
SELECT account_id, min(due_on) FROM promise INDEXED BY promise_dated
WHERE state = 'open' AND due_on IS NOT NULL AND step_id IS NULL GROUP BY account_id
"""

_RISKS = """
SELECT account_id, opened_on,
  (SELECT min(due_on) FROM step WHERE plan_id = r.plan_id AND account_id = r.account_id AND state = 'open')
FROM risk r INDEXED BY risk_open WHERE closed_on IS NULL AND opened_on <= :today
"""

_SIGNALS = """
SELECT t.account_id, s.signal, max(t.day || printf('%019d', s.id))
FROM touchpoint_signal s JOIN touchpoint t ON t.id = s.touchpoint_id
WHERE s.signal IN ('renewal', 'termination') AND t.state = 'held' AND t.day <= :today GROUP BY t.account_id, s.signal
"""
"""Of two talks of one day the sign that was written later is later: a booking has an older id than when it was held."""

_DUE = f"""
WITH touched AS MATERIALIZED (
  SELECT id, {_LAST_TWO_WAY} AS last_on FROM account a WHERE {ACTIVE})
SELECT {_COLUMNS}, last_on, {_PULSE} FROM touched CROSS JOIN account a ON a.id = touched.id
WHERE a.id IN ({{others}}) OR last_on IS NULL
  OR (interval_days IS NOT NULL AND last_on <= date(:reach, '-' || interval_days || ' days'))
  OR (interval_days IS NULL AND last_on <= :early AND (
    last_on <= CASE tier WHEN 'low-touch' THEN :low_touch WHEN 'high-touch' THEN :high_touch ELSE :white_glove END
    OR (last_on <= date(started_on, :value_last) AND last_on <= CASE
      WHEN last_on <= date(started_on, :onboarding_last) THEN :onboarding
      WHEN last_on <= date(started_on, :adoption_last) THEN :adoption ELSE :value END)))
"""
"""The rhythms are those of `cadence.own_interval`. Materialized, so that each last touchpoint is looked up once; those
wanted anyway come first, since the days of a rhythm cost something to work out.
"""


_PHASES = {
    "onboarding_last": f"+{ONBOARDING_LAST} days",
    "adoption_last": f"+{ADOPTION_LAST} days",
    "value_last": f"+{VALUE_LAST} days",
}


def day(text: str | None) -> date | None:
    """A day as the file keeps it."""
    return None if text is None else date.fromisoformat(text)


def account_facts(
    reading: Reading, ids: Iterable[int] | None = None, *, archived: bool = False
) -> dict[int, AccountFacts]:
    """The facts of some accounts, or of all that are not archived (or all that are), by id. Few statements."""
    chosen = f" WHERE a.archived_on IS {'NOT ' if archived else ''}NULL"
    if ids is not None:
        chosen = f" WHERE a.id IN ({','.join(str(int(one)) for one in ids)})"
    today = {"today": reading.today.isoformat()}
    return _completed(reading, {row[0]: _facts(row) for row in reading.each(_FACTS + chosen, today)})


def facts_of_due(reading: Reading, horizon: date, ids: set[int]) -> dict[int, AccountFacts]:
    """The facts of the active accounts whose check-in may fall on or before the horizon, and of those given."""
    policy = reading.policy.cadence
    reach = policy.calendar.reach(horizon)
    intervals = {
        "reach": 0,
        "early": min(policy[:6]),  # the shortest of the six below
        "onboarding": policy.onboarding,
        "adoption": policy.adoption,
        "value": policy.value,
        "white_glove": policy.white_glove,
        "high_touch": policy.high_touch,
        "low_touch": policy.low_touch,
    }
    days = {name: (reach - timedelta(days=interval)).isoformat() for name, interval in intervals.items()}
    others = listed(ids)
    rows = reading.each(_DUE.format(others=others), {**days, **_PHASES, "today": reading.today.isoformat()})
    return _completed(reading, {row[0]: _facts(row) for row in rows})


def _completed(reading: Reading, facts: dict[int, AccountFacts]) -> dict[int, AccountFacts]:
    """The same accounts with what few of them have, read from the small indexes: what lies ahead, and telling talks."""
    return _at_risk(reading, _with_signals(reading, _with_steps(reading, facts)))


def _at_risk(reading: Reading, facts: dict[int, AccountFacts]) -> dict[int, AccountFacts]:
    """The same accounts with the day on which their open risk was opened, and the next step of its recovery."""
    for account_id, opened, following in reading.rows(_RISKS, {"today": reading.today.isoformat()}):
        one = facts.get(account_id)
        if one is not None:
            steps = [step for step in (one.next_step_on, day(following)) if step is not None]
            facts[account_id] = one._replace(
                risk_opened_on=date.fromisoformat(opened), next_step_on=min(steps, default=None)
            )
    return facts


def _with_steps(reading: Reading, facts: dict[int, AccountFacts]) -> dict[int, AccountFacts]:
    booked = {row[0]: row[1:] for row in reading.rows(_BOOKED, {"today": reading.today.isoformat()})}
    promised = dict(reading.rows(_PROMISED))
    for account_id in facts.keys() & (booked.keys() | promised.keys()):
        two_way, any_booked = booked.get(account_id, (None, None))
        steps = [step for step in (any_booked, promised.get(account_id)) if step is not None]
        facts[account_id] = facts[account_id]._replace(booked_on=day(two_way), next_step_on=day(min(steps)))
    return facts


def _with_signals(reading: Reading, facts: dict[int, AccountFacts]) -> dict[int, AccountFacts]:
    """The same accounts with their latest #renewal and #termination talks."""
    for account_id, signal, latest in reading.rows(_SIGNALS, {"today": reading.today.isoformat()}):
        one = facts.get(account_id)
        if one is not None:
            on, sign_id = date.fromisoformat(latest[:10]), int(latest[10:])
            if signal == "renewal":
                facts[account_id] = one._replace(renewal_talk_on=on, renewal_sign_id=sign_id)
            else:
                facts[account_id] = one._replace(termination_on=on, termination_sign_id=sign_id)
    return facts


_TIERS = {str(tier): tier for tier in Tier}


def _facts(row: tuple[Any, ...]) -> AccountFacts:
    (
        account_id, name, tier, added, started, renewal, notice, served, switched,
        arr, currency, seats, interval, churned, archived, renews, last, pulse,
    ) = row  # fmt: skip
    read = date.fromisoformat
    return AccountFacts(
        account_id, name, _TIERS[tier], read(added), read(started) if started else None,
        read(renewal) if renewal else None, notice, read(served) if served else None,
        read(switched) if switched else None, arr, currency, seats, interval, read(churned) if churned else None,
        read(archived) if archived else None,
        int(pulse[10:]) if pulse else None, read(pulse[:10]) if pulse else None, read(last) if last else None,
        auto_renew=None if renews is None else bool(renews),
    )  # fmt: skip


def begun_since(reading: Reading, since: date) -> list[int]:
    """The active accounts that started on a day or after it, up to today."""
    sql = f"SELECT id FROM account WHERE {ACTIVE} AND started_on BETWEEN :since AND :today"
    return [row[0] for row in reading.rows(sql, {"since": since.isoformat(), "today": reading.today.isoformat()})]


def names(reading: Reading) -> list[tuple[int, str]]:
    """Every account's id and name."""
    return reading.rows("SELECT id, name FROM account ORDER BY name, id")


def named_exactly(reading: Reading, text: str) -> list[tuple[int, str]]:
    """The accounts that bear this very name."""
    return reading.rows("SELECT id, name FROM account WHERE name = ? ORDER BY id", (text,))


def used(reading: Reading, column: str) -> tuple[str, ...]:
    """The words that stand in a column of the accounts, the most used first. The column comes from our own code."""
    sql = f"SELECT {column} FROM account WHERE {column} <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 200"
    return tuple(row[0] for row in reading.rows(sql))


def owner_of(reading: Reading, table: str, row_id: int) -> tuple[int, str] | None:
    """The id and name of the account to which a touchpoint or a promise belongs."""
    sql = f"SELECT a.id, a.name FROM {table} t JOIN account a ON a.id = t.account_id WHERE t.id = ?"
    row = reading.row(sql, (row_id,))
    return None if row is None else (int(row[0]), str(row[1]))


def external_ids(reading: Reading, ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """The ids of some accounts in other systems, source and value, for those that have any."""
    found: dict[int, list[tuple[str, str]]] = {}
    sql = (
        f"SELECT account_id, source, value FROM external_id WHERE account_id IN ({listed(ids)}) ORDER BY source, value"
    )
    for account_id, source, value in reading.rows(sql):
        found.setdefault(account_id, []).append((source, value))
    return found


class Details(NamedTuple):
    """What is known of an account beside its facts. `auto_renew` is None where nobody said; a `review_days` of 0 is no
    reviews, None those of the rule.
    """

    domain: str = ""
    owner: str = ""
    churn_reason: str = ""
    ae: str = ""
    industry: str = ""
    plan: str = ""
    notes: str = ""
    term_months: int | None = None
    auto_renew: bool | None = None
    archived_on: date | None = None
    tags: tuple[str, ...] = ()
    review_days: int | None = None
    review_kind: str = ""


def details(reading: Reading, ids: Collection[int]) -> dict[int, Details]:
    """What else is known of some accounts."""
    tags: dict[int, list[str]] = {}
    sql = f"SELECT account_id, tag FROM account_tag WHERE account_id IN ({listed(ids)}) ORDER BY tag"
    for account_id, tag in reading.rows(sql):
        tags.setdefault(account_id, []).append(tag)
    rows = reading.rows(
        "SELECT id, domain, owner, churn_reason, ae, industry, plan, notes, term_months, auto_renew, archived_on, "
        f"review_days, review_kind FROM account WHERE id IN ({listed(ids)})"
    )
    return {row[0]: _details(row[1:], tuple(tags.get(row[0], ()))) for row in rows}


def _details(row: tuple[Any, ...], tags: tuple[str, ...]) -> Details:
    domain, owner, reason, ae, industry, plan, notes, term, renews, archived, every, kind = row
    return Details(
        domain or "", owner or "", reason or "", ae or "", industry or "", plan or "", notes or "", term,
        None if renews is None else bool(renews), day(archived), tags, every, kind or "",
    )  # fmt: skip


_WORST = f"""
SELECT a.id FROM account a WHERE {ACTIVE}
ORDER BY CASE
    (SELECT value FROM pulse WHERE account_id = a.id AND given_on <= :today ORDER BY given_on DESC, id DESC LIMIT 1)
    WHEN 1 THEN 0 WHEN 2 THEN 0 WHEN 3 THEN 1 WHEN 4 THEN 2 WHEN 5 THEN 2 ELSE 3 END,
  coalesce({{worth}}, 0) DESC, a.name, a.id
LIMIT 1
"""


def worst(reading: Reading) -> list[int]:
    """The id of the account with the lowest pulse, then the largest amount, among the active; none in an empty book."""
    sql = _WORST.format(worth=_worth(reading.policy.money))
    return [row[0] for row in reading.rows(sql, {"today": reading.today.isoformat()})]


def _worth(money: MoneyPolicy) -> str:
    """`MoneyPolicy.worth` of an account's yearly amount."""
    cases = "".join(
        f" WHEN '{currency}' THEN (2 * a.arr_cents * {int(over)} + {int(under)}) / {2 * int(under)}"
        for currency, (over, under) in money.rates.items()
        if currency != money.currency and currency.isalpha()
    )
    return f"CASE a.currency{cases} ELSE a.arr_cents END" if cases else "a.arr_cents"
