"""A text broken into lines: all of it, or its first lines, of which the last then ends in a mark."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from csm_tui.tui.widgets import cells
from csm_tui.tui.widgets.cells import wrap

TEXTS = st.text(st.sampled_from("ab 漢é👩"), max_size=80)


@given(TEXTS, st.integers(2, 14), st.integers(1, 4))
@example("  ab  cd", 2, 1)
@example("漢" * 40, 6, 2)
def test_its_first_lines_are_those_of_the_whole_and_what_is_cut_ends_in_a_mark(
    text: str, width: int, most: int
) -> None:
    whole, first = wrap(text, width), wrap(text, width, most)
    assert len(first) == min(most, len(whole))
    assert first[: most - 1] == whole[: most - 1]
    if len(whole) > most:
        assert first[-1].endswith("…")
        assert cell_len(first[-1]) <= width
    else:
        assert first == whole


def test_of_a_very_long_word_no_more_lines_are_broken_than_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[int] = []
    sized = cells._sized

    def counted(text: str, size: int) -> str:
        cut.append(size)
        return sized(text, size)

    monkeypatch.setattr(cells, "_sized", counted)
    assert wrap("x" * 10_000, 10, 2) == ["x" * 10, "x" * 9 + "…"]
    assert len(cut) < 5


@pytest.mark.parametrize("width", [1, 0, -5])
def test_where_there_is_no_room_a_word_is_broken_into_letters(width: int) -> None:
    assert wrap("ab c", width) == ["a", "b", "c"]
