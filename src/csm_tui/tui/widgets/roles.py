"""What a role looks like: the words of a cell (such as `error bold`) as a style in the colours of the theme.

Textual would make a style sheet's node of every role in every list, which is most of what mounting a list costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from textual.widget import Widget

VARIABLES = {
    "muted": "text-muted",
    "heading": "text-muted",
    "dim": "text-disabled",
    "error": "text-error",
    "warning": "text-warning",
    "success": "text-success",
    "accent": "text-accent",
    "bar": "border-blurred",
    "key": "border",
}
"""The theme's variable that colours a role; other words, and none, have the colour of the text around them."""
BOLD = frozenset({"bold", "key"})
HUED = frozenset({"error", "warning", "success", "accent", "key"})
"""Without colours these would be greys that say nothing, and mostly the less the more pressing it is."""


def style_of(widget: Widget, role: str, *, on: bool = False, lit: bool = True) -> Style:
    """The style of a role on a widget, and on the row of its cursor if it is `on` that; `lit` if that has the keys.

    In the terminal's own colours the cursor is reversed, and hues are left out there: one would be the ground of its
    word alone. So it is without colours, where two grounds would be too near each other.
    """
    variables, ansi, grey = widget.app.theme_variables, widget.app.current_theme.ansi, widget.app.no_color
    ground, found = widget.background_colors[1], widget.rich_style
    if on and (ansi or grey):
        return found + (Style(reverse=True) if lit else Style(underline=True))
    if on:
        ground += Color.parse(variables["block-cursor-background" if lit else "block-cursor-blurred-background"])
        found += Style(bgcolor=ground.rich_color)
    for word in role.split():
        if word in VARIABLES and not (grey and word in HUED):
            found += Style(color=_hue(variables[VARIABLES[word]], ground).rich_color)
        if word in BOLD:
            found += Style(bold=True)
        if word == "dim" and ansi:
            found += Style(dim=True)
    return found


def _hue(value: str, ground: Color) -> Color:
    """A colour of the theme; `auto 60%` is that much of what stands out from the ground."""
    if value.startswith("auto"):
        return ground + ground.get_contrast_text(float(value.removeprefix("auto").strip(" %") or 100) / 100)
    return ground + Color.parse(value)
