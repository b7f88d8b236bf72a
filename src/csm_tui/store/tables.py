"""The tables as SQLModel sees them. Rows never leave the store.

The schema is owned by the numbered scripts (STRICT tables cannot be made from this metadata); a parity test holds the
two together. Days stay ISO text here as in the file: the actions hand them over as such. No `Relationship`, and no
postponed annotations: SQLModel resolves them while the class is being made.
"""

from csm_tui.store.table_row import Row
from csm_tui.store.tables_plans import PLANS


class Account(Row, table=True):
    """One customer with its contract."""

    __tablename__ = "account"
    name: str
    tier: str = "high-touch"
    domain: str | None = None
    owner: str | None = None
    started_on: str | None = None
    renewal_on: str | None = None
    notice_days: int | None = None
    notice_served_on: str | None = None
    auto_renew_off_on: str | None = None
    arr_cents: int | None = None
    currency: str = "EUR"
    seats: int | None = None
    interval_days: int | None = None
    added_on: str
    churned_on: str | None = None
    churn_reason: str | None = None
    ae: str | None = None
    industry: str | None = None
    plan: str | None = None
    notes: str | None = None
    term_months: int | None = None
    auto_renew: int | None = None
    archived_on: str | None = None
    review_days: int | None = None
    review_kind: str | None = None


class ExternalId(Row, table=True):
    """An account's id in another system."""

    __tablename__ = "external_id"
    account_id: int
    source: str
    value: str


class Contact(Row, table=True):
    """A person at an account."""

    __tablename__ = "contact"
    account_id: int
    name: str
    title: str | None = None
    role: str | None = None
    email: str | None = None
    phone: str | None = None
    status: str = "active"
    left_on: str | None = None
    notes: str | None = None
    source: str | None = None
    source_id: str | None = None


class Touchpoint(Row, table=True):
    """One dated contact."""

    __tablename__ = "touchpoint"
    account_id: int
    day: str
    time: str | None = None
    kind: str
    state: str = "held"
    direction: str
    minutes: int | None = None
    mood: str | None = None
    summary: str = ""
    notes: str | None = None
    source: str | None = None
    source_id: str | None = None


class TouchpointContact(Row, table=True):
    """Who was there."""

    __tablename__ = "touchpoint_contact"
    touchpoint_id: int
    contact_id: int


class TouchpointSignal(Row, table=True):
    """What was observed."""

    __tablename__ = "touchpoint_signal"
    touchpoint_id: int
    signal: str


class Promise(Row, table=True):
    """What one side owes the other."""

    __tablename__ = "promise"
    account_id: int
    touchpoint_id: int | None = None
    side: str
    what: str
    due_on: str | None = None
    state: str = "open"
    made_on: str
    closed_on: str | None = None
    reason: str | None = None
    step_id: int | None = None


class Pulse(Row, table=True):
    """The CSM's own judgement of an account."""

    __tablename__ = "pulse"
    account_id: int
    touchpoint_id: int | None = None
    value: int
    given_on: str
    reason: str | None = None


class Snooze(Row, table=True):
    """An item put off."""

    __tablename__ = "snooze"
    account_id: int
    item: str
    due_on: str
    made_on: str
    until_on: str
    reason: str = ""


class AccountTag(Row, table=True):
    """A word that marks an account."""

    __tablename__ = "account_tag"
    account_id: int
    tag: str


class Measure(Row, table=True):
    """A whole number measured at an account on a day."""

    __tablename__ = "measure"
    account_id: int
    name: str
    day: str
    value: int
    source: str | None = None


class SavedFilter(Row, table=True):
    """A filter by name."""

    __tablename__ = "saved_filter"
    name: str
    text: str


class ImportMapping(Row, table=True):
    """The columns that were said for a file of some header: field names to headers, as JSON."""

    __tablename__ = "import_mapping"
    header: str
    fields: str


class LastLook(Row, table=True):
    """When the workspace was last looked at, and the newest change it had seen."""

    __tablename__ = "last_look"
    at: str
    change_id: int


BY_NAME: dict[str, type[Row]] = {
    str(table.__tablename__): table
    for table in (
        Account, ExternalId, Contact, Touchpoint, TouchpointContact, TouchpointSignal, Promise, Pulse, Snooze,
        AccountTag, Measure, SavedFilter, ImportMapping, LastLook, *PLANS,
    )
}  # fmt: skip
"""The tables by the names that actions use."""
