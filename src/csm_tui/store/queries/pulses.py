"""What the CSM herself made of an account, each time she said so."""

from __future__ import annotations

from datetime import date

from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading


class PulseFacts(NamedTuple):
    """One pulse from 1 to 5, its day, and its reason if one was given."""

    pulse_id: int
    value: int
    given_on: date
    reason: str


def of_account(reading: Reading, account_id: int) -> list[PulseFacts]:
    """The pulses of an account up to today, the newest first."""
    sql = (
        "SELECT id, value, given_on, reason FROM pulse WHERE account_id = ? AND given_on <= ? "
        "ORDER BY given_on DESC, id DESC"
    )
    found = reading.rows(sql, (account_id, reading.today.isoformat()))
    return [PulseFacts(row[0], row[1], date.fromisoformat(row[2]), row[3] or "") for row in found]
