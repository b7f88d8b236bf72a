"""The first frame, painted before Textual is loaded: a form that an earlier start kept, and today's rows as they are.

A form is a first frame without anything of the book in it: borders, names of panes, keys, and the colours of rows.
It is kept for one size and dress of the terminal; where another is asked for, the first frame is Textual's own.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from csm_tui import __version__, glyphs, paths, words
from csm_tui.domain.due import Group
from csm_tui.safe import steerless
from csm_tui.tui.due_rows import GROUP_ROLES, due_cells, grouped
from csm_tui.tui.widgets.cells import Cell, cell_len, heading_cells, runs, thumb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm_tui.settings import Settings
    from csm_tui.views.today import TodayList

DRESS = ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FILTERS", "TERM_PROGRAM")
"""What of the environment decides how a frame looks."""


class Form(NamedTuple):
    """The text that paints a frame without rows; where the rows belong; what stands before and after a role."""

    screen: str
    x: int
    y: int
    width: int
    height: int
    styles: dict[str, tuple[str, str]]
    """By role, `role*` on the cursor's row."""


def key(settings: Settings, size: tuple[int, int]) -> str:
    """What a form holds for: another version, size or dress of the terminal has a form of its own."""
    dress = [os.environ.get(name) for name in DRESS]
    return repr((__version__, size, dress, settings.theme, settings.glyphs, settings.density, dict(settings.keys)))


def _path() -> str:
    return os.path.join(os.path.dirname(paths.drafts()), "first-frame")


def kept(wanted: str) -> Form | None:
    """The form that was kept for a key, if it was for that one."""
    try:
        with open(_path(), encoding="utf-8", newline="\n") as file:
            if file.readline() != f"{wanted}\n":
                return None
            x, y, width, height, roles = map(int, file.readline().split())
            told = [file.readline().rstrip("\n").split("\t") for _ in range(roles)]
            return Form(file.read(), x, y, width, height, {role: (before, after) for role, before, after in told})
    except (OSError, ValueError):
        return None


def keep(wanted: str, form: Form) -> None:
    """Keep a form for the next start. A full disk forgets it, and no more."""
    styles = "".join(f"{role}\t{before}\t{after}\n" for role, (before, after) in form.styles.items())
    told = f"{wanted}\n{form.x} {form.y} {form.width} {form.height} {len(form.styles)}\n{styles}{form.screen}"
    try:
        paths.write_private(_path(), told)
    except OSError:
        return


def painted(form: Form, day: TodayList, ascii_only: bool) -> str:
    """The text that paints a frame with its rows."""
    return form.screen + "".join(
        f"\x1b[{form.y + y + 1};{form.x + 1}H{''.join(_ansi(form, cell, on, ascii_only) for cell, on in row)}"
        for y, row in enumerate(_rows(form, day))
    )


def _rows(form: Form, day: TodayList) -> Iterator[list[tuple[Cell, bool]]]:
    """The cells of the rows that are seen, each with whether it stands under the cursor; and the scroll bar."""
    rows = list(grouped(day.items))
    more = len(rows) > form.height
    room = form.width - 1 if more else form.width
    cursor = next((place for place, row in enumerate(rows) if not isinstance(row, Group)), -1)
    for y, row in enumerate(rows[: form.height]):
        if isinstance(row, Group):
            cells = heading_cells(words.GROUPS[row], day.counts[row], GROUP_ROLES.get(row, "bold"), room)
        else:
            cells = due_cells(row, day.today, room)
        bar = [(thumb(y, 0, form.height, len(rows)), False)] if more else []
        on = y == cursor
        yield [*((cell, on) for cell in runs(cells, room, merge=not on)), *bar]


def _ansi(form: Form, cell: Cell, on: bool, ascii_only: bool) -> str:
    before, after = form.styles[f"{cell.role}*" if on else cell.role]
    text = steerless(cell.text, cell_len)
    return f"{before}{glyphs.plain(text) if ascii_only else text}{after}"
