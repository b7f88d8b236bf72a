"""How accounts come into a book that is open: files that are imported, and a made-up book to look at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.screens.workspace import Workspace


class Bringing:
    """The actions of the app that bring a book in. It stands apart from the app only to keep both short."""

    desk: Desk
    workspace: Workspace
    next_command: tuple[str, ...]
    push_screen: Callable[..., Any]
    exit: Callable[..., None]

    def action_import_file(self) -> None:
        """Ask for files, and show what they would do."""
        from csm_tui.tui.forms.import_path import ImportPath

        self.push_screen(ImportPath(), self._look_through)

    def _look_through(self, paths: tuple[str, ...] | None) -> None:
        from csm_tui.tui.screens.import_file import ImportScreen

        if paths:
            self.push_screen(ImportScreen(self.desk, paths))

    def action_demo(self) -> None:
        """Leave this book for a made-up one, which a process of its own makes; unless it is empty, ask first."""
        from csm_tui.tui.forms.confirm import Confirm

        told = ("Your book stays as it is. The made-up one goes when you quit; csm then opens yours again.",)
        if self.workspace.is_empty:
            self._leave_for_demo(yes=True)
        else:
            self.push_screen(
                Confirm("Leave your book for a made-up one?", told), lambda yes: self._leave_for_demo(yes=yes)
            )

    def _leave_for_demo(self, *, yes: bool | None) -> None:
        if yes:
            self.next_command = ("demo",)
            self.exit(return_code=0)
