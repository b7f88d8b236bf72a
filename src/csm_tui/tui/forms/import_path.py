"""Asks which files to import: a line of paths that tab completes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from csm_tui.safe import shown
from csm_tui.tui import keys
from csm_tui.tui.path_words import MOST, completed, paths
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.still_input import StillInput

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

HINT = (
    "CSV files of Salesforce, HubSpot or your own, with blanks between them. "
    "You see what they would do before anything is written."
)


class PathInput(StillInput):
    """An input whose tab completes the last path."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.PATH]

    def action_complete(self) -> None:
        """Go on as far as it is certain, and show what it could be."""
        assert isinstance(self.screen, ImportPath)
        found = completed(self.value)
        self.value = found.text
        self.cursor_position = len(self.value)
        self.screen.offer(found.names if len(found.names) != 1 else ())


class ImportPath(Dialog[tuple[str, ...]]):
    """One line; enter goes on to the preview, esc leaves."""

    CSS = """
    ImportPath .label { color: $text-muted; height: auto; margin: 0 0 1 0; }
    ImportPath #told { height: auto; max-height: 8; margin: 1 0 0 0; color: $text-muted; }
    ImportPath #told.-wrong { color: $text-error; }
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The line, and below it what it could be or what is wrong with it."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content("Import")
            box.border_subtitle = Content("tab completes · ⏎ look through · esc back")
            yield Static(HINT, classes="label", markup=False)
            yield PathInput(self._text, placeholder="~/Downloads/accounts.csv", compact=True)
            yield Static("", id="told", markup=False)

    def offer(self, names: tuple[str, ...]) -> None:
        """The names that the path could go on with."""
        more = f"   and {len(names) - MOST:,} more" if len(names) > MOST else ""
        self._say("   ".join(names[:MOST]) + more)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        told = self.query_one("#told", Static)
        told.set_class(wrong, "-wrong")
        told.update(shown(text))

    def on_input_changed(self) -> None:
        """What was said was about another line."""
        self._say("")

    def on_input_submitted(self) -> None:
        """On, with files that are there."""
        wanted = paths(self.query_one(PathInput).value)
        missing = [path for path in wanted if not Path(path).exists()]
        folders = [path for path in wanted if Path(path).is_dir()]
        if missing:
            self._say(f"There is no file {missing[0]}.", wrong=True)
        elif folders:
            self._say(f"{folders[0]} is a folder: tab shows what is in it.", wrong=True)
        elif wanted:
            self.answer(tuple(wanted))
