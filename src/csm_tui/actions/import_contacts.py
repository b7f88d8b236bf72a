"""Takes people from a file into the book: adds the new, changes what differs, deletes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from csm_tui.actions.import_accounts import FieldChange, Remark
from csm_tui.actions.import_columns import joined
from csm_tui.actions.import_outcome import Outcome, take_all
from csm_tui.actions.people import People, Who
from csm_tui.actions.whose import Accounts, Whose
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import id_key
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from csm_tui.domain.accounts import Role
    from csm_tui.store.verbs import Row, Value, Writing


class ContactRow(NamedTuple):
    """What one line of a file says about a person; None is what it does not say."""

    line: int
    whose: Whose
    name: str
    source: str = ""
    source_id: str | None = None
    email: str | None = None
    title: str | None = None
    phone: str | None = None
    role: Role | None = None
    notes: str | None = None
    left: bool = False
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportContacts:
    """The people of one file, or why a line is none; `source` as undo and history will say it."""

    source: str
    rows: Iterable[ContactRow | Remark]

    @property
    def label(self) -> str:
        """`Import contacts from Salesforce`."""
        return f"Import contacts from {self.source}"


def import_contacts(writing: Writing, wanted: ImportContacts) -> Outcome:
    """Add and change people as the lines say. A second time the same lines change nothing."""
    book = _Book(writing)
    take_all(wanted.rows, book.take, book.outcome)
    return book.outcome


class _Book:
    """The book while the lines go in, and what became of them."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._accounts = Accounts(writing)
        self._people = People(writing)
        self._spoken: dict[int, int] = {}
        self.outcome = Outcome()

    def take(self, row: ContactRow) -> None:
        """One line: somebody new, a change, nothing, or a refusal with its reason."""
        who = Who(row.source, row.source_id, row.email, row.name)
        try:
            places = self._accounts.of(row.whose)
            met = [(account_id, self._people.meant(account_id, who)) for account_id in places]
            for _, contact_id in met:
                self._first(contact_id, row.line)
        except Refusal as refusal:
            self.outcome.refuse(row.line, str(refusal))
            return
        fields: list[FieldChange] = []
        for account_id, contact_id in met:
            fields += self._add(row, account_id) if contact_id is None else self._change(row, account_id, contact_id)
        name = f"{row.name}, {self._accounts.names[places[0]]}"
        if all(contact_id is None for _, contact_id in met):
            self.outcome.add(row.line, name)
        else:
            self.outcome.change(row.line, name, fields)

    def _first(self, contact_id: int | None, line: int) -> None:
        """Refuse a second line about the same person: which of the two is right is not ours to say."""
        if contact_id is not None and self._spoken.get(contact_id, line) != line:
            raise Refusal(f"is the same person as line {self._spoken[contact_id]}, as far as can be told: keep one")

    def _add(self, row: ContactRow, account_id: int) -> list[FieldChange]:
        values = {column: value for column, value in self._columns(row).items() if value is not None}
        contact_id = self._writing.add("contact", account_id=account_id, **values)
        self._spoken[contact_id] = row.line
        self._people.put(account_id, {**values, "id": contact_id})
        return [FieldChange("at", "", self._accounts.names[account_id])]

    def _change(self, row: ContactRow, account_id: int, contact_id: int) -> list[FieldChange]:
        self._spoken[contact_id] = row.line
        contact = self._writing.find("contact", id=contact_id)[0]
        said = self._columns(row)
        if contact["source_id"] is not None:  # found by this id, or known by that of another system
            said["source"] = said["source_id"] = None
        if contact["status"] == "left":
            said["status"] = said["left_on"] = None
        said["notes"] = joined(contact["notes"], said["notes"])
        differing = {column: value for column, value in said.items() if _differs(column, contact, value)}
        if differing:
            self._writing.change("contact", contact_id, **differing)
            self._people.put(account_id, {**contact, **differing})
        return [
            FieldChange(
                "id" if column == "source_id" else column.replace("_", " "), _words(contact[column]), str(value)
            )
            for column, value in differing.items()
            if column != "source"
        ]

    def _columns(self, row: ContactRow) -> Row:
        """What a line says, as the columns of a contact."""
        source, key = id_key(row.source, row.source_id) if row.source_id is not None else (None, None)
        left_on = (row.left_on or self._writing.today).isoformat() if row.left else None
        return {
            "name": row.name,
            "email": row.email,
            "title": row.title,
            "phone": row.phone,
            "role": None if row.role is None else row.role.value,
            "notes": row.notes,
            "status": "left" if row.left else None,
            "left_on": left_on,
            "source": source,
            "source_id": key,
        }


def _differs(column: str, contact: Row, value: Value) -> bool:
    old = contact[column]
    if value is None or value == old:
        return False
    return column != "email" or old is None or str(value).casefold() != str(old).casefold()


def _words(value: Value) -> str:
    return "" if value is None else str(value)
