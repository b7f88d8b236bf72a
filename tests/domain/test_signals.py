"""Each signal has a label, and a summary that sounds like one offers it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.signals import LABELS, PHRASES, suggested
from csm_tui.domain.touchpoints import GROWTH_SIGNALS, Signal


def test_every_signal_has_a_short_label_of_its_own() -> None:
    assert set(LABELS) == set(Signal)
    assert len(set(LABELS.values())) == len(Signal)
    assert all(len(label) <= 32 for label in LABELS.values())


def test_a_champion_who_left_is_called_so() -> None:
    assert LABELS[Signal.CHAMPION] == "champion left or changed"


@pytest.mark.parametrize(
    ("words", "phrase", "signal"),
    [
        ("New VP asks whether it is still needed", "still needed", Signal.VALUE),
        ("they are looking at other tools", "looking at other", Signal.COMPETITOR),
        ("a competitor was there", "competitor", Signal.COMPETITOR),
        ("they will not renew", "not renew", Signal.TERMINATION),
        ("wants to cancel", "cancel", Signal.TERMINATION),
        ("Budget cut in Q1", "budget cut", Signal.PAYMENT),
        ("they cannot pay", "cannot pay", Signal.PAYMENT),
        ("overdue invoice again", "overdue invoice", Signal.PAYMENT),
        ("ana left the company", "left the company", Signal.CHAMPION),
        ("a new CFO from January", "new cfo", Signal.CHAMPION),
        ("new VP, friendly", "new vp", Signal.CHAMPION),
        ("nobody uses the reports", "nobody uses", Signal.USAGE),
        ("logins down by half", "logins down", Signal.USAGE),
        ("angry about the bug.", "bug", Signal.TICKETS),
        ("second outage this week", "outage", Signal.TICKETS),
        ("the team is unhappy", "unhappy", Signal.NPS),
        ("the project is on\thold", "on hold", Signal.STALLED),
    ],
)
def test_a_telling_phrase_offers_its_signal(words: str, phrase: str, signal: Signal) -> None:
    assert suggested(words) == (phrase, signal)


def test_the_stronger_signal_is_offered_wherever_it_stands() -> None:
    assert suggested("a bug, and so they want to cancel") == ("cancel", Signal.TERMINATION)


@pytest.mark.parametrize("words", ["", "they are happy", "debug session", "bugle call", "renewed for 3 years"])
def test_other_words_offer_nothing(words: str) -> None:
    assert suggested(words) is None


def test_a_whole_word_is_found_behind_a_part_of_one() -> None:
    assert suggested("debug the bug") == ("bug", Signal.TICKETS)


def test_no_phrase_offers_growth_and_all_are_lower_case_and_said_once() -> None:
    phrases = [phrase for _, some in PHRASES for phrase in some]
    assert not {signal for signal, _ in PHRASES} & GROWTH_SIGNALS
    assert phrases == [phrase.lower() for phrase in phrases]
    assert len(set(phrases)) == len(phrases)


@given(st.text())
def test_any_text_may_be_asked(words: str) -> None:
    found = suggested(words)
    assert found is None or found[0] in " ".join(words.lower().split())
