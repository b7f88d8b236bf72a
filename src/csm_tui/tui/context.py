"""One account in context: why it is here, what is due, people, promises, timeline; each line can say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from csm_tui import words
from csm_tui.domain.days import day_month
from csm_tui.domain.money import written
from csm_tui.domain.promises import PromiseState
from csm_tui.domain.reasons import why
from csm_tui.domain.touchpoints import Direction, Mood, Side, State
from csm_tui.safe import shown
from csm_tui.tui.pane import Chosen
from csm_tui.tui.widgets.cells import Cell, Column, clipped, flowed, line, wrap
from csm_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csm_tui.domain.agenda import Item
    from csm_tui.domain.promises import PromiseFacts
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.touchpoints import Touch
    from csm_tui.views.account import AccountContext

MOODS = {Mood.HAPPY: ("●", "success"), Mood.MIXED: ("◆", "warning"), Mood.WORRIED: ("▲", "error")}
PARTS = ("head", "due", "people", "promises", "timeline")
NEAR_DAYS = 7
MOST_DUE, MOST_PROMISES, SUMMARY_LINES = 6, 6, 2


class Context(Rows):
    """The account under the cursor. Its lines carry their why; it never asks for anything itself."""

    def __init__(self, parts: tuple[str, ...] = PARTS, *, id: str = "context") -> None:
        super().__init__(id=id, classes="pane")
        self.parts = parts
        self.data: AccountContext | None = None
        self.show_cursor = False
        self._built_for = -1

    def show(self, data: AccountContext | None) -> None:
        """Show an account, or what an empty book has to say."""
        same = (
            data is not None and self.data is not None and data.line.facts.account_id == self.data.line.facts.account_id
        )
        self.data = data
        self.border_title = Content(f"{shown(data.line.facts.name)}") if data else Content("")
        self._build()
        if not same:
            self.cursor = self._selectable(0, 1)
            self.top = 0

    def on_resize(self) -> None:
        """Wrap anew when the width has changed."""
        if self.size.width != self._built_for:
            self._build()
        super().on_resize()

    def on_focus(self) -> None:
        """The cursor shows only while it can be moved."""
        self.show_cursor = True
        self.refresh()

    def on_blur(self) -> None:
        """The cursor goes with the focus."""
        self.show_cursor = False
        self.refresh()

    def chosen(self) -> Chosen | None:
        """The account, the due item if the cursor is on one, and the why of the line."""
        if self.data is None:
            return None
        facts, row = self.data.line.facts, self.current
        meant = row.key.replace("promise-", "item-p") if row is not None else ""
        item = next((item for item in self.data.items if meant == f"item-{item.id}"), None)
        return Chosen(facts.account_id, facts.name, item, row.why if row and self.has_focus else ())

    def _build(self) -> None:
        self._built_for = self.size.width
        self.fill(list(_rows(self.data, max(20, self.size.width - 3), self.parts)) if self.data else [])


def _text(key: str, cells: list[Cell], why_: tuple[str, ...] = ()) -> Row:
    return Row(key, lambda width: [Cell(" "), *clipped(cells, width - 2)], why_)


def _rows(data: AccountContext, width: int, parts: tuple[str, ...]) -> Iterator[Row]:
    for part in parts:
        if part == "timeline" and len(parts) > 1:
            yield _blank()
            yield _title("TIMELINE", f"{data.touchpoints:,}" if data.touchpoints else "")
        yield from _PARTS[part](data, width)


def _blank() -> Row:
    return _text("", [])


def _title(text: str, after: str = "", role: str = "muted") -> Row:
    cells = [Cell(text, "heading")]
    return _text("", [*cells, Cell(f"  {after}", role)] if after else cells)


def _head(data: AccountContext, width: int) -> Iterator[Row]:
    one, facts = data.line, data.line.facts
    role = words.BAND_ROLES[one.band]
    pulse = f"  pulse {facts.pulse} of 5" if facts.pulse else ""
    cells = [
        Cell(f"{words.BY_HAND[one.band]} ", role),
        Cell(data.band.value, f"{role} bold"),
        Cell(pulse, "muted"),
    ]
    yield _text("band", cells, data.band.why)
    arr = f"{written(facts.arr_cents, facts.currency)} ARR" if facts.arr_cents is not None else "ARR not known"
    day = f"day {one.day}" if one.day is not None else "no start day"
    parts = [arr, str(facts.tier), day, str(one.phase)]
    if data.details.owner:
        parts.append(f"owner {data.details.owner}")
    if facts.seats:
        parts.append(words.plural(facts.seats, "seat"))
    for number, text in enumerate(flowed(parts, width)):
        yield _text("contract" if number == 0 else "", [Cell(text)])
    yield _text("renewal", _renewal(data), data.renews.why)
    yield _text("next", _next(data), data.next_touch.why)


def _renewal(data: AccountContext) -> list[Cell]:
    one, on = data.line, data.line.facts.renewal_on
    if on is None:
        return [Cell(data.renews.value, "muted")]
    days = on.toordinal() - data.today.toordinal()
    near = "error" if days <= 30 else "warning" if days <= 90 else "muted"
    cells = [Cell(f"{data.renews.value} "), Cell(words.until(on, data.today), near)]
    if one.opt_out_on is not None and not one.outlook:
        left = one.opt_out_on.toordinal() - data.today.toordinal()
        cells += [
            Cell(" · ", "muted"),
            Cell(f"opt out by {day_month(one.opt_out_on, data.today)}", "error" if left <= 30 else ""),
        ]
    if one.outlook:
        cells += [Cell(" · ", "muted"), Cell(one.outlook, "warning")]
    return cells


def _next(data: AccountContext) -> list[Cell]:
    owed, last = data.line.standing, data.line.facts.last_two_way_on
    if owed is None:
        return [Cell(data.next_touch.value, "muted")]
    touched = (
        f"last touch {words.ago(last, data.today)} ago"
        if last and last != data.today
        else "touched today"
        if last
        else "never touched"
    )
    due = Cell(f"next {data.next_touch.value}", words.when_role(owed.ideal_on, owed.latest_on, data.today))
    if owed.booked_on is not None:
        due = Cell(f"booked {words.when(owed.booked_on, data.today)}", "success")
    cells = [Cell(touched), Cell(" · ", "muted"), due]
    if data.attempts:
        since = f" since {day_month(last, data.today)}" if last else ""
        cells += [Cell(" · ", "muted"), Cell(f"{words.plural(data.attempts, 'attempt')}{since}", "muted")]
    return cells


def _due(data: AccountContext, width: int) -> Iterator[Row]:
    near = [
        item for item in data.items if item.must_do or item.due_on.toordinal() - data.today.toordinal() <= NEAR_DAYS
    ]
    if not near:
        return
    yield _blank()
    yield _title("WHY IT IS HERE")
    for item in near[:MOST_DUE]:
        yield _item(item, data, width)


def _item(item: Item, data: AccountContext, width: int) -> Row:
    role = words.when_role(item.due_on, item.latest_on, data.today) if item.snoozed is None else "muted"
    glyph = Column("▲" if item.must_do else "•", 1, "error" if item.must_do else role)
    cells = line(width, [glyph, Column(item.what), Column(words.item_when(item, data.today), 12, role, right=True)])
    return _text(f"item-{item.id}", cells, why(item, data.today))


def _people(data: AccountContext, width: int) -> Iterator[Row]:
    yield _blank()
    one = data.line
    role = "error" if one.engaged == 0 else "warning" if one.engaged < one.needed else "muted"
    yield Row(
        "engaged",
        lambda _width: [Cell(" "), Cell("PEOPLE", "heading"), Cell(f"  {data.engaged.value}", role)],
        data.engaged.why,
    )
    if not data.people:
        yield _text("", [Cell("nobody yet: @name in a log line adds one", "muted")])
    for person in data.people:
        yield _text(f"person-{person.contact_id}", _person(person, data, width))


def _person(person: ContactFacts, data: AccountContext, width: int) -> list[Cell]:
    role = "" if person.active else "muted"
    if not person.active:
        last, last_role = (
            f"left {day_month(person.left_on, data.today)}" if person.left_on else "left",
            "muted",
        )
    elif person.last_on is None:
        last, last_role = "never met", "warning"
    else:
        last, last_role = day_month(person.last_on, data.today), "muted"
    columns = [
        Column(person.name, max(12, width * 3 // 10), role),
        Column(person.title, 0, "muted" if person.active else "dim"),
    ]
    return line(width, [*columns, Column(str(person.role or ""), 17, role), Column(last, 11, last_role, right=True)])


def _promises(data: AccountContext, width: int) -> Iterator[Row]:
    open_ones = [promise for promise in data.promises if promise.state is PromiseState.OPEN]
    if not open_ones:
        return
    yield _blank()
    slip = f"our median slip {data.slip:g} d" if data.slip is not None else ""
    yield _title("PROMISES", slip)
    for promise in open_ones[:MOST_PROMISES]:
        yield _text(f"promise-{promise.promise_id}", _promise(promise, data, width))


def _promise(promise: PromiseFacts, data: AccountContext, width: int) -> list[Cell]:
    ours = promise.side is Side.OURS
    when, role = "no day", "muted"
    if promise.due_on is not None:
        late = promise.due_on < data.today
        when = words.when(promise.due_on, data.today)
        role = ("error" if ours else "warning") if late else "warning" if promise.due_on == data.today else "muted"
    side = Column("we" if ours else "they", 4, "accent" if ours else "muted")
    return line(width, [side, Column(promise.what), Column(when, 11, role, right=True)])


def _timeline(data: AccountContext, width: int) -> Iterator[Row]:
    if not data.timeline:
        yield _text("", [Cell("nothing logged yet: l logs the first touchpoint", "muted")])
    days = max((len(_day(touch.day, data.today)) for touch in data.timeline), default=6)
    for touch in data.timeline:
        yield from _touch(touch, data, width, days)
    if data.touchpoints > len(data.timeline):
        yield _text("", [Cell(f"and {data.touchpoints - len(data.timeline):,} older ones", "dim")])


def _day(day: date, today: date) -> str:
    return day_month(day, today) if day.year == today.year else f"{day_month(day)[:-5]} {day:%y}"


def _touch(touch: Touch, data: AccountContext, width: int, days: int) -> Iterator[Row]:
    people = ", ".join(name.split(" ")[0] if len(touch.people) > 1 else name for name in touch.people)
    glyph, role = MOODS.get(touch.mood, ("·", "dim")) if touch.mood else ("·", "dim")
    columns = [
        Column(_day(touch.day, data.today), days, "muted", right=True), Column(str(touch.kind), 8),
        Column(people, max(8, min(24, width // 5)), "muted"), Column(glyph, 1, role),
    ]  # fmt: skip
    indent = sum(column.width + 1 for column in columns)
    hue = "" if _counts(touch) else "muted"
    for number, text in enumerate(wrap(_told(touch), max(10, width - indent), SUMMARY_LINES)):
        if number:
            yield _text("", [Cell(" " * indent), Cell(text, hue)])
        else:
            yield _text(f"touch-{touch.touchpoint_id}", [*line(indent - 1, columns), Cell(" "), Cell(text, hue)])


def _counts(touch: Touch) -> bool:
    return touch.state is State.HELD and touch.direction is Direction.TWO_WAY


def _told(touch: Touch) -> str:
    """The summary, after what sets it apart from a held two-way touchpoint."""
    marks = []
    if touch.state is not State.HELD:
        marks.append(str(touch.state))
    if touch.direction is Direction.OUT:
        marks.append("sent" if touch.kind == "email" else "no answer")
    elif touch.direction is Direction.IN:
        marks.append("from them")
    told = f"{', '.join(marks)}: {touch.summary}" if marks else touch.summary
    signals = " ".join(f"#{signal}" for signal in touch.signals)
    return " ".join(part for part in (told, signals) if part) or "–"


_PARTS = {"head": _head, "due": _due, "people": _people, "promises": _promises, "timeline": _timeline}
