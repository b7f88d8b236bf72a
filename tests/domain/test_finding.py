"""Words are found whole or begun, in any letters; what is written without blanks is found anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.errors import Refusal
from csm_tui.domain.finding import EXCERPT, Piece, answers, excerpt, plain, search


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("price", "Asked about the PRICE."), ("pri", "Asked about the price"), ("price renew", "renewal: price"),
        ("jose", "José came"), ("JOSÉ", "jose came"), ("jose", "Jose\u0301 came"), ("josé", "Jose\u0301 came"),
        ('"new vp"', "a New VP asks"), ('"new vp', "the vp is new"), ("o'brien", "O'Brien left"),
        ("o'brien", "o brien"),
        ("v2.1", "on v2.1 since May"), ("C++", "they use c"), ("50%", "down 50 percent"), ("会议", "今天的会议很好"),
        ("会议 budget", "Budget: 今天的会议"), ("ประชุม", "วันนี้ประชุมดี"), ("회의", "오늘회의에서"), ("ка", "Карта"),
        ("straße", "Straße"), ("ＡＢ", "ＡＢＣ"), ("ǖ", "u"), ("NEAR", "near"), ("AND OR NOT", "and or not"),
        ("summary:", "the summary"), ("x*", "xylophone"), ("^start", "at the start"),
    ],
)  # fmt: skip
def test_these_words_are_in_this_text(words: str, text: str) -> None:
    assert answers(search(words), text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("rice", "Asked about the price"), ("price renew", "the price"), ('"new vp"', "the VP is new"),
        ('"vp new"', "a new VP"), ("议会", "今天的会议很好"), ("会 议", "今天的会很好"), ("а", "a"), ("a", "а"),
        ("ss", "ß"),
    ],
)  # fmt: skip
def test_these_words_are_not_in_this_text(words: str, text: str) -> None:
    assert not answers(search(words), text)


def test_the_words_may_stand_in_different_texts_but_a_phrase_may_not() -> None:
    assert answers(search("price renewal"), "price", "renewal")
    assert not answers(search('"price renewal"'), "price", "renewal")


@pytest.mark.parametrize("words", ["", "  ", '"', '""', "--- ...", ":)", "🎉", "“”", "_"])
def test_a_search_without_a_letter_or_digit_is_refused_with_the_remedy(words: str) -> None:
    with pytest.raises(Refusal, match="Give a word"):
        search(words)


def test_an_excerpt_shows_the_text_around_its_first_hit_and_every_hit_apart() -> None:
    text = "Long ago " * 9 + "Jose\u0301 said the price; the Price was high " + "and on " * 30
    pieces = excerpt(search("price jose"), text)
    assert [piece.text for piece in pieces if piece.hit] == ["Jose\u0301", "price", "Price"]
    assert (pieces[0], pieces[-1].text[-1]) == (Piece("…", False), "…")
    assert pieces[1].text.startswith(("Long", "ago"))
    assert excerpt(search("nothing"), text) == ()


@given(st.text(max_size=60), st.text(max_size=12))
def test_an_excerpt_is_part_of_the_text_and_there_is_one_where_the_text_answers(text: str, words: str) -> None:
    try:
        wanted = search(words)
    except Refusal:
        return
    pieces = excerpt(wanted, text)
    told = "".join(piece.text for piece in pieces)
    assert told.removeprefix("…").removesuffix("…") in text or told in text
    assert len(told) <= max(EXCERPT, len(words) * 3) + 2
    assert any(piece.hit for piece in pieces) >= answers(wanted, text)


@given(st.text())
def test_a_plain_text_is_never_longer_and_stays_as_it_is(text: str) -> None:
    assert len(plain(text)) <= len(text)
    assert plain(plain(text)) == plain(text)
