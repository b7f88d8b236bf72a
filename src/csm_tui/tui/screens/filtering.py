"""How the workspace filters the pane in use: the bar in which it is typed, what it may ask for, and filters by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from csm_tui.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.forms.ask import Asked
    from csm_tui.tui.pane import Pane
    from csm_tui.tui.sieve import LookedUp
    from csm_tui.views.filters import Known

KNOWN_READS = frozenset({"account", "account_tag", "touchpoint", "touchpoint_signal", "saved_filter"})
"""What a filter may ask for stands in these."""


class Filtering(Screen[None]):
    """The part of the workspace that filters. It stands apart only to keep both short."""

    panes: list[Pane]
    _desk: Desk
    _tall: Pane
    _known: Known | None = None
    _asked_known = False

    def learn(self, pane: Pane | None = None) -> None:
        """Read what a filter or a column may ask for beyond the lines of the panes; look up the rows of that pane."""
        from csm_tui.tui.sieve import looked_up

        self._asked_known = True
        self._desk.survey("known", looked_up, pane.lines if pane else {}, self._tall.facts_of)

    def learn_again(self, changed: frozenset[str]) -> None:
        """The same once more, if it was read before and has changed."""
        if self._asked_known and changed & KNOWN_READS:
            self.learn()

    def learned(self, found: LookedUp) -> None:
        """Tell the panes; rows of lines that have been read anew meanwhile are of no use."""
        self._known = found.known
        for pane in self.panes:
            pane.know(found.known, found.rows if pane.lines is found.lines else None)
        self.count_filtered()

    async def open_filter(self, text: str = "") -> None:
        """A line to type a filter in, or with a filter in it. It has the keys before the next one is handled."""
        from csm_tui.tui.widgets.filter_bar import FilterBar

        self.learn(self._tall)
        if not self.query(FilterBar):
            await self.mount(FilterBar(text, self._offer), before=self.query_one(KeyBar))
        elif text:
            self.query_one(FilterBar).take(text)
        self.set_focus(self.query_one("#filter-input"))
        self.count_filtered()

    def _offer(self, text: str) -> str:
        """What the text of the filter could become."""
        from csm_tui.domain.filter_offers import Values, offered

        return offered(text, self._known.values if self._known is not None else Values(), self._tall.FIELDS)

    def on_filter_bar_changed(self, event: Any) -> None:
        """Filter as it is typed."""
        self._tall.set_filter(event.text)
        self.count_filtered()

    def count_filtered(self) -> None:
        """Say in the bar how many rows there are."""
        from csm_tui.tui.widgets.filter_bar import FilterBar

        for bar in self.query(FilterBar):
            bar.count(*self._tall.matching(), self._tall.filter_wrong)

    def on_filter_bar_kept(self) -> None:
        """The list has the keys again, filtered."""
        self._tall.focus()

    def on_filter_bar_saved(self, event: Any) -> None:
        """Ask for the name by which the filter is kept."""
        from csm_tui.actions.saved_filters import SaveFilter, save_filter
        from csm_tui.tui.forms.ask import Ask

        def save(asked: Asked) -> str:
            return self._desk.do(save_filter, SaveFilter(asked.words, event.text), light=True)

        words = "its name, one word; then =name filters by it"
        self.app.push_screen(Ask("Save this filter", self._desk.today, save=save, words=words, hint=event.text))

    def drop_filter(self) -> bool:
        """A filter belongs to the pane it was typed in, and goes when another is used; whether there was one."""
        from csm_tui.tui.widgets.filter_bar import FilterBar

        bars = self.query(FilterBar)
        if not bars:
            return False
        bars.remove()
        for pane in self.panes:
            if pane.filter:
                pane.set_filter("")
        return True
