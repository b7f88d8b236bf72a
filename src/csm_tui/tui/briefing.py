"""How the brief of the account under the cursor is opened, and what follows when it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui.tui.keys import Needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.pane import Chosen


class Briefing:
    """The action of the app that briefs. It stands apart from the app only to keep both short."""

    desk: Desk
    push_screen: Callable[..., Any]
    ask_for_form: Callable[..., None]
    tell: Callable[..., None]
    chosen: Callable[[], Chosen | None]
    refused: Callable[[Needs], bool]
    copy_out: Callable[[str, str], None]
    log_with: Callable[[int, str], None]

    def action_brief(self) -> None:
        """One page about the account under the cursor."""
        from csm_tui.views.brief import brief

        chosen = self.chosen()
        if not self.refused(Needs.ACCOUNT) and chosen is not None:
            self.ask_for_form(self._brief, brief, chosen.account_id)

    def _brief(self, found: Any) -> None:
        from csm_tui.tui.screens.brief import BriefScreen

        if found is None:
            self.tell("The account is gone.", "warning")
            return

        def answered(verb: str | None) -> None:
            if verb == "log":
                self.log_with(found.line.facts.account_id, "")

        self.push_screen(BriefScreen(self.desk, found, self.copy_out), answered)
