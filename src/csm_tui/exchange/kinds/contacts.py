"""A list of people: what its columns are called, and one of its rows as a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csm_tui.actions.import_contacts import ContactRow, ImportContacts, import_contacts
from csm_tui.domain.accounts import Role
from csm_tui.domain.errors import Refusal
from csm_tui.exchange import cells
from csm_tui.exchange.row_cells import WHOSE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.actions.import_accounts import Remark
    from csm_tui.actions.import_outcome import Outcome
    from csm_tui.exchange.row_cells import RowCells
    from csm_tui.store.verbs import Writing

NAME = "contacts"
WORDS: dict[str, tuple[str, ...]] = {
    "id": ("contact id", "person id"),
    "source": (),
    **WHOSE,
    "domain": (*WHOSE["domain"], "company domain name", "website"),
    "name": ("contact name", "full name", "contact", "person", "name"),
    "first_name": ("first name", "given name", "forename"),
    "last_name": ("last name", "surname", "family name"),
    "email": ("email", "email address", "e-mail address", "mail", "contact email", "work email"),
    "title": ("job title", "title", "position", "function"),
    "phone": ("phone", "phone number", "telephone", "business phone", "direct phone"),
    "mobile": ("mobile", "mobile phone", "mobile phone number", "cell", "cell phone"),
    "role": ("role", "contact role", "buying role"),
    "notes": ("notes", "comments", "remarks"),
    "status": ("status", "contact status"),
    "left_on": ("left on", "left"),
    "deleted": (),
    "csm_id": ("csm id",),
}  # fmt: skip
DAYS = ("left_on",)
NEEDS = ((("name", "first_name", "last_name", "email"), "people (Name, First name, Last name or Email)"),)


def row(found: RowCells) -> ContactRow:
    """One row as a person. Raises Refusal for one that is deleted, has no name, or cannot be read."""
    found.live()
    emails = found.emails("email")
    name = _name(found) or next(iter(emails), None)
    if name is None:
        raise Refusal("has no name")
    left_on = found.day("left_on")
    return ContactRow(
        line=found.line,
        whose=found.whose(emails[:1]),
        name=name,
        source=found.text("source") or found.shape.id_source("id"),
        source_id=found.one("id", cells.external_id),
        email=next(iter(emails), None),
        title=found.text("title"),
        phone=found.text("phone") or found.text("mobile"),
        role=found.word("role", role),
        notes=found.text("notes"),
        left=left_on is not None or (found.text("status") or "").casefold() in {"left", "has left", "former"},
        left_on=left_on,
    )


def _name(found: RowCells) -> str | None:
    """The whole name, else first and last name."""
    parts = (found.part_of_name("first_name"), found.part_of_name("last_name"))
    return found.text("name") or " ".join(part for part in parts if part) or None


_ROLES = {
    "decision maker": Role.ECONOMIC_BUYER,
    "budget holder": Role.ECONOMIC_BUYER,
    "buyer": Role.ECONOMIC_BUYER,
    "sponsor": Role.EXECUTIVE_SPONSOR,
    "administrator": Role.ADMIN,
    "blocker": Role.DETRACTOR,
    **{role.value: role for role in Role},
}


def role(text: str) -> Role | None:
    """The role that a word surely means, the first of several that does; None for any other."""
    words = (" ".join(re.split(r"[\s_\-]+", part.strip().casefold())) for part in text.split(";"))
    return next((_ROLES[word] for word in words if word in _ROLES), None)


def take(writing: Writing, title: str, rows: Iterable[ContactRow | Remark]) -> Outcome:
    """The rows into the book."""
    return import_contacts(writing, ImportContacts(title, rows))
