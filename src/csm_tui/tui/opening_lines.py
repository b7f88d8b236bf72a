"""Lines of the first page of a recovery: the nine signals, what would come of them, what has to be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui import words
from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.money import written
from csm_tui.domain.promises import is_overdue
from csm_tui.domain.signals import LABELS
from csm_tui.domain.touchpoints import Side
from csm_tui.tui import account_lines
from csm_tui.tui.account_lines import blank, text
from csm_tui.tui.widgets.cells import Cell, Column, flowed, line, wrap
from csm_tui.tui.widgets.sheet import Row
from csm_tui.views.opening import ALL_SIGNALS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from csm_tui.domain.plans import Dated
    from csm_tui.domain.promises import PromiseFacts
    from csm_tui.domain.touchpoints import Signal
    from csm_tui.views.opening import Opening, Outlook
    from csm_tui.views.recovery import Silence

MOST_EVIDENCE = 2
MOST_PROMISES = 5


def signs(found: Opening, ticked: Collection[Signal], evidence: Callable[[Signal], str], width: int) -> Iterator[Row]:
    """The nine signals with a box each; under what is ticked, what says so."""
    yield text("", [Cell("WHICH SIGNALS ARE THERE", "heading bold")])
    for signal in ALL_SIGNALS:
        yield _sign(signal, found, ticked=signal in ticked)
        for part in wrap(evidence(signal), max(10, width - 4), MOST_EVIDENCE) if signal in ticked else []:
            yield text("", [Cell(f"    {part}" if part else "    e writes what says so", "muted")])


def _sign(signal: Signal, found: Opening, *, ticked: bool) -> Row:
    known = signal in found.known
    seen = [sign.on for sign in found.signs if sign.signal is signal]
    told = f"since {day_month(min(seen), found.today)}" if seen else "in the open recovery" if known else ""
    box, role = ("[✓]", "success") if ticked or known else ("[ ]", "muted")
    columns = [Column(box, 3, "dim" if known else role), Column(LABELS[signal], 0, "dim" if known else "")]
    if told:
        columns.append(Column(told, len(told), "muted", right=True))
    return Row(str(signal), lambda width: [Cell(" "), *line(width - 2, columns), Cell(" ")])


def ahead(found: Outlook | None, today: date, width: int, *, any_ticked: bool) -> Iterator[Row]:
    """The guess at the cause, the first dated steps, and when the next update is due."""
    yield blank()
    if not any_ticked:
        for part in wrap("Tick what you see: each signal brings its branch of the recovery.", width):
            yield text("", [Cell(part, "muted")])
        return
    if found is None:
        return
    yield text("", [Cell("LIKELY CAUSE  ", "heading bold"), Cell(" or ".join(found.causes))])
    yield text("", [Cell("a guess to begin with; the first step is to name it", "muted")])
    yield blank()
    more = f"  the first of {found.steps}" if found.steps > len(found.first) else ""
    yield text("", [Cell("FIRST STEPS", "heading bold"), Cell(more, "muted")])
    for one in found.first:
        yield _first_step(one, today, width)
    if found.update_on is not None:
        yield blank()
        yield text("", [Cell("NEXT UPDATE  ", "heading bold"), Cell(spoken(found.update_on, today))])


def _first_step(one: Dated, today: date, width: int) -> Row:
    columns = [Column("○", 1, "muted"), Column(one.template.title),
               Column(spoken(one.on, today), 12, words.when_role(one.on, None, today), right=True)]  # fmt: skip
    return text("", line(width, columns))


def known(found: Opening, width: int) -> Iterator[Row]:
    """What is at stake, the last touches, how long each role has been silent, and what is owed, ours first."""
    yield from _stakes(found, width)
    yield blank()
    yield text("", [Cell("LAST TOUCHES", "heading bold")])
    if not found.touches:
        yield text("", [Cell("nothing was ever said or written", "muted")])
    yield from (row._replace(key="") for row in account_lines.timeline(found.touches, found.today, width))
    yield blank()
    yield text("", [Cell("SILENCE BY ROLE", "heading bold")])
    for one in found.silences:
        yield _silence(one, found.today, width)
    yield blank()
    yield from _promises(found, width)


def _stakes(found: Opening, width: int) -> Iterator[Row]:
    facts, today = found.account.facts, found.today
    yield text("", [Cell("STAKES", "heading bold")])
    arr = "ARR not known" if facts.arr_cents is None else f"{written(facts.arr_cents, facts.currency)} ARR"
    renews = "no renewal day" if facts.renewal_on is None else f"renews {words.until(facts.renewal_on, today)}"
    out = found.account.opt_out_on
    notice = "no opt-out day" if out is None else f"opt out by {day_month(out, today)}, {words.until(out, today)}"
    for part in flowed([arr, renews, notice], width):
        yield text("", [Cell(part)])
    band = found.account.band
    pulse = f"health {facts.pulse} of 5 by hand" if facts.pulse else "no pulse yet"
    yield text("", [Cell(f"{words.BY_HAND[band]} ", words.BAND_ROLES[band]), Cell(pulse)])


def _silence(one: Silence, today: date, width: int) -> Row:
    who = ", ".join(one.names)
    if not one.names:
        told, role = "nobody", "warning"
    elif one.last_on is None:
        told, role = "never met", "warning"
    else:
        told, role = f"silent {words.ago(one.last_on, today)}", "muted"
    columns = [Column(str(one.role), 18), Column(who, 0, "muted"), Column(told, 12, role, right=True)]
    return text("", line(width, columns))


def _promises(found: Opening, width: int) -> Iterator[Row]:
    yield text("", [Cell("OPEN PROMISES", "heading bold"), Cell("  ours first", "muted")])
    if not found.promises:
        yield text("", [Cell("nothing is owed either way", "muted")])
    for one in found.promises[:MOST_PROMISES]:
        yield _promise(one, found.today, width)
    if len(found.promises) > MOST_PROMISES:
        yield text("", [Cell(f"and {len(found.promises) - MOST_PROMISES} more", "dim")])


def _promise(one: PromiseFacts, today: date, width: int) -> Row:
    ours = one.side is Side.OURS
    late = is_overdue(one, today)
    when = words.when(one.due_on, today) if one.due_on else "no day"
    role = ("error" if ours else "warning") if late else "muted"
    columns = [Column("we" if ours else "they", 4, "accent" if ours else "muted"), Column(one.what),
               Column(when, 11, role, right=True)]  # fmt: skip
    return text("", line(width, columns))
