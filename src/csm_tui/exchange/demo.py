"""Writes the made-up book: accounts, people and what was said, always the same for the same day and sizes."""

from __future__ import annotations

import os
import tempfile
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple, Protocol

from csm_tui import paths
from csm_tui.domain.accounts import Tier
from csm_tui.domain.cadence import CadenceFacts, Lateness, own_interval, standing
from csm_tui.domain.days import STANDARD
from csm_tui.domain.errors import Refusal
from csm_tui.domain.lifecycle import opt_out_on
from csm_tui.domain.renewals import OPT_OUT_NEAR
from csm_tui.exchange import demo_words as words
from csm_tui.exchange.demo_words import GOOD, MIXED, WORRIED, Due, Part, Told
from csm_tui.store import migrate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csm_tui.store.connection import Reading

MOST_ACCOUNTS, MOST_TOUCHPOINTS = 1_000_000, 20_000_000
FIRST_YEAR, LAST_YEAR = 1910, 2190
LOOKS_BACK = 400
WEEK, QUARTER, MATURE, LATEST_OVERDUE = 7, 84, 240, 12
BATCH = 2_000

Row = tuple[str | int | None, ...]


class Connection(Protocol):
    """What is asked of a database: to run one statement over many rows."""

    def executemany(self, sql: str, parameters: Iterable[Row], /) -> object:
        """Run a statement once a row."""


COLUMNS = {
    "account": "id, name, tier, domain, owner, started_on, renewal_on, notice_days, notice_served_on, "
    "arr_cents, seats, interval_days, added_on",
    "contact": "id, account_id, name, title, role, email, status, left_on",
    "touchpoint": "id, account_id, day, time, kind, state, direction, minutes, mood, summary, notes",
    "touchpoint_contact": "touchpoint_id, contact_id",
    "touchpoint_signal": "touchpoint_id, signal",
    "promise": "account_id, touchpoint_id, side, what, due_on, state, made_on, closed_on, reason",
    "pulse": "account_id, touchpoint_id, value, given_on, reason",
    "snooze": "account_id, item, due_on, made_on, until_on, reason",
}


