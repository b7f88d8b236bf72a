"""Typed letters find what begins with them before what merely holds them, and many names are made ready once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from csm_tui.domain.naming import folded
from csm_tui.tui.widgets import choices
from csm_tui.tui.widgets.choices import Choice, Choices

NAMES = ("Arbor Northgate", "Northwind", "Minor Works", "Blue-North", "Zeta")


def texts(found: tuple[list[Choice], int]) -> list[str]:
    """The texts of what was found."""
    return [choice.text for choice in found[0]]


def test_the_start_of_a_text_comes_before_the_start_of_a_word_and_that_before_its_middle() -> None:
    choices = Choices(Choice(name, name) for name in NAMES)
    assert texts(choices.best("NOR", 9)) == ["Northwind", "Arbor Northgate", "Blue-North", "Minor Works"]


def test_what_was_taken_lately_comes_first_among_equals_only() -> None:
    choices = Choices((Choice(name, name) for name in NAMES), recent=["Minor Works", "Blue-North"])
    assert texts(choices.best("nor", 9)) == ["Northwind", "Blue-North", "Arbor Northgate", "Minor Works"]


def test_every_word_must_be_there_in_any_order_and_the_note_and_other_words_count() -> None:
    choices = Choices([Choice("a", "Undo the newest change", "u", "back"), Choice("b", "Redo", "U")])
    assert texts(choices.best("change undo", 9)) == ["Undo the newest change"]
    assert texts(choices.best("back", 9)) == ["Undo the newest change"]
    assert texts(choices.best("change redo", 9)) == []


def test_only_so_many_are_handed_out_and_all_are_counted() -> None:
    choices = Choices(Choice(str(number), f"name {number}") for number in range(50))
    for typed in ("", "name"):
        found, total = choices.best(typed, 10)
        assert [choice.value for choice in found] == [str(number) for number in range(10)]
        assert total == 50


@given(some.lists(some.text(max_size=12), max_size=30), some.text(max_size=6))
def test_nothing_is_found_that_does_not_hold_the_words_and_nothing_that_does_is_missing(
    names: list[str], typed: str
) -> None:
    choices = Choices(Choice(str(place), name) for place, name in enumerate(names))
    found = {choice.value for choice in choices.best(typed, 99)[0]}
    words = folded(typed).split()
    assert found == {str(place) for place, name in enumerate(names) if all(word in folded(name) for word in words)}


def test_a_letter_over_ten_thousand_names_makes_none_of_them_ready_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is what takes long; how long all of it takes, the bench tells."""
    made, ready = Choices(Choice(str(number), f"{NAMES[number % 5]} {number}") for number in range(10_000)), list[str]()

    def counted(text: str) -> str:
        ready.append(text)
        return folded(text)

    monkeypatch.setattr(choices, "folded", counted)
    letters = ["n", "no", "g", "1", "north 12"]
    assert all(made.best(typed, 200)[1] for typed in letters)
    assert ready == letters
