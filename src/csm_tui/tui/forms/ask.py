"""A small form of one or two fields: a day, which is echoed as it was read, and words such as a reason; it stays until
what was answered is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from csm_tui.domain.errors import Refusal
from csm_tui.safe import shown
from csm_tui.tui.forms.day_read import WHICH_DAY, day_read
from csm_tui.tui.widgets.dialog import SavingDialog
from csm_tui.tui.widgets.still_input import StillInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult


class Asked(NamedTuple):
    """What was answered: the day (None where none was asked for) and the words."""

    day: date | None
    words: str

    @property
    def given(self) -> date:
        """The day, where one was asked for."""
        assert self.day is not None
        return self.day


class Answering(StillInput):
    """A field of a small form; enter goes on at once, so that what is typed behind it is meant for what comes then."""

    async def action_submit(self) -> None:
        """On to the next field, or save."""
        form = self.screen
        if isinstance(form, Ask):
            form.go_on(self)


class Ask(SavingDialog):
    """Ask for a day, for words, or for both. Enter goes on, and saves on the last field; esc leaves."""

    CSS = """
    Ask .dialog { padding: 1 2 0 2; }
    Ask .label { color: $text-muted; height: 1; }
    Ask Input { margin: 0 0 1 0; }
    Ask #day { margin: 0; }
    Ask #echo { height: 1; color: $text-success; margin: 0 0 1 0; }
    Ask #echo.-wrong { color: $text-error; }
    Ask #sentence { height: auto; color: $text-error; margin: 0 0 1 0; display: none; }
    """

    def __init__(
        self,
        title: str,
        today: date,
        *,
        save: Callable[[Asked], str],
        day: str | None = None,
        words: str | None = None,
        given: str = "",
        hint: str = "",
        look: Callable[[], object] | None = None,
    ) -> None:
        """`save` answers with the desk's slot, with none where nothing has to be written; it may raise Refusal. `look`
        reads anew what it is about, once a refusal has told that this has changed.
        """
        super().__init__()
        self._title, self._today, self._hint, self._save, self._look = title, today, hint, save, look
        self._day, self._words, self._given = day, words, given

    def compose(self) -> ComposeResult:
        """The fields that are asked for."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(f"{shown(self._title)}")
            box.border_subtitle = Content("⏎ save · esc cancel")
            if self._hint:
                yield Static(shown(self._hint), classes="label", markup=False)
            if self._day is not None:
                yield Static(WHICH_DAY, classes="label", markup=False)
                yield Answering(self._day, id="day", compact=True)
                yield Static("", id="echo", markup=False)
            if self._words is not None:
                yield Static(self._words, classes="label", markup=False)
                yield Answering(self._given, id="words", compact=True)
            yield Static("", id="sentence", markup=False)

    def on_mount(self) -> None:
        """Say at once how the day that stands there is read."""
        self._echo()

    def on_input_changed(self) -> None:
        """Say how the day is read as it is typed."""
        self._echo()

    def _read(self) -> tuple[date | None, str]:
        """The day, and how it is told."""
        return day_read(self.query_one("#day", Input).value, self._today)

    def _echo(self) -> None:
        if self._day is None:
            return
        found, told = self._read()
        echo = self.query_one("#echo", Static)
        echo.set_class(found is None, "-wrong")
        echo.update(shown(told))

    def go_on(self, field: Answering) -> None:
        """On to the next field, or save."""
        found = self._read()[0] if self._day is not None else None
        if self._day is not None and found is None:
            self.set_focus(self.query_one("#day", Input))
        elif field.id == "day" and self._words is not None:
            self.set_focus(self.query_one("#words", Input))
        elif not self.waiting:
            self._save_it(Asked(found, field.value.strip() if self._words is not None else ""))

    def _save_it(self, asked: Asked) -> None:
        try:
            self.wait_for(self._save(asked))
        except Refusal as refusal:
            self.complain(str(refusal))

    def complain(self, sentence: str) -> None:
        """Say why not, below what was typed."""
        told = self.query_one("#sentence", Static)
        told.update(shown(sentence))
        told.display = True
        if self._look is not None:
            self._look()
