"""A whole number is read as it was meant, or not at all."""

from __future__ import annotations

import pytest

from csm_tui.domain.numbers import whole


@pytest.mark.parametrize(
    ("text", "number"),
    [("120", 120), (" 0 ", 0), ("1,200", 1200), ("12,345,678", 12345678), ("007", 7), ("9" * 18, 10**18 - 1)],
)
def test_digits_alone_or_in_groups_of_three(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    "text", ["", "1,5", "1,50", "1,2000", ",500", "1,,000", "1234,567", "1.5", "-3", "+3", "²", "٣", "9" * 19, "1 200"]
)
def test_anything_else_is_none(text: str) -> None:
    assert whole(text) is None
