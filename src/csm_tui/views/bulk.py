"""What a change to many accounts would do, and what is most pressing at each of them."""

from __future__ import annotations

from collections import Counter

from csm_tui.domain.naming import folded
from csm_tui.store.queries import about as queries
from csm_tui.typed import TYPE_CHECKING, NamedTuple
from csm_tui.views.today import pressing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm_tui.domain.due import Item
    from csm_tui.store.connection import Reading

NOBODY = "none"


class Preview(NamedTuple):
    """A change in one sentence, and how many accounts it would change."""

    sentence: str
    changes: int


def value_preview(reading: Reading, ids: Sequence[int], column: str, value: str | None) -> Preview:
    """A new tier or owner: `9 of 12 accounts: tier high-touch → low-touch; 3 already are.`"""
    held = queries.values_of(reading, column, ids)
    olds = Counter(old or NOBODY for old in held if old != value)
    changes = sum(olds.values())
    told = ", ".join(f"{old} ({count:,})" if len(olds) > 1 else old for old, count in olds.most_common())
    return _said(len(held), changes, f"{column} {told} → {value or NOBODY}", ("already is", "already are"))


def tag_preview(reading: Reading, ids: Sequence[int], tag: str, *, give: bool) -> Preview:
    """A tag given or taken away: `9 of 12 accounts: tag emea is added; 3 have it already.`"""
    having = {account_id for account_id, known in queries.tags(reading) if folded(known) == folded(tag)}
    have = sum(account_id in having for account_id in ids)
    changes = len(ids) - have if give else have
    rest = ("has it already", "have it already") if give else ("does not have it", "do not have it")
    return _said(len(ids), changes, f"tag {tag} is {'added' if give else 'removed'}", rest)


def _said(total: int, changes: int, what: str, others: tuple[str, str]) -> Preview:
    """The change, and of how many accounts the others hold: said of one, or of several."""
    rest = f"{total - changes:,} {others[total - changes != 1]}"
    if not changes:
        return Preview(f"Nothing to change: of {total:,} {'account' if total == 1 else 'accounts'} {rest}.", 0)
    count = f"{changes:,} of {total:,}" if changes < total else f"{total:,}"
    noun = "account" if total == 1 else "accounts"
    return Preview(f"{count} {noun}: {what}" + (f"; {rest}." if changes < total else "."), changes)


def tags_there(reading: Reading, ids: Sequence[int]) -> list[tuple[str, int]]:
    """The tags that these accounts have, and how many of them have each."""
    chosen = set(ids)
    return sorted(Counter(tag for account_id, tag in queries.tags(reading) if account_id in chosen).items())


def most_pressing(reading: Reading, ids: Sequence[int]) -> list[Item]:
    """What is most pressing at each of these accounts, for those where anything is due."""
    return pressing(reading, set(ids))
