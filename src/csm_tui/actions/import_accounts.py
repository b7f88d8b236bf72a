"""Takes accounts from a file into the book: adds the new, changes what differs, deletes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from csm_tui.actions.earlier_contact import COUNTED, stand_in
from csm_tui.actions.identities import Identities
from csm_tui.actions.import_columns import columns, differs, number, told
from csm_tui.actions.import_outcome import FieldChange, Outcome, Remark
from csm_tui.actions.plan_anchors import follow
from csm_tui.domain import money
from csm_tui.domain.accounts import Role, Tier
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import Identity, normal_name
from csm_tui.domain.naming import folded
from csm_tui.store.connection import BookFile
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from csm_tui.store.verbs import Row, Writing

__all__ = ["AccountRow", "Doubt", "FieldChange", "ImportAccounts", "Remark", "import_accounts"]

FROM_FILE = "file"
"""The source of a touchpoint where a line names none: what was brought in always has one."""


class Doubt(IntEnum):
    """How surely a line says who it is: by an id, by a domain, by a name alone."""

    ID = 1
    DOMAIN = 2
    NAME = 3


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
    churned: bool = False
    archived: bool = False

    @property
    def doubt(self) -> Doubt:
        """How surely this line says who it is."""
        return Doubt.ID if self.external_id is not None else Doubt.DOMAIN if self.domain is not None else Doubt.NAME

    @property
    def identity(self) -> Identity:
        """By what this line says who it is."""
        return Identity(self.name, self.domain, self.id_source, self.external_id)


@dataclass(frozen=True, slots=True)
class ImportAccounts:
    """The accounts of one file, or why a line is none; `source` as undo and history will say it.

    The rows are gone through more than once. None of them says more surely who it is than `surest`.
    A new account whose line names no currency gets `currency`.
    """

    source: str
    rows: Iterable[AccountRow | Remark]
    surest: Doubt = Doubt.ID
    currency: str = "EUR"

    @property
    def label(self) -> str:
        """`Import accounts from Salesforce`."""
        return f"Import accounts from {self.source}"


def import_accounts(writing: Writing, wanted: ImportAccounts) -> Outcome:
    """Add and change accounts as the lines say. A second time the same lines change nothing."""
    book = _Book(writing, wanted.currency)
    try:
        for row in _surest_first(wanted, book.outcome):
            book.take(row)
    finally:
        book.close()
    return book.outcome


def _surest_first(wanted: ImportAccounts, outcome: Outcome) -> Iterator[AccountRow]:
    """The lines by how surely they say who they are, so that no doubtful one decides who a sure one is.

    The rows are gone through once for each degree of doubt that there is: they may be more than memory holds.
    """
    met: set[Doubt] = set()
    for turn in Doubt:
        first = turn is wanted.surest
        if not first and turn not in met:
            continue
        for row in wanted.rows:
            if isinstance(row, AccountRow):
                doubt = row.doubt
                met.add(doubt)
                if doubt is turn:
                    yield row
            elif first:
                outcome.refuse(*row)


class _Book:
    """The book while the lines go in: who is known by what, and what became of each line."""

    def __init__(self, writing: Writing, currency: str) -> None:
        self._writing = writing
        self._currency = currency
        self._today = writing.today.isoformat()
        self._identities = Identities(writing)
        self.outcome = Outcome()

    def close(self) -> None:
        """Forget what was only needed while the lines went in."""
        self._identities.close()

    def take(self, row: AccountRow) -> None:
        """One line: a new account, a change, nothing, or a refusal with its reason."""
        identity = row.identity
        try:
            if row.churned or row.archived:
                self._refuse_who_is_gone(row, identity)
            account_id = self._identities.meant(identity, row.line)
            self._refuse_the_one_merged(row, account_id)
        except BookFile:
            raise
        except Refusal as refusal:
            self.outcome.refuse(row.line, str(refusal))
            return
        if account_id is None:
            self._add(row, identity)
        else:
            self._change(row, account_id)

    def _refuse_who_is_gone(self, row: AccountRow, identity: Identity) -> None:
        """Refuse a line about somebody who left, unless the book knows it: it says nothing of who is a customer."""
        account_id = self._identities.found(identity, row.line)
        gone = "churned" if row.churned else "archived"
        if account_id is None:
            raise Refusal(f"is {gone} there and not in the book: who is {gone} is not brought in")
        (account,) = self._writing.find("account", id=account_id)
        if account["churned_on"] is None and account["archived_on"] is None:
            verb = "churn" if row.churned else "archive"
            raise Refusal(f"is {gone} there and not in the book: nothing of it was taken; `csm account {verb}` says so")

    def _refuse_the_one_merged(self, row: AccountRow, account_id: int | None) -> None:
        """Of two customers of a source that are one in the book, the line that bears its name is right."""
        if account_id is None or row.external_id is None:
            return
        if len(self._writing.find("external_id", account_id=account_id, source=row.id_source)) < 2:
            return
        (account,) = self._writing.find("account", id=account_id)
        if row.name != account["name"]:
            self._identities.silence(account_id)
            raise Refusal(f"was merged into “{account['name']}”: only a line of that name changes it")

    def _add(self, row: AccountRow, identity: Identity) -> None:
        values = {column: value for column, value in columns(row).items() if value is not None}
        values.setdefault("currency", self._currency)
        account_id = self._writing.add("account", **values, added_on=self._today)
        self._identities.add(account_id, identity, row.line)
        self._add_id(row, account_id, fresh=True)
        if row.pulse is not None or row.last_touch_on is not None or row.champion is not None:
            self._add_facts(row, account_id, fresh=True)
        self.outcome.add(row.line, row.name)

    def _change(self, row: AccountRow, account_id: int) -> None:
        (account,) = self._writing.find("account", id=account_id)
        row = self._paid_as_known(self._named_as_known(row, str(account["name"])), account)
        differing = {column: value for column, value in columns(row).items() if differs(column, account, value)}
        fields = [FieldChange(*told(column, account, value, row)) for column, value in differing.items()]
        if differing:
            self._writing.change("account", account_id, **differing)
            follow(self._writing, account_id, account, differing)
        fields += self._add_id(row, account_id)
        fields += self._add_facts(row, account_id, fresh=False)
        if fields:
            self._identities.change(account_id, account, row.identity, row.line)
            if account["archived_on"] is not None:
                self._remark(row, f"“{row.name}” is archived in the book, and stays so: csm account archive --back")
        self.outcome.change(row.line, row.name, fields)

    def _named_as_known(self, row: AccountRow, name: str) -> AccountRow:
        """Only an id renames an account: a shared domain may be another part of the house."""
        if row.external_id is not None or row.name == name:
            return row
        if normal_name(row.name) != normal_name(name):
            self._remark(row, f"“{row.name}” has the domain of “{name}” in the book, whose name was kept")
        return row._replace(name=name)

    def _paid_as_known(self, row: AccountRow, account: Row) -> AccountRow:
        """Only an amount brings its currency: another one would make a sum that is known into another sum."""
        known = account["arr_cents"]
        if row.arr_cents is not None or known is None or row.currency in {None, account["currency"]}:
            return row
        paid = money.written(number(known), str(account["currency"]))
        self._remark(row, f"“{row.name}” is in {row.currency} there without an amount, so its {paid} was kept")
        return row._replace(currency=None)

    def _remark(self, row: AccountRow, reason: str) -> None:
        self.outcome.remark(row.line, reason)

    def _add_id(self, row: AccountRow, account_id: int, *, fresh: bool = False) -> list[FieldChange]:
        """The id, unless the account has one of that source: then it was found by it."""
        if row.external_id is None:
            return []
        if not fresh and self._writing.find("external_id", account_id=account_id, source=row.id_source):
            return []
        self._writing.add("external_id", account_id=account_id, source=row.id_source, value=row.external_id)
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
            self._remark(row, f"the last touch on {day} lies ahead: no touchpoint was made of it")
            return []
        held = [] if fresh else self._writing.find("touchpoint", account_id=account_id, **COUNTED)
        latest = max((str(touchpoint["day"]) for touchpoint in held), default="")
        if latest >= day:
            return []
        stand_in(self._writing, account_id, row.last_touch_on, row.id_source or FROM_FILE)
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
