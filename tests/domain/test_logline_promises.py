"""Promises, quotes and backslashes in the log line, read on Saturday 21 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.domain.logline import ReadPromise
from csm_tui.domain.logline_format import format
from tests.conftest import TODAY
from tests.domain.loglines import FRIDAY, PLAIN, SATURDAY, ours, read, theirs


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        (">send it", ours("send it")),
        ("<send it", theirs("send it")),
        ("> send it", ours("send it")),
        ("< send it", theirs("send it")),
        ("we:send it", ours("send it")),
        ("they:send it", theirs("send it")),
        ("we: send it", ours("send it")),
        ("they: 3 names", theirs("3 names")),
        ("we:3.2 notes", ours("3.2 notes")),
        ('<"their #usage list" now', theirs("their #usage list now")),
        ('we:"send :) it"', ours("send :) it")),
    ],
)
def test_a_promise_starts_with_its_sign(text: str, promise: ReadPromise) -> None:
    line = read(f"hi {text}")
    assert (line.promises, line.words) == ((promise,), "hi")


@pytest.mark.parametrize(
    "text",
    [
        "->",
        "=>",
        ">=",
        "<3",
        ">50",
        ">",
        "<",
        "> 50",
        "40 > target",
        "v2 > that",
        '>"',
        '>""',
        '>"x',
        ">>x",
        "<>",
        "we:",
        "they:",
        "web:send",
        "> \\x",
        '> "x"',
        ">\\x",
        "a>b",
        'we:""',
    ],
)
def test_what_looks_like_a_promise_but_is_none_is_words(text: str) -> None:
    line = read(f"hi {text}")
    assert line.promises == ()
    assert line.words == f"hi {text}".replace(" \\", " ")


@pytest.mark.parametrize("text", ["25m > send it", "14:20 > send it", "pulse:2 > send it", "@jon2 > send it"])
def test_a_digit_compares_only_in_a_plain_word(text: str) -> None:
    assert read(text).promises == (ours("send it"),)


def test_a_sign_alone_after_the_day_of_a_promise_starts_the_next() -> None:
    line = read(">send a 28.11 > send b by 2026-11-28 < send c")
    assert line.promises == (ours("send a", SATURDAY), ours("send b", SATURDAY), theirs("send c"))


@pytest.mark.parametrize("marker", ["#usage", ":)", "@jon", "pulse:2", "sig:nps", "mood:happy"])
def test_a_promise_runs_to_the_next_marker(marker: str) -> None:
    line = read(f"hi >send #it on 3 > 2 fri {marker} so there")
    assert line.promises == (ours("send #it on 3 > 2", FRIDAY),)
    assert line.words == ("hi jon so there" if marker == "@jon" else "hi so there")


def test_a_number_that_starts_a_promise_is_no_day_of_it() -> None:
    assert read("we:28.11 > target").promises == (ours("28.11 > target"),)


def test_one_promise_ends_the_other() -> None:
    assert read(">send it fri <reply mon >sign").promises == (
        ours("send it", FRIDAY),
        theirs("reply", date(2026, 11, 23)),
        ours("sign"),
    )


@pytest.mark.parametrize("word", ["", "by ", "on ", "until ", "BY "])
@pytest.mark.parametrize("day", ["fri", "27.11", "2026-11-27", "+6d", "eow", "27.11.2026", "fri."])
def test_the_last_word_of_a_promise_is_its_day(word: str, day: str) -> None:
    assert read(f">send it {word}{day}").promises == (ours("send it", FRIDAY),)


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        (">tomorrow", ours("tomorrow")),
        (">by fri", ours("by", FRIDAY)),
        (">send fri numbers", ours("send fri numbers")),
        (">send it \\fri", ours("send it fri")),
        ('>"see you fri"', ours("see you fri")),
        (">send it -3d", ours("send it -3d")),
        (">send it 45.13", ours("send it 45.13")),
        (">stand by by fri", ours("stand by", FRIDAY)),
    ],
)
def test_a_promise_is_never_only_a_day(text: str, promise: ReadPromise) -> None:
    assert read(text).promises == (promise,)


# Quotes and backslashes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('she said "all #usage :( >is fine", @ok', 'she said "all #usage :( >is fine",'),
        ('"call mon"', '"call mon"'),
        ('5" of :snow', '5" of :snow'),
        ('an "open one', 'an "open one'),
        ('a "b \t\n c" d', 'a "b c" d'),
    ],
)
def test_quotes_protect_what_is_inside_and_stay_in_the_summary(text: str, words: str) -> None:
    line = read(text)
    assert (line.words, line.signals, line.mood, line.promises) == (words, (), None, ())


@pytest.mark.parametrize(
    "token",
    [
        "call",
        "mon",
        "25m",
        "14:20",
        "2026-02-30",
        "@jon",
        ":)",
        "#usage",
        "pulse:2",
        ">send",
        "we:it",
        '"a',
        "\\b",
    ],
)
def test_a_backslash_makes_any_token_a_word(token: str) -> None:
    assert read("\\" + token) == PLAIN._replace(words=token)


@pytest.mark.parametrize(("text", "words"), [("\\", "\\"), ("\\\\", "\\"), ("C:\\temp", "C:\\temp"), ("\\\\x", "\\x")])
def test_two_backslashes_are_one(text: str, words: str) -> None:
    assert read(text).words == words


@pytest.mark.parametrize(
    "text",
    [
        "note call me",
        "asked >50",
        "#1 is SSO",
        'she said "no > fri"',
        "\\call me",
        "so \\#usage",
        "email< hi",
        "call<> no answer",
        "we:3 names",
        "<reply",
        '@"Jon Bell" hi',
        "@jon.bell hi",
        "usage 27 > fri",
        "\\\\x",
        ">send it \\fri",
        '\\"x',
    ],
)
def test_a_backslash_is_written_only_where_one_is_needed(text: str) -> None:
    assert format(read(text), TODAY) == text
