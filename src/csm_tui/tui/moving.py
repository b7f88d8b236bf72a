"""How the keys move about: between panes, into an account and back, zoom, filter, why. The book stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui.tui.context import Context
from csm_tui.tui.keys import Needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.pane import Chosen
    from csm_tui.tui.screens.workspace import Workspace
    from csm_tui.views.account import AccountContext


class Moving:
    """The actions of the app that move. It stands apart from the app only to keep both short."""

    desk: Desk
    workspace: Workspace
    screen: Any
    screen_stack: Any
    push_screen: Callable[..., Any]
    pop_screen: Callable[..., Any]
    exit: Callable[..., None]
    refused: Callable[[Needs], bool]
    chosen: Callable[[], Chosen | None]

    def open_account(self, account_id: int) -> None:
        """One account on the whole screen."""
        from csm_tui.tui.screens.account import AccountScreen

        if isinstance(self.screen, AccountScreen):
            self.pop_screen()
        self.push_screen(AccountScreen(self.desk, account_id))

    def action_open(self) -> None:
        """Open the account under the cursor."""
        chosen = self.chosen()
        if not self.refused(Needs.UNOPENED) and chosen is not None:
            self.open_account(chosen.account_id)

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
        if screen is self.workspace:
            await self.workspace.open_filter()
        elif hasattr(screen, "open_filter"):
            screen.open_filter()

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
