"""How much a book holds, counted by the file."""

from __future__ import annotations

from csm_tui.store.queries.active import ACTIVE
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading


class Holdings(NamedTuple):
    """How many rows there are of what a user counts."""

    accounts: int
    contacts: int
    touchpoints: int
    promises: int


def holdings(reading: Reading) -> Holdings:
    """Everything that a book holds, the churned and the archived accounts too."""
    row = reading.row(
        "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM contact), "
        "(SELECT count(*) FROM touchpoint), (SELECT count(*) FROM promise)"
    )
    return Holdings(*row) if row else Holdings(0, 0, 0, 0)


def all_accounts(reading: Reading) -> int:
    """How many accounts the list has: the churned ones too, the archived not."""
    row = reading.row("SELECT count(*) FROM account WHERE archived_on IS NULL")
    return int(row[0]) if row else 0


def active_accounts(reading: Reading) -> int:
    """How many accounts there are today."""
    row = reading.row(f"SELECT count(*) FROM account WHERE {ACTIVE}", {"today": reading.today.isoformat()})
    return int(row[0]) if row else 0


def amounts(reading: Reading) -> list[tuple[int, str]]:
    """The yearly amounts of all active accounts that have one: cents and currency."""
    sql = f"SELECT arr_cents, currency FROM account WHERE arr_cents IS NOT NULL AND {ACTIVE}"
    return reading.rows(sql, {"today": reading.today.isoformat()})


def arr_by_currency(reading: Reading) -> list[tuple[str, int]]:
    """What the active accounts pay in a year, in cents: the currency with the largest sum first."""
    sql = (
        f"SELECT currency, sum(arr_cents) FROM account WHERE {ACTIVE} AND arr_cents IS NOT NULL "
        "GROUP BY currency ORDER BY 2 DESC"
    )
    return [(row[0], row[1]) for row in reading.rows(sql, {"today": reading.today.isoformat()})]


def pulses(reading: Reading) -> list[tuple[int | None, int]]:
    """How many active accounts have each pulse today, or none."""
    sql = (
        "SELECT (SELECT value FROM pulse WHERE account_id = a.id AND given_on <= :today "
        f"ORDER BY given_on DESC, id DESC LIMIT 1), count(*) FROM account a WHERE {ACTIVE} GROUP BY 1"
    )
    return [(row[0], row[1]) for row in reading.rows(sql, {"today": reading.today.isoformat()})]
