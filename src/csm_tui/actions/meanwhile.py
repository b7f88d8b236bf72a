"""What was on the screen may be gone, changed, or out of the book, by the time it is worked: a sentence says so."""

from __future__ import annotations

from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Writing


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


def _called(column: str) -> str:
    return column.removesuffix("_on").removesuffix("_cents").replace("_", " ")


def takes_part(writing: Writing, account: Row) -> bool:
    """Whether an account is in the book today: not archived, not churned yet; see `AccountFacts.is_active`."""
    churned = account["churned_on"]
    return account["archived_on"] is None and (churned is None or str(churned) > writing.today.isoformat())
