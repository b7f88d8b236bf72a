"""How the keys move about: between panes, into an account and back, zoom, filter, why. The book stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui import clock, words
from csm_tui.tui.context import Context
from csm_tui.tui.keys import Needs
from csm_tui.views.since import since, since_last_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.store.queries.looks import Look
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.pane import Chosen
    from csm_tui.tui.screens.workspace import Workspace
    from csm_tui.views.account import AccountContext
    from csm_tui.views.since import Since


class Moving:
    """The actions of the app that move. It stands apart from the app only to keep both short."""

    desk: Desk
    workspace: Workspace
    screen: Any
    screen_stack: Any
    push_screen: Callable[..., Any]
    pop_screen: Callable[..., Any]
    exit: Callable[..., None]
    tell: Callable[..., None]
    refused: Callable[[Needs], bool]
    chosen: Callable[[], Chosen | None]
    ask_then: Callable[..., str]
    action_recover: Callable[[], None]
    look: Look | None = None

    def open_account(self, account_id: int) -> None:
        """One account on the whole screen."""
        from csm_tui.tui.screens.account import AccountScreen

        if isinstance(self.screen, AccountScreen):
            self.pop_screen()
        self.push_screen(AccountScreen(self.desk, account_id))

    def action_open(self) -> None:
        """Open the account under the cursor; among the open risks, its recovery."""
        chosen = self.chosen()
        if self.refused(Needs.UNOPENED) or chosen is None:
            return
        if getattr(self.screen.focused, "WALKS", False):
            self.action_recover()
        else:
            self.open_account(chosen.account_id)

    def look_back(self) -> None:
        """Ask what came about since the last look, and say so if anything did."""
        self.ask_then(self._say_since, since_last_look, survey=True)

    def _say_since(self, found: Since | None) -> None:
        self.look = None if found is None else found.look
        if found is not None and found.anything:
            when = words.since_when(clock.local(found.look.at), found.today)
            counts = words.since_counts(len(found.due), len(found.deeds), len(found.decisions))
            self.tell(f"Since {when}: {counts} · N lists it")

    def action_since(self) -> None:
        """What came about since the last look, as a list."""
        if not self.refused(Needs.LOOK):
            self.ask_then(self._list_since, since, self.look, self.desk.origin)

    def _list_since(self, found: Since) -> None:
        from csm_tui.tui.screens.since import SinceScreen

        def answered(account_id: int | None) -> None:
            if account_id:
                self.open_account(account_id)

        self.push_screen(SinceScreen(found), answered)

    def on_rows_opened(self) -> None:
        """Two clicks open too."""
        self.action_open()

    def action_why(self) -> None:
        """The sentences behind what the cursor stands on."""
        from csm_tui.tui.screens.why import WhyScreen

        chosen = self.chosen()
        if not self.refused(Needs.WHY) and chosen is not None:
            self.push_screen(WhyScreen(chosen.account, chosen.why))

    async def run_in_list(self, action: str) -> None:
        """Run a list's own action on the list that has the keys."""
        focused = self.screen.focused
        if focused is not None:
            await focused.run_action(action)

    def seen(self, account_id: int) -> AccountContext | None:
        """What stands in the context already, if it is that account."""
        for context in self.workspace.query(Context):
            if context.data is not None and context.data.line.facts.account_id == account_id:
                return context.data
        return None

    def action_pane(self, number: int) -> None:
        """Give a pane the keys."""
        if not self.refused(Needs.PANES):
            self.workspace.focus_pane(number)

    def action_next_pane(self, step: int) -> None:
        """To the next pane, or the next part."""
        screen: Any = self.screen
        screen.next_pane(step)

    def action_zoom(self) -> None:
        """The pane on the whole screen, and back."""
        if not self.refused(Needs.PANES):
            self.workspace.zoom()

    async def action_filter(self) -> None:
        """Filter the pane, or search what the screen shows."""
        screen: Any = self.screen
        if hasattr(screen, "open_filter"):
            await screen.open_filter()
        else:
            self.tell("There is nothing to filter here: esc goes back to the lists.")

    async def action_back(self) -> None:
        """Back; never quits."""
        screen: Any = self.screen
        if self.screen is self.workspace:
            self.workspace.back()
        elif len(self.screen_stack) > 1 and not (hasattr(screen, "back") and screen.back()):
            self.pop_screen()

    async def action_quit(self) -> None:
        """Leave a sub-screen, or the program; nothing is lost."""
        if self.screen is self.workspace:
            self.exit(return_code=0)
        else:
            await self.action_back()
