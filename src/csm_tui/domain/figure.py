"""A value that carries the sentences which explain it, so that `why` can be asked of anything on a screen."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Figure(NamedTuple, Generic[Value]):
    """A value and why it is what it is."""

    value: Value
    why: tuple[str, ...]