class Rows:
    """Rows on their way into the file, a few thousand at a time, parents before children."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self._last = dict.fromkeys(COLUMNS, 0)

    def number(self, table: str) -> int:
        """The next id of a table."""
        self._last[table] += 1
        return self._last[table]

    def add(self, table: str, *row: str | int | None) -> None:
        """Put a row on the way."""
        self._waiting[table].append(row)

    def push(self, at_least: int = 1) -> None:
        """Write what waits, once there are so many touchpoints or accounts of it."""
        if max(len(self._waiting["touchpoint"]), len(self._waiting["account"])) < at_least:
            return
        for table, rows in self._waiting.items():
            marks = ", ".join("?" for _ in COLUMNS[table].split(","))
            self._connection.executemany(f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({marks})", rows)
            rows.clear()


class Stage(NamedTuple):
    """What every scene needs: the day, the dice, and where the rows go."""

    today: date
    rng: Random
    rows: Rows


class Cast(NamedTuple):
    """An account as it is written: its part and dates, the last contact (None: never), and its open ends."""

    id: int
    part: Part
    facts: CadenceFacts
    last: date | None
    promises: tuple[words.Loose, ...] = ()
    booked: tuple[words.Booked, ...] = ()
    written: bool = False


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


def write_demo(path: str, today: date, accounts: int = 40, touchpoints: int | None = None) -> None:
    """Write a whole new book where nothing is yet, for this user alone (0600).

    Without `touchpoints` each account has its year as its cadence asks; with it there are exactly so many,
    spread evenly. Raises Refusal for sizes out of range, a day too far off, and a path that is taken or that
    cannot be written.
    """
    _check(today, accounts, touchpoints)
    if os.path.lexists(path):
        raise _taken(path)
    temporary = ""
    try:
        folder = paths.private_folder(str(Path(path).absolute().parent))
        handle, temporary = tempfile.mkstemp(prefix=".new-", suffix=".db", dir=folder)
        os.close(handle)
        migrate.build(temporary, lambda connection: fill(connection, today, accounts, touchpoints))
        os.link(temporary, path)
    except OSError as error:
        if temporary and isinstance(error, FileExistsError):
            raise _taken(path) from None
        raise Refusal(f"No book can be made at {path}: {error.strerror}. Give another place.") from None
    finally:
        if temporary:
            Path(temporary).unlink()


def _taken(path: str) -> Refusal:
    return Refusal(f"{path} is there already: it was left as it is. Give a name that is free.")


def _check(today: date, accounts: int, touchpoints: int | None) -> None:
    if not FIRST_YEAR <= today.year <= LAST_YEAR:
        raise Refusal(f"A made-up book needs a day from {FIRST_YEAR} to {LAST_YEAR}: {today} is too far off.")
    if not 1 <= accounts <= MOST_ACCOUNTS:
        raise Refusal(f"A made-up book has 1 to {MOST_ACCOUNTS:,} accounts: change --accounts {accounts}.")
    if touchpoints is not None and not 0 <= touchpoints <= MOST_TOUCHPOINTS:
        raise Refusal(
            f"A made-up book has 0 to {MOST_TOUCHPOINTS:,} touchpoints: change --touchpoints {touchpoints}."
        )


def size(reading: Reading) -> tuple[int, int]:
    """How many accounts and touchpoints a book has."""
    found = reading.row("SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM touchpoint)")
    return found or (0, 0)


def fill(connection: Connection, today: date, accounts: int, touchpoints: int | None) -> None:
    """Put the rows of the book into an empty file."""
    stage = Stage(today, Random(f"{today.toordinal()} {accounts} {touchpoints}"), Rows(connection))
    spoken = _moulds(stage.rng) if touchpoints is not None else ([], [])
    for number in range(accounts):
        if touchpoints is None:
            _play(stage, _cast(stage, number) if number < len(words.CAST) else _invented(stage, number))
        else:
            share = touchpoints * (number + 1) // accounts - touchpoints * number // accounts
            _play_in_bulk(stage, _invented(stage, number, touched=share > 0), share, spoken)
        stage.rows.push(BATCH)
    stage.rows.push()


# The cast: who stands how on the day of the book.


def _cast(stage: Stage, number: int) -> Cast:
    """An account of the written cast, with its open promises and its meetings."""
    part = words.CAST[number]
    free = not STANDARD.works(stage.today)
    loose = tuple(end for end in words.OPEN if end.name == part.name)
    booked = tuple(_on_weekend(one) if free else one for one in words.BOOKED if one.name == part.name)
    return _standing(stage, number + 1, part, loose, booked)._replace(written=True)


def _on_weekend(meeting: words.Booked) -> words.Booked:
    kind, summary = words.WEEKEND_CALL
    return meeting if meeting.days else meeting._replace(kind=kind, summary=summary)


def _standing(
    stage: Stage, number: int, part: Part, loose: tuple[words.Loose, ...], booked: tuple[words.Booked, ...]
) -> Cast:
    """The account with its dates, the last contact such that its check-in stands as the part wants it."""
    today = stage.today
    started = _day(today, -part.age)
    renewal = _months_on(started, part.term)
    facts = CadenceFacts(
        number, part.tier, min(started, today), started, None, part.every, renewal, part.notice
    )
    return Cast(number, part, facts, _last(stage, facts, part.due), loose, booked)


def _day(today: date, days: int) -> date:
    """So many days from today, moved to a working day away from it; today itself stays."""
    on = today + timedelta(days=days)
    if days == 0:
        return on
    return STANDARD.forward(on) if days > 0 else STANDARD.back(on)


def _months_on(day: date, months: int) -> date:
    """The same day of the month so many months on, at most the 28th."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, min(day.day, 28))


