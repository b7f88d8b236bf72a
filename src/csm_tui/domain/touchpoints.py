"""The words about a touchpoint that every rule shares: kind, state, direction, mood, signal, side."""

from __future__ import annotations

from csm_tui.typed import StrEnum


class Kind(StrEnum):
    """What a touchpoint was."""

    CALL = "call"
    MEETING = "meeting"
    ONSITE = "onsite"
    TRAINING = "training"
    CHAT = "chat"
    EMAIL = "email"
    QBR = "qbr"
    EBR = "ebr"
    NOTE = "note"


REVIEW_KINDS = frozenset({Kind.QBR, Kind.EBR})
"""The two reviews: the regular and the strategic one."""


class State(StrEnum):
    """Whether it took place: held, booked for a day to come, or missed."""

    HELD = "held"
    BOOKED = "booked"
    MISSED = "missed"


class Direction(StrEnum):
    """Who spoke: only a held two-way touchpoint restarts the cadence; out and in are attempts."""

    TWO_WAY = "two-way"
    OUT = "out"
    IN = "in"
    INTERNAL = "internal"


class Mood(StrEnum):
    """How they felt: `:)` `:|` `:(`."""

    HAPPY = "happy"
    MIXED = "mixed"
    WORRIED = "worried"


class Side(StrEnum):
    """Who owes a promise."""

    OURS = "ours"
    THEIRS = "theirs"


class Signal(StrEnum):
    """One observed sign of risk or of growth, or a fact that a must-do asks for."""

    USAGE = "usage"
    TICKETS = "tickets"
    NPS = "nps"
    CHAMPION = "champion"
    COMPETITOR = "competitor"
    PAYMENT = "payment"
    SILENCE = "silence"
    STALLED = "stalled"
    VALUE = "value"
    GROWTH = "growth"
    USECASE = "usecase"
    BUDGET = "budget"
    ADVOCATE = "advocate"
    LIMIT = "limit"
    RENEWAL = "renewal"
    TERMINATION = "termination"
    EXEC = "exec"


RISK_SIGNALS = frozenset(list(Signal)[:9])
GROWTH_SIGNALS = frozenset(list(Signal)[9:14])
