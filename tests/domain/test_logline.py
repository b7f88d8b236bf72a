"""The log line, sentence by sentence and row by row of its table, read on Saturday 21 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.domain.logline import LogLine, Mark, parse
from csm_tui.domain.logline_format import format
from csm_tui.domain.touchpoints import Direction, Kind, Mood, Signal, State
from tests.conftest import TODAY
from tests.domain.loglines import FRIDAY, PLAIN, SATURDAY, ours, read

TABLE = [
    (
        "call @jon New VP asks whether it is still needed :( >send usage by team fri",
        PLAIN._replace(
            kind_given=True,
            contacts=("jon",),
            mood=Mood.WORRIED,
            words="New VP asks whether it is still needed",
            promises=(ours("send usage by team", FRIDAY),),
        ),
    ),
    (
        "mon @jon they go live on mon",
        PLAIN._replace(day=date(2026, 11, 16), contacts=("jon",), words="they go live on mon"),
    ),
    (
        "12.6 release is late, they wait for 12.6",
        PLAIN._replace(words="12.6 release is late, they wait for 12.6"),
    ),
    ("sat with @jon in Berlin", PLAIN._replace(contacts=("jon",), words="sat with jon in Berlin")),
    (
        "yesterday 25m sarah says renewal is at 25m EUR",
        PLAIN._replace(day=date(2026, 11, 20), minutes=25, words="sarah says renewal is at 25m EUR"),
    ),
    ("churn -3d is what they fear", PLAIN._replace(words="churn -3d is what they fear")),
    (
        "training for 8 people 2h",
        PLAIN._replace(kind=Kind.TRAINING, kind_given=True, words="for 8 people 2h"),
    ),
    ("support call went badly :(", PLAIN._replace(mood=Mood.WORRIED, words="support call went badly")),
    (
        "note call me maybe",
        PLAIN._replace(kind=Kind.NOTE, kind_given=True, direction=Direction.INTERNAL, words="call me maybe"),
    ),
    (
        "email from ana asks for SSO",
        PLAIN._replace(kind=Kind.EMAIL, kind_given=True, direction=Direction.IN, words="from ana asks for SSO"),
    ),
    (
        "email sent deck to jon@acme.com",
        PLAIN._replace(kind=Kind.EMAIL, kind_given=True, direction=Direction.OUT, words="sent deck to jon@acme.com"),
    ),
    (
        "call left voicemail",
        PLAIN._replace(kind_given=True, direction=Direction.OUT, unanswered=True, words="left voicemail"),
    ),
    (
        "call no answer",
        PLAIN._replace(kind_given=True, direction=Direction.OUT, unanswered=True, words="no answer"),
    ),
    (
        "call meeting booked for friday",
        PLAIN._replace(kind_given=True, words="meeting booked for friday"),
    ),
    ("usage went 40 > 60 %", PLAIN._replace(words="usage went 40 > 60 %")),
    ("they <3 it", PLAIN._replace(words="they <3 it")),
    ("pipeline -> signed, < 5 tickets", PLAIN._replace(words="pipeline -> signed, < 5 tickets")),
    ("asked >50 seats", PLAIN._replace(words="asked >50 seats")),
    ("new CFO @ana, wants QBR", PLAIN._replace(contacts=("ana",), words="new CFO ana, wants QBR")),
    ("@jon's team happy", PLAIN._replace(contacts=("jon",), words="team happy")),
    (
        "#1 priority is SSO #usage",
        PLAIN._replace(signals=(Signal.USAGE,), words="#1 priority is SSO"),
    ),
    (
        "14:20 @田中 導入の相談 >資料を送る 28.11",
        PLAIN._replace(
            time="14:20",
            contacts=("田中",),
            words="導入の相談",
            promises=(ours("資料を送る", SATURDAY),),
        ),
    ),
    ('>"send the >3.2 notes" fri', PLAIN._replace(promises=(ours("send the >3.2 notes", FRIDAY),))),
    (">send it today", PLAIN._replace(promises=(ours("send it", TODAY),))),
    (
        "27.11 14:00 meeting @jon",
        PLAIN._replace(
            kind=Kind.MEETING,
            kind_given=True,
            state=State.BOOKED,
            day=FRIDAY,
            time="14:00",
            contacts=("jon",),
        ),
    ),
    ("see list:)", PLAIN._replace(words="see list:)")),
    ("ratio 3:1", PLAIN._replace(words="ratio 3:1")),
]


@pytest.mark.parametrize(("text", "line"), TABLE, ids=[text for text, _ in TABLE])
def test_every_row_of_the_table_is_read_as_it_says(text: str, line: LogLine) -> None:
    assert read(text) == line


@pytest.mark.parametrize(("text", "line"), TABLE, ids=[text for text, _ in TABLE])
def test_every_row_of_the_table_can_be_written_and_read_again(text: str, line: LogLine) -> None:
    assert read(format(line, TODAY)) == line


def test_any_case_is_read() -> None:
    line = read("MON CALL 25M MOOD:HAPPY SIG:NPS #USAGE PULSE:2 hi WE:send it FRI")
    assert (line.day, line.kind_given, line.minutes) == (date(2026, 11, 16), True, 25)
    assert (line.mood, line.signals, line.pulse) == (Mood.HAPPY, (Signal.NPS, Signal.USAGE), 2)
    assert line.promises == (ours("send it", FRIDAY),)


# Kind and direction


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_read_with_its_own_direction(kind: Kind) -> None:
    own = {Kind.EMAIL: Direction.OUT, Kind.NOTE: Direction.INTERNAL}
    line = read(f"{kind} hi")
    assert (line.kind, line.kind_given, line.direction) == (kind, True, own.get(kind, Direction.TWO_WAY))


@pytest.mark.parametrize(("arrow", "direction"), [(">", Direction.OUT), ("<", Direction.IN), ("<>", Direction.TWO_WAY)])
@pytest.mark.parametrize("kind", list(Kind))
def test_an_arrow_sets_the_direction_of_any_kind(kind: Kind, arrow: str, direction: Direction) -> None:
    assert read(f"{kind}{arrow} from no answer").direction is direction


def test_the_kind_is_a_call_where_none_is_given() -> None:
    line = read("hi")
    assert (line.kind, line.kind_given) == (Kind.CALL, False)


@pytest.mark.parametrize(
    "text",
    [
        "call no answer",
        "chat left a message",
        "call Voicemail.",
        "call @jon went to voicemail",
        "no answer",
        "call tried @jon, no answer, retry mon",
        'call @"Jon Bell" rang @"Jon Bell" twice, no answer again',
    ],
)
def test_a_call_that_nobody_took_is_an_attempt_and_says_so(text: str) -> None:
    line = read(text)
    assert (line.direction, line.unanswered) == (Direction.OUT, True)


@pytest.mark.parametrize(
    "text",
    [
        "call they get no answer from support",
        "meeting no answer",
        "call<> no answer",
        "call no answers",
        "call left",
        "call< left a message",
        "call voicemails are broken",
    ],
)
def test_other_talk_of_answers_is_a_talk(text: str) -> None:
    assert not read(text).unanswered


def test_from_makes_mail_incoming_only_as_its_first_word() -> None:
    assert read("email @ana FROM her").direction is Direction.IN
    assert read("email fromage").direction is Direction.OUT
    assert read("email news from ana").direction is Direction.OUT


# Days that are none, lines without a touchpoint


def test_a_day_that_is_none_is_lifted_out_and_the_head_goes_on() -> None:
    line = read("2026-02-30 call @jon hi >send it by 31.2.2026")
    assert line.impossible == ("2026-02-30", "31.2.2026")
    assert (line.day, line.kind_given, line.words) == (TODAY, True, "hi")
    assert line.promises == (ours("send it"),)


@pytest.mark.parametrize("text", ["release 2026-02-30 is late", "\\2026-02-30", ">send 2026-02-30 list", "45.13 is it"])
def test_elsewhere_a_day_that_is_none_is_a_word(text: str) -> None:
    assert read(text).impossible == ()


@pytest.mark.parametrize("text", [">send it", "pulse:2", "#usage", "pulse:2 >send it #nps", "yesterday >send it"])
def test_without_words_and_kind_promises_and_signs_need_no_touchpoint(text: str) -> None:
    line = read(text)
    assert not line.is_touchpoint
    assert not line.is_empty


@pytest.mark.parametrize(
    "text", ["hi", "call", "call >send it", "@jon", ":(", "25m", "14:20", "27.11", "@jon >send it"]
)
def test_anything_else_is_a_touchpoint(text: str) -> None:
    line = read(text)
    assert line.is_touchpoint
    assert not line.is_empty


@pytest.mark.parametrize("text", ["", " \t\n", "today", "yesterday"])
def test_a_blank_line_says_nothing(text: str) -> None:
    line = read(text)
    assert not line.is_touchpoint
    assert line.is_empty


def test_only_a_day_that_is_none_is_not_nothing() -> None:
    assert not read("2026-02-30").is_empty


def test_any_white_space_separates() -> None:
    assert read("call\t@jon\nhi\u00a0there\u3000 you").words == "hi there you"


def test_marks_say_what_each_span_was_read_as() -> None:
    text = 'mon 14:20 call 25m @"Jon Bell" hi :( pulse:2 #nps > send it by fri <reply 31.2.2026'
    assert [(text[start:end], role) for start, end, role in parse(text, TODAY).marks] == [
        ("mon", "when"),
        ("14:20", "when"),
        ("call", "kind"),
        ("25m", "minutes"),
        ('@"Jon Bell"', "contact"),
        (":(", "mood"),
        ("pulse:2", "pulse"),
        ("#nps", "signal"),
        ("> send it by", "promise"),
        ("fri", "day"),
        ("<reply", "promise"),
        ("31.2.2026", "impossible"),
    ]


def test_a_day_that_is_none_is_marked_in_the_head() -> None:
    assert parse("2026-02-30 hi", TODAY).marks == (Mark(0, 10, "impossible"),)