def _last(stage: Stage, facts: CadenceFacts, due: Due) -> date | None:
    """A last contact that makes the check-in stand so, or nearly so; None before the start."""
    if facts.started_on is None or facts.started_on >= stage.today:
        return None
    age = (stage.today - facts.started_on).days
    for wanted in (due, Due.LATER, Due.WEEK, Due.OVERDUE, Due.TODAY, Due.BREACHED):
        found = _lasts(facts.tier, min(age, MATURE), facts.interval_days, stage.today).get(wanted)
        if found:
            return stage.rng.choice(found[:6] if wanted in (Due.OVERDUE, Due.BREACHED) else found)
    return facts.started_on


@cache
def _lasts(tier: Tier, age: int, every: int | None, today: date) -> dict[Due, list[date]]:
    """The working days that may be the last contact, newest first, by how the check-in then stands."""
    started = today - timedelta(days=age)
    found: dict[Due, list[date]] = {}
    for back in range(1, age + 1):
        last = today - timedelta(days=back)
        if STANDARD.works(last):
            facts = CadenceFacts(1, tier, started, started, last, every)
            found.setdefault(_due(facts, today), []).append(last)
    return found


def _due(facts: CadenceFacts, today: date) -> Due:
    owed = standing(facts, today)
    if owed.lateness is Lateness.LATER:
        return Due.WEEK if (owed.ideal_on - today).days <= WEEK else Due.LATER
    return {Lateness.DUE: Due.TODAY, Lateness.OVERDUE: Due.OVERDUE}.get(owed.lateness, Due.BREACHED)


