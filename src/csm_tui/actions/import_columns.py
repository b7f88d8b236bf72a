"""A line of a file as the columns of an account: what it says, where it differs, and how that is told."""

from __future__ import annotations

from csm_tui.domain import money
from csm_tui.domain.identity import normal_domain
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.actions.import_accounts import AccountRow
    from csm_tui.store.verbs import Row, Value


def columns(row: AccountRow) -> dict[str, Value]:
    """What a line says, as the columns of an account."""
    return {
        "name": row.name,
        "tier": None if row.tier is None else row.tier.value,
        "domain": row.domain,
        "owner": row.owner,
        "started_on": None if row.started_on is None else row.started_on.isoformat(),
        "renewal_on": None if row.renewal_on is None else row.renewal_on.isoformat(),
        "notice_days": row.notice_days,
        "arr_cents": row.arr_cents,
        "currency": row.currency,
        "seats": row.seats,
    }


def differs(column: str, account: Row, value: Value) -> bool:
    """Whether a line says something else than the book; what it does not say never does."""
    if value is None or value == account.get(column):
        return False
    return column != "domain" or value != normal_domain(text(account.get("domain")) or "")


_WORDS = {"started_on": "start", "renewal_on": "renewal", "notice_days": "notice days", "arr_cents": "ARR"}


def told(column: str, account: Row, value: Value, row: AccountRow) -> tuple[str, str, str]:
    """A change of a column as the preview says it: the field, the old, the new."""
    old = account.get(column)
    field = _WORDS.get(column, column)
    if column != "arr_cents":
        return (field, "" if old is None else str(old), str(value))
    before = str(account.get("currency") or "EUR")
    amount = "" if old is None else money.written(number(old), before)
    return (field, amount, money.written(number(value), row.currency or before))


def number(value: Value) -> int:
    """A whole number of the file; 0 for none."""
    return int(value or 0)


def text(value: Value) -> str | None:
    """A text of the file, if there is one."""
    return None if value is None else str(value)


def joined(known: Value, said: Value) -> Value:
    """The notes of the book with those of a line, unless they are in there: nobody's words are lost."""
    if said is None or not known:
        return said
    return None if str(said) in str(known) else f"{known}\n\n{said}"
