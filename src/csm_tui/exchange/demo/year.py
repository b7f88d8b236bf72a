"""A year of one account as a CSM would have logged it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from csm_tui.domain.accounts import Tier
from csm_tui.domain.cadence import own_interval, standing
from csm_tui.domain.days import STANDARD
from csm_tui.exchange.demo import words_cast, words_names, words_talks
from csm_tui.exchange.demo.account import (
    Known,
    Met,
    meetings,
    renewal_was_told,
    served_on,
    write_account,
    write_loose,
    write_met,
)
from csm_tui.exchange.demo.reviews import KINDS, held_days, prepare
from csm_tui.exchange.demo.talks import Deck, at_an_hour, said
from csm_tui.exchange.demo.words_cast import Due, Told
from csm_tui.exchange.demo.words_talks import GOOD, MIXED, WORRIED
from csm_tui.exchange.demo.year_plans import write_plans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from csm_tui.exchange.demo.cast import Cast
    from csm_tui.exchange.demo.rows import Stage


LOOKS_BACK = 400
WEEK = 7
PEOPLE_OF = {Tier.WHITE_GLOVE: (5, 6), Tier.HIGH_TOUCH: (3, 4), Tier.LOW_TOUCH: (2, 2)}


def play(stage: Stage, cast: Cast) -> None:
    """Write an account with its year."""
    people = write_account(stage, cast, _how_many(stage, cast))
    days = _talk_days(stage, cast)
    reviews = held_days(stage, cast, days)
    pulses, deck = _pulses(cast, days), Deck(stage.rng)
    met = [
        *_talks(stage, cast, deck, pulses, dict(zip(days, _kinds(stage.rng, cast, days, reviews), strict=True))),
        *_between(stage, cast, deck, days),
        *meetings(stage, cast),
    ]
    met.sort(key=lambda one: (one.day, one.time or ""))
    numbers = {one.day: write_met(stage, cast, one, people) for one in met}
    for day, value in pulses.items():
        reason = stage.rng.choice(words_talks.PULSE_REASONS[value]) or None
        stage.rows.add("pulse", cast.id, numbers[day], value, day.isoformat(), reason)
    _write_kept(stage, cast, days, numbers)
    write_loose(stage, cast, numbers[days[-1]] if days else None)
    write_plans(stage, cast, reviews)
    prepare(stage, cast, reviews)
    if cast.written and cast.part.name == words_cast.SNOOZED[0]:
        _write_snooze(stage, cast, people[0])


def _how_many(stage: Stage, cast: Cast) -> int:
    """How many people there are to know, by tier."""
    named = len(words_cast.PEOPLE.get(cast.part.name, ())) if cast.written else 0
    return named or stage.rng.randint(*PEOPLE_OF[cast.part.tier])


def _talk_days(stage: Stage, cast: Cast) -> list[date]:
    """The days of two-way contact, oldest first: from the last one back at about the rhythm that held."""
    started, last = cast.facts.started_on, cast.last
    if started is None or last is None:
        return []
    kickoff, horizon = STANDARD.first_after(started), stage.today - timedelta(days=LOOKS_BACK)
    days, oldest = [last], max(horizon, kickoff + timedelta(days=4))
    while True:
        rhythm = own_interval(cast.facts._replace(last_two_way_on=days[-1] - timedelta(days=WEEK)))
        day = STANDARD.back(days[-1] - timedelta(days=max(3, round(rhythm * stage.rng.uniform(0.7, 1.05)))))
        if day < oldest:
            break
        days.append(day)
    if horizon <= kickoff < days[-1]:
        days.append(kickoff)
    return days[::-1]


def _pulses(cast: Cast, days: list[date]) -> dict[date, int]:
    """The pulses by the talk after which they were given, the newest after the last."""
    values = cast.part.pulses[-len(days) :] if days else ()
    step = max(1, len(days) // max(1, len(values)))
    return {days[len(days) - 1 - (len(values) - 1 - n) * step]: value for n, value in enumerate(values)}


def _tone(rng: Random, pulses: dict[date, int], day: date) -> str:
    value = max(((given, value) for given, value in pulses.items() if given <= day), default=(day, 4))[1]
    weights = {1: (0, 2, 8), 2: (1, 4, 5), 3: (4, 6, 1), 4: (9, 2, 0), 5: (1, 0, 0)}[value]
    return rng.choices((GOOD, MIXED, WORRIED), weights)[0]


def _kinds(rng: Random, cast: Cast, days: list[date], reviews: Sequence[date]) -> Iterator[str]:
    """What each talk was: kickoff, trainings, then calls and meetings, with reviews between."""
    started = cast.facts.started_on or days[0]
    for day in days:
        age = (day - started).days
        if age <= 4:
            yield "kickoff"
        elif day in reviews:
            yield "ebr" if cast.part.tier is Tier.WHITE_GLOVE and reviews.index(day) % 2 else "qbr"
        elif age <= 45:
            yield rng.choice(("training", "training", "call", "meeting"))
        else:
            often = (9, 6, 1, 3, 2, 0 if cast.part.tier is Tier.LOW_TOUCH else 1)
            yield rng.choices(("call", "meeting", "training", "email", "chat", "onsite"), often)[0]


def _talks(stage: Stage, cast: Cast, deck: Deck, pulses: dict[date, int], kinds: dict[date, str]) -> Iterator[Met]:
    """The two-way touchpoints, the newest as its story tells."""
    story = words_cast.STORIES.get(cast.part.name, ()) if cast.written else ()
    renewal = renewal_was_told(stage, cast)
    for left, (day, kind) in enumerate(reversed(kinds.items())):
        told = story[left] if left < len(story) else said(stage.rng, deck, kind, _tone(stage.rng, pulses, day))
        if renewal and left == 0 and kind in KINDS:
            told = told._replace(signals=(*told.signals, "renewal"))
        elif renewal and left == 0:
            told = Told("call", None, "Asked about the renewal: no doubts so far", ("renewal",))
        yield at_an_hour(stage.rng, Met(day, told))


def _between(stage: Stage, cast: Cast, deck: Deck, days: list[date]) -> Iterator[Met]:
    """What is no contact: one-way mail, unanswered calls, notes; oftener where it has gone quiet."""
    for earlier, later in pairwise([*days, stage.today] if days else []):
        quiet = {Due.BREACHED: 3, Due.OVERDUE: 1}.get(cast.part.due, 0) if later == stage.today else 0
        times = quiet or int(stage.rng.random() < 0.55)
        for place in range(times):
            room = (later - earlier) // times
            yield from _one_way(stage.rng, deck, earlier + room * place, earlier + room * (place + 1))
    if cast.written and cast.last and cast.part.name == words_cast.NOTICE_SERVED:
        yield Met(served_on(cast.last), words_cast.TERMINATION, direction="in")
    if cast.facts.started_on and cast.facts.started_on > stage.today:
        yield Met(STANDARD.back(stage.today), Told("note", None, words_cast.HANDOVER), direction="internal")


def _one_way(rng: Random, deck: Deck, earlier: date, later: date) -> Iterator[Met]:
    """One of them between two days, where a working day lies between."""
    room = (later - earlier).days
    day = STANDARD.back(earlier + timedelta(days=rng.randrange(1, room))) if room > 1 else earlier
    if day <= earlier:
        return
    kind, state, direction = rng.choices(list(words_talks.ONE_WAY), (5, 1, 2, 2, 1))[0]
    summary, _ = deck.draw((kind, state, direction), words_talks.ONE_WAY[kind, state, direction])
    yield at_an_hour(rng, Met(day, Told(kind, None, summary), state, direction))


def _write_kept(stage: Stage, cast: Cast, days: list[date], numbers: dict[date, int]) -> None:
    """The promises of the year that are closed: most kept, on the day or some days late."""
    rng = stage.rng
    for made in days[:-1]:
        due = STANDARD.forward(made + timedelta(days=rng.randrange(4, 15)))
        side = rng.choice(("ours", "ours", "theirs"))
        slip = rng.choice((-1, 0, 0, 0, 1, 1, 2, 3, 6) if side == "ours" else (0, 0, 2, 5, 9))
        closed = STANDARD.forward(due + timedelta(days=slip))
        if rng.random() > 0.4 or closed >= stage.today:
            continue
        state = rng.choices(("kept", "broken", "released"), (88, 6, 6))[0]
        reason = rng.choice(words_talks.DROPPED[state]) if state in words_talks.DROPPED else None
        what = rng.choice(words_talks.OURS if side == "ours" else words_talks.THEIRS)
        days_of = due.isoformat(), state, made.isoformat(), closed.isoformat()
        stage.rows.add("promise", cast.id, numbers[made], side, what, *days_of, reason, None)


def _write_snooze(stage: Stage, cast: Cast, someone: Known) -> None:
    """A check-in put off to the next working day, for the ideal day it has now."""
    due = standing(cast.facts._replace(last_two_way_on=cast.last), stage.today).ideal_on
    made, until = STANDARD.back(stage.today - timedelta(days=1)), STANDARD.first_after(stage.today)
    reason = words_cast.SNOOZED[1].replace("{who}", words_names.called(someone.name))
    stage.rows.add("snooze", cast.id, f"c{cast.id}", due.isoformat(), made.isoformat(), until.isoformat(), reason)
