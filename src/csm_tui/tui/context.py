"""One account in context: why it is here, what is due, people, promises, timeline; each line can say why."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from csm_tui import words
from csm_tui.domain.money import written
from csm_tui.domain.promises import PromiseState
from csm_tui.safe import shown
from csm_tui.tui import account_lines as lines
from csm_tui.tui import empties
from csm_tui.tui.pane import Chosen
from csm_tui.tui.widgets.cells import Cell, fit, flowed
from csm_tui.tui.widgets.rows import ShyRows
from csm_tui.tui.widgets.sheet import Lines, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.geometry import Size

    from csm_tui.domain.due import Item
    from csm_tui.views.account import AccountContext

OWNER_LEAST = 15
"""In less room the account is shown without its owner."""
MOST_DUE, MOST_PROMISES = 6, 6
TOUCHES = 24
"""The newest touchpoints that stand beside a list; the account's own screen has all."""


AT_ONCE = 16
"""So many lines are made ahead before a key may come between."""


class Ahead(NamedTuple):
    """An account whose lines are made before it is asked for, in a place of that size."""

    data: AccountContext
    size: Size
    rows: Sequence[Row]
    lines: Lines


class Context(ShyRows):
    """The account under the cursor. Its lines carry their why; it never asks for anything itself."""

    def __init__(self) -> None:
        super().__init__(id="context", classes="pane")
        self.data: AccountContext | None = None
        self._built_for = -1
        self._asked = False
        """Whether it is known that there is no account, and not only not read yet."""
        self._ahead: dict[int, Ahead] = {}
        self._making: Iterator[object] = iter(())

    def show(self, data: AccountContext | None) -> None:
        """Show an account, or what an empty book has to say."""
        same = (
            data is not None and self.data is not None and data.line.facts.account_id == self.data.line.facts.account_id
        )
        self.data, self._asked = data, True
        if not same:
            self.cursor, self.top = -1, 0
        self.entitle(Content(f"{shown(data.line.facts.name)}") if data else Content(""))
        self._build()

    def on_resize(self) -> None:
        """Wrap anew when the width has changed."""
        if self.size.width != self._built_for:
            self._build()
        super().on_resize()

    def chosen(self) -> Chosen | None:
        """The account, the due item if the cursor is on one, and the why of the line."""
        if self.data is None:
            return None
        facts, row = self.data.line.facts, self.current
        item = item_of(self.key, self.data.items)
        step = self.data.step(self.key) if self.has_focus else None
        return Chosen(facts.account_id, facts.name, item, row.why if row and self.has_focus else (), step)

    def get_ready(self, accounts: Iterable[AccountContext | None]) -> None:
        """Make the lines of these accounts, which the cursor may come to next: a few at a time, between two keys."""
        wanted = {one.line.facts.account_id: one for one in accounts if one is not None}
        kept = [*wanted.values(), self.data]
        self._ahead = {key: made for key, made in self._ahead.items() if any(made.data is one for one in kept)}
        self._making = (step for key, one in wanted.items() if key not in self._ahead for step in self._make(key, one))
        self._make_some()

    def _make_some(self) -> None:
        if sum(1 for _ in islice(self._making, AT_ONCE)) == AT_ONCE:
            self.call_later(self._make_some)

    def _make(self, key: int, data: AccountContext) -> Iterator[object]:
        """Make the lines of an account, one at each step."""
        size, rows, lines = self.size, [], {}
        for row in _rows(data, max(20, size.width - 3)):
            rows.append(row)
            yield row
        shown = self.kept(rows)
        for lines in self.lines_ahead(shown):
            yield lines
        if size == self.size:
            self._ahead[key] = Ahead(data, size, shown, lines)

    def notify_style_update(self) -> None:
        """Another theme: no line is ready any more."""
        super().notify_style_update()
        self._ahead.clear()
        self._making = iter(())

    def _build(self) -> None:
        self._built_for = width = self.size.width
        ahead = self._ahead.get(self.data.line.facts.account_id) if self.data is not None else None
        if ahead is not None and ahead.data is self.data and ahead.size == self.size:
            self.fill(ahead.rows, ahead.lines)
        elif self.data is not None:
            self.fill(list(_rows(self.data, max(20, width - 3))))
        else:
            self.fill(empties.rows(empties.NO_ACCOUNT, width) if self._asked else [])


