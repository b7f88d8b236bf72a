"""The lists that can be exported: their columns, and their rows one after the other, never all at once."""

from __future__ import annotations

from csm_tui.store.queries import exports
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm_tui.store.connection import Reading

    Value = str | int | tuple[str, ...] | None
    Row = tuple[Value, ...]

PARTS = "; "


class Column(NamedTuple):
    """A column: what a table calls it, what a script calls it, and how its values are meant."""

    header: str
    key: str
    meant: str = ""


CENTS, SEVERAL, YES = "cents", "several", "yes"

_ID = Column("csm ID", "id")
_ACCOUNT = Column("Account", "account")

ACCOUNTS = (
    _ID, Column("Account", "name"), Column("External ID", "external_id"), Column("Salesforce ID", "salesforce_id"),
    Column("HubSpot ID", "hubspot_id"), Column("Domain", "domain"), Column("CSM", "owner"), Column("AE", "ae"),
    Column("Industry", "industry"), Column("Plan", "plan"), Column("Tier", "tier"), Column("Start", "started_on"),
    Column("Renewal", "renewal_on"), Column("Notice days", "notice_days"),
    Column("Notice served on", "notice_served_on"), Column("Auto-renew off on", "auto_renew_off_on"),
    Column("Auto-renew", "auto_renew", YES), Column("Term months", "term_months"), Column("ARR", "arr_cents", CENTS),
    Column("Currency", "currency"), Column("Seats", "seats"), Column("Interval days", "interval_days"),
    Column("Pulse", "pulse"), Column("Last touch", "last_two_way_on"), Column("Added on", "added_on"),
    Column("Churned on", "churned_on"), Column("Churn reason", "churn_reason"), Column("Archived on", "archived_on"),
    Column("Tags", "tags", SEVERAL), Column("Notes", "notes"),
)  # fmt: skip
CONTACTS = (
    _ID, _ACCOUNT, Column("Name", "name"), Column("Title", "title"), Column("Role", "role"), Column("Email", "email"),
    Column("Phone", "phone"), Column("Status", "status"), Column("Left on", "left_on"), Column("Source", "source"),
    Column("Source ID", "source_id"), Column("Notes", "notes"),
)  # fmt: skip
TOUCHPOINTS = (
    _ID, _ACCOUNT, Column("Day", "day"), Column("Time", "time"), Column("Kind", "kind"), Column("State", "state"),
    Column("Direction", "direction"), Column("Minutes", "minutes"), Column("Mood", "mood"),
    Column("Summary", "summary"), Column("Contacts", "people", SEVERAL), Column("Signals", "signals", SEVERAL),
    Column("Source", "source"), Column("Source ID", "source_id"), Column("Notes", "notes"),
)  # fmt: skip
PROMISES = (
    _ID, _ACCOUNT, Column("Side", "side"), Column("Promise", "what"), Column("Due", "due_on"), Column("State", "state"),
    Column("Made on", "made_on"), Column("Closed on", "closed_on"), Column("Reason", "reason"),
    Column("Touchpoint csm ID", "touchpoint_id"),
)  # fmt: skip

LISTS: dict[str, tuple[tuple[Column, ...], str]] = {
    "accounts": (ACCOUNTS, exports.ACCOUNTS),
    "contacts": (CONTACTS, exports.CONTACTS),
    "touchpoints": (TOUCHPOINTS, exports.TOUCHPOINTS),
    "promises": (PROMISES, exports.PROMISES),
}
"""Every list by name, with its columns and the statement whose columns they are."""


def rows(reading: Reading, name: str) -> Iterator[Row]:
    """The rows of a list, by id."""
    columns, sql = LISTS[name]
    several = [at for at, column in enumerate(columns) if column.meant == SEVERAL]
    for row in exports.pages(reading, sql):
        made: list[Value] = list(row)
        for at in several:
            made[at] = tuple(row[at].split("\x1f")) if row[at] else ()
        yield tuple(made)


def as_text(column: Column, value: Value) -> str:
    """A value as a cell of a table; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return PARTS.join(value)
    if column.meant == CENTS and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}" if value % 100 else str(value // 100)
    return ("yes" if value else "no") if column.meant == YES else str(value)
