"""What holds for every log line, whatever is typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csm_tui.domain.logline import parse
from csm_tui.domain.logline_format import format
from csm_tui.domain.logline_tokens import tokens
from csm_tui.domain.touchpoints import State
from tests.conftest import TODAY, rounds
from tests.domain.loglines import nobody, unmarked

ROLES = {"when", "kind", "minutes", "contact", "mood", "pulse", "signal", "promise", "day", "impossible"}

SOUP = r"""
call call> email< email<> note CHAT mon sat sun monday today yesterday -3d 14.11 12.6 14:20 24:00 25m 2h 1h30
fri fri. eow eom tomorrow +3d 28.11 28.11. 45.13 2026-11-28 2026-02-30 31.2.2026 +99999d -99999w 2200-01-01
:) :| :( mood:happy mood:x pulse:2 pulse:9 #usage #nps, #foo sig:nps sig: # :
@ @jon @Jon's @jon, @jon2 @田中 @रवि @jon_b @jon@x.y jon@x.y @"Jon @"Jon Bell" >Bell"x @"" @"a"
> < we: they: WE: >send <reply we:it we:3 we:@jon we:\ we:"a <3 >50 -> >= <> >>x >"x >"a >"" >we:x
" "" "x x" "x" \ \\ \> \fri \"x \\x >\x we:\\x we:\"
hi by on until from no answer voicemail left a message v2 40 60% usage. 資料 مرحبا é 😀 ²
"""

TOKENS = st.sampled_from([*SOUP.split(), "e\u0301", "@e\u0301", "\u200d"])
GAPS = st.sampled_from([" "] * 9 + ["", "\t", "\n", "  ", '"', "\\", "\u3000"])
SOUPS = st.lists(st.tuples(TOKENS, GAPS), max_size=12).map(lambda some: "".join(a + b for a, b in some))
LETTERS = st.text(st.sampled_from("\"\\ ><@#:)(a1.'-w e\t"), max_size=30)
LINES = st.one_of(SOUPS, LETTERS, st.text(max_size=60))
TODAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))


@settings(max_examples=rounds(6000, 20))
@given(LINES, TODAYS)
@example("\\we: \\#usage", TODAY)
@example('we:@jon <"a \\> mon', TODAY)
@example(">send \\28.11 \\> mon", TODAY)
@example('we:\\"a b" "c', TODAY)
@example(">send it \\fri", TODAY)
@example(">send it \\2026-02-30", TODAY)
@example("today tomorrow fri", date(2199, 12, 31))
@example(">send it tomorrow", date(2199, 12, 31))
def test_what_was_read_can_be_written_and_read_again(text: str, today: date) -> None:
    line = parse(text, today)
    written = format(line, today)
    assert unmarked(parse(written, today)) == unmarked(line)
    assert format(parse(written, today), today) == written


@settings(max_examples=rounds(3000, 20))
@given(LINES)
def test_where_no_contact_is_known_all_but_the_report_can_be_read_again(text: str) -> None:
    line = parse(text, TODAY, nobody)
    assert line.contacts == ()
    again = parse(format(line, TODAY), TODAY)
    assert unmarked(again) == unmarked(line)._replace(unknown_contacts=())


@settings(max_examples=rounds(3000, 20))
@given(LINES)
def test_marks_lie_in_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for start, end, role in parse(text, TODAY).marks:
        assert at <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert role in ROLES
        at = end


@settings(max_examples=rounds(3000, 20))
@given(LINES, TODAYS)
def test_the_line_is_sound(text: str, today: date) -> None:
    line = parse(text, today)
    assert (line.state is State.BOOKED) == (line.day > today)
    assert line.words == " ".join(line.words.split())
    assert all(what and what == " ".join(what.split()) for _, what, _ in line.promises)
    assert all(due_on is None or 1900 <= due_on.year <= 2199 for _, _, due_on in line.promises)
    assert len({name.casefold() for name in line.contacts}) == len(line.contacts)
    assert line.is_empty <= (not line.is_touchpoint)


@given(LINES)
def test_tokens_cover_all_but_white_space(text: str) -> None:
    found = tokens(text)
    at = 0
    for token in found:
        assert text[at : token.start].strip() == ""
        assert token.start < token.end
        at = token.end
    assert text[at:].strip() == ""


@given(st.lists(st.sampled_from(["hi", "資料", "so", "well,", "(yes)", "a/b", "60%", "x:", "e-mail", "jon@x.y", "->"])))
def test_plain_words_stay_as_typed(words: list[str]) -> None:
    text = " ".join(["well", *words])
    line = parse(text, TODAY)
    assert line.words == text
    assert line.marks == ()
    assert format(line, TODAY) == text


@pytest.mark.parametrize(
    "bit", ["a ", "@", '"', '" ', "> ", ">a ", "\\", "sat ", "@a's", '>"a ', "9", "2026-02-30 ", ":) "]
)
def test_a_line_of_ten_thousand_characters_is_read_and_written(bit: str) -> None:
    line = parse((bit * 10_000)[:10_000], TODAY)
    assert unmarked(parse(format(line, TODAY), TODAY)) == unmarked(line)
