"""Which names a typed text holds."""

from __future__ import annotations

import pytest

from csm_tui.domain.naming import names_in

KNOWN = ("Ana", "Smith, Jane", "Smith, Jane, Jr.", "(x, y)")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Smith, Jane, Ana", ["Smith, Jane", "Ana"]),
        ("ana,smith, jane , ", ["ana", "smith, jane"]),
        ("Smith, Jane, Jr., jon", ["Smith, Jane, Jr.", "jon"]),
        ("Smith, Janet", ["Smith", "Janet"]),
        ("(x, y) , [", ["(x, y)", "["]),
        (" , ", []),
    ],
)
def test_a_known_name_with_a_comma_is_one_name(text: str, names: list[str]) -> None:
    assert names_in(text, KNOWN) == names
