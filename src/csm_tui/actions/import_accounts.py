"""Takes accounts from a file into the book: adds the new, changes what differs, deletes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.actions.import_columns import columns, differs, number, text, told
from csm_tui.domain.accounts import Role, Tier
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import Ambiguous, Directory, Identity, Known, id_key, normal_name
from csm_tui.domain.naming import folded
from csm_tui.domain.touchpoints import Direction, Kind, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from csm_tui.store.verbs import Value, Writing

EARLIER_CONTACT = "last contact before this book"


class AccountRow(NamedTuple):
    """What one line of a file says about an account; None is what it does not say.

    The id is that of `id_source`, which is not always where the file comes from: her own list may hold the
    ids of Salesforce.
    """

    line: int
    name: str
    id_source: str = ""
    external_id: str | None = None
    domain: str | None = None
    owner: str | None = None
    tier: Tier | None = None
    started_on: date | None = None
    renewal_on: date | None = None
    notice_days: int | None = None
    arr_cents: int | None = None
    currency: str | None = None
    seats: int | None = None
    pulse: int | None = None
    last_touch_on: date | None = None
    champion: str | None = None

    @property
    def identity(self) -> Identity:
        """By what this line says who it is."""
        return Identity(self.name, self.domain, self.id_source, self.external_id)


@dataclass(frozen=True, slots=True)
class ImportAccounts:
    """The accounts of one file; `source` as undo and history will say it."""

    source: str
    rows: Sequence[AccountRow]

    @property
    def label(self) -> str:
        """`Import 42 accounts from Salesforce`."""
        count = len(self.rows)
        return f"Import {count:,} account{'' if count == 1 else 's'} from {self.source}"


class FieldChange(NamedTuple):
    """One fact that a line changes, in words: nothing old where there was nothing."""

    field: str
    old: str
    new: str


class ChangedAccount(NamedTuple):
    """An account of the book of which a line knows something else, or more."""

    line: int
    name: str
    fields: tuple[FieldChange, ...]


class NewAccount(NamedTuple):
    """An account that the book did not have."""

    line: int
    name: str


class Remark(NamedTuple):
    """A line, and why it was refused or what was left out of it."""

    line: int
    reason: str


class Imported(NamedTuple):
    """What became of every line, in the order of the lines."""

    new: tuple[NewAccount, ...]
    changed: tuple[ChangedAccount, ...]
    unchanged: int
    refused: tuple[Remark, ...]
    remarks: tuple[Remark, ...]


def import_accounts(writing: Writing, wanted: ImportAccounts) -> Imported:
    """Add and change accounts as the lines say. A second time the same lines change nothing."""
    book = _Book(writing)
    for row in _surest_first(wanted.rows, book.directory):
        book.take(row)
    return book.imported()


def _surest_first(rows: Sequence[AccountRow], directory: Directory) -> list[AccountRow]:
    """The lines by how surely they say who they are, so that no doubtful one decides who a sure one is."""

    def doubt(row: AccountRow) -> int:
        if directory.by_id(row.identity) is not None:
            return 0
        return 1 if row.external_id is not None else 2 if row.domain is not None else 3

    return sorted(rows, key=doubt)


class _Book:
    """The book while the lines go in: who is known by what, who has been spoken for, and the outcome."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._accounts = {number(row["id"]): row for row in writing.find("account")}
        self._ids: dict[int, list[tuple[str, str]]] = {}
        for row in writing.find("external_id"):
            self._ids.setdefault(number(row["account_id"]), []).append((str(row["source"]), str(row["value"])))
        self.directory = Directory(self._known(account_id) for account_id in self._accounts)
        self._spoken: dict[int, int] = {}
        self._lines_by_id: dict[tuple[str, str], int] = {}
        self._new: list[NewAccount] = []
        self._changed: list[ChangedAccount] = []
        self._refused: list[Remark] = []
        self._remarks: list[Remark] = []
        self._unchanged = 0

    def imported(self) -> Imported:
        """What became of every line."""
        return Imported(
            tuple(sorted(self._new)),
            tuple(sorted(self._changed)),
            self._unchanged,
            tuple(sorted(self._refused)),
            tuple(sorted(self._remarks)),
        )

    def take(self, row: AccountRow) -> None:
        """One line: a new account, a change, nothing, or a refusal with its reason."""
        try:
            account_id = self._decided(row)
        except Refusal as refusal:
            self._refused.append(Remark(row.line, str(refusal)))
            return
        if account_id is None:
            self._add(row)
        else:
            self._spoken[account_id] = row.line
            self._change(self._named_as_known(row, account_id), account_id)

    def _named_as_known(self, row: AccountRow, account_id: int) -> AccountRow:
        """Only an id renames an account: a shared domain may be another part of the house."""
        name = str(self._accounts[account_id]["name"])
        if row.external_id is not None or row.name == name:
            return row
        if normal_name(row.name) != normal_name(name):
            reason = f"“{row.name}” has the domain of “{name}” in the book, whose name was kept"
            self._remarks.append(Remark(row.line, reason))
        return row._replace(name=name)

    def _decided(self, row: AccountRow) -> int | None:
        """The account of a line. Raises Refusal when that is open, or another line may have spoken for it."""
        if row.external_id is not None:
            key = id_key(row.id_source, row.external_id)
            if self._lines_by_id.setdefault(key, row.line) != row.line:
                raise _twice(self._lines_by_id[key])
        try:
            account_id = self.directory.decide(row.identity)
        except Ambiguous as ambiguous:
            for known in ambiguous.candidates:
                self._spoken.setdefault(known.account_id, row.line)
            raise
        if account_id in self._spoken:
            raise _twice(self._spoken[account_id])
        return account_id

    def _add(self, row: AccountRow) -> None:
        today = self._writing.today.isoformat()
        values = {column: value for column, value in columns(row).items() if value is not None}
        account_id = self._writing.add("account", **values, added_on=today)
        self._accounts[account_id] = {**values, "id": account_id}
        self._spoken[account_id] = row.line
        self._new.append(NewAccount(row.line, row.name))
        self._add_id(row, account_id)
        self._add_facts(row, account_id, fresh=True)
        self.directory.put(self._known(account_id))

    def _change(self, row: AccountRow, account_id: int) -> None:
        account = self._accounts[account_id]
        differing = {column: value for column, value in columns(row).items() if differs(column, account, value)}
        fields = [FieldChange(*told(column, account, value, row)) for column, value in differing.items()]
        if differing:
            self._writing.change("account", account_id, **differing)
            account.update(differing)
        fields += self._add_id(row, account_id)
        fields += self._add_facts(row, account_id, fresh=False)
        if fields:
            self._changed.append(ChangedAccount(row.line, row.name, tuple(fields)))
            self.directory.put(self._known(account_id))
        else:
            self._unchanged += 1

    def _known(self, account_id: int) -> Known:
        account = self._accounts[account_id]
        ids = tuple(self._ids.get(account_id, ()))
        return Known(account_id, str(account["name"]), text(account.get("domain")), ids)

    def _add_id(self, row: AccountRow, account_id: int) -> list[FieldChange]:
        """The id, unless the account has one of that source: then it was found by it."""
        ids = self._ids.setdefault(account_id, [])
        if row.external_id is None or any(source == row.id_source for source, _ in ids):
            return []
        self._writing.add("external_id", account_id=account_id, source=row.id_source, value=row.external_id)
        ids.append((row.id_source, row.external_id))
        return [FieldChange(f"{row.id_source} id", "", row.external_id)]

    def _add_facts(self, row: AccountRow, account_id: int, *, fresh: bool) -> list[FieldChange]:
        return [
            *self._add_pulse(row, account_id, fresh=fresh),
            *self._add_touchpoint(row, account_id, fresh=fresh),
            *self._add_champion(row, account_id, fresh=fresh),
        ]

    def _add_pulse(self, row: AccountRow, account_id: int, *, fresh: bool) -> list[FieldChange]:
        """A pulse, where it differs from the latest."""
        if row.pulse is None:
            return []
        given = [] if fresh else self._writing.find("pulse", account_id=account_id)
        latest = max(given, key=lambda pulse: (str(pulse["given_on"]), number(pulse["id"])), default=None)
        if latest is not None and latest["value"] == row.pulse:
            return []
        on = max(self._writing.today.isoformat(), str(latest["given_on"]) if latest else "")
        self._writing.add("pulse", account_id=account_id, value=row.pulse, given_on=on, reason="imported")
        return [FieldChange("pulse", str(latest["value"]) if latest else "", str(row.pulse))]

    def _add_touchpoint(self, row: AccountRow, account_id: int, *, fresh: bool) -> list[FieldChange]:
        """A held two-way call, so that the cadence starts right, unless there is one on or after that day."""
        if row.last_touch_on is None:
            return []
        day = row.last_touch_on.isoformat()
        if row.last_touch_on > self._writing.today:
            self._remarks.append(Remark(row.line, f"the last touch on {day} lies ahead: no touchpoint was made of it"))
            return []
        counted: dict[str, Value] = {"state": State.HELD.value, "direction": Direction.TWO_WAY.value}
        held = [] if fresh else self._writing.find("touchpoint", account_id=account_id, **counted)
        latest = max((str(touchpoint["day"]) for touchpoint in held), default="")
        if latest >= day:
            return []
        made: dict[str, Value] = {"day": day, "kind": Kind.CALL.value, "summary": EARLIER_CONTACT, **counted}
        self._writing.add("touchpoint", account_id=account_id, **made)
        return [FieldChange("last touch", latest, day)]

    def _add_champion(self, row: AccountRow, account_id: int, *, fresh: bool) -> list[FieldChange]:
        """A contact with that role, unless the account has a contact of that name."""
        if row.champion is None:
            return []
        contacts = [] if fresh else self._writing.find("contact", account_id=account_id)
        if folded(row.champion) in {folded(str(contact["name"])) for contact in contacts}:
            return []
        self._writing.add("contact", account_id=account_id, name=row.champion, role=Role.CHAMPION.value)
        return [FieldChange("champion", "", row.champion)]


def _twice(line: int) -> Refusal:
    return Refusal(f"is the same account as line {line}, as far as can be told: keep one, or give each an id")
