"""The log line: one typed line, read as a touchpoint with its contacts, mood, signals and promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from csm_tui.domain.daywords import ImpossibleDay
from csm_tui.domain.logline_direction import default_direction, is_unanswered
from csm_tui.domain.logline_tokens import Token, tokens
from csm_tui.domain.logline_words import (
    HeadWord,
    contact,
    due_day,
    head_word,
    is_comparison,
    lone_promise,
    may_be_sign,
    mood,
    promise,
    pulse,
    signal,
)
from csm_tui.domain.touchpoints import Direction, Kind, Mood, Side, Signal, State
from csm_tui.typed import NamedTuple


class ReadPromise(NamedTuple):
    """A promise of the line: who owes what, by which day if one was said."""

    side: Side
    what: str
    due_on: date | None


class Mark(NamedTuple):
    """A span of characters in the typed text and what it was read as.

    Roles: when, kind, minutes, contact, mood, pulse, signal, promise, day, impossible.
    """

    start: int
    end: int
    role: str


class LogLine(NamedTuple):
    """All that one line says; see `parse`."""

    kind: Kind
    direction: Direction
    state: State
    day: date
    time: str | None = None
    minutes: int | None = None
    contacts: tuple[str, ...] = ()
    unknown_contacts: tuple[str, ...] = ()
    mood: Mood | None = None
    pulse: int | None = None
    signals: tuple[Signal, ...] = ()
    words: str = ""
    promises: tuple[ReadPromise, ...] = ()
    kind_given: bool = False
    unanswered: bool = False
    impossible: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def is_touchpoint(self) -> bool:
        """Whether somebody was, or will be, in touch.

        Promises, signals and a pulse alone are recorded without a touchpoint, and a past day alone is none:
        a call that nobody mentioned must not restart the cadence.
        """
        said = self.kind_given or self.words or self.contacts or self.mood or self.minutes or self.time
        return bool(said) or self.state is State.BOOKED

    @property
    def is_empty(self) -> bool:
        """Whether the line says nothing that could be recorded."""
        return not (self.is_touchpoint or self.promises or self.signals or self.pulse or self.impossible)


def everyone(name: str) -> bool:
    """Every name is a contact: how the form reads, which offers an unknown one as new."""
    return bool(name)


def parse(text: str, today: date, knows: Callable[[str], bool] = everyone) -> LogLine:
    """Read a line typed on `today`; it never fails. `knows`: does a contact of the account go by this name?

    An unknown contact is a word and is reported, but like a known one it neither ends the head nor joins a
    promise. A token of date form that names no day is lifted out into `impossible`, in the head and at a
    promise's end.
    """
    reader = _Reader(today, knows)
    found = tokens(text)
    for n, token in enumerate(found):
        reader.take(token, found[n + 1] if n + 1 < len(found) else None)
    return reader.line()


class _Reader:
    """What has been read of a line so far."""

    def __init__(self, today: date, knows: Callable[[str], bool]) -> None:
        self.today = today
        self.knows = knows
        self.in_head = True
        self.head: dict[str, HeadWord] = {}
        self.before: str | None = None  # the token before, where it was a plain word
        self.summary: list[tuple[str, bool]] = []  # each word, and whether it is a contact's name
        self.contacts: dict[str, str] = {}
        self.unknown: dict[str, str] = {}
        self.mood: Mood | None = None
        self.pulse: int | None = None
        self.signals: dict[Signal, None] = {}
        self.promises: list[ReadPromise] = []
        self.impossible: list[str] = []
        self.marks: list[Mark] = []
        self.side = Side.OURS
        self.promise_start: int | None = None
        self.parts: list[Token] = []

    def take(self, token: Token, after: Token | None) -> None:
        """Read one token: as something if it can be, else as a plain word, which ends the head."""
        if self.in_head and self._take_head(token, after):
            return
        if token.bare and may_be_sign(token.text) and self._take_sign(token, after):
            return
        self.in_head = False
        self.before = token.text
        if self.promise_start is None:
            self.summary.append((token.text, False))
        else:
            self.parts.append(token)

    def _take_head(self, token: Token, after: Token | None) -> bool:
        read = head_word(token, after, self.head, self.today)
        if read is None:
            return False
        if read.slot == "impossible":
            self.impossible.append(token.text)
        else:
            self.head[read.slot] = read
        self._mark(token, "when" if read.slot in ("day", "time") else read.slot)
        return True

    def _take_sign(self, token: Token, after: Token | None) -> bool:
        return self._take_promise(token, after) or self._take_contact(token) or self._take_tone(token)

    def _take_promise(self, token: Token, after: Token | None) -> bool:
        read = promise(token.text)
        compares = token.text in ("<", ">") and is_comparison(self.before, len(self.parts), self.today)
        side = read[0] if read else lone_promise(token, after, compares)
        if side is None:
            return False
        self._end_promise()
        self.in_head = False
        self.side, self.promise_start = side, token.start
        self.before = read[1] if read else None
        self.parts = [token._replace(text=read[1], bare=False)] if read else []
        return True

    def _take_contact(self, token: Token) -> bool:
        named = contact(token.text)
        if named is None:
            return False
        self._end_promise()
        key = named.name.casefold().replace(".", " ")
        if not self.knows(named.name):
            self.unknown.setdefault(key, named.name)
            self.summary.append((token.text, False))
            self.before = None
            return True
        self.contacts.setdefault(key, named.name)
        if not self.in_head:
            self.summary.append((named.name + named.tail, True))
        self._mark(token, "contact")
        return True

    def _take_tone(self, token: Token) -> bool:
        feeling, number, sign = mood(token.text), pulse(token.text), signal(token.text)
        if not (feeling or number or sign):
            return False
        self._end_promise()
        self.mood = feeling or self.mood
        self.pulse = number or self.pulse
        if sign:
            self.signals[sign] = None
        self._mark(token, "signal" if sign else "mood" if feeling else "pulse")
        return True

    def _mark(self, token: Token, role: str) -> None:
        self.before = None
        self.marks.append(Mark(token.start, token.end, role))

    def _end_promise(self) -> None:
        """Close the promise that runs: its last token, after an optional by, on or until, may be its day."""
        start, parts = self.promise_start, self.parts
        self.promise_start, self.parts = None, []
        if start is None:
            return
        day, role = self._day_of(parts)
        text = parts[:-1] if role else parts
        self.marks.append(Mark(start, text[-1].end, "promise"))
        if role:
            self.marks.append(Mark(parts[-1].start, parts[-1].end, role))
            text = text[:-1] if len(text) > 1 and text[-1].text.lower() in ("by", "on", "until") else text
        self.promises.append(ReadPromise(self.side, " ".join(part.text for part in text), day))

    def _day_of(self, parts: list[Token]) -> tuple[date | None, str]:
        """The day at the end of a promise, and the role of its mark; a promise of one word has no day."""
        last = parts[-1]
        if len(parts) < 2 or not last.bare:
            return None, ""
        try:
            day = due_day(last.text, self.today)
        except ImpossibleDay as refused:
            self.impossible.append(refused.word)
            return None, "impossible"
        return day, "day" if day else ""

    def _summary(self) -> str:
        """The plain words with the names between them; names before and after them are lifted out."""
        plain = [n for n, (_, is_name) in enumerate(self.summary) if not is_name]
        kept = self.summary[plain[0] : plain[-1] + 1] if plain else []
        return " ".join(word for word, _ in kept)

    def line(self) -> LogLine:
        """The line, read to its end; as long as the line has fields."""
        self._end_promise()
        none = HeadWord("")
        day = self.head.get("day", none).day or self.today
        kind = self.head.get("kind", none).kind or Kind.CALL
        words, contacts = self._summary(), tuple(self.contacts.values())
        direction = self.head.get("kind", none).direction or default_direction(kind, words, contacts)
        return LogLine(
            kind=kind,
            direction=direction,
            state=State.BOOKED if day > self.today else State.HELD,
            day=day,
            time=self.head.get("time", none).time,
            minutes=self.head.get("minutes", none).minutes,
            contacts=contacts,
            unknown_contacts=tuple(self.unknown.values()),
            mood=self.mood,
            pulse=self.pulse,
            signals=tuple(self.signals),
            words=words,
            promises=tuple(self.promises),
            kind_given="kind" in self.head,
            unanswered=direction is Direction.OUT and is_unanswered(kind, words, contacts),
            impossible=tuple(self.impossible),
            marks=tuple(self.marks),
        )
