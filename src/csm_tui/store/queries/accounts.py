"""Accounts with their contract and the dated facts that the rules ask about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from csm_tui.domain.accounts import AccountFacts, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.store.connection import Reading

LAST_TWO_WAY = (
    "(SELECT max(day) FROM touchpoint WHERE account_id = a.id AND state = 'held' AND direction = 'two-way' AND day <= :today)"
)
"""Over the partial index `touchpoint_counted`: one look-up an account."""

_LATEST_SIGNAL = (
    "(SELECT {column} FROM touchpoint_signal s JOIN touchpoint t ON t.id = s.touchpoint_id "
    "WHERE s.signal = '{signal}' AND t.account_id = a.id AND t.state = 'held' AND t.day <= :today "
    "ORDER BY t.day DESC, t.id DESC LIMIT 1)"
)

_FACTS = f"""
SELECT a.id, a.name, a.tier, a.added_on, a.started_on, a.renewal_on, a.notice_days, a.notice_served_on, a.auto_renew_off_on,
  a.arr_cents, a.currency, a.seats, a.interval_days, a.churned_on,
  (SELECT value FROM pulse WHERE account_id = a.id AND given_on <= :today ORDER BY given_on DESC, id DESC LIMIT 1),
  (SELECT given_on FROM pulse WHERE account_id = a.id AND given_on <= :today ORDER BY given_on DESC, id DESC LIMIT 1),
  {LAST_TWO_WAY},
  (SELECT min(day) FROM touchpoint WHERE account_id = a.id AND state = 'booked' AND direction = 'two-way' AND day >= :today),
  (SELECT min(day) FROM (
    SELECT min(day) AS day FROM touchpoint WHERE account_id = a.id AND state = 'booked' AND day >= :today
    UNION ALL SELECT min(due_on) FROM promise WHERE account_id = a.id AND state = 'open' AND due_on IS NOT NULL))
FROM account a
"""

_SIGNALS = f"""
SELECT a.id, {_LATEST_SIGNAL.format(column="t.day", signal="renewal")}, {_LATEST_SIGNAL.format(column="t.id", signal="renewal")},
  {_LATEST_SIGNAL.format(column="t.day", signal="termination")}, {_LATEST_SIGNAL.format(column="t.id", signal="termination")}
FROM account a
WHERE a.id IN (
  SELECT t.account_id FROM touchpoint_signal s JOIN touchpoint t ON t.id = s.touchpoint_id WHERE s.signal IN ('renewal', 'termination'))
"""


def day(text: str | None) -> date | None:
    """A day as the file keeps it."""
    return None if text is None else date.fromisoformat(text)


def account_facts(reading: Reading, ids: Iterable[int] | None = None) -> dict[int, AccountFacts]:
    """The facts of some accounts, or of all, by id. Two statements, however many."""
    today = {"today": reading.today.isoformat()}
    chosen = "" if ids is None else f" WHERE a.id IN ({','.join(str(int(one)) for one in ids)})"
    facts = {row[0]: _facts(row) for row in reading.rows(_FACTS + chosen, today)}
    for account_id, talk_on, talk_id, end_on, end_id in reading.rows(_SIGNALS, today):
        if account_id in facts:
            facts[account_id] = facts[account_id]._replace(
                renewal_talk_on=day(talk_on),
                renewal_talk_id=talk_id or 0,
                termination_on=day(end_on),
                termination_id=end_id or 0,
            )
    return facts


def _facts(row: tuple[Any, ...]) -> AccountFacts:
    return AccountFacts(
        row[0], row[1], Tier(row[2]), date.fromisoformat(row[3]), day(row[4]), day(row[5]), row[6], day(row[7]), day(row[8]),
        row[9], row[10], row[11], row[12], day(row[13]), row[14], day(row[15]), day(row[16]), day(row[17]), day(row[18]),
    )  # fmt: skip


def names(reading: Reading) -> list[tuple[int, str]]:
    """Every account's id and name."""
    return reading.rows("SELECT id, name FROM account ORDER BY name, id")


def named_exactly(reading: Reading, text: str) -> list[tuple[int, str]]:
    """The accounts that bear this very name."""
    return reading.rows("SELECT id, name FROM account WHERE name = ? ORDER BY id", (text,))


def amounts(reading: Reading) -> list[int]:
    """The yearly amounts of all accounts that have one, in cents."""
    return [row[0] for row in reading.rows("SELECT arr_cents FROM account WHERE arr_cents IS NOT NULL AND churned_on IS NULL")]


def external_ids(reading: Reading, account_id: int) -> list[tuple[str, str]]:
    """An account's ids in other systems: source and value."""
    return reading.rows("SELECT source, value FROM external_id WHERE account_id = ? ORDER BY source, value", (account_id,))


def worst(reading: Reading) -> list[int]:
    """The id of the account with the lowest pulse, then the largest amount, among the active; none in an empty book."""
    sql = (
        "SELECT a.id FROM account a WHERE a.churned_on IS NULL OR a.churned_on > :today ORDER BY "
        "CASE (SELECT value FROM pulse WHERE account_id = a.id AND given_on <= :today ORDER BY given_on DESC, id DESC LIMIT 1) "
        "WHEN 1 THEN 0 WHEN 2 THEN 0 WHEN 3 THEN 1 WHEN 4 THEN 2 WHEN 5 THEN 2 ELSE 3 END, coalesce(a.arr_cents, 0) DESC, a.name, a.id LIMIT 1"
    )
    return [row[0] for row in reading.rows(sql, {"today": reading.today.isoformat()})]
