"""What was on the screen may be gone, changed, or out of the book, by the time it is worked: a sentence says so."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.days import day_month
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm_tui.store.verbs import Row, Value, Writing


def still_there(writing: Writing, table: str, row_id: int, name: str) -> Row:
    """The row as it stands now. Raises Refusal, naming it, when it is gone."""
    found = writing.find(table, id=row_id)
    if not found:
        raise Refusal(f"{name} is gone by now: nothing was changed. Look again.")
    return found[0]


def as_seen(row: Row, seen: Row | None, values: Row) -> None:
    """Refuse to set anew what somebody else has changed since it was seen, unless to the same; None: nobody looked."""
    if seen is None:
        return
    others = [name for name in values if name in seen and row[name] not in (seen[name], values[name])]
    if others:
        raise Refusal(
            f"Changed elsewhere in the meantime: {', '.join(map(_called, others))}. Nothing was written: "
            "edit it again to see both, and save to put yours in its place."
        )


def stands_as_seen(stands_on: Value, seen_on: date | None, to: date, what: str) -> None:
    """Refuse to move what stands on that day already, or what somebody else has moved since it was seen; None: nobody
    looked.
    """
    if stands_on == to.isoformat():
        raise Refusal(f"“{what}” stands on {day_month(to)} already: nothing was changed.")
    if seen_on is None or stands_on == seen_on.isoformat():
        return
    stands = (
        "has no day any more" if stands_on is None else f"stands on {day_month(date.fromisoformat(str(stands_on)))}"
    )
    raise Refusal(
        f"“{what}” was moved elsewhere in the meantime: it {stands}. Nothing was written: "
        "move it again to put your day in its place."
    )


def not_booked(days: Sequence[date], what: str) -> None:
    """Refuse to book what was shown as not booked, and is by now for these days."""
    if days:
        raise Refusal(
            f"“{what}” was booked elsewhere in the meantime, for {day_month(min(days))}. "
            "Nothing was written: move that booking instead."
        )


def _called(column: str) -> str:
    return column.removesuffix("_on").removesuffix("_cents").replace("_", " ")


def takes_part(writing: Writing, account: Row) -> bool:
    """Whether an account is in the book today: not archived, not churned yet; see `AccountFacts.is_active`."""
    churned = account["churned_on"]
    return account["archived_on"] is None and (churned is None or str(churned) > writing.today.isoformat())
