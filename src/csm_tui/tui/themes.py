"""The looks: calm, dense, one accent. Every colour of the workspace stands here or follows from one of Textual's."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

TERMINALS = {
    "ansi-background": "ansi_default", "ansi-foreground": "ansi_default",
    "input-selection-background": "ansi_blue", "input-selection-foreground": "ansi_bright_white",
}  # fmt: skip


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
            "block-cursor-blurred-background": hues["panel"],
            "text-muted": hues["muted"],
            "text-disabled": hues["dim"],
            "text-error": hues["error"],
            "text-warning": hues["warning"],
            "text-success": hues["success"],
            "text-accent": hues["accent"],
            **(TERMINALS if ansi else {"input-selection-background": hues["cursor"]}),
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
    muted="#a2aad0",
    dim="#959dc3",
)
LIGHT = _theme(
    "csm-light",
    dark=False,
    accent="#2a55a5",
    warning="#7d5100",
    error="#a81f3a",
    success="#38631c",
    foreground="#2b3048",
    background="#f4f5fa",
    surface="#e9ebf4",
    panel="#dcdfec",
    rule="#b4b9cf",
    cursor="#cbd7f2",
    muted="#494f6c",
    dim="#535a77",
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
    panel="#262626",
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
    dim="ansi_default",
)
"""The terminal's own sixteen colours on its own background; the cursor is reversed, since no hue is sure to differ."""

THEMES = (DARK, LIGHT, CONTRAST, ANSI)
PLAIN = "textual-dark"
"""What Textual begins with; nobody gets it, since its name means ours."""
_OURS = {theme.name: theme for theme in THEMES} | {
    "textual-dark": DARK, "textual-light": LIGHT, "textual-ansi": ANSI, "ansi-dark": ANSI, "ansi-light": ANSI,
}  # fmt: skip


def wanted_theme(name: str) -> tuple[Theme, tuple[str, ...]]:
    """The theme of a name (Textual's plain ones mean ours); a name that is none gives our dark one, and a sentence."""
    if name in _OURS:
        return _OURS[name], ()
    if name in BUILTIN_THEMES:
        from csm_tui.tui.legible import legible

        return legible(BUILTIN_THEMES[name]), ()
    ours = ", ".join(theme.name for theme in THEMES)
    return DARK, (f"There is no theme {name!r}: use {ours}, or one of Textual's own; {DARK.name} is shown.",)
