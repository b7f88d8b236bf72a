"""Accounts: added, edited, marked as churned."""

from __future__ import annotations

from csm_tui.actions.meanwhile import as_seen, still_there
from csm_tui.actions.plan_anchors import follow
from csm_tui.actions.tagging import tag_account
from csm_tui.domain.days import day_month, plausible
from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import folded
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.store.verbs import Row, Writing

RANGES = {
    "notice_days": (0, 3650), "seats": (0, 10**9), "interval_days": (1, 3650), "arr_cents": (0, 10**15),
    "term_months": (1, 1200), "review_days": (0, 3650),
}  # fmt: skip


class AddAccount(NamedTuple):
    """A new account: its name, the facts that are known, under the names of the file's columns, and its tags."""

    name: str
    values: Row
    tags: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Add account {self.name}"


class EditAccount(NamedTuple):
    """Facts of an account set anew, tags given and taken away."""

    account_id: int
    account: str
    values: Row
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    seen: Row | None = None
    """What stood there when it was looked at; see `as_seen`."""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Edit {self.account}"


class ChurnAccount(NamedTuple):
    """An account that left, on a day, with a reason."""

    account_id: int
    account: str
    on: date
    reason: str = ""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Mark {self.account} as churned"


def add_account(writing: Writing, wanted: AddAccount) -> int:
    """Add an account. Raises Refusal for a blank name and for one that is taken."""
    name = wanted.name.strip()
    _free(writing, name, 0)
    added = writing.add("account", name=name, added_on=writing.today.isoformat(), **_checked(wanted.values))
    tag_account(writing, added, wanted.tags, ())
    return added


def _free(writing: Writing, name: str, own_id: int) -> None:
    """Refuse a blank name, and one that another account has; capitals and blanks make no other name."""
    if not name:
        raise Refusal("An account needs a name.")
    if any(folded(str(row["name"])) == folded(name) and row["id"] != own_id for row in writing.find("account")):
        raise Refusal(f"There is an account {name} already: edit that one, or give this one another name.")


def edit_account(writing: Writing, wanted: EditAccount) -> bool:
    """Set facts and tags of an account; whether any of them was another."""
    before = still_there(writing, "account", wanted.account_id, wanted.account)
    values = dict(_checked(wanted.values))
    if not (values or wanted.tags or wanted.untags):
        raise Refusal("Nothing to change: say what, such as --arr 48000 or --renewal 2027-02-14.")
    if "name" in values:
        values["name"] = name = str(values["name"]).strip()
        _free(writing, name, wanted.account_id)
    as_seen(before, wanted.seen, values)
    if values:
        writing.change("account", wanted.account_id, **values)
        follow(writing, wanted.account_id, before, values)
    tagged = tag_account(writing, wanted.account_id, wanted.tags, wanted.untags)
    return tagged or any(before[name] != value for name, value in values.items())


def churn_account(writing: Writing, wanted: ChurnAccount) -> None:
    """Mark an account as churned from a day: it owes nothing from then on, and stays in the history."""
    row = still_there(writing, "account", wanted.account_id, wanted.account)
    if row["churned_on"] is not None:
        raise Refusal(f"{wanted.account} is marked as churned already.")
    if wanted.on > writing.today:
        raise Refusal(f"{day_month(wanted.on)} is still to come: mark an account as churned on the day it leaves.")
    writing.change(
        "account",
        wanted.account_id,
        churned_on=plausible(wanted.on).isoformat(),
        churn_reason=wanted.reason or None,
    )


def _checked(values: Row) -> Row:
    """The values, each inside what an account may have."""
    for name, (least, most) in RANGES.items():
        value = values.get(name)
        if isinstance(value, int) and not least <= value <= most:
            raise Refusal(f"{value:,} is out of range for {name.replace('_', ' ')}: use {least:,} to {most:,}.")
    return values
