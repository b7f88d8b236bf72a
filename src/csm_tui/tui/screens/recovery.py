"""The walk through a recovery: its steps and what they rest on to the left, the step under the cursor to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen

from csm_tui.domain.days import day_month
from csm_tui.domain.plans import StepState
from csm_tui.domain.touchpoints import Signal
from csm_tui.safe import shown
from csm_tui.tui import keys, top_line
from csm_tui.tui import recovery_lines as lines
from csm_tui.tui.keys_in_use import in_use
from csm_tui.tui.pane import BREAKPOINTS, NARROW, Chosen
from csm_tui.tui.widgets.bars import KeyBar, TopBar
from csm_tui.tui.widgets.broken import Broken
from csm_tui.tui.widgets.rows import Rows
from csm_tui.tui.widgets.sheet import BLANK
from csm_tui.views.accounts import totals
from csm_tui.views.recovery import recovery_walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.handed import Answer
    from csm_tui.tui.widgets.sheet import Row
    from csm_tui.views.accounts import Totals
    from csm_tui.views.plans import StepDetail
    from csm_tui.views.recovery import RecoveryWalk

READABLE = 90
"""However wide the screen is: the eye should find the beginning of the next line."""

OWN = ("recovery.tick", "done", "skip", "recovery.next", "recovery.note", "log", "move", "promise", "recovery.confirm",
       "recovery.exit", "recovery.close", "recovery.escalate", "keys")  # fmt: skip
"""The keys worth a place in the bar, the most used first."""

WORDS = {"done": "step done", "skip": "skip", "recovery.next": "next"}


class RecoveryScreen(Screen[None]):
    """Steps, facts and the step under the cursor; on a narrow terminal the part that has the keys is the tall one."""

    CSS = """
    RecoveryScreen #walk { width: 48%; max-width: 84; }
    RecoveryScreen #walk, RecoveryScreen #step { border: round $border-blurred; border-title-color: $foreground;
      border-title-style: bold; border-subtitle-color: $text-muted; }
    RecoveryScreen #walk:focus-within, RecoveryScreen #step:focus-within { border: round $border;
      border-title-color: $border; }
    RecoveryScreen #step { width: 1fr; }
    RecoveryScreen #steps { height: 1fr; min-height: 3; }
    RecoveryScreen #facts { height: auto; max-height: 50%; }
    RecoveryScreen.-narrow #body { layout: vertical; }
    RecoveryScreen.-narrow #walk { width: 1fr; max-width: 100%; height: 9; }
    RecoveryScreen.-narrow #step { height: 1fr; }
    RecoveryScreen.-narrow #walk:focus-within { height: 1fr; }
    RecoveryScreen.-narrow #facts { max-height: 100%; }
    """
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    KEYS = keys.RECOVERY
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in KEYS]

    def __init__(self, desk: Desk, walk: RecoveryWalk, step_id: int = 0) -> None:
        super().__init__()
        self._desk, self.walk = desk, walk
        self._account_id = walk.line.facts.account_id
        first = walk.line.next
        self._step_id = step_id or (first.step_id if first is not None else 0)
        self._totals: Totals | None = None
        self.slot = f"recovery-{self._account_id}"

    def compose(self) -> ComposeResult:
        """The two columns between the bars."""
        yield TopBar()
        with Horizontal(id="body"):
            with Vertical(id="walk"):
                yield Rows(id="steps")
                yield Broken(id="facts")
            with Vertical(id="step"):
                yield Broken(id="checks")
        yield KeyBar()

    @property
    def _steps(self) -> Rows:
        return self.query_one("#steps", Rows)

    @property
    def _facts(self) -> Broken:
        return self.query_one("#facts", Broken)

    @property
    def _checks(self) -> Broken:
        return self.query_one("#checks", Broken)

    def on_mount(self) -> None:
        """Begin at the step that is due first, in the form that fits from the first paint on."""
        self.set_class(self.app.size.width < NARROW, "-narrow")
        self._show()
        self._steps.select(f"step-{self._step_id}")
        self._steps.focus()
        known = {key.id: key for key in in_use(self.app).of((*keys.WORK, *self.KEYS)) if key.keys}
        bar = [(known[name].label, WORDS.get(name, known[name].word)) for name in OWN if name in known]
        self.query_one(KeyBar).keys([*bar[:6], ("esc", "leave"), *bar[6:]], in_use(self.app).count + len(self.KEYS))
        self._desk.survey(f"{self.slot}-totals", totals)

    def answered(self, answer: Answer) -> None:
        """Show what was read anew; a risk that is closed, or gone, leaves the screen."""
        if answer.slot == f"{self.slot}-totals":
            self._totals = answer.data
            self._say_where()
        if answer.slot != self.slot:
            return
        if answer.data is None:
            self._leave()
            return
        before, self.walk = self.walk, answer.data
        was = self._detail_of(before)
        self._show()
        self._go_on_from(was, before)

    def _leave(self) -> None:
        """Out of the stack, wherever in it this screen stands."""
        if self.is_current:
            self.app.pop_screen()
        else:
            self.app.call_later(self._leave)

    def _go_on_from(self, was: StepDetail | None, before: RecoveryWalk) -> None:
        """When the step in use was closed, the cursor goes to the one that is due next; back to one that was undone."""
        now, ahead = self.detail, self.walk.line.next
        again = _open(self.walk) & _closed(before)
        if len(again) == 1:
            self._steps.select(f"step-{again.pop()}")
            return
        if was is None or now is None or was.step.state is not StepState.OPEN:
            return
        if now.step.state is not StepState.OPEN and ahead is not None:
            self._steps.select(f"step-{ahead.step_id}")

    def heard(self, _changed: frozenset[str]) -> None:
        """Something changed: read anew."""
        self._desk.ask(self.slot, recovery_walk, self._account_id)

    def _show(self) -> None:
        found = self.walk.line
        self._steps.fill(list(lines.steps(found)))
        self._facts.show(self._fact_lines)
        box = self.query_one("#walk")
        box.border_title = Content(f"Recovery · {shown(found.facts.name)}")
        opened = day_month(found.risk.opened_on, found.today)
        box.border_subtitle = Content(f"{found.done} of {found.of} · opened {opened}")
        self._show_step()
        self._say_where()

    def _fact_lines(self, width: int) -> Iterator[Row]:
        yield BLANK
        yield from lines.signals(self.walk.line, width)
        yield BLANK
        yield from lines.stakes(self.walk.line, width)
        yield BLANK
        yield from lines.exits(self.walk.line, width)

    def _show_step(self) -> None:
        detail, box = self.detail, self.query_one("#step")
        if detail is None:
            return
        box.border_title = Content(f"Step {detail.step.n} of {len(self.walk.details)}")
        box.border_subtitle = Content("] next · [ before")
        self._checks.show(lambda width: lines.card(detail, self.walk.line, min(width, READABLE)))

    def _say_where(self) -> None:
        figures = top_line.figures(self._totals, narrow=self.app.size.width < NARROW)
        self.query_one(TopBar).say(top_line.account(self.walk.account), figures)

    def on_resize(self, _event: events.Resize) -> None:
        """Say as much as fits."""
        self._say_where()
        self._make_room()

    def _make_room(self, *, facts: bool = False) -> None:
        """On a narrow terminal either the steps or the facts are there."""
        narrow = self.app.size.width < NARROW
        self._facts.display = facts or not narrow
        self._steps.display = not (facts and narrow)

    @property
    def detail(self) -> StepDetail | None:
        """The step under the cursor."""
        return self._detail_of(self.walk)

    def _detail_of(self, walk: RecoveryWalk) -> StepDetail | None:
        number = self._steps.key.removeprefix("step-")
        return next((one for one in walk.details if str(one.step.step_id) == number), None)

    @property
    def signal(self) -> Signal | None:
        """The signal under the cursor, or the one whose exit test it is on, while the facts have the keys."""
        _, _, name = self._facts.key.partition("-")
        return Signal(name) if self._facts.has_focus and name in set(Signal) else None

    @property
    def closing(self) -> bool:
        """Whether the cursor is on the step that is done by closing the risk."""
        return self.detail is not None and self.detail.closing

    def chosen(self) -> Chosen:
        """The account and the step; the why of the fact or of the step under the cursor."""
        facts, row = self.walk.line.facts, (self._facts if self._facts.has_focus else self._steps).current
        why = row.why if row is not None else ()
        return Chosen(facts.account_id, facts.name, None, why, self.detail.step if self.detail else None)

    def next_pane(self, step: int) -> None:
        """From the steps to the checks, to the facts, and round."""
        focused: Any = self.focused
        ring: list[Rows] = [self._steps, self._checks, self._facts]
        at = ring.index(focused) if focused in ring else 0
        meant = ring[(at + step) % len(ring)]
        self._make_room(facts=meant is self._facts)
        self.set_focus(meant)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The right side goes with the step under the cursor."""
        if event.rows is self._steps:
            self._show_step()

    def on_rows_opened(self, event: Rows.Opened) -> None:
        """Two clicks on a check tick it."""
        event.stop()
        if event.rows is self._checks:
            self.action_tick()

    def action_step(self, by: int) -> None:
        """To the next step or the one before, whatever has the keys."""
        self._steps.action_move(by)

    def action_checks(self) -> None:
        """To the checks; among them, tick."""
        if self._checks.has_focus:
            self.action_tick()
        else:
            self.set_focus(self._checks)

    def action_tick(self) -> None:
        """Tick the check under the cursor, or take its tick away; a tick goes on to the next check.

        Where the step has little room, it gets the keys and with them more, so that nobody ticks what is not seen.
        """
        from csm_tui.actions.steps import TickStep, tick_step

        detail, key = self.detail, self._checks.key
        if detail is None or not key:
            return
        place = int(key.removeprefix("check-"))
        if self.app.size.width < NARROW:
            self.set_focus(self._checks)
        ticked = not detail.checks[place].ticked
        wanted = TickStep(detail.step.step_id, detail.step.title, self.walk.line.facts.name, place, ticked)
        self._desk.do(tick_step, wanted, light=True)
        if ticked:
            self._checks.action_move(1)


def _open(walk: RecoveryWalk) -> set[int]:
    return {one.step.step_id for one in walk.details if one.step.state is StepState.OPEN}


def _closed(walk: RecoveryWalk) -> set[int]:
    return {one.step.step_id for one in walk.details if one.step.closed_on is not None}
