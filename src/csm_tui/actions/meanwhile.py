"""What was on the screen may be gone by the time it is worked: another process is told of in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Writing


def still_there(writing: Writing, table: str, row_id: int, name: str) -> Row:
    """The row as it stands now. Raises Refusal, naming it, when it is gone."""
    found = writing.find(table, id=row_id)
    if not found:
        raise Refusal(f"{name} is gone meanwhile: nothing was changed. Look again.")
    return found[0]
