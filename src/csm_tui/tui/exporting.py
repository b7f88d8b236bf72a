"""How what a list shows goes into a file: all its rows through the filter, in its order, with its chosen columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui import words
from csm_tui.tui.keys import Needs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from csm_tui.store.connection import Reading
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.forms.ask import Asked
    from csm_tui.tui.screens.workspace import Workspace


class Exporting:
    """The action of the app that exports. It stands apart from the app only to keep both short."""

    desk: Desk
    workspace: Workspace
    push_screen: Callable[..., Any]
    ask_then: Callable[..., str]
    ask_for_form: Callable[..., None]
    tell: Callable[..., None]
    refused: Callable[[Needs], bool]

    def action_export(self) -> None:
        """Offer a file name, and write the rows that the pane in use shows.

        A key before it may still be changing which pane that is: by the time the desk has answered, it has.
        """
        if not self.refused(Needs.PANES):
            self.ask_for_form(lambda _day: self._offer_name(), _day)

    def _offer_name(self) -> None:
        from csm_tui.tui.forms.ask import Ask

        pane = self.workspace.pane_in_use
        rows = pane.as_texts()
        if len(rows) < 2:
            self.tell("This list shows nothing that could be exported.", "warning")
            return
        name = f"{pane.TITLE.casefold()}-{self.desk.today.isoformat()}.csv"
        title = f"Export {words.plural(len(rows) - 1, 'row')} of {pane.TITLE}"

        def save(asked: Asked) -> str:
            return self.ask_then(self.tell, _save, asked.words, rows) if asked.words else ""

        self.push_screen(Ask(title, self.desk.today, save=save, words="to which file? (a CSV)", given=name))


def _day(reading: Reading) -> date:
    return reading.today


def _save(_reading: Reading, name: str, rows: Sequence[Sequence[str]]) -> str:
    """Write the file, off the screen's thread; what to say of it."""
    from pathlib import Path

    from csm_tui.exchange.exporters.csv_file import write_texts
    from csm_tui.exchange.written import written

    path = Path(name).expanduser().absolute()
    with written(str(path)) as stream:
        write_texts(stream, rows)
    return f"Wrote {words.plural(len(rows) - 1, 'row')} to {path}."
