"""The looks: calm, dense, one accent. Every colour of the workspace stands here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Container


def _theme(name: str, *, dark: bool, ansi: bool = False, **hues: str) -> Theme:
    """A theme from its few hues; what text needs beside them is set so that it stays legible."""
    return Theme(
        name,
        primary=hues["accent"],
        secondary=hues["accent"],
        accent=hues["accent"],
        warning=hues["warning"],
        error=hues["error"],
        success=hues["success"],
        foreground=hues["foreground"],
        background=hues["background"],
        surface=hues["surface"],
        panel=hues["panel"],
        dark=dark,
        ansi=ansi,
        variables={
            "border": hues["accent"],
            "border-blurred": hues["rule"],
            "block-cursor-background": hues["cursor"],
            "block-cursor-blurred-background": hues["cursor"],
            "text-muted": hues["muted"],
            "text-disabled": hues["dim"],
            "text-error": hues["error"],
            "text-warning": hues["warning"],
            "text-success": hues["success"],
            "text-accent": hues["accent"],
            **({"ansi-background": "ansi_default", "ansi-foreground": "ansi_default"} if ansi else {}),
        },
    )


DARK = _theme(
    "csm-dark",
    dark=True,
    accent="#7aa2f7",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#c0caf5",
    background="#1a1b26",
    surface="#1f2130",
    panel="#292e42",
    rule="#414868",
    cursor="#283457",
    muted="#8a92b8",
    dim="#7d84a6",
)
LIGHT = _theme(
    "csm-light",
    dark=False,
    accent="#2e5aac",
    warning="#8a5a00",
    error="#b3243f",
    success="#3d6b1f",
    foreground="#2b3048",
    background="#f4f5fa",
    surface="#e9ebf4",
    panel="#dcdfec",
    rule="#b4b9cf",
    cursor="#cbd7f2",
    muted="#565d7a",
    dim="#5f6683",
)
CONTRAST = _theme(
    "csm-contrast",
    dark=True,
    accent="#6cd4ff",
    warning="#ffd75f",
    error="#ffaaaa",
    success="#8dff8d",
    foreground="#ffffff",
    background="#000000",
    surface="#0c0c0c",
    panel="#1c1c1c",
    rule="#a8a8a8",
    cursor="#0f3050",
    muted="#dcdcdc",
    dim="#c8c8c8",
)
"""White on black; every text has a contrast of seven or more, on the cursor too."""

ANSI = _theme(
    "csm-ansi",
    dark=True,
    ansi=True,
    accent="ansi_blue",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    rule="ansi_bright_black",
    cursor="ansi_default",
    muted="ansi_default",
    dim="ansi_bright_black",
)
"""The terminal's own sixteen colours on its own background; the cursor is reversed, since no hue is sure to differ."""

THEMES = (DARK, LIGHT, CONTRAST, ANSI)
_OURS = {"textual-dark": DARK.name, "textual-light": LIGHT.name, "textual-ansi": ANSI.name}


def wanted_theme(name: str, there: Container[str]) -> tuple[str, tuple[str, ...]]:
    """The theme of a name (Textual's plain ones mean ours); a name that is none gives our dark one, and a sentence."""
    found = _OURS.get(name, name)
    if found in there:
        return found, ()
    ours = ", ".join(theme.name for theme in THEMES)
    return DARK.name, (f"There is no theme {name!r}: use {ours}, or one of Textual's own; {DARK.name} is shown.",)
