"""How well a text can be read on a ground, and how one of Textual's own themes is made to be read as ours are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.color import Color

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.theme import Theme

LEAST = 4.5
"""The contrast that WCAG 2 wants of a text, 1 to 21."""
STEPS = 20
CURSOR, BLURRED = 0.25, 0.1
MUTED, DIM = 0.25, 0.35
RULE = 0.35


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours as WCAG 2 has it, 1 to 21."""
    dark, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dark + 0.05)


def _light(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def readable(text: Color, grounds: Iterable[Color]) -> Color:
    """The colour nearest to a text's own, towards black or white, that can be read on every ground."""
    held = list(grounds)
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    towards = max((black, white), key=lambda end: min(contrast(end, ground) for ground in held))
    for step in range(STEPS):
        tried = text.blend(towards, step / STEPS, alpha=1.0)
        if all(contrast(tried, ground) >= LEAST for ground in held):
            return tried
    return towards


def legible(theme: Theme) -> Theme:
    """A theme of Textual's with our roles: a cursor that texts can be read on, and texts moved until they can be."""
    made = {name: Color.parse(hue) for name, hue in _plain(theme).items()}
    background, foreground, accent = made["background"], made["foreground"], made["primary"]
    cursor = background.blend(accent, CURSOR, alpha=1.0)
    blurred = background.blend(foreground, BLURRED, alpha=1.0)
    grounds = (background, made["surface"], made["panel"], cursor, blurred)

    def text(colour: Color) -> str:
        return readable(colour, grounds).hex6

    return replace(
        theme,
        foreground=text(foreground),
        accent=text(accent),
        variables={
            **theme.variables,
            "border": text(accent),
            "border-blurred": background.blend(foreground, RULE, alpha=1.0).hex6,
            "block-cursor-background": cursor.hex6,
            "block-cursor-blurred-background": blurred.hex6,
            "text-muted": text(foreground.blend(background, MUTED, alpha=1.0)),
            "text-disabled": text(foreground.blend(background, DIM, alpha=1.0)),
            "text-error": text(made["error"]),
            "text-warning": text(made["warning"]),
            "text-success": text(made["success"]),
            "text-accent": text(accent),
            "input-selection-background": cursor.hex6,
        },
    )


def _plain(theme: Theme) -> dict[str, str]:
    """The hues of a theme, with what Textual makes up where it names none; the ground of a picture is never clear."""
    made = theme.to_color_system().generate()
    return {name: made[name] for name in ("background", "surface", "panel", "foreground", "primary", "error",
                                          "warning", "success")}  # fmt: skip
