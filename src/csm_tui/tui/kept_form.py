"""Takes the form of a first frame from the workspace when it has just been painted, for `first_paint`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from csm_tui.tui.first_paint import Form
from csm_tui.tui.harmless import Harmless
from csm_tui.tui.widgets.bars import TopBar
from csm_tui.tui.widgets.roles import VARIABLES

if TYPE_CHECKING:
    from csm_tui.tui.screens.workspace import Workspace
    from csm_tui.tui.widgets.rows import Rows

MARK = "\0"
ROLES = tuple(f"{hue}{bold}" for hue in ("", "bold", *VARIABLES) for bold in ("", " bold"))


def taken(workspace: Workspace) -> Form:
    """The form of the workspace, without its first rows and what the bar says of the day.

    Nothing is painted meanwhile: what was taken away is put back at once.
    """
    rows, bar = workspace.panes[0], workspace.query_one(TopBar)
    held = rows.rows, rows.border_subtitle
    rows.rows, rows.border_subtitle = (), ""
    rows._styles_cache.clear()
    said = bar.silenced()
    try:
        strips = workspace._compositor.render_strips()
        text = "".join(f"\x1b[{y};1H{one.render(workspace.app.console)}" for y, one in enumerate(strips, 1))
    finally:
        rows.rows, rows.border_subtitle = held
        rows._styles_cache.clear()
        rows.painting.forget()
        bar.say(*said)
    room = rows.content_region
    return Form(text, room.x, room.y, room.width, room.height, dict(_styles(rows)))


def _styles(rows: Rows) -> list[tuple[str, tuple[str, str]]]:
    return [(f"{role}{'*' if on else ''}", _around(rows, role, on=on)) for role in ROLES for on in (False, True)]


def _around(rows: Rows, role: str, *, on: bool) -> tuple[str, str]:
    """What a terminal is told before and after a text of a role."""
    strip = Strip([Segment(MARK, rows._style(role, on=on))], 1)
    for line_filter in rows.app.get_line_filters():
        if line_filter.enabled and not isinstance(line_filter, Harmless):
            strip = strip.apply_filter(line_filter, rows.background_colors[1])
    before, after = strip.render(rows.app.console).split(MARK)
    return before, after
