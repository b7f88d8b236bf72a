"""Nothing stored can steer a terminal, columns stay straight, and what no file can keep is refused."""

from __future__ import annotations

import re
import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from csm_tui.domain.errors import Refusal
from csm_tui.safe import _DISPUTED, accepted, fitted, shown, steerless, width, wrapped

ANY = st.text(st.characters(exclude_categories=[]))
ODD = st.text(
    st.sampled_from(
        "a \x00\x07\x08\t\n\v\f\r\x1b\x7f\x84\x85\x9b\u00ad\u061c\u200b\u200c\u200d\u200e\u202e\u2028\u2029\u2060\u2066"
        "\u2069\ufeff\ufffe\ud800\udfff\U000e0041e\u0301\u0e33田＃한😀\U0001f468\u200d\U0001f469🏽🇩🇪✈\ufe0fﷺ\u0bcc"
    )
)
TEXTS = st.one_of(ANY, ODD)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDING = "\u200b\u2028\u2029\u2060\u2061\u2062\u2063\u2064\ufeff" + "".join(map(chr, range(0xE0001, 0xE0080)))

NAUGHTY = [
    "\x1b]52;c;aGk=\x1b\\", "\x1b]0;title\x1b\\", "\x1b]8;;http://x\x1b\\", "\x1b[2J", "\x1b[c", "\x1bP$q\x1b\\",
    "\x1b_apc\x1b\\",
    "\x9b31m", "\x07", "\x08" * 80, "abc\rxyz", "\x1b[201~", "\u202egnp.exe", "\u2066x", "a\u200bb", "\ufeffx",
    "\U000e0041",
    "\ud800", "\x00", "\ufffe", "a\u0301" * 50, "\ufdfd", "\u0301", "\u2028", "\x85",
]  # fmt: skip


def steers(character: str) -> bool:
    """Control characters of both sets, half pairs, line ends, what turns the direction, and what hides."""
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in BIDI + HIDING


@settings(max_examples=1000)
@given(TEXTS)
def test_no_character_that_could_steer_a_terminal_is_left(text: str) -> None:
    assert not any(steers(character) for character in shown(text))
    assert not any(steers(character) for character in steerless(text))


def test_every_single_character_there_is_is_harmless_or_replaced() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    steering = [character for character in every if steers(character)]
    assert len(steering) > 2000
    for character in steering:
        assert not any(map(steers, shown(character) + steerless(character))), hex(ord(character))
    assert not any(map(steers, steerless("".join(every))))


@pytest.mark.parametrize("text", NAUGHTY)
def test_the_naughty_ones(text: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown(text))
    assert shown(text).isprintable() or "\ufffe" in text


@given(TEXTS)
def test_harmless_text_stays_letter_for_letter(text: str) -> None:
    if (
        not any(map(steers, text))
        and _DISPUTED.isdisjoint(text)
        and not any(map(text.__contains__, "\u200d\ufffe\uffff"))
    ):
        assert shown(text) == text
        assert steerless(text) == text


@given(TEXTS)
def test_to_make_it_harmless_twice_changes_nothing_more(text: str) -> None:
    assert shown(shown(text)) == shown(text)
    assert steerless(shown(text)) == shown(text)


@given(TEXTS)
def test_the_last_gate_keeps_every_cell_in_its_place(text: str) -> None:
    assert len(steerless(text)) == len(text)


def test_white_space_that_moves_the_cursor_is_one_blank_and_the_rest_is_seen() -> None:
    assert shown("a\t\r\n\u2028b") == "a b"
    assert shown("a\x1b[31mb") == "a\ufffd[31mb"
    assert steerless("a\tb") == "a\ufffdb"


@pytest.mark.parametrize("text", ["می\u200cخواهم", "naïve", "田中", "✈", "e\u0301", "x\u00a0y"])
def test_what_joins_letters_is_kept(text: str) -> None:
    assert shown(text) == text
    assert steerless(text) == text


@pytest.mark.parametrize(
    ("text", "apart", "first"),
    [("👨\u200d👩\u200d👧!", "👨👩👧!", "👨!"), ("✈\ufe0f!", "✈!", "✈ !"), ("👍🏽!", "👍!", "👍!"),
     ("🇩🇪!", "DE!", "DE!"), ("1\ufe0f\u20e3!", "1\u20e3!", "1 \u20e3!"), ("\u3164!", "\ufffd!", "!")],
)  # fmt: skip
def test_what_terminals_make_unequally_wide_is_shown_in_signs_that_they_do_not(
    text: str, apart: str, first: str
) -> None:
    assert shown(text) == apart
    assert steerless(text, cell_len) == first
    assert cell_len(first) == cell_len(text)
    assert width(apart) == cell_len(apart)


@settings(max_examples=1000)
@given(TEXTS, st.integers(1, 40))
@example("田", 1)
@example("田田", 3)
@example("a\u0301b", 1)
def test_fitted_is_exactly_so_many_cells(text: str, cells: int) -> None:
    assert width(fitted(text, cells)) == cells
    assert not any(map(steers, fitted(text, cells)))


@given(TEXTS)
@example("abc")
def test_fitted_to_no_cells_at_all_is_nothing(text: str) -> None:
    assert width(fitted(text, 0)) == 0


@given(TEXTS, st.integers(1, 40))
def test_what_fits_is_kept_and_what_is_cut_ends_in_a_mark(text: str, cells: int) -> None:
    harmless, got = shown(text), fitted(text, cells)
    if width(harmless) <= cells:
        assert got == harmless + " " * (cells - width(harmless))
    else:
        assert got.rstrip(" ").endswith("…")
        assert harmless.startswith(got.rstrip(" ")[:-1])


@given(TEXTS, st.integers(2, 12))
@example("漢漢漢 abc  de fghijk 漢a", 5)
@example("abcde fg hi", 5)
def test_wrapped_keeps_every_letter_in_lines_that_are_not_too_wide(text: str, cells: int) -> None:
    lines = wrapped(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join(lines).replace(" ", "") == shown(text).replace(" ", "")
    for line, after in pairwise(lines):
        assert width(line) + 1 + width(after.split(" ")[0]) > cells, "a word that had room stands on a line of its own"


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("田中", 4), ("한국", 4), ("ﾃﾞ", 2), ("Ａ", 2), ("😀", 2),
    ("नमस्ते", 4),
     ("\u0301", 0), ("สวัสดี", 4), ("Zoë", 3), ("Łódź", 4), ("مرحبا", 5), ("—…“”", 4), ("\u200d", 0)],
)  # fmt: skip
def test_width_is_that_of_a_terminal(text: str, cells: int) -> None:
    assert width(text) == cells


@given(TEXTS)
def test_what_no_file_can_keep_is_refused_and_all_else_is_itself(text: str) -> None:
    if any(character == "\x00" or unicodedata.category(character) == "Cs" for character in text):
        with pytest.raises(Refusal, match=r"^The notes holds? a character that cannot be kept .*: take it out\.$"):
            accepted(text, "notes")
    else:
        assert accepted(text, "notes") is text
