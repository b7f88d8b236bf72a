"""Between the verbs and SQL: text that the file cannot keep is refused, conditions are such as indexes serve."""

from __future__ import annotations

from csm_tui.safe import accepted
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.verbs import Value


def kept(values: dict[str, Value]) -> dict[str, Value]:
    """The values themselves. Raises Refusal for text with NUL or half of a surrogate pair."""
    for name, value in values.items():
        if isinstance(value, str) and not value.isprintable():
            accepted(value, name.replace("_", " "))
    return values


def conditions(equals: dict[str, Value]) -> tuple[str, tuple[Value, ...]]:
    """Columns that equal values, as SQL and what it is given.

    `=` where there is a value: `IS ?` could be NULL, which no partial index serves.
    """
    where = " AND ".join(f"{name} IS NULL" if value is None else f"{name} = ?" for name, value in equals.items())
    return where or "1", tuple(value for value in equals.values() if value is not None)
