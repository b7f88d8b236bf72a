"""One account on paper: what `csm account show` prints, in words and as JSON."""

from __future__ import annotations

from csm_tui import safe, words
from csm_tui.cli.shell import Cell
from csm_tui.domain.days import WEEKDAYS, day_month
from csm_tui.domain.money import written
from csm_tui.domain.promises import PromiseState, days_late
from csm_tui.domain.touchpoints import Direction, Mood, Side, State
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views import accounts, promises, today

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.due import Item
    from csm_tui.domain.promises import PromiseFacts
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.touchpoints import Touch
    from csm_tui.views.account import AccountContext

LAST = 10
"""So many touchpoints are printed; JSON has the whole timeline of the view."""

MOODS = {Mood.HAPPY: ":)", Mood.MIXED: ":|", Mood.WORRIED: ":("}


def in_a_line(found: AccountContext) -> str:
    """`Northwind Traders (id:7): high-touch, value day 62, €48,000 a year.`"""
    facts, line = found.line.facts, found.line
    told = [str(facts.tier), str(line.phase) + (f" day {line.day}" if line.day is not None else "")]
    if facts.arr_cents is not None:
        told.append(f"{written(facts.arr_cents, facts.currency)} a year")
    if facts.seats is not None:
        told.append(f"{facts.seats:,} seats")
    return f"{facts.name} (id:{facts.account_id}): {', '.join(told)}."


def show(found: AccountContext, shell: Shell) -> None:
    """The whole account: contract, next check-in with its why, what is due, people, promises, timeline."""
    line, on = found.line, found.today
    shell.out(Cell(in_a_line(found), "bold"))
    glyph = Cell(words.BY_HAND[line.band], words.BAND_ROLES[line.band])
    shell.out(glyph, f" {found.band.value}; {found.renews.value}; {found.engaged.value}")
    for sentence in (*found.renews.why, *found.next_touch.why, *found.engaged.why):
        shell.out(f"  {sentence}")
    for label, text in _facts(found):
        if text:
            shell.out(f"  {label}: {text}")
    if found.external_ids:
        shell.out("  Also ", ", ".join(f"{source} {value}" for source, value in found.external_ids))
    for heading, lines in _sections(found, on):
        shell.out("")
        shell.out(Cell(heading, "heading"))
        for one in lines:
            shell.out(f"  {one}")


def _facts(found: AccountContext) -> Iterator[tuple[str, str | None]]:
    """What is known beside the contract; what is empty is not printed."""
    known = found.details
    yield "Domain", known.domain
    yield "Owner", known.owner
    yield "Tags", ", ".join(known.tags)
    yield "AE", known.ae
    yield "Industry", known.industry
    yield "Plan", known.plan
    yield "Term", f"{known.term_months} months" if known.term_months else ""
    yield "Renews by itself", {True: "yes", False: "no", None: ""}[known.auto_renew]
    yield "Reviews", _reviews(found)
    yield "Notes", known.notes
    yield "Archived", _day(known.archived_on, found.today)
    yield "Left because", known.churn_reason


def _reviews(found: AccountContext) -> str:
    """How often the account has reviews, and of which kind, where it is told apart from the rule."""
    every, kind = found.details.review_days, found.details.review_kind.upper()
    if every == 0:
        return "none"
    return ", ".join(part for part in (f"every {every} days" if every else "", kind) if part)


def _sections(found: AccountContext, on: date) -> Iterator[tuple[str, list[str]]]:
    if found.items:
        yield "DUE", [_due(item, on) for item in found.items]
    yield "PEOPLE", [_person(one, on) for one in found.people] or ["nobody yet: csm contact add ACCOUNT NAME"]
    if found.promises:
        yield "PROMISES", [_promise(one, on) for one in found.promises]
    told = [_touch(touch, on) for touch in found.timeline[:LAST]]
    more = found.touchpoints - len(told)
    yield "TIMELINE", [*told, *([f"and {more:,} more"] if more > 0 else [])] or ["no touchpoint yet"]


def _due(item: Item, on: date) -> str:
    return f"{item.id:<6} {safe.fitted(item.what, 44)} {words.item_when(item, on)}"


def _person(one: ContactFacts, on: date) -> str:
    told = [one.name, *(str(text) for text in (one.role, one.title, one.email, one.phone) if text)]
    told.append(f"last {words.ago(one.last_on, on)}" if one.active else f"left {_day(one.left_on, on)}")
    return ", ".join(told)


def _day(day: date | None, on: date) -> str:
    return "" if day is None else f"{WEEKDAYS[day.weekday()]} {day_month(day, on)}"


def _promise(one: PromiseFacts, on: date) -> str:
    who = "we" if one.side is Side.OURS else "they"
    state = "" if one.state is PromiseState.OPEN else f", {one.state}"
    return f"p{one.promise_id:<5} {who}: {one.what}, {_day(one.due_on, on) or 'no day'}{state}"


def _touch(touch: Touch, on: date) -> str:
    state = "" if touch.state is State.HELD else f" ({touch.state})"
    way = "" if touch.direction in {Direction.TWO_WAY, Direction.INTERNAL} else f" {touch.direction}"
    minutes = f"{touch.minutes} min" if touch.minutes else ""
    signs = " ".join(f"#{signal}" for signal in touch.signals)
    said = (minutes, ", ".join(touch.people), MOODS[touch.mood] if touch.mood else "", touch.summary, signs)
    when = _day(touch.day, on) + (f" {touch.time}" if touch.time else "")
    return f"{f't{touch.touchpoint_id}':<6} {when:<16} {touch.kind}{way}{state}" + "".join(
        f"  {part}" for part in said if part
    )


def account_json(found: AccountContext) -> dict[str, object]:
    """The account object."""
    return accounts.as_json(found.line, found.external_ids, found.details)


def as_json(found: AccountContext) -> dict[str, object]:
    """The account object with what is due, the people, the promises and the timeline."""
    return {
        **account_json(found),
        "due": [today.as_json(item, found.today) for item in found.items],
        "people": [_person_json(one) for one in found.people],
        "promises": [_promise_json(one, found) for one in found.promises],
        "timeline": [_touch_json(touch) for touch in found.timeline],
    }


def _person_json(one: ContactFacts) -> dict[str, object]:
    return {
        "id": one.contact_id,
        "name": one.name,
        "title": one.title,
        "role": str(one.role) if one.role else None,
        "email": one.email,
        "phone": one.phone,
        "active": one.active,
        "left_on": one.left_on.isoformat() if one.left_on else None,
        "last_two_way_on": one.last_on.isoformat() if one.last_on else None,
    }


def _promise_json(one: PromiseFacts, found: AccountContext) -> dict[str, object]:
    return promises.as_json(promises.PromiseLine(one, found.line.facts.name, days_late(one, found.today)))


def _touch_json(touch: Touch) -> dict[str, object]:
    return {
        "id": touch.touchpoint_id,
        "day": touch.day.isoformat(),
        "time": touch.time,
        "kind": str(touch.kind),
        "state": str(touch.state),
        "direction": str(touch.direction),
        "minutes": touch.minutes,
        "mood": str(touch.mood) if touch.mood else None,
        "summary": touch.summary,
        "notes": touch.notes,
        "people": list(touch.people),
        "signals": list(touch.signals),
    }
