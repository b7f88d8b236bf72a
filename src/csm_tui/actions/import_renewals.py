"""Takes open renewals from a list of deals into the book: the day of the new term, and the ARR where it is sure."""

from __future__ import annotations

from dataclasses import dataclass

from csm_tui.actions.import_accounts import FieldChange, Remark
from csm_tui.actions.import_columns import number
from csm_tui.actions.import_outcome import Outcome
from csm_tui.actions.plan_anchors import follow
from csm_tui.actions.whose import Accounts, Whose
from csm_tui.domain import money
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from csm_tui.store.verbs import Row, Value, Writing

MONTHS_A_YEAR = 12


class RenewalRow(NamedTuple):
    """What one line of a file says about an open renewal; `amount_cents` is for the whole term of `term_months`."""

    line: int
    whose: Whose
    name: str
    closes_on: date
    amount_cents: int | None = None
    currency: str | None = None
    term_months: int | None = None


@dataclass(frozen=True, slots=True)
class ImportRenewals:
    """The open renewals of one file, or why a line is none; `source` as undo and history will say it."""

    source: str
    rows: Iterable[RenewalRow | Remark]

    @property
    def label(self) -> str:
        """`Import renewals from Salesforce`."""
        return f"Import renewals from {self.source}"


def import_renewals(writing: Writing, wanted: ImportRenewals) -> Outcome:
    """Set the renewal of each account to the first open one that lies ahead. A second time nothing changes."""
    book = _Book(writing)
    for row in wanted.rows:
        if isinstance(row, Remark):
            book.refused.append(row)
        else:
            book.place(row)
    return book.taken()


class _Book:
    """The book while the lines go in: every account gets one renewal."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._accounts = Accounts(writing)
        self._rows: dict[int, list[RenewalRow]] = {}
        self.refused: list[Remark] = []

    def place(self, row: RenewalRow) -> None:
        """A line to its account, or a refusal."""
        try:
            account_id, *others = self._accounts.of(row.whose)
            if others:
                raise Refusal("belongs to more than one account: leave the one that renews")
        except Refusal as refusal:
            self.refused.append(Remark(row.line, str(refusal)))
        else:
            self._rows.setdefault(account_id, []).append(row)

    def taken(self) -> Outcome:
        """The renewal of every account set; what became of every line."""
        outcome, without_term = Outcome(), 0
        told: list[tuple[RenewalRow, list[FieldChange]]] = []
        for account_id, rows in self._rows.items():
            try:
                chosen = self._chosen(rows)
                account = self._writing.find("account", id=account_id)[0]
                self._not_passed(chosen, account)
                term = chosen.term_months or number(account["term_months"]) or None
                without_term += chosen.amount_cents is not None and term is None
                told.append((chosen, self._change(chosen, account, term)))
            except Refusal as refusal:
                self.refused.append(Remark(rows[0].line, str(refusal)))
        for row, fields in sorted(told, key=lambda one: one[0].line):
            outcome.change(row.line, row.name, fields)
        for remark in sorted(self.refused):
            outcome.refuse(*remark)
        if without_term:
            outcome.remarks.append(_without_term(without_term))
        return outcome

    def _chosen(self, rows: list[RenewalRow]) -> RenewalRow:
        """The first that lies ahead, else the latest; the others of the account are refused."""
        today = self._writing.today
        ahead = sorted((row for row in rows if row.closes_on >= today), key=lambda row: (row.closes_on, row.line))
        chosen = ahead[0] if ahead else max(rows, key=lambda row: (row.closes_on, -row.line))
        for row in rows:
            if row is not chosen:
                reason = f"is another open renewal of the account than line {chosen.line}, whose day was taken"
                self.refused.append(Remark(row.line, reason))
        rows[:] = [chosen]
        return chosen

    def _not_passed(self, row: RenewalRow, account: Row) -> None:
        """Refuse a renewal left open in the past where the book has a later one."""
        known = account["renewal_on"]
        if row.closes_on < self._writing.today and known is not None and str(known) > row.closes_on.isoformat():
            raise Refusal(f"closes on {row.closes_on.isoformat()}, before the renewal on {known} that the book has")

    def _change(self, row: RenewalRow, account: Row, term: int | None) -> list[FieldChange]:
        said: dict[str, Value] = {"renewal_on": row.closes_on.isoformat(), "term_months": row.term_months}
        if row.amount_cents is not None and term is not None:
            said["arr_cents"] = (row.amount_cents * MONTHS_A_YEAR * 2 + term) // (term * 2)
            said["currency"] = row.currency
        differing: Row = {name: value for name, value in said.items() if value not in {None, account[name]}}
        if differing:
            self._writing.change("account", number(account["id"]), **differing)
            follow(self._writing, number(account["id"]), account, differing)
        currency = str(row.currency or account["currency"])
        words = {"renewal_on": "renewal", "term_months": "term months", "arr_cents": "ARR"}
        return [
            FieldChange(words.get(name, name), _told(name, account[name], str(account["currency"])),
                        _told(name, value, currency))
            for name, value in differing.items()
        ]  # fmt: skip


def _told(name: str, value: Value, currency: str) -> str:
    if value is None:
        return ""
    return money.written(number(value), currency) if name == "arr_cents" else str(value)


def _without_term(count: int) -> str:
    return (
        f"The amount of {count:,} renewal{'s' if count != 1 else ''} was not taken as ARR: it is "
        "for a term, and neither the file nor the account says how many months."
    )