def item_of(key: str, items: list[Item]) -> Item | None:
    """The due item that a line speaks of: of a promise, a booking or a step too, where it is due."""
    meant = key.replace("promise-", "item-p").replace("touch-", "item-t").replace("step-", "item-k")
    return next((item for item in items if meant == f"item-{item.id}"), None)


def _rows(data: AccountContext, width: int) -> Iterator[Row]:
    yield from _head(data, width)
    yield from _due(data, width)
    yield from _plans(data, width)
    yield from _people(data, width)
    yield from _promises(data, width)
    yield from _timeline(data, width)


def _title(text: str, after: str = "", role: str = "muted") -> Row:
    cells = [Cell(text, "heading")]
    return lines.text("", [*cells, Cell(f"  {after}", role)] if after else cells)


def _head(data: AccountContext, width: int) -> Iterator[Row]:
    one, facts = data.line, data.line.facts
    role = words.BAND_ROLES[one.band]
    pulse = f"  pulse {facts.pulse} of 5" if facts.pulse else ""
    cells = [
        Cell(f"{words.BY_HAND[one.band]} ", role),
        Cell(data.band.value, f"{role} bold"),
        Cell(pulse, "muted"),
    ]
    room = width - sum(cell_len(cell.text) for cell in cells)
    if data.details.owner and room >= OWNER_LEAST:
        cells.append(Cell(fit(f"  owner {data.details.owner}", room, right=True), "muted"))
    yield lines.text("band", cells, data.band.why)
    arr = f"{written(facts.arr_cents, facts.currency)} ARR" if facts.arr_cents is not None else "ARR not known"
    day = f"day {one.day}" if one.day is not None else "no start day"
    seats = [words.plural(facts.seats, "seat")] if facts.seats else []
    parts = [arr, *seats, str(facts.tier), day, str(one.phase)]
    for number, text in enumerate(flowed(parts, width)):
        yield lines.text("contract" if number == 0 else "", [Cell(text)])
    yield from lines.flow("renewal", lines.renewal(data), width, data.renews.why)
    yield from lines.flow("next", lines.next_touch(data), width, data.next_touch.why)


def _due(data: AccountContext, width: int) -> Iterator[Row]:
    week = data.policy.agenda.week
    near = [item for item in data.items if item.must_do or (item.due_on - data.today).days <= week]
    if not near:
        return
    yield lines.blank()
    yield _title("WHY IT IS HERE")
    for item in near[:MOST_DUE]:
        yield lines.due_item(item, data, width)


def _plans(data: AccountContext, width: int) -> Iterator[Row]:
    for plan in data.plans:
        yield lines.blank()
        yield from lines.plan(plan, data, width)


def _people(data: AccountContext, width: int) -> Iterator[Row]:
    yield lines.blank()
    cells = [Cell("PEOPLE", "heading"), Cell(f"  {data.engaged.value}", engaged_role(data))]
    yield lines.text("engaged", cells, data.engaged.why)
    if not data.people:
        yield lines.text("", [Cell("nobody yet: @name in a log line adds one", "muted")])
    yield from lines.people(data, width)


def engaged_role(data: AccountContext) -> str:
    """Nobody engaged red, too few amber."""
    one = data.line
    return "error" if one.engaged == 0 else "warning" if one.engaged < one.needed else "muted"


def _promises(data: AccountContext, width: int) -> Iterator[Row]:
    open_ones = [promise for promise in data.promises if promise.state is PromiseState.OPEN]
    if not open_ones:
        return
    yield lines.blank()
    slip = f"our median slip {data.slip:g} d" if data.slip is not None else ""
    yield _title("PROMISES", slip)
    for promise in open_ones[:MOST_PROMISES]:
        yield lines.promise(promise, data, width)


def _timeline(data: AccountContext, width: int) -> Iterator[Row]:
    yield lines.blank()
    yield _title("TIMELINE", f"{data.touchpoints:,}" if data.touchpoints else "")
    if not data.timeline:
        yield lines.text("", [Cell("nothing logged yet: l logs the first touchpoint", "muted")])
    yield from lines.timeline(data.timeline, data.today, width)
    if data.touchpoints > len(data.timeline):
        yield lines.text("", [Cell(f"and {data.touchpoints - len(data.timeline):,} older ones", "dim")])