def _invented(stage: Stage, number: int, *, touched: bool = True) -> Cast:
    """An account drawn at random; about one in twenty is overdue, and one in six is due within the week."""
    rng, names = stage.rng, len(words.CAST)
    tier = rng.choices((Tier.WHITE_GLOVE, Tier.HIGH_TOUCH, Tier.LOW_TOUCH), (3, 27, 70))[0]
    due = rng.choices((Due.LATER, Due.WEEK, Due.TODAY, Due.OVERDUE, Due.BREACHED), (790, 135, 20, 40, 15))[0]
    pulses = rng.choices(((), (5,), (4,), (3,), (2,)), (15, 22, 39, 20, 4))[0]
    base = {Tier.WHITE_GLOVE: 130, Tier.HIGH_TOUCH: 45, Tier.LOW_TOUCH: 12}[tier]
    age = rng.randrange(1, 1000)
    part = Part(
        words.CAST[number].name if number < names else words.company(number - names),
        tier, rng.randrange(base, base * 2), age, 12 * (age // 365 + 1), rng.choice((None, 30, 30, 60, 90)),
        base + rng.randrange(base * 3), pulses, due,
    )  # fmt: skip
    cast = _standing(stage, number + 1, part, _loose(rng, age, at_risk=pulses == (2,)), ())
    if (
        not touched
    ):  # as an import leaves it: no start, no contact, its rhythm counted from the day it was added
        return cast._replace(facts=cast.facts._replace(added_on=stage.today, started_on=None), last=None)
    return cast._replace(booked=_some_meeting(rng) if age > WEEK else ())


def _loose(rng: Random, age: int, *, at_risk: bool) -> tuple[words.Loose, ...]:
    """An open promise for one account in ten, and for nearly all at risk; one in sixty of ours is overdue."""
    roll = rng.random()
    days = rng.randrange(3, 45)
    if at_risk:
        return (words.Loose("", "theirs", rng.choice(words.THEIRS), days, days),) if roll > 0.05 else ()
    if roll < 0.016 and age > LATEST_OVERDUE:
        days = -rng.randrange(1, LATEST_OVERDUE)
        return (words.Loose("", "ours", rng.choice(words.OURS), days, days),)
    if roll < 0.075:
        return (words.Loose("", "ours", rng.choice(words.OURS), days, days),)
    return ()


def _some_meeting(rng: Random) -> tuple[words.Booked, ...]:
    """A meeting in the calendar of one account in fifty; a few wait for an answer."""
    roll = rng.random()
    if roll > 0.02:
        return ()
    days = -3 if roll < 0.002 else rng.randrange(1, 15)
    return (words.Booked("", "meeting", days, "10:00", 45, "Next steps"),)


# What every account has, however its touchpoints come about.


def _write_account(stage: Stage, cast: Cast, people: int) -> list[Known]:
    """Write the account and its people; who they are."""
    part, facts = cast.part, cast.facts
    served = cast.written and part.name == words.NOTICE_SERVED and cast.last
    home = words.DOMAINS.get(part.name) or f"{words.slug(part.name).replace('.', '')}.example"
    stage.rows.add(
        "account", cast.id, part.name, part.tier, home, stage.rng.choice(words.OWNERS),
        _iso(facts.started_on),
        _iso(facts.renewal_on), None if _unwatched(cast, stage.today) else part.notice,
        _iso(_served_on(served)) if served else None, None if part.arr is None else part.arr * 100_000,
        part.seats, part.every,
        facts.added_on.isoformat(),
    )  # fmt: skip
    known: list[Known] = []
    for place in range(people):
        known.append(_write_person(stage, cast, home, place, known))
    return known


def _served_on(last: date) -> date:
    """Notice came before the talk about staying, and is no news any more."""
    return STANDARD.back(last - timedelta(days=9))


def _unwatched(cast: Cast, today: date) -> bool:
    """Whether an invented account's opt-out is near and nobody talked of it: that clock is left out."""
    return (
        not cast.written and _near(cast, today) and (cast.last is None or (today - cast.last).days > QUARTER)
    )


def _near(cast: Cast, today: date) -> bool:
    opt_out = opt_out_on(cast.facts.renewal_on, cast.facts.notice_days)
    return opt_out is not None and 0 <= (opt_out - today).days <= OPT_OUT_NEAR


def _renewal_was_told(stage: Stage, cast: Cast) -> bool:
    """Nearly every invented account whose opt-out is near was asked about its renewal."""
    return not cast.written and _near(cast, stage.today) and stage.rng.random() > 0.06


def _write_person(stage: Stage, cast: Cast, home: str, place: int, known: list[Known]) -> Known:
    rng, written = stage.rng, words.PEOPLE.get(cast.part.name, ()) if cast.written else ()
    if place < len(written):
        name, title, role = written[place]
        local = words.slug(name.replace(" ", "."))
    else:
        role = list(words.TITLES)[place] if place < 3 else rng.choice(list(words.TITLES)[3:])
        title = rng.choice(words.TITLES[role])
        culture = words.AT_HOME.get(cast.part.name) or rng.choice(words.CULTURES)
        name, local = words.person(rng, culture)
        while name in {one.name for one in known}:
            name, local = words.person(rng, culture)
    gone = cast.last is not None and cast.written and words.LEFT.get(cast.part.name) == place
    left_on = STANDARD.back(cast.last - timedelta(days=2)) if gone and cast.last else None
    number = stage.rows.number("contact")
    status = "left" if gone else "active"
    stage.rows.add("contact", number, cast.id, name, title, role, f"{local}@{home}", status, _iso(left_on))
    return Known(number, name, left_on)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _write_loose(stage: Stage, cast: Cast, newest: int | None) -> None:
    """The open promises, made in the last talk where that was before their day."""
    for end in cast.promises:
        days = end.weekday if STANDARD.works(stage.today) else end.weekend
        due = None if days is None else _day(stage.today, days)
        made, source = cast.last, newest
        if made is None or (due is not None and due <= made):
            made, source = min(due or stage.today, stage.today) - timedelta(days=4), None
        made = max(made, cast.facts.added_on)
        stage.rows.add(
            "promise", cast.id, source, end.side, end.what, _iso(due), "open", made.isoformat(), None, None
        )


# A year as a CSM would have logged it.

MINUTES = {
    "call": (20, 30, 30, 45),
    "meeting": (30, 45, 60),
    "training": (60, 90),
    "onsite": (180, 240),
    "qbr": (60, 75),
    "ebr": (90,),
}
PEOPLE_OF = {Tier.WHITE_GLOVE: (5, 6), Tier.HIGH_TOUCH: (3, 4), Tier.LOW_TOUCH: (2, 2)}


class Deck:
    """Things to say at one account, none twice before all were said."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._left: dict[tuple[str, ...], list[str]] = {}

    def draw(self, key: tuple[str, ...], of: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """A text, and the signals in it."""
        if not self._left.get(key):
            self._left[key] = self._rng.sample(of, len(of))
        text, _, signal = self._left[key].pop().partition("|")
        return text, (signal,) if signal else ()


def _play(stage: Stage, cast: Cast) -> None:
    """Write an account with its year."""
    people = _write_account(stage, cast, _how_many(stage, cast))
    days = _talk_days(stage, cast)
    pulses, deck = _pulses(cast, days), Deck(stage.rng)
    met = [
        *_talks(stage, cast, deck, days, pulses),
        *_between(stage, cast, deck, days),
        *_meetings(stage, cast),
    ]
    met.sort(key=lambda one: (one.day, one.time or ""))
    numbers = {one.day: _write_met(stage, cast, one, people) for one in met}
    for day, value in pulses.items():
        reason = stage.rng.choice(words.PULSE_REASONS[value]) or None
        stage.rows.add("pulse", cast.id, numbers[day], value, day.isoformat(), reason)
    _write_kept(stage, cast, days, numbers)
    _write_loose(stage, cast, numbers[days[-1]] if days else None)
    if cast.written and cast.part.name == words.SNOOZED[0]:
        _write_snooze(stage, cast, people[0])


def _how_many(stage: Stage, cast: Cast) -> int:
    """How many people there are to know, by tier."""
    named = len(words.PEOPLE.get(cast.part.name, ())) if cast.written else 0
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


def _kinds(rng: Random, cast: Cast, days: list[date]) -> Iterator[str]:
    """What each talk was: kickoff, trainings, then calls and meetings, with reviews for the larger."""
    started, reviewed, reviews = cast.facts.started_on or days[0], date.min, 0
    for day in days:
        age = (day - started).days
        if age <= 4:
            yield "kickoff"
        elif age <= 45:
            yield rng.choice(("training", "training", "call", "meeting"))
        elif cast.part.tier is not Tier.LOW_TOUCH and age >= QUARTER and (day - reviewed).days >= QUARTER:
            reviewed, reviews = day, reviews + 1
            yield "ebr" if cast.part.tier is Tier.WHITE_GLOVE and reviews % 2 == 0 else "qbr"
        else:
            often = (9, 6, 1, 3, 2, 0 if cast.part.tier is Tier.LOW_TOUCH else 1)
            yield rng.choices(("call", "meeting", "training", "email", "chat", "onsite"), often)[0]


def _talks(stage: Stage, cast: Cast, deck: Deck, days: list[date], pulses: dict[date, int]) -> Iterator[Met]:
    """The two-way touchpoints, the newest as its story tells."""
    story = words.STORIES.get(cast.part.name, ()) if cast.written else ()
    renewal = _renewal_was_told(stage, cast)
    for left, (day, kind) in enumerate(
        zip(reversed(days), reversed([*_kinds(stage.rng, cast, days)]), strict=True)
    ):
        told = (
            story[left] if left < len(story) else _said(stage.rng, deck, kind, _tone(stage.rng, pulses, day))
        )
        if renewal and left == 0:
            told = Told("call", None, "Asked about the renewal: no doubts so far", ("renewal",))
        yield _at(stage.rng, Met(day, told))


def _said(rng: Random, deck: Deck, kind: str, tone: str) -> Told:
    """Something that was said in such a talk."""
    by_tone = words.TWO_WAY[kind]
    tone = tone if tone in by_tone else GOOD
    summary, signals = deck.draw((kind, tone), by_tone[tone])
    mood = {GOOD: rng.choice(("happy", "happy", None)), MIXED: "mixed", WORRIED: "worried"}[tone]
    return Told("meeting" if kind == "kickoff" else kind, mood, summary, signals)


def _at(rng: Random, met: Met) -> Met:
    """The touchpoint with its hour and its length, where its kind has them."""
    if met.told.kind in ("email", "note"):
        return met
    minutes = (
        rng.choice(MINUTES.get(met.told.kind, (5, 10, 15)))
        if met.state == "held" and met.direction == "two-way"
        else None
    )
    return met._replace(time=f"{rng.randrange(9, 17):02}:{rng.choice((0, 15, 30, 45)):02}", minutes=minutes)


def _between(stage: Stage, cast: Cast, deck: Deck, days: list[date]) -> Iterator[Met]:
    """What is no contact: one-way mail, unanswered calls, notes; oftener where it has gone quiet."""
    for earlier, later in pairwise([*days, stage.today] if days else []):
        quiet = {Due.BREACHED: 3, Due.OVERDUE: 1}.get(cast.part.due, 0) if later == stage.today else 0
        times = quiet or int(stage.rng.random() < 0.55)
        for place in range(times):
            room = (later - earlier) // times
            yield from _one_way(stage.rng, deck, earlier + room * place, earlier + room * (place + 1))
    if cast.written and cast.last and cast.part.name == words.NOTICE_SERVED:
        yield Met(_served_on(cast.last), words.TERMINATION, direction="in")
    if cast.facts.started_on and cast.facts.started_on > stage.today:
        yield Met(STANDARD.back(stage.today), Told("note", None, words.HANDOVER), direction="internal")


def _one_way(rng: Random, deck: Deck, earlier: date, later: date) -> Iterator[Met]:
    """One of them between two days, where a working day lies between."""
    room = (later - earlier).days
    day = STANDARD.back(earlier + timedelta(days=rng.randrange(1, room))) if room > 1 else earlier
    if day <= earlier:
        return
    kind, state, direction = rng.choices(list(words.ONE_WAY), (5, 1, 2, 2, 1))[0]
    summary, _ = deck.draw((kind, state, direction), words.ONE_WAY[kind, state, direction])
    yield _at(rng, Met(day, Told(kind, None, summary), state, direction))


def _meetings(stage: Stage, cast: Cast) -> Iterator[Met]:
    """What stands in the calendar."""
    for meeting in cast.booked:
        told = Told(meeting.kind, None, meeting.summary)
        yield Met(_day(stage.today, meeting.days), told, "booked", "two-way", meeting.time, meeting.minutes)


def _write_met(stage: Stage, cast: Cast, met: Met, people: list[Known]) -> int:
    """Write a touchpoint with who was there and the signals in it; its id."""
    rng, rows, told = stage.rng, stage.rows, met.told
    there = [one for one in people if one.left_on is None or one.left_on >= met.day]
    several = met.direction == "two-way" and told.kind not in ("call", "chat", "email")
    chosen = rng.sample(there, min(len(there), rng.choice((2, 3, 3, 4)) if several else 1))
    summary = _named(told.summary, words.called(chosen[0].name))
    notes = rng.choice(words.NOTES) if told.kind in ("qbr", "ebr") and met.state == "held" else None
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


def _named(text: str, who: str) -> str:
    text = text.replace("{who}", who)
    return text[:1].upper() + text[1:]


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
        reason = rng.choice(words.DROPPED[state]) if state in words.DROPPED else None
        what = rng.choice(words.OURS if side == "ours" else words.THEIRS)
        stage.rows.add(
            "promise",
            cast.id,
            numbers[made],
            side,
            what,
            due.isoformat(),
            state,
            made.isoformat(),
            closed.isoformat(),
            reason,
        )


def _write_snooze(stage: Stage, cast: Cast, someone: Known) -> None:
    """A check-in put off to the next working day, for the ideal day it has now."""
    due = standing(cast.facts._replace(last_two_way_on=cast.last), stage.today).ideal_on
    made, until = STANDARD.back(stage.today - timedelta(days=1)), STANDARD.first_after(stage.today)
    reason = words.SNOOZED[1].replace("{who}", words.called(someone.name))
    stage.rows.add(
        "snooze", cast.id, f"c{cast.id}", due.isoformat(), made.isoformat(), until.isoformat(), reason
    )


# Books for measuring: any number of touchpoints, each told from a few hundred ready-made ones.

Mould = tuple[Met, str | None]
Moulds = tuple[list[Mould], list[Mould]]


def _moulds(rng: Random) -> Moulds:
    """Ready-made talks, and ready-made touchpoints of all sorts, one in thirty with a signal."""
    deck = Deck(rng)
    tones = rng.choices((GOOD, MIXED, WORRIED), (75, 20, 5), k=300)
    kinds = rng.choices(("call", "meeting", "training", "email", "chat", "onsite"), (9, 6, 1, 3, 2, 1), k=300)
    talks = [_mould(rng, Met(date.min, _said(rng, deck, *both))) for both in zip(kinds, tones, strict=True)]
    others: list[Mould] = []
    for kind, state, direction in rng.choices(list(words.ONE_WAY), (5, 2, 2, 3, 1), k=100):
        summary, _ = deck.draw((kind, state, direction), words.ONE_WAY[kind, state, direction])
        others.append(_mould(rng, Met(date.min, Told(kind, None, summary), state, direction)))
    return talks, rng.sample(talks + others, len(talks) + len(others))


def _mould(rng: Random, met: Met) -> Mould:
    told = met.told
    kept = told._replace(
        summary=_named(told.summary, rng.choice(("their admin", "the sponsor", "the team lead"))),
        signals=told.signals if rng.random() < 0.15 else (),
    )
    return _at(rng, met._replace(told=kept)), rng.choice(words.NOTES) if rng.random() < 0.08 else None


def _play_in_bulk(stage: Stage, cast: Cast, share: int, spoken: Moulds) -> None:
    """Write an account with exactly so many touchpoints, evenly spread up to its last contact."""
    people, rows = _write_account(stage, cast, 2), stage.rows
    booked = cast.booked if share > len(cast.booked) else ()
    newest: int | None = None
    for day, (met, notes) in _spread(cast, share - len(booked), spoken, cast.id):
        newest = rows.number("touchpoint")
        _write_mould(rows, (newest, cast.id, day), met, notes, people)
        rows.push(BATCH)
    if newest and _renewal_was_told(stage, cast):
        rows.add("touchpoint_signal", newest, "renewal")
    for met in _meetings(stage, cast._replace(booked=booked)):
        _write_met(stage, cast, met, people)
    if cast.part.pulses:
        given = cast.last or stage.today
        rows.add("pulse", cast.id, newest, cast.part.pulses[-1], given.isoformat(), None)
    _write_loose(stage, cast, newest)


def _spread(cast: Cast, count: int, spoken: Moulds, turn: int) -> Iterator[tuple[str, Mould]]:
    """So many days from the start (two years back at most) to the last contact, a talk, and what was said."""
    if cast.last is None or cast.facts.started_on is None or count < 1:
        return
    talks, all_sorts = spoken
    first, last = (
        max(cast.facts.started_on, cast.last - timedelta(days=2 * 365)).toordinal(),
        cast.last.toordinal(),
    )
    for place in range(1, count):
        day = _working(first + (last - first) * (place - 1) // count)
        yield day, all_sorts[(turn * 31 + place * 7) % len(all_sorts)]
    yield cast.last.isoformat(), talks[turn % len(talks)]


@cache
def _working(ordinal: int) -> str:
    return STANDARD.back(date.fromordinal(ordinal)).isoformat()


def _write_mould(
    rows: Rows, at: tuple[int, int, str], met: Met, notes: str | None, people: list[Known]
) -> None:
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
