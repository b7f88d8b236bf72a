"""How a log line was read, field by field, and the line of what it will change: rows of the log form."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from csm_tui.domain.touchpoints import Kind, Mood
from csm_tui.tui import keys
from csm_tui.tui.widgets.cells import Cell, Column, fit, line, wrap
from csm_tui.tui.widgets.rows import ShyRows
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from csm_tui.domain.logline import LogLine

WIDTH = 70
"""What a sentence is wrapped to before the form has been laid out."""

ROOMY = 60
"""Below so many cells a field stands alone on its line."""

LABEL = 10

MOOD_GLYPHS = {Mood.WORRIED: ("▲", "error"), Mood.MIXED: ("◆", "warning"), Mood.HAPPY: ("●", "success")}


class Preview(ShyRows):
    """How the line is read, field by field; left and right change kind and mood where the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.LOG_FIELDS]

    class Saved(Message):
        """Enter was pressed here."""

    class Turned(Message):
        """Another choice is wanted for a field."""

        def __init__(self, field: str, step: int) -> None:
            super().__init__()
            self.field = field
            self.step = step

    def action_turn(self, step: int) -> None:
        """Another choice for the field under the cursor."""
        if self.key:
            self.post_message(self.Turned(self.key, step))

    def action_save(self) -> None:
        """Save from here too."""
        self.post_message(self.Saved())


def field(label: str, text: str, role: str = "", *more: tuple[str, str]) -> Row:
    """A field with its label; `more` fields stand beside it, and are left out where there is no room."""

    def paint(width: int) -> list[Cell]:
        if not more or width < ROOMY:
            return line(width, [Column(label, 9, "muted"), Column(text, 0, role)])
        columns = [Column(label, 9, "muted"), Column(text, 0, role)]
        for name, value in more:
            columns += [Column(f" {name}", len(name) + 1, "muted"), Column(value, max(5, len(value)), right=True)]
        return line(width, columns)

    return Row("", paint)


def kinds(read: LogLine, width: int) -> list[Column]:
    """All kinds, the one that was read in bold; where there is no room for all, those around it."""
    columns = [Column(str(kind), len(kind) + 1, "bold accent" if kind is read.kind else "dim") for kind in Kind]
    while len(columns) > 1 and sum(column.width for column in columns) > width - LABEL:
        columns.pop(0 if columns[-1].text == str(read.kind) else -1)
    return columns


def moods(read: LogLine) -> list[Column]:
    """All moods, the one that was read in bold."""
    columns = []
    for mood, (glyph, role) in MOOD_GLYPHS.items():
        text = f"{glyph} {mood}"
        columns.append(Column(text, len(text) + 3, f"bold {role}" if mood is read.mood else "dim"))
    return columns


def said(glyph: str, role: str, text: str, width: int) -> list[Row]:
    """A sentence after its glyph, in as many lines as it needs."""
    lines = wrap(text, (width or WIDTH) - 2)
    return [_line_of(glyph if number == 0 else " ", role, told) for number, told in enumerate(lines)]


def _line_of(glyph: str, role: str, text: str) -> Row:
    return Row("", lambda width: [Cell(f"{glyph} ", role), Cell(fit(text, width - 2))])
