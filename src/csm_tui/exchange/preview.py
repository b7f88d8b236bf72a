"""What an import does, or would do: a rehearsal runs the very same action over the book and keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csm_tui.actions.import_accounts import ImportAccounts, Imported, Remark, import_accounts
from csm_tui.store.queries.as_it_stands import found

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.actions.import_accounts import ChangedAccount, NewAccount
    from csm_tui.exchange.accounts_file import Sheet
    from csm_tui.store.connection import Reading
    from csm_tui.store.verbs import Row, Value


class Preview(NamedTuple):
    """What becomes of a file: new and changed accounts, lines refused, headers not used, and remarks."""

    source: str
    title: str
    new: tuple[NewAccount, ...]
    changed: tuple[ChangedAccount, ...]
    unchanged: int
    refused: tuple[Remark, ...]
    unused_headers: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed)


class Rehearsal:
    """The verbs over a book that is only read, or over none: what is written is let go."""

    def __init__(self, reading: Reading | None, today: date) -> None:
        self._reading = reading
        self._today = today
        self._ids = 0

    @property
    def today(self) -> date:
        """The day of the rehearsal."""
        return self._today

    def find(self, table: str, **equals: Value) -> list[Row]:
        """The rows of the book as it stands."""
        return [] if self._reading is None else found(self._reading, table, equals)

    def add(self, table: str, **values: Value) -> int:  # noqa: ARG002
        """An id that no row has."""
        self._ids -= 1
        return self._ids

    def change(self, table: str, row_id: int, **values: Value) -> None:
        """Nothing."""

    def remove(self, table: str, row_id: int) -> None:
        """Nothing."""


def wanted(sheet: Sheet) -> ImportAccounts:
    """The command that takes a sheet into the book."""
    return ImportAccounts(sheet.title, sheet.rows)


def rehearsed(reading: Reading, sheet: Sheet) -> Preview:
    """What importing a sheet into this book would do."""
    return told(sheet, import_accounts(Rehearsal(reading, reading.today), wanted(sheet)))


def rehearsed_without_book(sheet: Sheet, today: date) -> Preview:
    """What importing a sheet would do where there is no book yet."""
    return told(sheet, import_accounts(Rehearsal(None, today), wanted(sheet)))


def told(sheet: Sheet, imported: Imported) -> Preview:
    """What the file and the book say together, by line."""
    return Preview(
        source=sheet.source,
        title=sheet.title,
        new=imported.new,
        changed=imported.changed,
        unchanged=imported.unchanged,
        refused=tuple(sorted((*sheet.refused, *imported.refused))),
        unused_headers=sheet.unused,
        remarks=(*sheet.remarks, *(f"Line {remark.line}: {remark.reason}." for remark in imported.remarks)),
    )


def as_json(preview: Preview) -> dict[str, object]:
    """An import under the names that scripts know."""
    return {
        "source": preview.source,
        "new": len(preview.new),
        "changed": len(preview.changed),
        "unchanged": preview.unchanged,
        "refused": [{"line": remark.line, "reason": remark.reason} for remark in preview.refused],
        "unused_headers": list(preview.unused_headers),
    }
