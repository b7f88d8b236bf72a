"""When a QBR or an EBR falls due, which were held in time, and where the next one stands."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.accounts import Tier
from csm_tui.domain.days import STANDARD, Calendar
from csm_tui.domain.policy import POLICY, ReviewPolicy
from csm_tui.typed import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PERIOD = timedelta(days=91)
"""The on-schedule rate is that of the last quarter."""
GOAL = 90
"""So many percent of the reviews should be held on schedule."""


class ReviewState(StrEnum):
    """Where a review stands."""

    DUE = "due"
    PREPARATION = "preparation"
    BOOKED = "booked"
    HELD = "held"
    MISSED = "missed"
    SKIPPED = "skipped"


class ReviewFacts(NamedTuple):
    """What the clock of reviews needs to know of an account. `held` are the days of reviews held, in order; `skips` the
    due days that were let go; `every` its own interval (0: none) and `kind` its own kind, where it has them; `prepared`
    says that a plan runs which prepares it, or leads to it.
    """

    tier: Tier
    added_on: date
    started_on: date | None = None
    every: int | None = None
    kind: str | None = None
    held: tuple[date, ...] = ()
    skips: tuple[date, ...] = ()
    booked_on: date | None = None
    account_id: int = 0
    prepared: bool = False


class Review(NamedTuple):
    """One review: when it fell due, and when it was held if it was."""

    due_on: date
    held_on: date | None = None
    skipped: bool = False

    def on_schedule(self, today: date, policy: ReviewPolicy = POLICY.reviews) -> bool | None:
        """Held by its due day and two weeks, however early; None while that is open, and for one that was let go."""
        last = self.due_on + timedelta(days=policy.grace)
        if self.skipped:
            return None
        if self.held_on is not None:
            return self.held_on <= last
        return False if today > last else None


def interval(facts: ReviewFacts, policy: ReviewPolicy = POLICY.reviews) -> int:
    """Days between reviews: the account's own, else half a year for low-touch, else a quarter; 0 is none."""
    if facts.every is not None:
        return facts.every
    return policy.low_touch if facts.tier is Tier.LOW_TOUCH else policy.interval


def reviews(facts: ReviewFacts, policy: ReviewPolicy = POLICY.reviews, calendar: Calendar = STANDARD) -> list[Review]:
    """Every review from the first to the next one, in order (rules.md, Reviews).

    The first is due 85 days after the start; see `_first` for what was before this book. A review held early answers
    the next one due, so that a skip of that one is void; else a skip restarts the clock at its due day. Of an account
    without reviews none falls due, whatever was held.
    """
    every = interval(facts, policy)
    if every == 0:
        return []
    before = [day for day in facts.held if day < facts.added_on]
    held = [day for day in facts.held if day >= facts.added_on]
    due = _next(before[-1], every) if before else _first(facts, every, policy)
    found: list[Review] = []
    while True:
        on = calendar.forward(due)
        if on in facts.skips and not (held and held[0] <= on):
            found.append(Review(on, None, skipped=True))
            due = _next(on, every)
        elif held:
            day = held.pop(0)
            found.append(Review(on, day))
            due = _next(day, every)
        else:
            return [*found, Review(on)]


def _next(day: date, every: int) -> date:
    return day + timedelta(days=every)


def _first(facts: ReviewFacts, every: int, policy: ReviewPolicy) -> date:
    """85 days after the start; without one, an interval after the account was added.

    Where that was more than an interval before the account came into this book, nobody can say what was held: then it
    is the first day of that rhythm in this book.
    """
    if facts.started_on is None:
        return _next(facts.added_on, every)
    due = facts.started_on + timedelta(days=policy.first)
    behind = (facts.added_on - due).days
    return due if behind <= every else due + timedelta(days=-(-behind // every) * every)


class Standing(NamedTuple):
    """The next review of an account: its due day, the day it is prepared for, its kind and where it stands."""

    due_on: date
    day: date
    kind: str
    state: ReviewState
    opens_on: date
    held_on: date | None

    @property
    def preparing(self) -> Standing:
        """The same review once its preparation runs; where it is booked or missed, that says more."""
        return self._replace(state=ReviewState.PREPARATION) if self.state is ReviewState.DUE else self


PREPARED_BEFORE = {"qbr": 42, "ebr": 90}
"""Days before its day on which the preparation of a review opens: the `opens` of those playbooks (a test says so)."""


def standing(
    facts: ReviewFacts,
    today: date,
    policy: ReviewPolicy = POLICY.reviews,
    calendar: Calendar = STANDARD,
) -> Standing | None:
    """The next review; None where the account has none."""
    every, held = interval(facts, policy), max(facts.held, default=None)
    if not every:
        return None
    due, kind = _due(facts, every, policy, calendar), facts.kind or "qbr"
    booked = facts.booked_on if facts.booked_on is not None and facts.booked_on >= today else None
    day = booked or due
    opens = day - timedelta(days=PREPARED_BEFORE[kind])
    state = ReviewState.DUE
    if booked is not None:
        state = ReviewState.BOOKED
    elif due < today:
        state = ReviewState.MISSED
    return Standing(due, day, kind, state, opens, held)


def _due(facts: ReviewFacts, every: int, policy: ReviewPolicy, calendar: Calendar) -> date:
    """The due day of the last of `reviews`; where none was let go, it counts from the last one held alone."""
    if facts.skips:
        return reviews(facts, policy, calendar)[-1].due_on
    return calendar.forward(_next(facts.held[-1], every) if facts.held else _first(facts, every, policy))


def rate(books: Iterable[Sequence[Review]], today: date, policy: ReviewPolicy = POLICY.reviews) -> tuple[int, int]:
    """Reviews held on schedule, of those whose due day fell in the last quarter and on which there is a verdict."""
    good = total = 0
    for found in books:
        for review in found:
            verdict = review.on_schedule(today, policy) if today - PERIOD < review.due_on <= today else None
            if verdict is not None:
                good, total = good + verdict, total + 1
    return good, total


OUTCOMES = ("Outcomes:", "Decisions:", "Next 90 days:")
"""What the notes of a review are asked for."""


def asked_for(line: str) -> str:
    """A log line with the notes that a review is asked for below it, each begun."""
    return "\n".join((line, *(f"{one} " for one in OUTCOMES)))


def answered(notes: str) -> str:
    """Notes without what was asked for and left empty."""
    lines = notes.split("\n")
    kept = [
        line for place, line in enumerate(lines)
        if line.strip() not in OUTCOMES or (place + 1 < len(lines) and not _asks(lines[place + 1]))
    ]  # fmt: skip
    return "\n".join(kept).strip("\n")


def _asks(line: str) -> bool:
    return not line.strip() or line.strip().startswith(OUTCOMES)
