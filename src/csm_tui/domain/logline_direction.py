"""Who spoke, where no arrow behind the kind says so: the kind and the summary's first words tell it."""

from __future__ import annotations

from csm_tui.domain.touchpoints import Direction, Kind

_NOBODY_THERE = (["no", "answer"], ["voicemail"], ["left", "a", "message"])
_LEADS_THERE = frozenset(
    {"left", "got", "hit", "went", "straight", "to", "a", "an", "his", "her", "their"}
    | {"tried", "called", "rang", "twice", "again", "only", "just", "still", "but", "and"}
)
_PUNCTUATION = '.,;:!?()"'
_WORDS_LOOKED_AT = 12


def default_direction(kind: Kind, words: str, contacts: tuple[str, ...]) -> Direction:
    """Mail is out unless *from* somebody, a note internal, an unanswered call out, all else two-way."""
    if kind is Kind.NOTE:
        return Direction.INTERNAL
    if kind is Kind.EMAIL:
        return Direction.IN if words.split(" ", 1)[0].lower() == "from" else Direction.OUT
    return Direction.OUT if is_unanswered(kind, words, contacts) else Direction.TWO_WAY


def is_unanswered(kind: Kind, words: str, contacts: tuple[str, ...]) -> bool:
    """Whether a call or a chat met nobody: it is followed by *no answer*, *voicemail* or *left a message*.

    Names and a few words such as *left*, *tried* or *went to* may stand before. A later mention does not
    count: "they get no answer from support" was a talk.
    """
    if kind not in (Kind.CALL, Kind.CHAT):
        return False
    passed_over = _LEADS_THERE.union(part.casefold() for name in contacts for part in name.split())
    said = [word.strip(_PUNCTUATION).casefold() for word in words.split(" ", _WORDS_LOOKED_AT)]
    for n, word in enumerate(said):
        if any(said[n : n + len(phrase)] == phrase for phrase in _NOBODY_THERE):
            return True
        if word not in passed_over:
            return False
    return False
