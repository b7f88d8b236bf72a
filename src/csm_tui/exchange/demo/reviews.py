"""The reviews of an account: on which of its talks they were held, and how the next one is prepared."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from csm_tui.domain import onboarding
from csm_tui.domain.accounts import Tier
from csm_tui.domain.policy import POLICY
from csm_tui.domain.reviews import ReviewFacts, ReviewState, standing
from csm_tui.exchange.demo import words_cast, words_plans
from csm_tui.exchange.demo.cast import near_day
from csm_tui.exchange.demo.plans import Course, Start, planned, write_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csm_tui.exchange.demo.cast import Cast
    from csm_tui.exchange.demo.rows import Stage


KINDS = frozenset({"qbr", "ebr"})
WEEK = 7
AHEAD = 46
"""A review that is due in so many days is not prepared yet."""


def held_days(stage: Stage, cast: Cast, days: Sequence[date]) -> list[date]:
    """The talks that were reviews: the first near its day, then so that the next is due when its words want it."""
    started, story = cast.facts.started_on, _story(cast)
    if started is None or not days or (stage.today - started).days <= POLICY.reviews.first:
        return []
    told = [days[-1 - back] for back, one in enumerate(story) if one.kind in KINDS and back < len(days)]
    free = [*days[: len(days) - len(story)], *told]
    every = _every(cast)
    if not free:
        return []
    newest = told[0] if told else _newest(stage.today - timedelta(days=every), _due_in(stage, cast, every), free)
    first = started + timedelta(days=POLICY.reviews.first)
    targets = _targets(first, newest, every) if first >= days[0] else _backwards(days[0], newest, every)
    return sorted({_nearest(target, free) for target in targets})


def _newest(ago: date, due_in: int, days: Sequence[date]) -> date:
    """The talk that makes the next review due in about so many days, and not sooner than that kind of wish allows."""
    least = AHEAD if due_in > AHEAD else 2 if due_in > 0 else due_in - WEEK
    wanted = [day for day in days if (day - ago).days >= least]
    return _nearest(ago + timedelta(days=due_in), wanted or days)


def _story(cast: Cast) -> tuple[words_cast.Told, ...]:
    return words_cast.STORIES.get(cast.part.name, ()) if cast.written else ()


def _every(cast: Cast) -> int:
    return POLICY.reviews.low_touch if cast.part.tier is Tier.LOW_TOUCH else POLICY.reviews.interval


def _due_in(stage: Stage, cast: Cast, every: int) -> int:
    drawn = stage.rng.randrange(AHEAD + 14, every - 5)
    return words_plans.REVIEW_IN.get(cast.part.name, drawn) if cast.written else drawn


def _targets(first: date, newest: date, every: int) -> list[date]:
    """The first, and as many as there is room for up to the newest."""
    room = (newest - first).days
    if room < every // 2:
        return [first]
    times = -(-room // every)
    return [first + timedelta(days=room * place // times) for place in range(times + 1)]


def _backwards(oldest: date, newest: date, every: int) -> list[date]:
    """From the newest back to where the talks begin."""
    return [newest - timedelta(days=back) for back in range(0, max(1, (newest - oldest).days), every)]


def _nearest(target: date, days: Iterable[date]) -> date:
    return min(days, key=lambda day: (abs((day - target).days), day))


def review_kind(cast: Cast) -> str | None:
    """The account's own kind of review, where it has one."""
    return words_plans.REVIEW_KINDS.get(cast.part.name) if cast.written else None


def prepare(stage: Stage, cast: Cast, held: Sequence[date]) -> None:
    """Write the preparation that runs for the next review; that of the first is part of the onboarding."""
    facts = cast.facts
    if not held and facts.started_on is not None and (stage.today - facts.started_on).days <= onboarding.DAYS:
        return
    booked = [near_day(stage.today, one.days) for one in cast.booked if one.kind in KINDS]
    clock = ReviewFacts(
        cast.part.tier, facts.added_on, facts.started_on, None, review_kind(cast), tuple(held),
        booked_on=min(booked, default=None),
    )  # fmt: skip
    following = standing(clock, stage.today)
    if following is None or following.state is ReviewState.MISSED or following.opens_on > stage.today:
        return
    kept = stage.shelf.take(following.kind)
    start = Start(cast.id, kept, following.day, max(following.opens_on, facts.added_on))
    turns = words_plans.PREPARING.get(cast.part.name, {}) if cast.written else {}
    write_plan(stage, start, planned(start), Course(turns))
