"""What other systems' words say about a touchpoint: what it was, who spoke, whether it took place, how long it took."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csm_tui.domain.errors import Refusal
from csm_tui.domain.touchpoints import Direction, Kind, Mood
from csm_tui.exchange import cells

if TYPE_CHECKING:
    from collections.abc import Iterable

_KINDS = (
    (Kind.QBR, r"qbr|quarterly business review"),
    (Kind.EBR, r"ebr|executive business review"),
    (Kind.ONSITE, r"on-?site|site visit|visit"),
    (Kind.TRAINING, r"training|workshop|enablement"),
    (Kind.CHAT, r"chat|sms|whats ?app|linkedin|slack|teams message|conversation"),
    (Kind.EMAIL, r"e-?mails?|emailed|forwarded_email|incoming_email|list ?email"),
    (Kind.CALL, r"(?:phone |video )?calls?|phone|telephone|called|voicemail"),
    (Kind.MEETING, r"meetings?|demo|webinar|zoom|event|kick-?off|sync|check-?in|lunch|dinner|conference"),
    (Kind.NOTE, r"notes?|update|internal"),
)
_KIND_WORDS = tuple((kind, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)) for kind, words in _KINDS)
_TASK = re.compile(r"(?:task|to-?do|to do|todo|reminder)s?", re.IGNORECASE)


def kind(text: str) -> Kind | None:
    """The kind that a word of the text names; None for any other text."""
    bare = text.replace("_", " ")
    return next((kind for kind, words in _KIND_WORDS if words.search(bare)), None)


def is_task(text: str) -> bool:
    """Whether this is something to do, not a touchpoint."""
    return _TASK.fullmatch(text.strip()) is not None


_UNREACHED = re.compile(
    r"no answer|no_answer|voice ?mail|left (?:a )?message|left live message|busy|wrong number|not reached|unreached|"
    r"unanswered|attempt|failed|no connect"
    r"|9d9162e7-6cf3-4944-bf63-4dff82258764|a4c4c377-d246-4b32-a13b-75a56a4cd0ff|b2cf5968-551e-4856-9783-52b3da59a7d0"
    r"|73a0d17f-1163-4015-bdd5-ec830791da20|17b47fee-58de-441e-a44c-c6300d46f273",
    re.IGNORECASE,
)
"""Calls that reached nobody, in words and as the ids that HubSpot gives the outcomes that every portal has."""

_MISSED = re.compile(r"no[ _-]?show|missed|did not happen", re.IGNORECASE)
_OFF = re.compile(r"cancel|reschedul|deleted|deferred", re.IGNORECASE)
_DONE = re.compile(
    r"complete|completed|done|held|closed|sent|connected|finished|logged|received|replied", re.IGNORECASE
)
_OPEN = re.compile(
    r"not ?started|in ?progress|waiting.*|open|scheduled|planned|booked|pending|queued|ringing|draft|to ?do",
    re.IGNORECASE,
)
_INWARD = re.compile(r"in|inbound|incoming|incoming_email|received|from them|theirs", re.IGNORECASE)
_OUTWARD = re.compile(r"out|outbound|outgoing|outgoing_email|email|sent|to them|forwarded_email", re.IGNORECASE)
_BOTH = re.compile(r"two-?way|both|two way", re.IGNORECASE)


def direction(what: Kind, said: str, outcomes: Iterable[str], *, ours: bool) -> Direction:
    """Who spoke. A call that reached nobody is one-way; which side rang does not make it so.

    `ours` is her own list, whose word about the direction holds for every kind.
    """
    if what is Kind.NOTE or said.casefold() == "internal":
        return Direction.INTERNAL
    one_way = Direction.IN if _INWARD.fullmatch(said) else Direction.OUT
    if what is Kind.CALL and any(_UNREACHED.search(outcome) for outcome in outcomes):
        return one_way
    if what is Kind.EMAIL:
        return Direction.TWO_WAY if _BOTH.fullmatch(said) else one_way
    return one_way if ours and (_INWARD.fullmatch(said) or _OUTWARD.fullmatch(said)) else Direction.TWO_WAY


def done(outcomes: Iterable[str]) -> bool | None:
    """Whether the words say that it is done, or still to be done; None where they say neither.

    Raises Refusal for what was called off.
    """
    said = None
    for outcome in outcomes:
        if _OFF.search(outcome):
            raise Refusal(f"did not take place ({cells.quoted(outcome)})")
        if _DONE.fullmatch(outcome) or _UNREACHED.search(outcome):
            said = True
        elif _OPEN.fullmatch(outcome.replace("_", " ")):
            said = said or False
    return said


def missed(outcomes: Iterable[str]) -> bool:
    """Whether somebody did not come."""
    return any(_MISSED.search(outcome) and not _UNREACHED.search(outcome) for outcome in outcomes)


_MOODS = {
    Mood.HAPPY: {":)", "happy", "positive", "good", "green", "great", "satisfied"},
    Mood.MIXED: {":|", "mixed", "neutral", "ok", "okay", "yellow", "amber"},
    Mood.WORRIED: {":(", "worried", "negative", "bad", "red", "unhappy", "at risk"},
}


def mood(text: str) -> Mood | None:
    """The mood that a word or sign surely means."""
    return next((mood for mood, words in _MOODS.items() if text.strip().casefold() in words), None)


_CLOCK = re.compile(
    r"(?:.*?[T ,])?(\d{1,2})(?::(\d{2})(?::\d{2}(?:[.,]\d+)?)?|(?=\s*[ap]\.?m))\s*([ap]\.?m\.?)?"
    r"\s*(?:uhr)?\s*(z|utc|[a-z]{1,3}t|[+-]\d{2}:?\d{2}.*)?",
    re.IGNORECASE | re.ASCII,
)


def clock_time(text: str) -> str | None:
    """The time of day behind a day, as `14:05`; midnight says nothing, since that is how a bare day is written."""
    match = _CLOCK.fullmatch(text.strip()) if len(text) <= cells.LONGEST else None
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1].casefold()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or (hour, minute) == (0, 0):
        return None
    return f"{hour:02}:{minute:02}"


def of_a_zone(text: str) -> bool:
    """Whether a time names its zone, such as `14:05Z`."""
    match = _CLOCK.fullmatch(text.strip()) if len(text) <= cells.LONGEST else None
    return match is not None and match[4] is not None


MOST_MINUTES = 10_000
_LONG = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:\.\d+)?", re.ASCII)
_HOURS = re.compile(
    r"(?:(\d{1,3})(?:[.,](\d{1,2}))?\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,4})\s*m(?:in(?:ute)?s?)?)?",
    re.IGNORECASE | re.ASCII,
)
_NUMBER = re.compile(r"(\d{1,12})(?:[.,](\d{1,6}))?", re.ASCII)


def minutes(text: str, of_a_minute: int = 1) -> int | None:
    """A length in minutes, rounded half up: `45`, `1h 30m`, `1.5 h`, `0:12:30`; a bare number is of such parts."""
    bare = cells.said(text)
    if not bare:
        return None
    if match := _LONG.fullmatch(bare):
        seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
        return _sensible((seconds + 30) // 60, bare)
    if match := _NUMBER.fullmatch(bare):
        whole = int(match[1]) * 1_000_000 + int((match[2] or "").ljust(6, "0"))
        return _sensible((whole * 2 + of_a_minute * 1_000_000) // (of_a_minute * 2_000_000), bare)
    match = _HOURS.fullmatch(bare)
    if match is None or not (match[1] or match[3]):
        raise Refusal(f"{cells.quoted(bare)} is not a length: write minutes, such as 45")
    hundredths = int(match[1] or 0) * 100 + int((match[2] or "").ljust(2, "0"))
    return _sensible((hundredths * 60 + 50) // 100 + int(match[3] or 0), bare)


def _sensible(length: int, text: str) -> int:
    if length > MOST_MINUTES:
        raise Refusal(f"{cells.quoted(text)} is more than a week: check the length")
    return length
