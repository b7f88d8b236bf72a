"""What a form says as the action and the command that carry it out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from csm_tui.actions import accounts, contacts, correct, promises
from csm_tui.actions.add_step import AddStep, add_step
from csm_tui.domain.daywords import back as gone_by
from csm_tui.domain.naming import BETWEEN_NAMES
from csm_tui.domain.playbooks import Owner
from csm_tui.tui.forms.fields import Field, day

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.store.verbs import Row
    from csm_tui.views.editing import Editing

    Deed = tuple[Callable[..., Any], Any]


def wanted(table: str, found: Editing, row_id: int, values: Row, seen: Row) -> Deed:
    """What a form says of a row, or of a new one (no id)."""
    return edited(table, found, row_id, values, seen) if row_id else added(table, found, values)


def added(table: str, found: Editing, values: Row) -> Deed:
    """A new account, contact, step or promise. What was left empty is left out."""
    known: Row = {name: value for name, value in values.items() if value is not None}
    name = str(known.pop("name", ""))
    if table == "account":
        return accounts.add_account, accounts.AddAccount(name, {"currency": found.currency, **known})
    if table == "contact":
        return contacts.add_contact, contacts.AddContact(found.account_id, found.account, name, known)
    if table == "step":
        return add_step, _step(found, known)
    return promises.add_promise, promises.AddPromise(found.account_id, found.account, {"side": "ours", **known})


def _step(found: Editing, known: Row) -> AddStep:
    return AddStep(
        found.account_id, found.account, str(known["title"]), date.fromisoformat(str(known["due_on"])),
        str(known.get("plan", "")), Owner(str(known.get("owner", Owner.US))), bool(known.get("required")),
    )  # fmt: skip


def edited(table: str, found: Editing, row_id: int, values: Row, seen: Row) -> Deed:
    """What has changed of a row, and what stood there when it was shown."""
    if table == "account":
        return accounts.edit_account, accounts.EditAccount(row_id, found.account, values, seen=seen)
    if table == "contact":
        wanted = contacts.EditContact(row_id, str(found.row["name"]), found.account, values, seen)
        return contacts.edit_contact, wanted
    if table == "promise":
        return promises.edit_promise, promises.EditPromise(row_id, found.account_id, found.account, values, seen)
    people = values.get("people")
    facts: Row = {name: value for name, value in values.items() if name != "people"}
    named = tuple(name for name in str(people or "").split(BETWEEN_NAMES) if name) if "people" in values else None
    wanted_anew = correct.CorrectTouchpoint(row_id, found.account_id, found.account, facts, named, seen)
    return correct.correct_touchpoint, wanted_anew


def deleted(table: str, found: Editing, row_id: int) -> Deed:
    """A contact, touchpoint or promise taken out."""
    if table == "contact":
        return contacts.delete_contact, contacts.DeleteContact(row_id, str(found.row["name"]), found.account)
    if table == "touchpoint":
        return correct.delete_touchpoint, correct.DeleteTouchpoint(row_id, found.account_id, found.account)
    return promises.delete_promise, promises.DeletePromise(row_id, found.account_id, found.account)


def left_field() -> Field:
    """The day on which somebody left."""
    return Field("left_on", "on", day("left_on", gone_by, "On which day?"), hint="a day: today, fri, -3d, 4.11")


def gone(contact_id: int, found: Editing, values: Row) -> Deed:
    """Somebody left on a day."""
    on = date.fromisoformat(str(values["left_on"]))
    return contacts.contact_left, contacts.ContactLeft(contact_id, str(found.row["name"]), found.account, on)


def back(contact_id: int, found: Editing) -> Deed:
    """Somebody who was marked as left is there."""
    return contacts.contact_back, contacts.ContactBack(contact_id, str(found.row["name"]), found.account)
