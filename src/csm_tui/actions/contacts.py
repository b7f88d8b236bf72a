"""People at an account: added, edited, left and back, taken out."""

from __future__ import annotations

from csm_tui.actions.meanwhile import as_seen, still_there, takes_part
from csm_tui.actions.recovery import Seen, note_signals
from csm_tui.domain.accounts import Role
from csm_tui.domain.days import day_month, plausible
from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import folded
from csm_tui.domain.touchpoints import Signal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.actions.recovery import Opened
    from csm_tui.store.verbs import Row, Writing


class AddContact(NamedTuple):
    """A new person at an account."""

    account_id: int
    account: str
    name: str
    values: Row

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Add {self.name} at {self.account}"


class EditContact(NamedTuple):
    """Facts of a person set anew."""

    contact_id: int
    name: str
    account: str
    values: Row
    seen: Row | None = None
    """What stood there when it was looked at; see `as_seen`."""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Edit {self.name} at {self.account}"


class ContactLeft(NamedTuple):
    """A person who left on a day."""

    contact_id: int
    name: str
    account: str
    on: date

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"{self.name} left {self.account}"


class ContactBack(NamedTuple):
    """A person who was marked as left, and is there."""

    contact_id: int
    name: str
    account: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"{self.name} is back at {self.account}"


class DeleteContact(NamedTuple):
    """A person who should not stand there."""

    contact_id: int
    name: str
    account: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Delete {self.name} at {self.account}"


def add_contact(writing: Writing, wanted: AddContact) -> int:
    """Add a person. Raises Refusal for a blank name and for one that is there already."""
    name = wanted.name.strip()
    still_there(writing, "account", wanted.account_id, wanted.account)
    _free(writing, name, wanted.account_id, wanted.account, 0)
    return writing.add("contact", account_id=wanted.account_id, name=name, **wanted.values)


def _free(writing: Writing, name: str, account_id: int, account: str, own_id: int) -> None:
    """Refuse a blank name, and one that somebody else at the account has."""
    if not name:
        raise Refusal("A contact needs a name.")
    others = writing.find("contact", account_id=account_id)
    if any(folded(str(row["name"])) == folded(name) and row["id"] != own_id for row in others):
        raise Refusal(f"{name} is a contact of {account} already: edit it with `csm contact edit`.")


def edit_contact(writing: Writing, wanted: EditContact) -> None:
    """Set facts of a person."""
    if not wanted.values:
        raise Refusal("Nothing to change: say what, such as --role champion or --title 'VP Sales'.")
    values, row = dict(wanted.values), still_there(writing, "contact", wanted.contact_id, wanted.name)
    if "name" in values:
        values["name"] = name = str(values["name"]).strip()
        _free(writing, name, int(row["account_id"] or 0), wanted.account, wanted.contact_id)
    as_seen(row, wanted.seen, values)
    writing.change("contact", wanted.contact_id, **values)


def contact_left(writing: Writing, wanted: ContactLeft) -> Opened | None:
    """Mark a person as left; the touchpoints with them stay. The risk that follows when it was a champion."""
    row = still_there(writing, "contact", wanted.contact_id, wanted.name)
    if row["status"] == "left":
        raise Refusal(f"{wanted.name} is marked as left already.")
    writing.change("contact", wanted.contact_id, status="left", left_on=plausible(wanted.on).isoformat())
    return champion_left(writing, int(row["account_id"] or 0), wanted) if row["role"] == str(Role.CHAMPION) else None


def champion_left(writing: Writing, account_id: int, wanted: ContactLeft) -> Opened | None:
    """An account whose champion has left is at risk."""
    account = writing.find("account", id=account_id)[0]
    if not takes_part(writing, account):
        return None
    seen = Seen(Signal.CHAMPION, f"{wanted.name} left on {day_month(wanted.on)}", min(wanted.on, writing.today))
    return note_signals(writing, account_id, (seen,))


def contact_back(writing: Writing, wanted: ContactBack) -> None:
    """Take back that a person left."""
    row = still_there(writing, "contact", wanted.contact_id, wanted.name)
    if row["status"] != "left":
        raise Refusal(f"{wanted.name} is not marked as left.")
    writing.change("contact", wanted.contact_id, status="active", left_on=None)


def delete_contact(writing: Writing, wanted: DeleteContact) -> None:
    """Take a person out; the touchpoints stay, without the name."""
    still_there(writing, "contact", wanted.contact_id, wanted.name)
    writing.remove("contact", wanted.contact_id)
