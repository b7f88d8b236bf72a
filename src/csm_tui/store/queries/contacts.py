"""People at an account, with the day they were last in a two-way touchpoint."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.accounts import Role
from csm_tui.store.queries.accounts import day
from csm_tui.store.queries.active import listed
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.store.connection import Reading


class ContactFacts(NamedTuple):
    """One person at an account."""

    contact_id: int
    name: str
    title: str
    role: Role | None
    email: str
    phone: str
    active: bool
    left_on: date | None
    last_on: date | None


def contacts(reading: Reading, account_id: int) -> list[ContactFacts]:
    """Who is there first, by name; who has left after them."""
    sql = (
        "SELECT c.id, c.name, c.title, c.role, c.email, c.phone, c.status, c.left_on, "
        "(SELECT max(t.day) FROM touchpoint_contact tc JOIN touchpoint t ON t.id = tc.touchpoint_id "
        "WHERE tc.contact_id = c.id AND t.state = 'held' AND t.direction = 'two-way' AND t.day <= ?) "
        "FROM contact c WHERE c.account_id = ? ORDER BY c.status, c.role IS NULL, c.name, c.id"
    )
    return [
        ContactFacts(
            row[0], row[1], row[2] or "", Role(row[3]) if row[3] else None, row[4] or "", row[5] or "",
            row[6] == "active", day(row[7]), day(row[8]),
        )
        for row in reading.rows(sql, (reading.today.isoformat(), account_id))
    ]  # fmt: skip


def engaged(reading: Reading, ids: Iterable[int]) -> dict[int, int]:
    """How many people still there were in a two-way touchpoint in the last 90 days (the policy), for some accounts."""
    chosen = listed(ids)
    sql = (
        "SELECT t.account_id, count(DISTINCT tc.contact_id) "
        "FROM touchpoint t JOIN touchpoint_contact tc ON tc.touchpoint_id = t.id "
        f"JOIN contact c ON c.id = tc.contact_id AND c.status = 'active' WHERE t.account_id IN ({chosen}) "
        "AND t.state = 'held' AND t.direction = 'two-way' AND t.day BETWEEN ? AND ? GROUP BY t.account_id"
    )
    since = reading.today - timedelta(days=reading.policy.engaged.within)
    return dict(reading.rows(sql, (since.isoformat(), reading.today.isoformat())))


def roles(reading: Reading, ids: Iterable[int]) -> dict[int, list[Role]]:
    """The roles that people who are still there have, for some accounts; in alphabetical order."""
    chosen = listed(ids)
    sql = (
        "SELECT DISTINCT account_id, role FROM contact "
        f"WHERE status = 'active' AND role IS NOT NULL AND account_id IN ({chosen}) ORDER BY account_id, role"
    )
    found: dict[int, list[Role]] = {}
    for account_id, role in reading.rows(sql):
        found.setdefault(account_id, []).append(Role(role))
    return found
