"""Contacts, moods, pulses and signals in the log line, read on Saturday 21 November 2026."""

from __future__ import annotations

import pytest

from csm_tui.domain.logline import parse
from csm_tui.domain.touchpoints import Mood, Signal
from tests.conftest import TODAY
from tests.domain.loglines import FRIDAY, nobody, ours, read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@jon", "jon"),
        ("@jon.bell", "jon.bell"),
        ('@"Jon Bell"', "Jon Bell"),
        ('@"Jon   Bell",', "Jon Bell"),
        ("@jon's", "jon"),
        ("@jon’s.", "jon"),
        ("@O'Brien", "O'Brien"),
        ("@anne-marie!", "anne-marie"),
        ("@jon2", "jon2"),
        ("@jon...", "jon"),
        ("@jon)", "jon"),
        ("@田中", "田中"),
        ("@रवि", "रवि"),
        ("@Jose\u0301", "Jose\u0301"),
        ("@مريم", "مريم"),
    ],
)
def test_a_contact_is_named_in_any_script(text: str, name: str) -> None:
    line = read(f"call {text} hi")
    assert (line.contacts, line.words) == ((name,), "hi")


@pytest.mark.parametrize(
    "text", ["@", "@5pm", "@@jon", "jon@acme.com", "@jon@acme.com", "@jon/ana", '@""', '@" "', '@"Jon', "@_x"]
)
def test_what_names_no_contact_is_a_word(text: str) -> None:
    line = read(text)
    assert (line.contacts, line.words) == ((), text)


def test_in_the_middle_of_the_words_the_name_stays() -> None:
    assert read("they met @jon today").words == "they met jon today"
    assert read('so @"Jon Bell", of IT, and @ana\'s team came').words == "so Jon Bell, of IT, and ana's team came"


@pytest.mark.parametrize(
    "text",
    ["@jon talk", "talk @jon", "talk @jon.", "talk @jon :)", "talk @jon >send it", ">send it @jon talk"],
)
def test_in_the_head_and_at_the_end_the_name_is_lifted_out(text: str) -> None:
    line = read(text)
    assert (line.contacts, line.words) == (("jon",), "talk")


def test_contacts_keep_their_order_and_are_named_once() -> None:
    assert read('@jon @ana talk @Jon and @jon.bell @"Jon Bell"').contacts == ("jon", "ana", "jon.bell")


def test_an_unknown_contact_is_a_word_and_is_reported() -> None:
    line = parse("call @sarah 25m talk with @jon, and @Sarah's boss", TODAY, lambda name: name == "jon")
    assert (line.contacts, line.unknown_contacts) == (("jon",), ("sarah",))
    assert (line.words, line.minutes) == ("@sarah talk with jon, and @Sarah's boss", 25)


def test_behind_an_unknown_contact_a_known_one_is_still_in_the_head() -> None:
    assert parse("@sarah @jon talk", TODAY, lambda name: name == "jon").words == "@sarah talk"


def test_an_unknown_contact_ends_a_promise_like_a_known_one() -> None:
    line = parse(">send it fri @sarah", TODAY, nobody)
    assert (line.promises, line.words) == ((ours("send it", FRIDAY),), "@sarah")


# Mood, pulse and signals


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        (":)", Mood.HAPPY),
        (":|", Mood.MIXED),
        (":(", Mood.WORRIED),
        (":) but :(", Mood.WORRIED),
        ("mood:happy", Mood.HAPPY),
        ("mood:mixed", Mood.MIXED),
        ("mood:worried", Mood.WORRIED),
    ],
)
def test_the_last_mood_wins(text: str, mood: Mood) -> None:
    assert read(f"hi {text}").mood is mood


@pytest.mark.parametrize("text", ["list:)", ":)x", ":-)", "mood:", "mood:glad"])
def test_other_faces_are_words(text: str) -> None:
    line = read(text)
    assert (line.mood, line.words) == (None, text)


def test_the_pulse_is_one_to_five_and_the_last_wins() -> None:
    line = read("hi pulse:2 there pulse:4")
    assert (line.pulse, line.words) == (4, "hi there")


@pytest.mark.parametrize("text", ["pulse:0", "pulse:6", "pulse:", "pulse:22", "pulse:²", "pulse"])
def test_any_other_pulse_is_a_word(text: str) -> None:
    line = read(text)
    assert (line.pulse, line.words) == (None, text)


@pytest.mark.parametrize("signal", list(Signal))
def test_every_listed_signal_is_lifted_out(signal: Signal) -> None:
    assert read(f"so #{signal} it is") == read(f"so sig:{signal}, it is")
    line = read(f"so #{signal} it is")
    assert (line.signals, line.words) == ((signal,), "so it is")


@pytest.mark.parametrize("text", ["#1", "#foo", "#", "#usages", "sig:", "sig:foo", "##usage", "a#usage"])
def test_any_other_hash_is_a_word(text: str) -> None:
    line = read(text)
    assert (line.signals, line.words) == ((), text)


def test_a_signal_is_kept_once() -> None:
    assert read("#nps #usage #nps").signals == (Signal.NPS, Signal.USAGE)
