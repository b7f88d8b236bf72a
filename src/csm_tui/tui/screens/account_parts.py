"""The parts of the account screen: each a bordered list with a cursor, whose lines carry their why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from csm_tui import words
from csm_tui.domain.days import day_month
from csm_tui.domain.health import PULSES, band_by_hand, band_since
from csm_tui.domain.money import written
from csm_tui.domain.promises import PromiseState
from csm_tui.tui import account_lines as lines
from csm_tui.tui.context import engaged_role
from csm_tui.tui.screens.account_part import Part
from csm_tui.tui.widgets.cells import Cell, Column, flowed, line
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm_tui.store.queries.pulses import PulseFacts
    from csm_tui.views.account import AccountContext, AccountPage

METER = 10
BANDS = "5 and 4 are healthy, 3 is watch, 2 and 1 are at risk."


class Health(Part):
    """The pulse, since when, and every pulse before it."""

    NAME, TITLE = "health", "Health"

    def lines_of(self, page: AccountPage, width: int) -> Iterator[Row]:
        """The band by hand, then the pulses as a trend, the newest first."""
        data, pulses = page.context, page.pulses
        role, glyph = words.BAND_ROLES[data.line.band], words.BY_HAND[data.line.band]
        cells = [Cell(f"{glyph} ", role), Cell(data.band.value, f"{role} bold")]
        since = band_since([(pulse.value, pulse.given_on) for pulse in pulses])
        if since is not None:
            cells.append(Cell(f"   since {day_month(since, data.today)}, {words.ago(since, data.today)}", "muted"))
        yield lines.text("band", cells, data.band.why)
        if not pulses:
            yield lines.text("", [Cell("pulse:1 to pulse:5 in a log line says how it is", "muted")])
            return
        yield lines.blank()
        heads = [Column("pulse", METER + 4, "heading"), Column("given", 11, "heading"), Column("", 4)]
        yield lines.text("", line(width, [*heads, Column("because", 0, "heading")]))
        for pulse, before in zip(pulses, [*pulses[1:], None], strict=True):
            yield _pulse(pulse, before, page, width)

    def under(self, page: AccountPage) -> Content:
        """What the band is made of."""
        count = len(page.pulses)
        return Content(f"{words.plural(count, 'pulse')} by hand · w why" if count else "w why")


def _pulse(pulse: PulseFacts, before: PulseFacts | None, page: AccountPage, width: int) -> Row:
    """One pulse as a bar and a number, with the step from the one before it."""
    band, today = band_by_hand(pulse.value), page.context.today
    filled = METER * pulse.value // len(PULSES)
    step = pulse.value - before.value if before else None
    change = "new" if step is None else f"{step:+d}" if step else "="
    change_role = "muted" if not step else "success" if step > 0 else "error"
    role = words.BAND_ROLES[band]
    columns = [
        Column(f"{words.BY_HAND[band]} {pulse.value}", 3, role),
        Column("━" * filled + "─" * (METER - filled), METER, role),
        Column(day_month(pulse.given_on, today), 11, "muted"), Column(change, 4, change_role),
        Column(pulse.reason, 0, "" if pulse.reason else "muted"),
    ]  # fmt: skip
    told = f"Pulse {pulse.value} of 5 on {day_month(pulse.given_on)}: {band}. {BANDS}"
    return lines.text(
        f"pulse-{pulse.pulse_id}", line(width, columns), (told, *([pulse.reason] if pulse.reason else []))
    )


class People(Part):
    """Who is who, and who was spoken to when."""

    NAME, TITLE = "people", "People"

    def lines_of(self, page: AccountPage, width: int) -> Iterator[Row]:
        """One line a person."""
        if not page.context.people:
            yield lines.text("engaged", [Cell("nobody yet: a adds somebody", "muted")], page.context.engaged.why)
        yield from lines.people(page.context, width)

    def under(self, page: AccountPage) -> Content:
        """How many were engaged."""
        role = {"error": "$text-error", "warning": "$text-warning"}.get(engaged_role(page.context), "")
        return Content.styled(f"{page.context.engaged.value} in 90 d", role)


class Promises(Part):
    """What both sides owe, open and closed."""

    NAME, TITLE = "promises", "Promises"

    def lines_of(self, page: AccountPage, width: int) -> Iterator[Row]:
        """The open by day, then the closed, newest first."""
        if not page.context.promises:
            yield lines.text("", [Cell("none yet: p promises something", "muted")])
        for one in page.context.promises:
            yield lines.promise(one, page.context, width)

    def under(self, page: AccountPage) -> Content:
        """How promises fared here."""
        closed = [one for one in page.context.promises if one.state is not PromiseState.OPEN]
        kept = sum(one.state is PromiseState.KEPT for one in closed)
        told = [f"{kept:,} kept of {len(closed):,}"] if closed else []
        told += [f"our median slip {page.context.slip:g} d"] if page.context.slip is not None else []
        return Content(" · ".join(told))


class Contract(Part):
    """What was agreed, and what is decided when."""

    NAME, TITLE = "contract", "Contract and renewal"

    def lines_of(self, page: AccountPage, width: int) -> Iterator[Row]:
        """The amount, the renewal and its clock, who looks after it, and when contact is owed."""
        data = page.context
        yield from _flow("contract", _agreed(data), width, data)
        yield from lines.flow("renewal", lines.renewal(data), width, data.renews.why)
        yield from _flow("notice", _clock(data), width, data)
        yield from _flow("owner", _whose(data), width, data)
        yield from lines.flow("next", lines.next_touch(data), width, data.next_touch.why)
        gone = _gone(data)
        if gone:
            yield lines.text("gone", [Cell(gone, "warning")])
        if data.details.notes:
            note = data.details.notes.strip().split("\n")[0]
            yield lines.text("notes", [Cell("notes ", "muted"), Cell(note)], tuple(data.details.notes.splitlines()))


def _flow(key: str, parts: list[str], width: int, data: AccountContext) -> Iterator[Row]:
    for number, told in enumerate(flowed(parts, width) if parts else []):
        yield lines.text(key if number == 0 else "", [Cell(told)], data.renews.why if key == "notice" else ())


def _agreed(data: AccountContext) -> list[str]:
    facts, details = data.line.facts, data.details
    arr = "ARR not known" if facts.arr_cents is None else f"{written(facts.arr_cents, facts.currency)} a year"
    told = [arr]
    if details.term_months:
        told.append(words.plural(details.term_months, "month"))
    if facts.seats is not None:
        told.append(words.plural(facts.seats, "seat"))
    if details.plan:
        told.append(f"plan {details.plan}")
    return told


def _clock(data: AccountContext) -> list[str]:
    facts, renews = data.line.facts, data.details.auto_renew
    told = [f"notice {words.plural(facts.notice_days, 'day')}" if facts.notice_days is not None else "no notice period"]
    if facts.notice_served_on:
        told.append(f"notice served {day_month(facts.notice_served_on, data.today)}")
    if facts.auto_renew_off_on:
        told.append(f"auto-renew off since {day_month(facts.auto_renew_off_on, data.today)}")
    elif renews is not None:
        told.append("renews by itself" if renews else "no auto-renew")
    if facts.started_on:
        told.append(f"since {day_month(facts.started_on)}")
    return told


def _whose(data: AccountContext) -> list[str]:
    details = data.details
    told = [f"{label} {value}" for label, value in (("AE", details.ae), ("owner", details.owner)) if value]
    tags = f"tags {' '.join(details.tags)}" if details.tags else ""
    return told + [value for value in (details.industry, details.domain, tags) if value]


def _gone(data: AccountContext) -> str:
    """Why nothing is owed any more."""
    churned, details = data.line.facts.churned_on, data.details
    told = []
    if details.archived_on is not None:
        told.append(f"archived {day_month(details.archived_on, data.today)}")
    if churned is not None:
        why = f": {details.churn_reason}" if details.churn_reason else ""
        told.append(f"churned {day_month(churned, data.today)}{why}")
    return " · ".join(told)


class Due(Part):
    """What is due here, most pressing first."""

    NAME, TITLE = "due", "Due"

    def lines_of(self, page: AccountPage, width: int) -> Iterator[Row]:
        """One line an item."""
        if not page.context.items:
            yield lines.text("", [Cell("nothing is due", "muted")])
        for item in page.context.items:
            yield lines.due_item(item, page.context, width)


class Plans(Part):
    """The plans that run, each with the steps that come next; without one, no room is taken."""

    NAME, TITLE = "plans", "Plans"
    DEFAULT_CSS = "Plans { display: none; }"

    def show(self, page: AccountPage) -> None:
        """Show the plans, if there are any."""
        self.display = bool(page.context.plans)
        super().show(page)

    def lines_of(self, page: AccountPage, width: int) -> Iterator[Row]:
        """Plan by plan."""
        for plan in page.context.plans:
            yield from lines.plan(plan, page.context, width)


class Timeline(Part):
    """Every touchpoint, the newest first; more are read when the last of them is reached."""

    NAME, TITLE = "timeline", "Timeline"

    def lines_of(self, page: AccountPage, width: int) -> Iterator[Row]:
        """What there was, or what was found of it."""
        if not page.shown:
            sought = page.context.touchpoints > 0
            told = "nothing holds these words; esc shows all" if sought else "nothing logged yet: l logs the first"
            yield lines.text("", [Cell(told, "muted")])
        yield from lines.timeline(page.shown, page.context.today, width)
        if page.more:
            yield lines.text("", [Cell("older ones follow", "dim")])

    def under(self, page: AccountPage) -> Content:
        """How many there are in all."""
        return Content(f"{words.plural(page.context.touchpoints, 'touchpoint')} · / search")


LEFT: tuple[type[Part], ...] = (Health, People, Promises)
RIGHT: tuple[type[Part], ...] = (Contract, Due, Plans, Timeline)
