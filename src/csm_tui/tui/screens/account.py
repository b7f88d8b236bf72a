"""One account on the whole screen: health, people and promises; contract, what is due, and the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from csm_tui.tui import keys, top_line
from csm_tui.tui.context import item_of
from csm_tui.tui.keys_in_use import in_use
from csm_tui.tui.pane import BREAKPOINTS, NARROW, Chosen
from csm_tui.tui.screens.account_part import Part
from csm_tui.tui.screens.account_parts import LEFT, RIGHT, Timeline
from csm_tui.tui.widgets.bars import KeyBar, TopBar
from csm_tui.tui.widgets.filter_bar import FilterBar
from csm_tui.views.account import TIMELINE, account_page
from csm_tui.views.accounts import totals

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.handed import Answer
    from csm_tui.tui.widgets.rows import Rows
    from csm_tui.views.account import AccountPage
    from csm_tui.views.accounts import Totals

HERE = ("log", "promise", "brief", "done", "why", "filter", "undo", "goto", "snooze", "keys")
"""The keys worth a place in the bar, besides those of the screen itself."""

WORDS = {"filter": "search"}


class AccountScreen(Screen[None]):
    """Parts side by side, or below each other on a narrow terminal; the keys work on the row of the part in use."""

    CSS = """
    AccountScreen .part { height: auto; min-height: 3; }
    AccountScreen #left { width: 48%; } AccountScreen #right { width: 1fr; }
    AccountScreen.-wide #part-health { max-height: 40%; } AccountScreen.-wide #part-people { max-height: 35%; }
    AccountScreen.-wide #part-contract { max-height: 30%; } AccountScreen.-wide #part-due { max-height: 25%; }
    AccountScreen.-wide #part-plans { max-height: 30%; }
    AccountScreen.-wide #part-promises, AccountScreen.-wide #part-timeline { height: 1fr; min-height: 4; }
    AccountScreen.-narrow #body { layout: vertical; overflow-y: auto; scrollbar-size-vertical: 0; }
    AccountScreen.-narrow #left, AccountScreen.-narrow #right { width: 1fr; height: auto; }
    AccountScreen.-narrow .part { max-height: 80vh; }
    """
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def __init__(self, desk: Desk, account_id: int) -> None:
        super().__init__()
        self._desk = desk
        self._account_id = account_id
        self._page: AccountPage | None = None
        self._totals: Totals | None = None
        self._most = TIMELINE
        self._words = ""
        self.slot = f"account-{account_id}"

    def compose(self) -> ComposeResult:
        """The two columns of parts."""
        yield TopBar()
        with Horizontal(id="body"):
            for side, parts in (("left", LEFT), ("right", RIGHT)):
                with Vertical(id=side):
                    for part in parts:
                        yield part()
        yield KeyBar()

    @property
    def parts(self) -> list[Part]:
        """The parts that are shown, in their order."""
        return [part for part in self.query(Part) if part.display]

    def on_mount(self) -> None:
        """Ask for the account."""
        self.parts[0].focus()
        known = {key.id: key for key in in_use(self.app).of(keys.WORK) if key.keys}
        bar = [(known[name].label, WORDS.get(name, known[name].word)) for name in HERE if name in known]
        parts = [("tab", "next part"), ("esc", "back")]
        self.query_one(KeyBar).keys([*bar[:5], *parts, *bar[5:]], in_use(self.app).count)
        self.look_again()

    def look_again(self) -> None:
        """Read the account anew."""
        self._desk.ask(self.slot, account_page, self._account_id, self._most, self._words)
        self._desk.survey(f"{self.slot}-totals", totals)

    def answered(self, answer: Answer) -> None:
        """Show what was read; an account that is gone leaves the screen."""
        if answer.slot == f"{self.slot}-totals":
            self._totals = answer.data
            self._say_where()
        if answer.slot != self.slot:
            return
        if answer.data is None:
            self.app.pop_screen()
            return
        self._page = answer.data
        for part in self.query(Part):
            part.show(answer.data)
        for bar in self.query(FilterBar):
            bar.count(len(answer.data.shown), answer.data.context.touchpoints)
        self._say_where()

    def _say_where(self) -> None:
        if self._page is None:
            return
        one, details = self._page.context.line, self._page.context.details
        figures = top_line.figures(self._totals, narrow=self.app.size.width < NARROW)
        self.query_one(TopBar).say(top_line.account(one, details.ae or ""), figures)

    def on_resize(self, _event: events.Resize) -> None:
        """Say as much as fits; what is searched stays in sight, though it has not the keys."""
        self._say_where()
        for column in self.query("#left, #right"):  # Textual keeps heights by widths
            column.query(Part).first().refresh(layout=True)
        if self.query(FilterBar):
            self._show_timeline()

    def heard(self, _changed: frozenset[str]) -> None:
        """Something changed: read anew."""
        self.look_again()

    @property
    def part(self) -> Part:
        """The part in use."""
        focused: Any = self.focused
        return focused if isinstance(focused, Part) else self.parts[0]

    @property
    def row_key(self) -> str:
        """The key of the row under the cursor."""
        return self.part.key

    def chosen(self) -> Chosen | None:
        """The account, the due item if the row is one, and the why of the row."""
        if self._page is None:
            return None
        data, row = self._page.context, self.part.current
        item = item_of(self.row_key, data.items)
        step = data.step(self.row_key)
        return Chosen(data.line.facts.account_id, data.line.facts.name, item, row.why if row else (), step)

    def next_pane(self, step: int) -> None:
        """To the next part; the last is followed by the first."""
        ring = self.parts
        self.set_focus(ring[(ring.index(self.part) + step) % len(ring)])

    def on_part_at_end(self, event: Part.AtEnd) -> None:
        """Older touchpoints are read; on a narrow terminal the cursor goes on in the next part."""
        if isinstance(event.part, Timeline) and event.step > 0 and self._page is not None and self._page.more:
            self._more()
        elif self.has_class("-narrow"):
            place = self.parts.index(event.part) + event.step
            if 0 <= place < len(self.parts):
                self.set_focus(self.parts[place])

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """On the last touchpoint, older ones are read."""
        timeline, page = self.query_one(Timeline), self._page
        last = next((row.key for row in reversed(timeline.rows) if row.key), "")
        if event.rows is timeline and page is not None and page.more and timeline.key == last:
            self._more()

    def _more(self) -> None:
        self._most = 2 * len(self._page.shown) if self._page else TIMELINE
        self.look_again()

    async def open_filter(self) -> None:
        """A line to type the words in that a touchpoint must hold. It has the keys before the next one is handled."""
        if not self.query(FilterBar):
            await self.mount(FilterBar(), before=self.query_one(KeyBar))
        self.set_focus(self.query_one("#filter-input"))
        self._show_timeline()

    def _show_timeline(self) -> None:
        """Scroll to what is searched, once all has its place."""
        self.call_after_refresh(self.query_one(Timeline).scroll_visible, animate=False, top=True)

    def on_filter_bar_changed(self, event: FilterBar.Changed) -> None:
        """Search as it is typed."""
        self._words, self._most = event.text, TIMELINE
        self.look_again()

    def on_filter_bar_kept(self) -> None:
        """The timeline has the keys again, with what was found."""
        self.query_one(Timeline).focus()

    def back(self) -> bool:
        """End the search; whether there was one."""
        bars = self.query(FilterBar)
        if not bars:
            return False
        bars.remove()
        self._words, self._most = "", TIMELINE
        self.query_one(Timeline).focus()
        self.look_again()
        return True
