"""An import before it happens: what each file would do, from which columns; corrected in place, then taken or left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content

from csm_tui.exchange.cells import Order
from csm_tui.exchange.looking import Looked, Progress, Watched, looked, take_watched
from csm_tui.exchange.survey import Said
from csm_tui.store.backup import back_up
from csm_tui.tui import import_lines, keys
from csm_tui.tui.widgets.cells import Cell, fit
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.rows import Rows
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.handed import Answer, Done

DAYS = {
    None: "as each column shows",
    Order.DMY: "day first",
    Order.MDY: "month first",
    Order.ISO: "year first",
}
ROOMY = 80
"""On a narrower terminal the border says no more than which key is for the days."""
NOTHING = "leave it out"
LOOKING, SEEN, WRITING = "Looking through the files", "", "Writing"


class ImportScreen(Dialog[None]):
    """Looks the files through off the screen's thread, and anew after each correction. Only enter writes."""

    CSS = """
    ImportScreen .dialog { width: 100%; max-width: 100%; height: 100%; max-height: 100%; padding: 0; }
    ImportScreen Rows { height: 1fr; }
    """
    KEYS = keys.IMPORT
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in KEYS]

    slot = "import"

    def __init__(self, desk: Desk, paths: tuple[str, ...]) -> None:
        super().__init__()
        self._desk, self._paths = desk, paths
        self._progress = Progress()
        self._said = Said(currency=desk.policy.money.currency)
        self._seen: Looked | None = None
        self._state = LOOKING

    def compose(self) -> ComposeResult:
        """One list in a frame."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content("Import")
            yield Rows()

    def on_mount(self) -> None:
        """Begin to look; while it lasts, say how far it is."""
        self.query_one(Rows).focus()
        self.set_interval(0.3, self._say_how_far)
        self._look()

    def on_unmount(self) -> None:
        """Whoever still works for this screen may stop."""
        self._progress.left = True

    def on_resize(self, _event: events.Resize) -> None:
        """Break the lines anew."""
        self._show()

    def _look(self) -> None:
        """Look through the files with all that has been said about them."""
        self._state = LOOKING
        self._progress.left = True
        self._progress = Progress()
        files = tuple(Watched(path, self._progress) for path in self._paths)
        self._desk.ask(self.slot, looked, files, self._said, self._progress)
        self._say_how_far()

    def answered(self, answer: Answer) -> None:
        """Show what was seen."""
        if answer.slot == self.slot and answer.data is not None:
            self._state, self._seen = SEEN, answer.data
            self._show()

    def _show(self) -> None:
        if self._state == SEEN and self._seen is not None:
            self.query_one(Rows).fill(import_lines.rows(self._seen, self.size.width - 4))
        self._say_keys()

    def _say_how_far(self) -> None:
        """While something goes on: what, and how much has been read."""
        if self._state == SEEN:
            return
        told = f"{self._state}: {self._progress} · esc leaves"
        if self._seen is None or self._state == WRITING:
            self.query_one(Rows).fill([Row("", lambda width: [Cell(fit(f" {told}", width), "muted")])])
        self._say_keys(told)

    def _say_keys(self, told: str = "") -> None:
        taking = f"⏎ import {self._count:,} · " if self._count else ""
        days = f"D days: {DAYS[self._said.order]}" if self.app.size.width >= ROOMY else "D days"
        box = self.query_one(".dialog", Vertical)
        box.border_subtitle = Content(told or f"{taking}e other column · {days} · esc leave")

    @property
    def _count(self) -> int:
        """How many lines there are to write."""
        previews = [file.preview for file in self._seen.files if file.preview] if self._seen else []
        return sum(preview.new + preview.changed for preview in previews)

    def action_take(self) -> None:
        """Write what was seen, as one operation, after a copy of the book."""
        if self._state != SEEN or self._seen is None:
            return
        if self._seen.wanted is None or not self._count:
            self.notify("Nothing to import: the files hold nothing that can go in and that the book does not have.")
            return
        self._state = WRITING
        self._progress.read = self._progress.rows = 0
        self._say_how_far()
        path = self._desk.path
        self._desk.do(take_watched(self._progress), self._seen.wanted, light=True, first=lambda: back_up(path))

    def finished(self, done: Done) -> None:
        """It is written, and said so; or it was refused, and can be looked at again."""
        if self._state != WRITING:
            return
        if done.error is None:
            self.answer(None)
        else:
            self._look()

    def action_days(self) -> None:
        """The next way in which days may be written."""
        ways = list(DAYS)
        self._said = replace(self._said, order=ways[(ways.index(self._said.order) + 1) % len(ways)])
        self._look()

    def action_column(self) -> None:
        """Choose another column for the field under the cursor."""
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        kind, _, rest = self.query_one(Rows).key.partition(" ")
        if self._state != SEEN or self._seen is None or kind != import_lines.COLUMN:
            return
        place, _, field = rest.partition(" ")
        headers = [header for header in dict.fromkeys(self._seen.files[int(place)].headers) if header]
        choices = [Choice(f"={header}", header) for header in headers]
        form = Picker(f"Read {field.replace('_', ' ')} from", Choices([Choice("=", NOTHING), *choices]))
        self.app.push_screen(form, lambda value: self._read_from(field, value))

    def _read_from(self, field: str, value: str | None) -> None:
        if value:
            self._said = replace(self._said, mapped={**self._said.mapped, field: value.removeprefix("=")})
            self._look()

    def on_rows_opened(self, event: Rows.Opened) -> None:
        """Two clicks on a field choose its column."""
        event.stop()
        self.action_column()
