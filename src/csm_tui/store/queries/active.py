"""Which accounts a statement is about: the active ones, by the one condition for that, or some by their ids."""

from __future__ import annotations

from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ACTIVE = "(archived_on IS NULL AND (churned_on IS NULL OR churned_on > :today))"
"""Of a row of `account`; `:today` is bound by whoever asks. In words: `AccountFacts.is_active`."""


def listed(ids: Iterable[int]) -> str:
    """Ids as they stand between the brackets of `IN ()`; they are whole numbers, and nothing else gets there."""
    return ",".join(str(int(one)) for one in ids)
