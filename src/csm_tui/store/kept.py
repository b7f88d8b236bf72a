"""The last door before the file: text that it cannot keep is refused, whichever way it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.safe import accepted

if TYPE_CHECKING:
    from csm_tui.store.verbs import Value


def kept(values: dict[str, Value]) -> dict[str, Value]:
    """The values themselves. Raises Refusal for text with NUL or half of a surrogate pair."""
    for name, value in values.items():
        if isinstance(value, str):
            accepted(value, name.replace("_", " "))
    return values
