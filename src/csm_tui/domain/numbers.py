"""Whole numbers as people type them."""

from __future__ import annotations

MOST_DIGITS = 18


def whole(text: str) -> int | None:
    """A whole number of 0 or more, `1200` or `1,200`; None for anything else, such as `1,5`."""
    first, *groups = text.strip().split(",")
    digits = "".join((first, *groups))
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        return None
    if groups and (not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups)):
        return None
    return int(digits)
