"""A form of fields: each tells how it was read as it is typed; nothing typed is lost, what cannot be is refused at its
field, and what somebody else writes meanwhile is shown beside what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static, TextArea

from csm_tui.domain.errors import Refusal
from csm_tui.safe import shown
from csm_tui.tui import keys
from csm_tui.tui.forms.begun import begun, draft_of
from csm_tui.tui.forms.entries import Entry, Fields, LongEntry, put
from csm_tui.tui.forms.fields import Said
from csm_tui.tui.widgets.dialog import SavingDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from csm_tui.store.verbs import Row
    from csm_tui.tui.forms.fields import Field, Read

    Look = Callable[[Callable[[Sequence[Field], Row], None]], None]


class Form(SavingDialog):
    """Fields below each other. It stays until what it saves has been written; a refusal is said in it."""

    CSS = """
    Form .dialog { width: 84; padding: 1 1 0 2; }
    Form Fields { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Form .field { height: auto; }
    Form .label { width: 13; color: $text-muted; }
    Form .field Entry { width: 1fr; }
    Form LongEntry { width: 1fr; height: auto; min-height: 1; max-height: 5; border: none; padding: 0;
      background: $surface; }
    Form LongEntry:focus { border: none; }
    Form .echo { margin: 0 0 0 13; height: auto; color: $text-success; display: none; }
    Form .echo.-hint { color: $text-muted; } Form .echo.-wrong { color: $text-error; }
    Form .echo.-theirs { color: $text-warning; }
    Form #sentence { height: auto; color: $text-error; margin: 1 0; display: none; }
    Form #end { height: 1; }
    """
    KEYS = keys.FORM
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*keys.FORM, *keys.FORM_TAB)]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        today: date,
        *,
        save: Callable[[Row, Row], str],
        keep: Callable[[str], None],
        draft: str = "",
        seen: Row | None = None,
        look: Look | None = None,
    ) -> None:
        """`save` is given what was changed and all that was seen of the row, and answers with the desk's slot; `look`
        reads the row anew.
        """
        super().__init__()
        self._title, self.fields, self._today = title, tuple(fields), today
        self._save, self._keep, self._look = save, keep, look
        self._seen: Row = seen or {}
        self._begun = begun(draft)
        self._theirs = {
            field.name: field.text for field in fields
            if self._begun.before.get(field.name, field.text) != field.text
        }  # fmt: skip
        self._tried = False
        """Whether it was to be saved: before that, nothing that is still empty is called wrong."""

    def compose(self) -> ComposeResult:
        """A line and an echo for each field."""
        with Fields(classes="dialog") as box:
            box.border_title = Content(shown(self._title))
            lines = all(field.long for field in self.fields)  # where enter begins another line
            box.border_subtitle = Content(
                f"{'^s save' if lines else '⏎ save · tab next, complete'} · esc keep for later"
            )
            for field in self.fields:
                text = self._begun.texts.get(field.name, field.text)
                with Horizontal(classes="field"):
                    yield Static(field.label, classes="label", markup=False)
                    yield LongEntry(field, text) if field.long else Entry(field, text)
                yield Static("", classes="echo", markup=False)
            yield Static("", id="sentence", markup=False)
            yield Static("", id="end", markup=False)

    def on_mount(self) -> None:
        """The first field has the keys; what stands in it is gone on with."""
        first = self._entries()[0]
        first.focus()
        if isinstance(first, TextArea):
            first.move_cursor(first.document.end)
        self._say_theirs()

    def _entries(self) -> list[Any]:
        return list(self.query("Entry, LongEntry"))

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {
            entry.field.name: entry.text if isinstance(entry, TextArea) else entry.value for entry in self._entries()
        }

    def _changed(self) -> dict[str, str]:
        """What stands there otherwise than it did at first."""
        before = {field.name: field.text for field in self.fields}
        return {name: text for name, text in self.texts.items() if text != before[name]}

    def on_descendant_focus(self) -> None:
        """Only the field in use tells how it is read; and every field that cannot be."""
        self._echo()
        self._look_at_field()

    def on_resize(self) -> None:
        """Of a form that has become too high, the field in use stays in sight."""
        self._look_at_field()

    def _look_at_field(self) -> None:
        """Have the field in use in sight, with how it is read."""
        self.call_after_refresh(self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        for field, echo in zip(self.query(".field"), self.query(".echo"), strict=True):
            if field.has_focus_within:
                for part in (echo, field) if echo.display else (field,):
                    part.scroll_visible(animate=False)

    def on_input_changed(self) -> None:
        """Read anew, and keep a draft."""
        self._typed()
        self._look_at_field()

    def on_text_area_changed(self) -> None:
        """Read anew, and keep a draft."""
        self._typed()
        self._look_at_field()

    def _typed(self) -> None:
        changed = self._changed()
        self._keep(draft_of(changed, {field.name: field.text for field in self.fields if field.name in changed}))
        self._echo()

    def heard(self, _changed: frozenset[str]) -> None:
        """Something was written: look whether it was in this row."""
        if self._look is not None and not self.waiting:
            self._look(self.follow)

    def follow(self, fields: Sequence[Field], seen: Row) -> None:
        """Take up what the book says by now, and show it beside what was typed."""
        if not self.is_attached:
            return
        texts = self.texts
        for entry, old, new in zip(self._entries(), self.fields, fields, strict=True):
            if old.text == new.text:
                continue
            if texts[old.name] in (old.text, new.text):
                self._theirs.pop(old.name, None)
                put(entry, new.text)
            else:
                self._theirs[old.name] = new.text
        self.fields, self._seen = tuple(fields), seen
        self._typed()
        self._say_theirs()

    def _say_theirs(self) -> None:
        """Name the fields that somebody else has changed too."""
        both = [field.label for field in self.fields if field.name in self._theirs]
        if both:
            self._say(f"Changed elsewhere in the meantime: {', '.join(both)}. Saving puts yours in its place.")

    def _read(self, field: Field, texts: dict[str, str]) -> tuple[Read | None, str]:
        """How a field is read, or the sentence why it cannot be."""
        try:
            return field.read(texts[field.name], Said(self._today, texts)), ""
        except Refusal as refusal:
            return None, str(refusal)

    def _echo(self) -> None:
        texts, focused = self.texts, getattr(self.focused, "field", None)
        for field, echo in zip(self.fields, self.query(".echo").results(Static), strict=True):
            read, wrong = self._read(field, texts)
            untouched = not texts[field.name].strip() and not (wrong and self._tried)
            hint = field.hint or " · ".join(field.choices[:12]) or wrong if field is focused and untouched else ""
            told = hint or wrong or (read.echo if read is not None and field is focused else "")
            if untouched and field is not focused:
                told = ""
            theirs = self._theirs.get(field.name, texts[field.name]) != texts[field.name]
            if theirs and not wrong:
                told = f"in the book by now: {self._theirs[field.name] or 'nothing'}"
            echo.set_class(bool(wrong) and not hint, "-wrong")
            echo.set_class(bool(hint), "-hint")
            echo.set_class(theirs, "-theirs")
            echo.update(shown(told))
            echo.display = bool(told)

    def action_tab(self) -> None:
        """Complete what is begun, else go on; at once, so that no letter typed behind it goes to the field before."""
        entry: Any = self.focused
        if not (isinstance(entry, Entry) and entry.complete()):
            self.action_step(1)

    def action_step(self, step: int) -> None:
        """To the field above or below."""
        ring = self._entries()
        at = ring.index(self.focused) if self.focused in ring else 0
        self.set_focus(ring[(at + step) % len(ring)])

    def on_input_submitted(self) -> None:
        """Enter saves."""
        self.action_save()

    def action_save(self) -> None:
        """Save what has changed, unless a field cannot be read."""
        if self.waiting:
            return
        texts, changed = self.texts, self._changed()
        values: Row = {}
        for entry in self._entries():
            read, _ = self._read(entry.field, texts)
            if read is None:
                self._tried = True
                entry.focus()
                self._echo()
                return
            if entry.field.name in changed:
                if any(values.get(name, value) != value for name, value in read.values.items()):
                    entry.focus()
                    self._say(f"Another field says something else than the {entry.field.label}: let one say it.")
                    return
                values.update(read.values)
        if not values:
            self._say("Nothing has been changed yet; esc leaves.")
            return
        self.wait_for(self._save(values, self._seen))

    def complain(self, sentence: str) -> None:
        """Say why not, and look what the book says by now."""
        self._say(sentence)
        self.heard(frozenset())

    def _say(self, sentence: str) -> None:
        told = self.query_one("#sentence", Static)
        told.update(shown(sentence))
        told.display = True
        self.call_after_refresh(told.scroll_visible)

    def action_leave(self) -> None:
        """Leave; what was typed is kept for later."""
        self.answer(bool(self._changed()) and None)
