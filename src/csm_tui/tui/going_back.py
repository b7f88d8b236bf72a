"""How the workspace goes back and forth: undo, redo, and the history from which either is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.tui.desk import Desk

HISTORY = 500


class GoingBack:
    """The actions of the app that take back. It stands apart from the app only to keep both short."""

    desk: Desk
    push_screen: Callable[..., Any]
    ask_then: Callable[..., str]

    def action_undo(self) -> None:
        """Undo the newest change, asking first when another process made it."""
        from csm_tui.store.journal import next_undo

        self.ask_then(self._undo, next_undo)

    def _undo(self, entry: Any) -> None:
        from csm_tui.tui.forms.confirm import Confirm

        if entry is None or entry.origin == self.desk.origin:
            self.desk.undo()
            return
        where = "the shell" if entry.origin.startswith("shell") else "another workspace"

        def answered(yes: bool | None) -> None:
            if yes:
                self.desk.undo()

        self.push_screen(Confirm(f"“{entry.label}” was done in {where}. Undo it?"), answered)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.desk.redo()

    def action_history(self) -> None:
        """What was done, and undo or redo from there."""
        from csm_tui.store.journal import history

        self.ask_then(self._history, history, HISTORY)

    def _history(self, entries: Any) -> None:
        from csm_tui.tui.screens.history import HistoryScreen

        def answered(verb: str | None) -> None:
            if verb == "undo":
                self.action_undo()
            elif verb == "redo":
                self.action_redo()

        self.push_screen(HistoryScreen(entries), answered)
