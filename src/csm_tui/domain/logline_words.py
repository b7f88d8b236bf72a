"""What a single token of the log line may be read as: a contact, a signal, a mood, a kind, a promise."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from csm_tui.domain.daywords import WEEKDAYS, ImpossibleDay, ahead, back, clock_time, either
from csm_tui.domain.logline_tokens import Token, without_quotes
from csm_tui.domain.touchpoints import Direction, Kind, Mood, Side, Signal
from csm_tui.typed import NamedTuple

ARROWS = {"<>": Direction.TWO_WAY, ">": Direction.OUT, "<": Direction.IN}
MOODS = {":)": Mood.HAPPY, ":|": Mood.MIXED, ":(": Mood.WORRIED}
SIDES = {">": Side.OURS, "<": Side.THEIRS, "we:": Side.OURS, "they:": Side.THEIRS}

_KINDS = {kind.value: kind for kind in Kind}
_SIGNALS = {signal.value: signal for signal in Signal}
_MOOD_NAMES = {mood.value: mood for mood in Mood}
_CAUTIOUS_DAYS = frozenset(("sat", "sun", "tomorrow", *WEEKDAYS))
_MINUTES = re.compile(r"([0-9]{1,2})h(?:([0-5]?[0-9])m?)?|([0-9]{1,4})m", re.IGNORECASE)
_MOST_MINUTES = 24 * 60
_STOPS = ".,;!?"
_IN_NAMES = ".-'\u2019\u200c\u200d"
_POSSESSIVE = ("'s", "\u2019s")


class HeadWord(NamedTuple):
    """A token of the head, by the slot that it fills; `impossible` is of date form and names no day."""

    slot: str
    day: date | None = None
    time: str | None = None
    kind: Kind | None = None
    direction: Direction | None = None
    minutes: int | None = None


class Named(NamedTuple):
    """A contact as the line names it, and what fell off behind the name: `'s`, a comma."""

    name: str
    tail: str


def head_word(token: Token, after: Token | None, filled: Collection[str], today: date) -> HeadWord | None:
    """What the token says in the head, each slot at most once.

    `sat`, `sun`, `tomorrow` and weekdays in full are everyday words too, and `+3d` may be what grew: they count only
    before another head token or a contact.
    """
    read = _any_head_word(token.text, today) if token.bare else None
    if read is None or read.slot in filled:
        return None
    if read.slot == "day" and (token.text.lower() in _CAUTIOUS_DAYS or token.text[0] == "+"):
        return read if after and after.bare and _goes_on(after.text, filled, today) else None
    return read


def _goes_on(text: str, filled: Collection[str], today: date) -> bool:
    """Whether the head goes on behind a day: with a contact, a time, a kind or minutes."""
    read = _any_head_word(text, today)
    further = read is not None and read.slot in ("time", "kind", "minutes") and read.slot not in filled
    return further or contact(text) is not None


def _any_head_word(text: str, today: date) -> HeadWord | None:
    if time := clock_time(text):
        return HeadWord("time", time=time)
    if minutes := _minutes(text):
        return HeadWord("minutes", minutes=minutes)
    arrow = next((arrow for arrow in ARROWS if text.endswith(arrow)), "")
    if kind := _KINDS.get(text[: len(text) - len(arrow)].lower()):
        return HeadWord("kind", kind=kind, direction=ARROWS.get(arrow))
    try:
        day = back(text, today)
        either(text, today)  # refuses what a promise would refuse, so that both places agree
    except ImpossibleDay:
        return HeadWord("impossible")
    return HeadWord("day", day=day) if day else None


def _minutes(text: str) -> int | None:
    """`25m`, `2h`, `1h30`: from a minute to a day."""
    read = _MINUTES.fullmatch(text)
    if read is None:
        return None
    hours, rest, minutes = (int(number or 0) for number in read.groups())
    total = hours * 60 + rest + minutes
    return total if 1 <= total <= _MOST_MINUTES else None


def contact(text: str) -> Named | None:
    """`@` and a letter, then letters and marks of any script, digits, `.` `-` `'`; or `@"Jon Bell"`.

    A trailing `'s` and punctuation fall off. Where more follows the name, as in `@jon/ana`, it is a word.
    """
    if text[:2] == '@"':
        name, closing, tail = text[2:].partition('"')
        found = Named(name.strip(), tail) if closing else None
    else:
        found = _plain_name(text)
    if found is None or not found.name:
        return None
    left = found.tail[2:] if found.tail[:2].lower() in _POSSESSIVE else found.tail
    return None if any(_is_of_a_word(c) for c in left) else found


def _plain_name(text: str) -> Named | None:
    if text[:1] != "@" or not text[1:2].isalpha():
        return None
    end = next((n for n, c in enumerate(text) if n and not _is_of_a_name(c)), len(text))
    name = text[1:end].rstrip(_IN_NAMES)
    if name[-2:].lower() in _POSSESSIVE:
        name = name[:-2].rstrip(_IN_NAMES)
    return Named(name, text[1 + len(name) :])


def _is_of_a_name(c: str) -> bool:
    return c in _IN_NAMES or (c != "_" and _is_of_a_word(c))


def _is_of_a_word(c: str) -> bool:
    """Letters, digits and the marks that scripts spell with: what Unicode lets an identifier go on with."""
    return c.isalnum() or ("a" + c).isidentifier()


def signal(text: str) -> Signal | None:
    """`#` or `sig:` with a listed id, in any case; a comma or a full stop behind it falls off."""
    sign, found = ("#", text[1:]) if text[:1] == "#" else ("sig:", text[4:])
    return _SIGNALS.get(found.rstrip(_STOPS).lower()) if text.lower().startswith(sign) else None


def mood(text: str) -> Mood | None:
    """`:)` `:|` `:(` as a token of its own, or `mood:happy`."""
    if text[:5].lower() == "mood:":
        return _MOOD_NAMES.get(text[5:].rstrip(_STOPS).lower())
    return MOODS.get(text)


def pulse(text: str) -> int | None:
    """`pulse:1` to `pulse:5`."""
    number = text[6:].rstrip(_STOPS) if text[:6].lower() == "pulse:" else ""
    return int(number) if number in ("1", "2", "3", "4", "5") else None


def promise(text: str) -> tuple[Side, str] | None:
    """The side and the first words of a promise that starts within this token: `>send`, `<"their list"`.

    Behind `>` and `<` a letter or a closed quote is needed, so that `->`, `>=`, `<3` and `>50` are words.
    Behind `we:` and `they:` anything may stand. The quotes are dropped, and so is a backslash.
    """
    sign = next((sign for sign in SIDES if text[: len(sign)].lower() == sign), "")
    first = text[len(sign) :]
    if not sign or not first:
        return None
    if first[0] == "\\" and len(first) > 1 and sign not in "<>":
        return SIDES[sign], first[1:]
    words = without_quotes(first)
    if not words or (sign in "<>" and words is first and not first[0].isalpha()):
        return None
    return SIDES[sign], words


def lone_promise(token: Token, after: Token | None, is_comparison: bool) -> Side | None:
    """The side of a promise whose sign stands alone: `> send usage fri`.

    `>` and `<` need a letter at the start of the next token, and no comparison such as `99 > target`.
    """
    side = SIDES.get(token.text.lower())
    if side is None or after is None or (after.bare and is_sign(after.text)):
        return None
    if token.text in "<>" and (is_comparison or not after.bare or not after.text[0].isalpha()):
        return None
    return side


def may_be_sign(text: str) -> bool:
    """A quick no for most words: every sign starts with one of four characters or holds a colon."""
    return text[0] in "@#<>" or ":" in text


def is_sign(text: str) -> bool:
    """Whether the token ends a promise by itself: a contact, a listed signal, a mood, a pulse, a promise."""
    if not may_be_sign(text):
        return False
    if text.lower() in SIDES or promise(text) or contact(text):
        return True
    return signal(text) is not None or mood(text) is not None or pulse(text) is not None


def is_comparison(before: str | None, parts: int, today: date) -> bool:
    """Whether `>` behind this word compares: a digit stands there, and no day that ends the promise before.

    `before` is None where a head token, a sign or nothing stands; `parts` counts the promise's words so far.
    """
    if before is None or not any(c.isdigit() for c in before):
        return False
    return parts < 2 or not names_day(before, today)


def names_day(text: str, today: date) -> bool:
    """Whether a promise that ends in this token ends in a day, possible or not."""
    try:
        return due_day(text, today) is not None
    except ImpossibleDay:
        return True


def due_day(text: str, today: date) -> date | None:
    """The day that a promise's last token names; a full stop behind it falls off. Raises ImpossibleDay."""
    return ahead(text.rstrip(_STOPS), today)
