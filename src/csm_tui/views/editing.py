"""A row of the book as a form shows it, with what the form can offer."""

from __future__ import annotations

from csm_tui.domain.naming import BETWEEN_NAMES
from csm_tui.store.queries import accounts, contacts, plans, touchpoints
from csm_tui.store.queries.as_it_stands import found
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading
    from csm_tui.store.verbs import Row

OFFERED = ("owner", "ae", "industry", "plan")


class Editing(NamedTuple):
    """A row with its account, the names of who was there and of all who are known, and words used elsewhere."""

    account_id: int
    account: str
    row: Row
    people: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    offers: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - never written
    currency: str = "EUR"

    @property
    def seen(self) -> Row:
        """All that a form shows of it, people as one value."""
        return {**self.row, "people": BETWEEN_NAMES.join(self.people)}


def editing(reading: Reading, table: str, row_id: int) -> Editing | None:
    """The row of an account, contact, touchpoint or promise; None when it is gone."""
    rows = found(reading, table, {"id": row_id})
    if not rows:
        return None
    account_id = row_id if table == "account" else int(rows[0]["account_id"] or 0)
    return _with(reading, table, account_id, rows[0])


def blank(reading: Reading, table: str, account_id: int) -> Editing | None:
    """An empty row of an account, or of a new one; None when that account is gone."""
    return _with(reading, table, account_id, {})


def _with(reading: Reading, table: str, account_id: int, row: Row) -> Editing | None:
    account = found(reading, "account", {"id": account_id}) if account_id else [{"name": ""}]
    if not account:
        return None
    edited = Editing(account_id, str(account[0]["name"]), row)
    if table == "account":
        offers = {column: accounts.used(reading, column) for column in OFFERED}
        return edited._replace(offers=offers, currency=reading.policy.money.currency)
    if table == "step":
        running = tuple(dict.fromkeys(plan.playbook for plan in plans.of_account(reading, account_id)))
        return edited._replace(offers={"plan": running})
    if table == "touchpoint":
        touch = touchpoints.touchpoint(reading, int(row["id"] or 0))
        known = tuple(one.name for one in contacts.contacts(reading, account_id))
        return edited._replace(people=touch.people if touch else (), known=known)
    return edited
