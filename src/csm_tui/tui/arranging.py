"""How the keys arrange a list and take it along: sorted, its columns chosen, copied. The book stays as it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from csm_tui.safe import shown
from csm_tui.tui.keys import Needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.keys_in_use import InUse
    from csm_tui.tui.pane import Chosen
    from csm_tui.tui.screens.workspace import Workspace

AS_IT_WAS = "as it was"


class Arranging:
    """The actions of the app that arrange and copy. It stands apart from the app only to keep both short."""

    desk: Desk
    in_use: InUse
    workspace: Workspace
    screen: Any
    push_screen: Callable[..., Any]
    run_worker: Callable[..., Any]
    copy_to_clipboard: Callable[[str], None]
    tell: Callable[..., None]
    refused: Callable[[Needs], bool]
    chosen: Callable[[], Chosen | None]

    def action_sort(self) -> None:
        """Choose the column that sorts; the one that sorts already goes the other way round."""
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        if self.refused(Needs.PANES):
            return
        pane = self.workspace.pane_in_use
        arrows = {pane.order.title: pane.order.arrow} if pane.order is not None else {}
        choices = [Choice(one.title, one.title, arrows.get(one.title, "")) for one in pane.COLUMNS]
        own = [Choice(AS_IT_WAS, f"{AS_IT_WAS}: the order of {pane.TITLE}")] if arrows else []

        def answered(title: str | None) -> None:
            if title == AS_IT_WAS:
                pane.sort(None)
            elif title:
                pane.sort_by(title)

        self.push_screen(Picker(f"Sort {pane.TITLE}", Choices([*choices, *own]), note_width=2), answered)

    def action_columns(self) -> None:
        """Choose the columns of the board, which are remembered."""
        from csm_tui.tui import remembered
        from csm_tui.tui.widgets.checklist import Checklist

        if self.refused(Needs.PANES):
            return
        pane = self.workspace.pane_in_use

        def answered(titles: tuple[str, ...] | None) -> None:
            if titles is None:
                return
            pane.choose(titles)
            self.desk.keep(remembered.remember, pane.TITLE, titles)
            if not pane.zoomed:
                self.tell(f"{len(titles)} columns on the board{self.in_use.does('zoom', 'shows it', ': ')}.")

        titles = [one.title for one in pane.COLUMNS]
        self.push_screen(Checklist(f"Columns of {pane.TITLE}", titles, pane.columns), answered)

    def action_copy(self) -> None:
        """Copy the marked rows, or the one under the cursor, as plain text."""
        pane, chosen = self.workspace.pane_in_use, self.chosen()
        if chosen is None:
            self.tell("There is no row under the cursor to copy.", "warning")
            return
        keys = pane.worked_on if pane.has_focus else []
        text = "\n".join(pane.plain(key) for key in keys) or shown(chosen.account)
        what = f"{len(keys):,} rows" if len(keys) > 1 else chosen.account
        self.copy_out(text, what)

    def copy_out(self, text: str, what: str) -> None:
        """Copy a text off this thread; what it is called is said then."""
        self.run_worker(self._copy(text, what), group="copy")

    async def _copy(self, text: str, what: str) -> None:
        """Copy off this thread, and say only what is known of it."""
        from csm_tui.tui import clipboard

        tool = await asyncio.to_thread(clipboard.by_tool, text)
        if tool:
            self.tell(f"Copied: {what} (by {tool}).")
        elif clipboard.for_terminal(text):
            self.copy_to_clipboard(text)
            self.tell(f"Sent to the terminal: {what}. Whether it copied that, a terminal does not say.")
        else:
            self.tell("Not copied: there is no wl-copy, xclip, xsel, pbcopy or clip.exe that works here.", "warning")
