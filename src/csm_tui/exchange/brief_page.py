"""A brief in words, the same for the screen, the shell and Markdown: sections of lines of harmless text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csm_tui import words
from csm_tui.domain.days import spoken
from csm_tui.domain.money import written
from csm_tui.domain.promises import days_late, is_overdue
from csm_tui.domain.renewals import opt_out_is_near
from csm_tui.domain.touchpoints import Direction, Kind, Mood, Side
from csm_tui.safe import shown
from csm_tui.views.accounts import people_engaged
from csm_tui.views.brief import signals
from csm_tui.views.brief_changes import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from csm_tui.domain.promises import PromiseFacts
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.touchpoints import Touch
    from csm_tui.views.brief import Brief, Running
    from csm_tui.views.brief_changes import Change

MOST = 8
"""So many lines a section has, since it is to be one page."""

MOODS = {Mood.HAPPY: ("●", "success"), Mood.MIXED: ("◆", "warning"), Mood.WORRIED: ("▲", "error")}
QUIET = ("·", "muted")
ALARMING = {ChangeKind.RISK, ChangeKind.SIGNAL, ChangeKind.PERSON, ChangeKind.RENEWAL}


class Line(NamedTuple):
    """One line: what stands first, what it says, how far off or how late that is; and the roles of sign and tail."""

    lead: str
    text: str
    tail: str = ""
    mark: str = "·"
    role: str = "muted"
    tail_role: str = "muted"


class Section(NamedTuple):
    """Lines under a title, how many more there are, and what is said where there is none."""

    title: str
    lines: tuple[Line, ...]
    empty: str
    more: int = 0
    note: str = ""


class Page(NamedTuple):
    """The whole brief: whose, what is to be known first, and the sections."""

    title: str
    head: tuple[tuple[str, ...], ...]
    sections: tuple[Section, ...]


def page(found: Brief) -> Page:
    """The page of a brief."""
    today = found.today
    since = f"Since {spoken(found.since, today)}" if found.since is not None else "So far"
    sections = (
        _section("Last touches", (touch_line(one, today) for one in found.touches), "nothing was ever said or written"),
        _section("Promises", (promise_line(one, today) for one in found.promises), "nothing is owed either way"),
        _section(since, (_change(one, today) for one in found.changes), "nothing has changed since the last contact"),
        _section("Plans", (_plan(one, today) for one in found.plans), "no plan runs"),
        _section("Renewal", _renewal(found), "no renewal day is known"),
        _section("People", (_person(one, found) for one in found.people), "nobody is known", _engaged(found)),
    )
    return Page(_said(found.line.facts.name), tuple(tuple(map(shown, parts)) for parts in _head(found)), sections)


def _section(title: str, lines: Iterable[Line], empty: str, note: str = "") -> Section:
    made = [one._replace(lead=_said(one.lead), text=_said(one.text)) for one in lines]
    return Section(title, tuple(made[:MOST]), empty, max(0, len(made) - MOST), note)


def _said(text: str) -> str:
    """A text made harmless, which is never empty."""
    return shown(text).strip() or "–"


def _head(found: Brief) -> Iterator[list[str]]:
    """Where the account stands, how it is, and when it was spoken to."""
    line, facts, today = found.line, found.line.facts, found.today
    day = f", day {line.day}" if line.day is not None else ""
    pulse = f", pulse {facts.pulse} of 5" if facts.pulse else ""
    by_hand = f"{line.band} by hand{pulse}" if facts.pulse else "no pulse yet"
    band = f"{words.BY_HAND[line.band]} {by_hand}"
    yield [f"Brief of {words.full_day(today)}", str(facts.tier), f"{line.phase}{day}", band]
    told = [
        "Last two-way contact "
        + ", ".join(dict.fromkeys((spoken(found.since, today), words.until(found.since, today))))
        if found.since is not None
        else "No two-way contact yet"
    ]
    if found.attempts:
        told.append(f"{words.plural(found.attempts, 'attempt')} since")
    if line.standing is not None:
        told.append(_owed(found))
    yield told
    if found.risk is not None:
        seen = " ".join(f"#{signal}" for signal in signals(found.risk))
        yield [
            f"At risk since {spoken(found.risk.opened_on, today)}",
            f"{found.risk.severity} severity",
            seen or "no signal",
        ]


def _owed(found: Brief) -> str:
    owed, today = found.line.standing, found.today
    if owed is None:
        return "no check-in is owed"
    if owed.booked_on is not None:
        return f"booked for {spoken(owed.booked_on, today)}"
    late = f", {owed.days_late} d late" if owed.days_late else ""
    return f"check-in due {spoken(owed.ideal_on, today)}{late}"


def touch_line(touch: Touch, today: date) -> Line:
    """`call with Jon Bell, worried: New VP asks whether it is still needed #value`."""
    mark, role = MOODS[touch.mood] if touch.mood else QUIET
    parts = [_how(touch), f"{touch.minutes} min" if touch.minutes else "", str(touch.mood or "")]
    signals = "".join(f" #{signal}" for signal in touch.signals)
    said = f": {touch.summary}" if touch.summary else ""
    text = ", ".join(part for part in parts if part) + said + signals
    return Line(spoken(touch.day, today), text, words.until(touch.day, today), mark, role)


def _how(touch: Touch) -> str:
    """What it was and with whom; one-way contact says which way it went."""
    people = ", ".join(touch.people)
    if touch.direction is Direction.IN:
        return f"{touch.kind} from {people or 'them'}"
    if touch.direction is Direction.OUT:
        to = f"{touch.kind} to {people}" if people else f"{touch.kind} to them"
        return to if touch.kind is Kind.EMAIL else f"{to}, no answer"
    return f"{touch.kind} with {people}" if people else str(touch.kind)


def promise_line(one: PromiseFacts, today: date) -> Line:
    """Who owes what; overdue ours red, theirs amber."""
    ours, late = one.side is Side.OURS, days_late(one, today)
    when = spoken(one.due_on, today) if one.due_on is not None else "no day"
    mark, role = "○", "warning" if one.due_on == today else "muted"
    if is_overdue(one, today):
        mark, role = ("▲", "error") if ours else ("◆", "warning")
    return Line("we" if ours else "they", one.what, when + (f", {late} d late" if late else ""), mark, role, role)


def _change(one: Change, today: date) -> Line:
    mark, role = ("◆", "warning") if one.kind in ALARMING else QUIET
    return Line(spoken(one.on, today), one.what, "", mark, role)


def _plan(one: Running, today: date) -> Line:
    """`3 of 12 done, next: Meet the sponsor, held back by the gate “Plan agreed”`."""
    parts, step = [f"{one.done} of {one.all} done"], one.next
    if step is None:
        return Line(one.plan.name, f"{parts[0]}, nothing is open")
    parts.append(f"next: {step.title}")
    if one.held_back_by is not None:
        parts.append(f"held back by the gate “{one.held_back_by.title}”")
    if step.waiting_on is not None and step.waiting_since is not None:
        parts.append(f"waiting on {step.waiting_on} since {spoken(step.waiting_since, today)}")
    late = step.days_late(today)
    mark, role = ("▲", "error") if late else QUIET
    tail = spoken(step.due_on, today) + (f", {late} d late" if late else "")
    return Line(one.plan.name, " · ".join(parts), tail, mark, role, role)


def _renewal(found: Brief) -> Iterator[Line]:
    """The two clocks, the amount, and where the renewal stands."""
    line, facts, today = found.line, found.line.facts, found.today
    if facts.renewal_on is not None:
        yield Line("renews", spoken(facts.renewal_on, today), words.until(facts.renewal_on, today))
    if line.opt_out_on is not None:
        near = opt_out_is_near(line.opt_out_on, today, found.policy.renewals)
        mark, role = ("▲", "error") if near else QUIET
        yield Line("opt out by", spoken(line.opt_out_on, today), words.until(line.opt_out_on, today), mark, role, role)
    if facts.arr_cents is not None:
        seats = f" for {words.plural(facts.seats, 'seat')}" if facts.seats is not None else ""
        yield Line("amount", f"{written(facts.arr_cents, facts.currency)} a year{seats}")
    if line.outlook:
        yield Line("now", line.outlook, "", "◆", "warning")


def _person(one: ContactFacts, found: Brief) -> Line:
    """Who somebody is, and for how long they were in no two-way touchpoint."""
    who = ", ".join(part for part in (one.title, str(one.role or "")) if part) or "no role known"
    if one.last_on is None:
        return Line(one.name, who, "never met", "◆", "warning", "warning")
    days = found.today.toordinal() - one.last_on.toordinal()
    silent = days > found.line.within
    tail = "met today" if not days else f"silent {days} d"
    mark, role = ("◆", "warning") if silent else QUIET
    return Line(one.name, who, tail, mark, role, role)


def _engaged(found: Brief) -> str:
    line = found.line
    return f"{people_engaged(line)} engaged in {line.within} d"
