"""Books for measuring: any number of touchpoints, each told from a few hundred ready-made ones."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.accounts import Tier
from csm_tui.domain.days import STANDARD
from csm_tui.domain.policy import POLICY
from csm_tui.exchange.demo import words_talks
from csm_tui.exchange.demo.account import (
    Known,
    Met,
    filled_in,
    meetings,
    renewal_was_told,
    write_account,
    write_loose,
    write_met,
)
from csm_tui.exchange.demo.large_plans import plan_in_bulk
from csm_tui.exchange.demo.talks import Deck, at_an_hour, said
from csm_tui.exchange.demo.words_cast import Told
from csm_tui.exchange.demo.words_talks import GOOD, MIXED, WORRIED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from csm_tui.exchange.demo.cast import Cast
    from csm_tui.exchange.demo.rows import Rows, Stage


BATCH = 2_000
Mould = tuple[Met, str | None]
NEVER = date.max.toordinal()


class Moulds(NamedTuple):
    """Ready-made talks, ready-made touchpoints of all sorts, and reviews; and whether there are plans as well."""

    talks: Sequence[Mould] = ()
    all_sorts: Sequence[Mould] = ()
    reviews: Sequence[Mould] = ()
    plans: bool = False


def moulds(rng: Random) -> Moulds:
    """Ready-made touchpoints, one in thirty with a signal."""
    deck = Deck(rng)
    tones = rng.choices((GOOD, MIXED, WORRIED), (75, 20, 5), k=300)
    kinds = rng.choices(("call", "meeting", "training", "email", "chat", "onsite"), (9, 6, 1, 3, 2, 1), k=300)
    talks = [_mould(rng, Met(date.min, said(rng, deck, *both))) for both in zip(kinds, tones, strict=True)]
    others: list[Mould] = []
    for kind, state, direction in rng.choices(list(words_talks.ONE_WAY), (5, 2, 2, 3, 1), k=100):
        summary, _ = deck.draw((kind, state, direction), words_talks.ONE_WAY[kind, state, direction])
        others.append(_mould(rng, Met(date.min, Told(kind, None, summary), state, direction)))
    tones = rng.choices((GOOD, MIXED, WORRIED), (75, 20, 5), k=30)
    reviews = [_mould(rng, Met(date.min, said(rng, deck, "qbr", tone))) for tone in tones]
    return Moulds(talks, rng.sample(talks + others, len(talks) + len(others)), reviews)


def _mould(rng: Random, met: Met) -> Mould:
    told = met.told
    kept = told._replace(
        summary=filled_in(told.summary, rng.choice(("their admin", "the sponsor", "the team lead"))),
        signals=told.signals if rng.random() < 0.15 else (),
    )
    return at_an_hour(rng, met._replace(told=kept)), rng.choice(words_talks.NOTES) if rng.random() < 0.08 else None


def play_in_bulk(stage: Stage, cast: Cast, share: int, spoken: Moulds) -> None:
    """Write an account with exactly so many touchpoints, evenly spread up to its last contact; with plans if wished."""
    people, rows = write_account(stage, cast, 2), stage.rows
    booked = cast.booked if share > len(cast.booked) else ()
    newest: int | None = None
    review_from = _reviewed_from(stage, cast)
    for day, (met, notes) in _spread(cast, share - len(booked), spoken, review_from):
        newest = rows.number("touchpoint")
        _write_mould(rows, (newest, cast.id, day), met, notes, people)
        rows.push(BATCH)
    if newest and renewal_was_told(stage, cast):
        rows.add("touchpoint_signal", newest, "renewal")
    for met in meetings(stage, cast._replace(booked=booked)):
        write_met(stage, cast, met, people)
    if cast.part.pulses:
        given = cast.last or stage.today
        rows.add("pulse", cast.id, newest, cast.part.pulses[-1], given.isoformat(), None)
    write_loose(stage, cast, newest)
    if spoken.plans:
        known = review_from < NEVER
        plan_in_bulk(stage, cast, date.fromordinal(review_from + _every(cast)) if known else None)


def _reviewed_from(stage: Stage, cast: Cast) -> int:
    """The day from which on the next touchpoint was a review, so that few are due and one in six is being prepared."""
    every = _every(cast)
    from_day, to_day = stage.rng.choices(((-9, 0), (0, 8), (8, 43), (43, every)), (2, 5, 15, 78))[0]
    due_in = stage.rng.randrange(from_day, to_day)
    started = cast.facts.started_on or stage.today
    if (stage.today - started).days <= POLICY.reviews.first:
        return NEVER
    return stage.today.toordinal() + due_in - every


def _every(cast: Cast) -> int:
    return POLICY.reviews.low_touch if cast.part.tier is Tier.LOW_TOUCH else POLICY.reviews.interval


def _spread(cast: Cast, count: int, spoken: Moulds, review_from: int) -> Iterator[tuple[str, Mould]]:
    """So many days from the start (two years back at most) to the last contact, a talk, and what was said.

    The first from a day on is a review; where it comes too late for that, the last contact is.
    """
    if cast.last is None or cast.facts.started_on is None or count < 1:
        return
    talks, all_sorts, reviews, _ = spoken
    turn = cast.id
    first, last = (
        max(cast.facts.started_on, cast.last - timedelta(days=2 * 365)).toordinal(),
        cast.last.toordinal(),
    )
    for place in range(1, count):
        on = first + (last - first) * (place - 1) // count
        if on >= review_from:
            review_from = NEVER
            yield _working(on), reviews[turn % len(reviews)]
        else:
            yield _working(on), all_sorts[(turn * 31 + place * 7) % len(all_sorts)]
    yield cast.last.isoformat(), reviews[turn % len(reviews)] if review_from < NEVER else talks[turn % len(talks)]


@cache
def _working(ordinal: int) -> str:
    return STANDARD.back(date.fromordinal(ordinal)).isoformat()


def _write_mould(rows: Rows, at: tuple[int, int, str], met: Met, notes: str | None, people: list[Known]) -> None:
    told, number = met.told, at[0]
    rows.add(
        "touchpoint",
        *at,
        met.time,
        told.kind,
        met.state,
        met.direction,
        met.minutes,
        told.mood,
        told.summary,
        notes,
    )
    if met.direction == "two-way":
        rows.add("touchpoint_contact", number, people[number % len(people)].id)
    for signal in told.signals:
        rows.add("touchpoint_signal", number, signal)
