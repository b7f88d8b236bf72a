"""What the words of other systems say about a touchpoint, and notes that were written as HTML."""

from __future__ import annotations

import pytest

from csm_tui.domain.errors import Refusal
from csm_tui.domain.touchpoints import Direction, Kind
from csm_tui.exchange import talk_words
from csm_tui.exchange.markup import plain_text
from tests.conftest import soon


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call", Kind.CALL), ("CALL", Kind.CALL), ("Phone call", Kind.CALL), ("Email", Kind.EMAIL),
        ("e-mail", Kind.EMAIL), ("INCOMING_EMAIL", Kind.EMAIL), ("Meeting", Kind.MEETING), ("Event", Kind.MEETING),
        ("Quarterly Business Review", Kind.QBR), ("QBR meeting", Kind.QBR), ("On-site visit", Kind.ONSITE),
        ("Training session", Kind.TRAINING), ("WhatsApp", Kind.CHAT), ("NOTE", Kind.NOTE),
        ("Callback list", None), ("Recall", None), ("Task", None), ("Other", None), ("", None),
    ],
)  # fmt: skip
def test_a_word_says_what_it_was_or_nothing(text: str, kind: Kind | None) -> None:
    assert talk_words.kind(text) is kind


@pytest.mark.parametrize(
    ("kind", "said", "outcomes", "ours", "direction"),
    [
        (Kind.CALL, "", ["Connected"], False, Direction.TWO_WAY),
        (Kind.CALL, "OUTBOUND", ["Connected"], False, Direction.TWO_WAY),
        (Kind.CALL, "OUTBOUND", ["73a0d17f-1163-4015-bdd5-ec830791da20"], False, Direction.OUT),
        (Kind.CALL, "INBOUND", ["Left voicemail"], False, Direction.IN),
        (Kind.CALL, "Internal", [], False, Direction.INTERNAL),
        (Kind.CALL, "out", [], True, Direction.OUT),
        (Kind.EMAIL, "", [], False, Direction.OUT),
        (Kind.EMAIL, "INCOMING_EMAIL", [], False, Direction.IN),
        (Kind.EMAIL, "two-way", [], True, Direction.TWO_WAY),
        (Kind.MEETING, "", [], False, Direction.TWO_WAY),
        (Kind.NOTE, "out", [], True, Direction.INTERNAL),
    ],
)
def test_a_call_that_reached_nobody_is_one_way_and_which_side_rang_is_not(
    kind: Kind, said: str, outcomes: list[str], ours: bool, direction: Direction
) -> None:
    assert talk_words.direction(kind, said, outcomes, ours=ours) is direction


@pytest.mark.parametrize(
    ("outcomes", "done"),
    [([], None), (["Completed"], True), (["Not Started"], False), (["Open", "done"], True), (["Busy"], True),
     (["High"], None)],
)  # fmt: skip
def test_done_and_still_to_do_are_told_from_what_says_neither(outcomes: list[str], done: bool | None) -> None:
    assert talk_words.done(outcomes) is done


def test_what_was_called_off_is_refused_and_a_no_show_is_missed() -> None:
    with pytest.raises(Refusal, match="did not take place"):
        talk_words.done(["CANCELED"])
    assert talk_words.missed(["NO_SHOW"])
    assert not talk_words.missed(["Completed"])


@pytest.mark.parametrize(
    ("text", "time"),
    [("2026-11-02 14:05", "14:05"), ("2026-11-02T14:05:33.120Z", "14:05"), ("11/2/2026, 2:05 PM", "14:05"),
     ("12:30 am", "00:30"), ("Nov 2, 2026 2 PM", "14:00"), ("2.11.2026 14:05 Uhr", "14:05"), ("2:05 PM EST", "14:05"),
     ("Mon, 2 Nov 2026 14:05:00 +0000", "14:05"), ("2026-11-02 14", None), ("13 pm x", None),
     ("2026-11-02 00:00:00", None), ("2026-11-02", None), ("25:00", None), ("9" * 99, None)],
)  # fmt: skip
def test_a_time_stands_behind_its_day_and_midnight_says_nothing(text: str, time: str | None) -> None:
    assert talk_words.clock_time(text) == time


@pytest.mark.parametrize(
    ("text", "parts", "minutes"),
    [("45", 1, 45), ("1830", 60, 31), ("1829", 60, 30), ("90000", 60_000, 2), ("89999", 60_000, 1), ("1h 30m", 1, 90),
     ("2 hours", 1, 120), ("1.5 h", 1, 90), ("0,75 hours", 1, 45), ("1.05h 3 min", 1, 66),
     ("0:12:30", 1, 13), ("12:29", 60, 12), ("0", 60, 0), ("29.5", 60, 0), ("", 1, None)],
)  # fmt: skip
def test_a_length_is_read_in_what_its_column_counts_and_rounded_half_up(
    text: str, parts: int, minutes: int | None
) -> None:
    assert talk_words.minutes(text, parts) == minutes


@pytest.mark.parametrize("text", ["soon", "-5", "10001", "h"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        talk_words.minutes(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>One</p><p>Two&nbsp;&amp; three</p>", "One\n\nTwo & three"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>x</li><li>y</li></ul>", "- x\n- y"),
        ("<div><script>evil()</script>said</div>", "said"),
        ("5 < 7 and 8 > 3", "5 < 7 and 8 > 3"),
        ("AT&T & <Jon>", "AT&T & <Jon>"),
        ("<p>not closed", "not closed"),
        ("<p>seen<!-- not seen --> and</p><style>p {}</style>", "seen and"),
        ("<p>odd <![x <![y", "odd <![x <![y"),
        ("two\nlines stay", "two\nlines stay"),
    ],
)
def test_html_becomes_the_text_that_was_seen_and_other_text_stays(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize("bad", ["<!--", "<a ", "</", "<![", "<script>", "&", "<a b='", "<p>", "&#"])
def test_markup_that_never_closes_costs_no_more_than_its_length(bad: str) -> None:
    with soon():
        plain_text("<p>" + bad * 300_000)
