"""Which names a typed text holds, and whom one means."""

from __future__ import annotations

import pytest

from csm_tui.domain.naming import Person, names_in, person_named

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


@pytest.mark.parametrize(
    ("typed", "name"),
    [("J. Bell", "J. Bell"), ("j.bell", "J. Bell"), ("Jon Bell", "Jon Bell"), ("jon.bell", "Jon Bell"), ("bell", None),
     ("dr lee", "Dr. Lee"), ("Dr. Lee", "Dr. Lee"), ("ana", "Ana St. John"), ("ana.st.john", "Ana St. John")],
)  # fmt: skip
def test_a_whole_name_with_initials_is_that_person(typed: str, name: str | None) -> None:
    known = [
        Person(at, one, True)
        for at, one in enumerate(("Jon Bell", "J. Bell", "Dr. Lee", "Ana St. John", "Dreena Leeds"))
    ]
    found = person_named(known, typed)
    assert (None if found is None else found.name) == name
