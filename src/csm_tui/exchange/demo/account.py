"""What every account of the made-up book has, however its touchpoints come about: people, promises, meetings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.days import STANDARD
from csm_tui.domain.lifecycle import opt_out_on
from csm_tui.domain.renewals import opt_out_is_near
from csm_tui.exchange.demo import words_cast, words_names, words_plans, words_talks
from csm_tui.exchange.demo.cast import near_day
from csm_tui.exchange.demo.words_cast import Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm_tui.exchange.demo.cast import Cast
    from csm_tui.exchange.demo.rows import Stage


QUARTER = 84


class Known(NamedTuple):
    """A person at an account as touchpoints ask for them."""

    id: int
    name: str
    left_on: date | None


class Met(NamedTuple):
    """One touchpoint before it is numbered."""

    day: date
    told: Told
    state: str = "held"
    direction: str = "two-way"
    time: str | None = None
    minutes: int | None = None


def write_account(stage: Stage, cast: Cast, people: int) -> list[Known]:
    """Write the account and its people; who they are."""
    part, facts = cast.part, cast.facts
    served = cast.written and part.name == words_cast.NOTICE_SERVED and cast.last
    home = words_cast.DOMAINS.get(part.name) or f"{words_names.slug(part.name).replace('.', '')}.example"
    stage.rows.add(
        "account", cast.id, part.name, part.tier, home, stage.rng.choice(words_cast.OWNERS),
        _iso(facts.started_on),
        _iso(facts.renewal_on), None if _unwatched(cast, stage.today) else part.notice,
        _iso(served_on(served)) if served else None, None if part.arr is None else part.arr * 100_000,
        part.seats, part.every,
        facts.added_on.isoformat(), words_plans.REVIEW_KINDS.get(part.name) if cast.written else None,
        *_leaving(stage, cast),
    )  # fmt: skip
    known: list[Known] = []
    for place in range(people):
        known.append(_write_person(stage, cast, home, place, known))
    return known


def _leaving(stage: Stage, cast: Cast) -> tuple[str | None, str | None]:
    days, why = words_plans.LEAVING.get(cast.part.name, (None, None)) if cast.written else (None, None)
    return (None, None) if days is None else (near_day(stage.today, days).isoformat(), why)


def left_day(cast: Cast) -> date | None:
    """The day on which somebody of the written cast left: shortly before the last talk."""
    gone = cast.written and cast.last is not None and cast.part.name in words_cast.LEFT
    return STANDARD.back(cast.last - timedelta(days=2)) if gone and cast.last else None


def served_on(last: date) -> date:
    """Notice came before the talk about staying, and is no news any more."""
    return STANDARD.back(last - timedelta(days=9))


def _unwatched(cast: Cast, today: date) -> bool:
    """Whether an invented account's opt-out is near and nobody talked of it: that clock is left out."""
    return not cast.written and _near(cast, today) and (cast.last is None or (today - cast.last).days > QUARTER)


def _near(cast: Cast, today: date) -> bool:
    opt_out = opt_out_on(cast.facts.renewal_on, cast.facts.notice_days)
    return opt_out is not None and opt_out_is_near(opt_out, today)


def renewal_was_told(stage: Stage, cast: Cast) -> bool:
    """Nearly every invented account whose opt-out is near was asked about its renewal."""
    return not cast.written and _near(cast, stage.today) and stage.rng.random() > 0.06


def _write_person(stage: Stage, cast: Cast, home: str, place: int, known: list[Known]) -> Known:
    rng, written = stage.rng, words_cast.PEOPLE.get(cast.part.name, ()) if cast.written else ()
    if place < len(written):
        name, title, role = written[place]
        local = words_names.slug(name.replace(" ", "."))
    else:
        role = list(words_names.TITLES)[place] if place < 3 else rng.choice(list(words_names.TITLES)[3:])
        title = rng.choice(words_names.TITLES[role])
        culture = words_names.AT_HOME.get(cast.part.name) or rng.choice(words_names.CULTURES)
        name, local = words_names.person(rng, culture)
        while name in {one.name for one in known}:
            name, local = words_names.person(rng, culture)
    left_on = left_day(cast) if words_cast.LEFT.get(cast.part.name) == place else None
    number = stage.rows.number("contact")
    status = "left" if left_on else "active"
    stage.rows.add("contact", number, cast.id, name, title, role, f"{local}@{home}", status, _iso(left_on))
    return Known(number, name, left_on)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def write_loose(stage: Stage, cast: Cast, newest: int | None) -> None:
    """The open promises, made in the last talk where that was before their day."""
    for end in cast.promises:
        days = end.weekday if STANDARD.works(stage.today) else end.weekend
        due = None if days is None else near_day(stage.today, days)
        made, source = cast.last, newest
        if made is None or (due is not None and due <= made):
            made, source = min(due or stage.today, stage.today) - timedelta(days=4), None
        made = max(made, cast.facts.added_on)
        stage.rows.add(
            "promise", cast.id, source, end.side, end.what, _iso(due), "open", made.isoformat(), None, None, None
        )


def meetings(stage: Stage, cast: Cast) -> Iterator[Met]:
    """What stands in the calendar."""
    for meeting in cast.booked:
        told = Told(meeting.kind, None, meeting.summary)
        yield Met(near_day(stage.today, meeting.days), told, "booked", "two-way", meeting.time, meeting.minutes)


def write_met(stage: Stage, cast: Cast, met: Met, people: list[Known]) -> int:
    """Write a touchpoint with who was there and the signals in it; its id."""
    rng, rows, told = stage.rng, stage.rows, met.told
    there = [one for one in people if one.left_on is None or one.left_on >= met.day]
    several = met.direction == "two-way" and told.kind not in ("call", "chat", "email")
    chosen = rng.sample(there, min(len(there), rng.choice((2, 3, 3, 4)) if several else 1))
    summary = filled_in(told.summary, words_names.called(chosen[0].name))
    notes = rng.choice(words_talks.NOTES) if told.kind in ("qbr", "ebr") and met.state == "held" else None
    number = rows.number("touchpoint")
    rows.add(
        "touchpoint", number, cast.id, met.day.isoformat(), met.time, told.kind, met.state, met.direction,
        met.minutes, told.mood, summary, notes,
    )  # fmt: skip
    for one in chosen if met.direction != "internal" else ():
        rows.add("touchpoint_contact", number, one.id)
    for signal in told.signals:
        rows.add("touchpoint_signal", number, signal)
    return number


def filled_in(text: str, who: str) -> str:
    text = text.replace("{who}", who)
    return text[:1].upper() + text[1:]
